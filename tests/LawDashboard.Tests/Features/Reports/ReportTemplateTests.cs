using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class ReportTemplateTests
{
    static ReportTemplate Good(string text)
    {
        var parse = ReportTemplate.Parse("report.txt", text);
        Assert.Empty(parse.Findings);
        return parse.Template!;
    }

    [Fact]
    public void A_whole_report_is_read()
    {
        var template = Good(SampleReport.Template);
        Assert.Equal(2, template.Title.Count);
        Assert.Equal(4, template.Blocks.OfType<HeadingNode>().Count(heading => heading.Level == 1));
        Assert.Equal([Directive.Highlights, Directive.Problems, Directive.Plan], template.Blocks.OfType<DirectiveNode>().Select(node => node.Directive));
    }

    [Theory]
    [InlineData("甲。\n受理{mediation.accepted件。", 2, "没有闭合")]
    [InlineData("受理{a.b{c.d}}件。", 1, "没有闭合")]
    [InlineData("受理a.b}件。", 1, "没有对应")]
    [InlineData("受理{a.b}件[[，{a.b|yoy}。", 1, "没有闭合")]
    [InlineData("受理{a.b}件]]。", 1, "没有对应")]
    [InlineData("受理{a.b}件[[，同比[[{a.b|yoy}]]]]。", 1, "不能套用")]
    [InlineData("受理{a.b}件[[，完成较好]]。", 1, "没有数据项")]
    [InlineData("受理{a.b}件[[，较上年{a.b|yoy}]]。", 1, "自带")]
    [InlineData("受理{a.b|approx}件。", 1, "不认识的格式")]
    [InlineData("受理{mediation}件。", 1, "无法识别")]
    [InlineData("受理{if a.b > 5}件。", 1, "无法识别")]
    [InlineData("受理{a.b by type top 0}。", 1, "正整数")]
    [InlineData("受理{a.b@type=x|yoy}。", 1, "没有目标值和上年值")]
    [InlineData("甲。\n\n@each town", 3, "不认识的指令")]
    [InlineData("# 标题", 1, "标题应写作")]
    [InlineData("##标题", 1, "标题应写作")]
    [InlineData("## 共{a.b}件", 1, "此处只能用")]
    [InlineData("甲。\n受理{a.b}件", 2, "没有以句号")]
    [InlineData("titel: 报告", 1, "不认识的文首项")]
    [InlineData("title: 报告\nto: 办公室\ndate: {date}", 1, "缺少“署名：”")]
    [InlineData("to: 甲\nto: 乙\ntitle: 丙\nsignature: 丁\ndate: {date}", 2, "重复")]
    [InlineData("title:", 1, "没有内容")]
    [InlineData("标题：报告\n主送：办公室\n日期：{成文日期}", 1, "缺少“署名：”")]
    [InlineData("标题：报告\n标提：副题", 2, "不认识的文首项“标提”，只能是 名称、适用、种类、统计期、标题、主送、署名、日期")]
    [InlineData("标题：甲\n适用：村", 2, "只能写 乡镇、区县")]
    [InlineData("标题：甲\n种类：总结", 2, "只能是 年度报告、述法报告、简报、政府信息公开年报")]
    [InlineData("标题：甲\ntitle: 乙\n主送：丙\nto: 丁", 4, "“主送：”重复")]
    [InlineData("受理{a.b 按 type 前零}件。", 1, "“前”后应为正整数")]
    [InlineData("较上年{a.b|同比}。", 1, "前面不要再写")]
    [InlineData("甲。\n\n@亮点吧", 3, "只能是 @亮点、@问题、@计划、@目标进度、@表格、@图、@如果、@否则、@结束")]
    public void What_cannot_be_read_is_named_with_its_line(string text, int line, string reason)
    {
        var parse = ReportTemplate.Parse("report-templates/town.txt", text);
        Assert.Null(parse.Template);
        Assert.Contains(parse.Findings, finding =>
            finding.File == "report-templates/town.txt" && finding.Key == $"第{line}行" && finding.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_found_at_once() =>
        Assert.Equal(["第1行", "第2行", "第4行"], ReportTemplate.Parse("r", "{x}。\n{a.b|y}。\n\n@z").Findings.Select(finding => finding.Key));

    [Fact]
    public void Every_figure_is_known_with_its_line_so_that_the_loader_can_refuse_it()
    {
        var template = Good("## 一、工作\n受理{a.b}件[[，{a.b|yoy}]]。\n其中{a.b by type top 3}，邻里{a.b@type=near}件。");
        Assert.Equal(
            [
                new("a.b", null, null, FigureFormat.Plain, 2), new("a.b", null, null, FigureFormat.YearOnYear, 2),
                new FigureUse("a.b", "type", null, FigureFormat.Plain, 3), new("a.b", "type", "near", FigureFormat.Plain, 3),
            ], template.Uses);
        Assert.Equal("report.txt：第2行：没有这个指标", template.Finding(template.Uses[0], "没有这个指标").ToString());
    }

    [Fact]
    public void Any_text_is_read_or_refused_but_never_fails() => Prop.ForAll(
        Gen.Elements("{", "}", "[[", "]]", "@", "#", "## ", ":", "title: ", "a.b", "|", "余", "yoy", " by ", "top", "\n", "。", "=", "全年", "", "\uD800").ListOf()
            .Select(string.Concat).ToArbitrary(),
        text => ReportTemplate.Parse("r", text) is var parse && (parse.Template is null) == (parse.Findings.Count > 0)).QuickCheckThrowOnFailure();
}
