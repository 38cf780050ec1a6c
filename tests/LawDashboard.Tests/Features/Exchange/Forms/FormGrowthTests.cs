using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Features.Exchange.Forms;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Exchange.Packing;

namespace LawDashboard.Tests.Features.Exchange.Forms;

/// <summary>A list with something below it grows in its midst: totals, who filled it in, print area and other sheets move with it.</summary>
public sealed class FormGrowthTests(Demonstration demo) : IClassFixture<Demonstration>
{
    /// <summary>Written by LibreOffice: six rows, a formula in each, totals, a line for names, a date below, a sheet that sums the first.</summary>
    const string Name = "人民调解案件明细表.xlsx";

    static byte[] Sample() => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "LawDashboard.Tests", "Features", "Exchange", "Forms", "Samples", Name));

    [Fact]
    public void What_stands_below_a_list_is_no_row_of_it()
    {
        var layout = WorkbookForm.Read(FormFile.Open(Sample(), Name));
        var list = Assert.Single(layout.Lists);
        Assert.Equal((6, "xl/worksheets/sheet1.xml!B4", "xl/worksheets/sheet1.xml!G9"), (list.Rows.Count, list.Rows[0][1], list.Rows[^1][6]));
        Assert.Equal(["填报单位：________", "填报日期：____年__月__日", "合计 · 调解结果", "填表人", "审核人 · 调解结果"], layout.Blanks.Select(blank => blank.Label));
    }

    [OfficeFact]
    public async Task Rows_come_above_the_totals_and_everything_below_moves_with_its_formats_formulas_merges_and_print_area()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var town = (await bench.Get<UnitDirectory>().TreeAsync()).Find(PackBench.Town)!;
        var form = await bench.Get<FormDesk>().ReceiveAsync(PackBench.Clerk, town, Name, Sample());
        var mapping = form.Read();
        var list = Assert.Single(mapping.Lists);
        Assert.Equal("mediation", list.Ledger);
        string[] fields = ["number", "acceptedOn", "disputeType", "people", "amount", "", "result"];
        await bench.Get<FormDesk>().SaveAsync(PackBench.Clerk, form.Id, mapping with { Lists = [list with { Period = FormPeriod.ToDate, Columns = [.. list.Columns.Zip(fields, (column, field) => column with { Field = field })] }] });
        var filled = (await bench.Get<FormDesk>().FillAsync(PackBench.Clerk, form.Id, town, 2026, 11))!;
        Assert.Empty(filled.Notes);

        using var connection = demo.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*), SUM(CAST(json_extract(e.\"Values\", '$.people') AS INTEGER)) FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE e.LedgerKey = 'mediation' AND e.State = 'Approved' AND e.Date BETWEEN '2026-01-01' AND '2026-11-30' AND u.Path LIKE (SELECT Path FROM Units WHERE Code = '{PackBench.Town}') || '%'";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        var (count, people) = (reader.GetInt32(0), reader.GetInt64(1));
        Assert.True(count > 20);

        var file = FormFile.Open(filled.Bytes, Name);
        var (sheet, book) = (file.Text("xl/worksheets/sheet1.xml"), file.Text("xl/workbook.xml"));
        var (last, total) = (3 + count, 4 + count);
        foreach (var said in (string[])[$">SUM(D4:D{last})<", $">SUM(E4:E{last})<", $">IF(D{total}&gt;0,E{total}/D{total},0)<", $">IF(D{last}&gt;0,E{last}/D{last},0)<", ">IF(D8&gt;0,E8/D8,0)<", ">IF(D9&gt;0,E9/D9,0)<", ">IF(D10&gt;0,E10/D10,0)<",
            $"<mergeCell ref=\"A{total}:C{total}\"/>", $"<mergeCell ref=\"D{total + 1}:E{total + 1}\"/>", $"<mergeCell ref=\"A{total + 2}:G{total + 2}\"/>", $"<dimension ref=\"A1:G{total + 2}\"/>"])
            Assert.Contains(said, sheet, StringComparison.Ordinal);
        Assert.Equal(count + 6, Regex.Count(sheet, "<row "));
        Assert.Equal(Enumerable.Range(1, count + 6), Regex.Matches(sheet, "<row r=\"(\\d+)\" customFormat=\"false\" ht=\"22.7\"").Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.All(Enumerable.Range(4, count), row => Assert.Matches($"<c r=\"B{row}\" s=\"4\" t=\"inlineStr\">", sheet));
        Assert.Contains($"明细!$A$1:$G${total + 2}<", book, StringComparison.Ordinal);
        Assert.Contains("明细!$1:$3<", book, StringComparison.Ordinal);
        Assert.Contains($"明细!$E${total}<", book, StringComparison.Ordinal);
        var other = file.Text("xl/worksheets/sheet2.xml");
        Assert.Contains($"明细!D{total}<", other, StringComparison.Ordinal);
        Assert.Matches($"SUM\\(明细!E4:(明细!)?E{last}\\)", other);
        Assert.Equal(Faults(Sample()), Faults(filled.Bytes));

        // A program that we did not write reckons it: the totals below the list and on the other sheet take every row in.
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["填好.xlsx"], filled.Bytes);
        var text = Office.WithoutGaps(await Office.ToTextAsync(folder["填好.xlsx"]));
        Assert.Contains($"合计{people}", text, StringComparison.Ordinal);
        Assert.Contains($"涉及人数合计{people}", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("填表人", StringComparison.Ordinal) > text.IndexOf($"合计{people}", StringComparison.Ordinal));
        Assert.Contains("填报日期：2026年11月22日", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SUM(F3:F14)", "SUM(F3:F17)")]
    [InlineData("F13+F14+F15", "F13+F17+F18")]
    [InlineData("$F$14&amp;\"F14\"", "$F$17&amp;&quot;F14&quot;")]
    [InlineData("SUM(明细!F3:F14)+汇总!F14", "SUM(明细!F3:F17)+汇总!F14")]
    [InlineData("'另 表'!F14+LOG10(F2)+F14X", "'另 表'!F14+LOG10(F2)+F14X")]
    [InlineData("SUM(3:20)+SUM(A:A)", "SUM(3:23)+SUM(A:A)")]
    [InlineData("[1]明细!F14+表1[列14]", "[1]明细!F14+表1[列14]")]
    public void A_formula_follows_the_cells_that_it_names(string formula, string expected) => Assert.Equal(expected, new RowInsertion("明细", 14, 3).Formula(formula, own: true));

    [Fact]
    public void A_formula_on_another_sheet_follows_only_what_names_the_sheet()
    {
        var insertion = new RowInsertion("一月's", 5, 2);
        Assert.Equal("F9+&apos;一月&apos;&apos;s&apos;!F11", insertion.Formula("F9+'一月''s'!F9", own: false));
        Assert.Equal("A7+$A$3+A$3+B7", RowInsertion.Translated("A3+$A$3+A$3+B3", 4, 0));
    }

    [Fact]
    public void A_list_in_a_document_grows_above_its_totals_as_well()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            TableRow Row(params string[] cells) => new(cells.Select(text => new TableCell(new Paragraph(new Run(new Text(text))))));
            document.AddMainDocumentPart().Document = new(new Body(new Table(new TableProperties(), new TableGrid(new GridColumn(), new GridColumn(), new GridColumn()), Row("日期", "事项", "人数"), Row("", "", ""), Row("", "", ""), Row("合计", "", "")), new Paragraph()));
        }
        var file = FormFile.Open(stream.ToArray(), "表.docx");
        var layout = DocumentForm.Read(file);
        Assert.Equal(["合计 · 事项", "合计 · 人数"], layout.Blanks.Select(blank => blank.Label));
        var grown = DocumentForm.Extend(file, Assert.Single(layout.Lists), 3);
        Assert.Equal(["t0r1c0", "t0r2c0", "t0r3c0", "t0r4c0", "t0r5c0"], grown.Rows.Select(row => row[0]));
        Assert.Equal("t0r6c2", grown.Moved(layout.Blanks[1].Key));
        DocumentForm.Fill(file, new Dictionary<string, object> { ["t0r5c1"] = "最后一条", [grown.Moved(layout.Blanks[1].Key)] = 8m }, text => text);
        using var after = WordprocessingDocument.Open(new MemoryStream(file.ToArray()), isEditable: false);
        Assert.Equal(["日期事项人数", "", "", "", "", "最后一条", "合计8"], after.MainDocumentPart!.Document!.Body!.Descendants<TableRow>().Select(row => row.InnerText));
    }

    static List<string> Faults(byte[] workbook)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);
        return [.. new OpenXmlValidator().Validate(book).Select(fault => fault.Description).Distinct().Order(StringComparer.Ordinal)];
    }
}
