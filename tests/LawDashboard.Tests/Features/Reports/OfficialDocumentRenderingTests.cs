using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>The printed pages, as another program sets them.</summary>
public sealed class OfficialDocumentRenderingTests
{
    static readonly OfficialDocumentOptions Complete = new(
        Attachments: ["2026年度法治政府建设主要指标完成情况表", "年度重点任务清单"], Head: new("样例镇人民政府文件", "样政发〔2027〕3号", "样例甲"),
        Imprint: new(["样例县人大常委会办公室", "样例县司法局"], "样例镇人民政府办公室", new(2027, 1, 15)));

    [OfficeFact]
    public async Task Every_section_stands_on_pages_of_22_lines_of_28_characters_with_their_numbers()
    {
        var pages = await PagesAsync(SampleReport.Draft(), new(ListMissing: true));
        var text = Office.WithoutGaps(string.Concat(pages));
        foreach (var section in (string[])["关于2026年度法治政府建设情况的报告", "一、年度重点工作", "（七）依法化解矛盾纠纷", "二、突出亮点", "三、存在的问题", "四、下一步工作计划", "2027年1月15日", "待补事项"])
            Assert.Contains(section, text, StringComparison.Ordinal);

        foreach (var (page, number) in pages.Select((page, i) => (page, i + 1)))
            Assert.Equal($"—{number}—", Office.WithoutGaps(Lines(page)[^1]));
        // Odd page numbers stand at the right, even ones at the left.
        Assert.True(Indent(pages[0]) > 20 && Indent(pages[1]) < 5 && Indent(pages[2]) > 20, $"{Indent(pages[0])}, {Indent(pages[1])}, {Indent(pages[2])}");
        // Full pages of text: the second and the third.
        Assert.All(pages[1..3], page => Assert.Equal(22, Lines(page).Length - 1));
    }

    [OfficeFact]
    public async Task A_line_of_Chinese_characters_has_28_and_a_page_22_of_them()
    {
        var draft = SampleReport.Draft() with { Title = [], Addressee = "", Signature = "", Date = "", Missing = [], Blocks = [new ParagraphBlock([new([new(new string('法', 28 * 60 - 2))])])] };
        var pages = await PagesAsync(draft, new());
        Assert.Equal([22, 22, 16], pages.Select(page => Lines(page).Length - 1));
        Assert.Equal(26, Lines(pages[0])[0].Length);
        Assert.All(pages.SelectMany(page => Lines(page)[..^1]).Skip(1), line => Assert.Equal(28, line.Length));
    }

    [OfficeFact]
    public async Task Head_attachments_signature_and_imprint_stand_where_they_belong()
    {
        var pages = await PagesAsync(SampleReport.Draft(), Complete);
        var first = Lines(pages[0]);
        Assert.Equal("样例镇人民政府文件", Office.WithoutGaps(first[0]));
        Assert.Contains(first, line => Office.WithoutGaps(line) == "样政发〔2027〕3号签发人：样例甲");
        var last = Lines(pages[^1]).Select(Office.WithoutGaps).ToList();
        var whole = pages.SelectMany(Lines).Select(Office.WithoutGaps).ToList();
        Assert.True(whole.IndexOf("附件：1.2026年度法治政府建设主要指标完成情况表") is > 0 and var at && whole[at + 1] == "2.年度重点任务清单", string.Join('\n', whole));
        Assert.Equal("2027年1月15日", whole[whole.FindLastIndex(line => line.StartsWith("抄送", StringComparison.Ordinal)) - 1]);
        // The imprint ends the last page, above its number.
        Assert.Equal(["抄送：样例县人大常委会办公室，样例县司法局。", "样例镇人民政府办公室2027年1月15日印发"], last[^3..^1]);
    }

    [OfficeFact]
    public async Task The_table_of_sources_follows_the_report()
    {
        var pages = await PagesAsync(SampleReport.Draft(), new(Sources: [new("人民调解台账，以“受理日期”归入月份", "mediation.accepted", "受理调解案件", "全部记录，每条计1件", "2026年1月1日至12月31日", [new("", "186件", "186"), new("@disputeType=neighbour", "邻里纠纷36件", "36")])]));
        var text = Office.WithoutGaps(pages[^1]);
        Assert.StartsWith("数据来源表", text, StringComparison.Ordinal);
        Assert.Contains("受理调解案件", text, StringComparison.Ordinal);
        Assert.Contains("186件［186］；邻里纠纷36件［36，·@disputeType=neighbour］。", text, StringComparison.Ordinal);
    }

    static int Indent(string page) => page.TrimEnd().Split('\n')[^1] is var line ? line.Length - line.TrimStart().Length : 0;

    static string[] Lines(string page) => page.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static async Task<string[]> PagesAsync(ReportDraft draft, OfficialDocumentOptions options)
    {
        using var folder = new TemporaryFolder();
        await using (var file = File.Create(folder["report.docx"])) await OfficialDocument.WriteAsync(file, draft, options);
        return [.. (await Office.ToTextAsync(folder["report.docx"])).Split((char)12).Where(page => !string.IsNullOrWhiteSpace(page))];
    }
}
