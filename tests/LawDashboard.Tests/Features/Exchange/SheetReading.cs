using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>A sheet as a reader that we did not write sees it.</summary>
sealed record ReadSheet(string Name, IReadOnlyList<object?[]> Rows);

/// <summary>Writes ledgers into memory and reads them back.</summary>
static class SheetReading
{
    public static async Task<byte[]> WriteAsync(SheetLayout layout, IEnumerable<object?[]> rows, int maxRows = 1_048_576)
    {
        using var output = new MemoryStream();
        await LedgerSheet.WriteAsync(output, layout, rows.ToAsyncEnumerable(), maxRows, CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>The sheets as ExcelDataReader sees them.</summary>
    public static IReadOnlyList<ReadSheet> Read(byte[] file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var sheets = new List<ReadSheet>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            sheets.Add(new(reader.Name, rows));
        }
        while (reader.NextResult());
        return sheets;
    }

    /// <summary>What Microsoft's validator has to say.</summary>
    public static IReadOnlyList<string> Findings(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var validator = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019);
        return [.. validator.Validate(document).Select(finding => $"{finding.Part?.Uri} {finding.Path?.XPath}: {finding.Description}")];
    }

    /// <summary>The cell as it is in the file.</summary>
    public static Cell Cell(SpreadsheetDocument document, string reference) =>
        document.WorkbookPart!.WorksheetParts.First().Worksheet.Descendants<Cell>().Single(cell => cell.CellReference == reference);

    /// <summary>The format of the cell.</summary>
    public static CellFormat Format(SpreadsheetDocument document, Cell cell) =>
        document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);

    /// <summary>The whole file in a form that a person can read and approve.</summary>
    public static string Describe(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var text = new StringBuilder();
        var workbook = document.WorkbookPart!;
        foreach (var sheet in workbook.Workbook.Sheets!.Elements<Sheet>())
            DescribeSheet(text, document, sheet.Name!, ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet);
        text.AppendLine("Names");
        foreach (var name in workbook.Workbook.DefinedNames!.Elements<DefinedName>())
            text.AppendLine($"  {name.Name!.Value} of sheet {name.LocalSheetId!.Value + 1}: {name.Text}{(name.Hidden?.Value == true ? " hidden" : "")}");
        return text.ToString().ReplaceLineEndings("\n");
    }

    static void DescribeSheet(StringBuilder text, SpreadsheetDocument document, string name, Worksheet sheet)
    {
        text.AppendLine($"Sheet {name}");
        var pane = sheet.Descendants<Pane>().Single();
        text.AppendLine($"  frozen above {pane.TopLeftCell}");
        text.AppendLine($"  widths {string.Join(" ", sheet.Descendants<Column>().Select(column => column.Width!.Value.ToString(CultureInfo.InvariantCulture)))}");
        foreach (var row in sheet.Descendants<Row>())
        {
            text.AppendLine($"  row {row.RowIndex}, {row.Height!.Value.ToString(CultureInfo.InvariantCulture)} points");
            foreach (var cell in row.Elements<Cell>())
                text.AppendLine($"    {cell.CellReference,-4} {Content(cell)} {Look(document, Format(document, cell))}");
        }
        text.AppendLine($"  filter {sheet.GetFirstChild<AutoFilter>()!.Reference}");
        text.AppendLine($"  merged {string.Join(" ", sheet.Descendants<MergeCell>().Select(merge => merge.Reference!.Value))}");
        var page = sheet.GetFirstChild<PageSetup>()!;
        var margins = sheet.GetFirstChild<PageMargins>()!;
        text.AppendLine(CultureInfo.InvariantCulture, $"  paper {page.PaperSize} (9 = A4) {page.Orientation!.InnerText}, {page.FitToWidth?.Value ?? 1} page wide, {page.FitToHeight} high (0 = any)");
        text.AppendLine(CultureInfo.InvariantCulture, $"  margins left {margins.Left} right {margins.Right} top {margins.Top} bottom {margins.Bottom} inches");
        text.AppendLine($"  footer {sheet.Descendants<OddFooter>().Single().Text}");
    }

    static string Content(Cell cell) => cell switch
    {
        { InlineString: { } inline } => $"text “{inline.Text!.Text}”",
        { CellValue: { } value } => $"number {value.Text}",
        _ => "blank",
    };

    static string Look(SpreadsheetDocument document, CellFormat format)
    {
        var styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var font = styles.Fonts!.Elements<Font>().ElementAt((int)format.FontId!.Value);
        var number = format.NumberFormatId!.Value;
        var code = styles.NumberingFormats!.Elements<NumberingFormat>().FirstOrDefault(n => n.NumberFormatId! == number)?.FormatCode?.Value
            ?? number switch { 0 => "general", 1 => "0", 4 => "#,##0.00", 49 => "@", _ => $"#{number}" };
        string?[] parts =
        [
            font.FontName!.Val, font.FontSize!.Val!.Value.ToString(CultureInfo.InvariantCulture), font.Bold is null ? null : "bold",
            format.Alignment!.Horizontal!.InnerText, format.Alignment.WrapText?.Value == true ? "wraps" : "shrinks", code,
            format.BorderId! == 1u ? "bordered" : null, format.FillId! == 2u ? "grey" : null, format.QuotePrefix?.Value == true ? "quoted" : null,
        ];
        return $"[{string.Join(", ", parts.OfType<string>())}]";
    }
}
