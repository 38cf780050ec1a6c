using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>Conditions, tables and charts in templates, on the paper and in Word.</summary>
public sealed class ExhibitTests
{
    static readonly SampleFigures Figures = new SampleFigures().Count("m.accepted", 30, name: "受理调解案件").Count("m.filed", 12, name: "立案").Ratio("m.rate", 0.9m, 30, name: "成功率").Count("m.none", 0)
        .Slice("m.accepted", "unit", ("A", "甲镇", 18), ("B", "乙镇", 10)).Slice("m.filed", "unit", ("A", "甲镇", 5), ("B", "乙镇", 7))
        .Slice("m.accepted", "type", ("near", "邻里", 8), ("land", "山林", 15), ("x", "合同", 4), ("other", "其他", 3));

    static ReportDraft Draft(string template)
    {
        var parse = ReportTemplate.Parse("r", template);
        Assert.Empty(parse.Findings);
        return Drafter.Draft(parse.Template!, new("样例县", 2026, new(2026, 12, 31), Figures, []));
    }

    [Fact]
    public void A_table_closes_on_the_total_with_what_the_unit_did_itself()
    {
        var exhibit = Assert.Single(Draft("分镇见表。\n@table m.accepted, m.filed by unit：{year}年各镇工作量").Exhibits);
        Assert.Equal(["甲镇 18 5", "乙镇 10 7", "本级及部门 2 0", "合计 30 12"], exhibit.Rows.Select(row => $"{row.Label} {string.Join(' ', row.Cells.Select(cell => cell.Text))}"));
        Assert.Equal("2026年各镇工作量", exhibit.Title);
    }

    [Fact]
    public void A_chart_shows_the_largest_kinds_and_gathers_the_rest()
    {
        var draft = Draft("类型见图。\n@chart m.accepted by type top 2 as bars：案件类型\n@table m.accepted by type：案件类型");
        Assert.Equal(["山林 15", "邻里 8", "其他 7"], draft.Exhibits[0].Rows.Select(row => $"{row.Label} {row.Cells[0].Text}"));
        Assert.Contains("图1\u3000案件类型\n", draft.ToText(), StringComparison.Ordinal);
        Assert.Contains("表1\u3000案件类型\n", draft.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exhibit_without_data_is_listed_as_missing_and_not_drawn()
    {
        var draft = Draft("见表。\n@table m.none by unit：没有的事");
        Assert.Empty(draft.Exhibits);
        Assert.Equal("表：没有的事", Assert.Single(draft.Missing).Sentence);
    }

    [Fact]
    public void Chinese_words_and_the_English_ones_of_older_templates_mean_the_same()
    {
        const string Head = "title: {unit}报告\nto: {above}\nsignature: {unit}\ndate: {date}\nname: 样例\nfor: town\nkind: brief\nterm: half\n", Body = """
            {year}年{term}受理{m.accepted|余}件[[，{m.accepted|yoy}]]，其中{m.accepted by type top 2}，最多的是{m.accepted by unit best}，目标{m.rate|target}，{closing}止。
            @if m.accepted > lastYear
            甲。
            @else
            乙。
            @end
            @if running
            丙。
            @end
            @problems
            @table m.accepted, m.filed by unit：{termName}工作量
            @chart m.accepted by type top 2 as bars：类型
            """;
        (string, string)[] words =
        [
            ("title: ", "标题："), ("to: ", "主送："), ("signature: ", "署名："), ("date: ", "日期："), ("name: ", "名称："), ("for: town", "适用：乡镇"), ("kind: brief", "种类：简报"), ("term: half", "统计期：半年"),
            ("{unit}", "{单位}"), ("{above}", "{上级}"), ("{date}", "{成文日期}"), ("{year}", "{年份}"), ("{term}", "{统计期}"), ("{termName}", "{时段}"), ("{closing}", "{截止日期}"), ("|yoy", "|同比"), ("|target", "|目标值"),
            (" by unit best", " 按 单位 最好"), ("by unit", "按 单位"), ("by type", "按 type"), ("top 2", "前2"), (" as bars", " 条形"), ("@if running", "@如果 统计期未完"), ("@if", "@如果"), ("lastYear", "上年"), ("@else", "@否则"),
            ("@end", "@结束"), ("@problems", "@问题"), ("@table", "@表格"), ("@chart", "@图"),
        ];
        var chinese = words.Aggregate(Head + Body, (text, word) => text.Replace(word.Item1, word.Item2, StringComparison.Ordinal));
        Assert.DoesNotMatch("[a-z]{2,}", System.Text.RegularExpressions.Regex.Replace(chinese, "m\\.[a-z]+|type", ""));
        var (ours, theirs) = (ReportTemplate.Parse("r", chinese), ReportTemplate.Parse("r", Head + Body));
        Assert.Empty(ours.Findings);
        Assert.Equal((theirs.Template!.Name, theirs.Template.Kind, theirs.Template.Term, UnitKind.Town), (ours.Template!.Name, ours.Template.Kind, ours.Template.Term, Assert.Single(ours.Template.For)));
        var (a, b) = (Draft(chinese), Draft(Head + Body));
        Assert.Equal(b.ToText(), a.ToText());
        Assert.Equal(b.Marks.Select(figure => figure.Id), a.Marks.Select(figure => figure.Id));
        Assert.Equal(2, a.Exhibits.Count);
    }

    [Theory]
    [InlineData("m.accepted > 29", "甲。")]
    [InlineData("m.accepted > 30", "乙。")]
    [InlineData("m.rate >= 90%", "甲。")]
    [InlineData("m.rate < 90%", "乙。")]
    [InlineData("m.none", "乙。")]
    [InlineData("m.accepted < target", "乙。")]
    [InlineData("running", "乙。")]
    public void A_condition_chooses_what_stands(string condition, string text) => Assert.Equal(text + "\n", Draft($"@if {condition}\n甲。\n@else\n乙。\n@end").ToText());

    [Theory]
    [InlineData("@if", 1, "条件应写作")]
    [InlineData("甲。\n@if m.a >", 2, "条件应写作")]
    [InlineData("@if m.a\n甲。", 1, "没有对应的“@结束”")]
    [InlineData("甲。\n@else", 2, "没有对应的“@如果”")]
    [InlineData("@end", 1, "没有对应的“@如果”")]
    [InlineData("@if m.a\n@else\n@else\n@end", 3, "只能有一个")]
    [InlineData("@table m.a：标题", 1, "图表应写作")]
    [InlineData("@chart m.a by month as pie：标题", 1, "图表应写作")]
    [InlineData("@table m.a by month as line：标题", 1, "表格不写图的样式")]
    [InlineData("@table a.b,a.c,a.d,a.e,a.f,a.g,a.h by unit：标题", 1, "最多放6个")]
    [InlineData("@table m.a by month：{m.a}件", 1, "此处只能用")]
    [InlineData("{a.b by type best}。", 1, "只用于“按 单位”")]
    [InlineData("title: 甲\nterm: week", 2, "只能是 全年、半年、季度")]
    public void What_cannot_be_read_is_named_with_its_line(string text, int line, string reason) => Assert.Contains(ReportTemplate.Parse("r", text).Findings,
        finding => finding.Key == $"第{line}行" && finding.Reason.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void In_Word_tables_and_charts_are_native_valid_and_the_chart_carries_its_numbers()
    {
        var draft = Draft("见表。\n@table m.accepted, m.filed by unit：各镇\n@chart m.accepted, m.filed by unit as columns：各镇\n@chart m.accepted by type as bars：类型\n@chart m.accepted by unit as line：走势\n受理{m.accepted}件。");
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, draft);
        stream.Position = 0;
        using var document = WordprocessingDocument.Open(stream, false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document).Select(fault => $"{fault.Part?.Uri} {fault.Path?.XPath}: {fault.Description}"));
        var charts = document.MainDocumentPart!.ChartParts.ToList();
        Assert.Equal(3, charts.Count);
        foreach (var (chart, exhibit) in charts.Zip(draft.Exhibits.Where(exhibit => !exhibit.IsTable)))
        {
            using var content = chart.EmbeddedPackagePart!.GetStream();
            using var book = SpreadsheetDocument.Open(content, false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book).Select(fault => fault.Description));
            var cells = book.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<S.Row>().Skip(1).SelectMany(row => row.Elements<S.Cell>().Skip(1)).Select(cell => cell.InnerText).ToList();
            Assert.Equal(exhibit.Rows.SelectMany(row => row.Cells).Select(cell => cell.Text), cells);
            Assert.Equal(cells.Count, chart.ChartSpace!.Descendants<C.NumericPoint>().Count());
        }
    }

    [Fact]
    public void A_document_that_comes_back_has_its_tables_and_charts_where_their_captions_are()
    {
        var draft = Draft("见表。\n@table m.accepted, m.filed by unit：各镇\n受理{m.accepted}件。\n@chart m.accepted by type as bars：类型");
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, draft);
        var document = DocumentFile.Read(stream.ToArray(), "r.docx").Text!;
        Assert.Empty(document.NotTaken);
        var merged = ReportMerge.Merge(draft, TextUnits.Of(document, id => draft.Marks.FirstOrDefault(figure => figure.Id == id)), draft).Resolve();
        Assert.Equal(draft.ToText(), merged.ToText());
        // Somebody took the table's caption out: the table goes with it.
        var without = document with { Paragraphs = [.. document.Paragraphs.Where(paragraph => !paragraph.Text.StartsWith("表1", StringComparison.Ordinal))] };
        var shorter = ReportMerge.Merge(draft, TextUnits.Of(without, id => draft.Marks.FirstOrDefault(figure => figure.Id == id)), draft).Resolve();
        Assert.DoesNotContain("甲镇\t18", shorter.ToText(), StringComparison.Ordinal);
        Assert.Contains("山林\t15", shorter.ToText(), StringComparison.Ordinal);
    }

    [OfficeFact]
    public async Task LibreOffice_shows_table_and_chart()
    {
        using var folder = new TemporaryFolder();
        var file = folder["exhibits.docx"];
        await using (var stream = File.Create(file))
            await OfficialDocument.WriteAsync(stream, Draft("见表。\n@table m.accepted, m.filed by unit：各镇工作量\n@chart m.accepted by type as bars：案件类型"));
        var text = Office.WithoutGaps(await Office.ToTextAsync(file));
        Assert.Contains("本级及部门", text, StringComparison.Ordinal);
        Assert.Contains("山林", text, StringComparison.Ordinal);
        Assert.Contains("图1案件类型", text, StringComparison.Ordinal);
    }
}
