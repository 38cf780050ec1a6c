using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Reports;

public sealed class DrafterTests
{
    static readonly DateOnly YearEnd = new(2026, 12, 31);

    static ReportDraft Draft(string template, SampleFigures figures, DateOnly? closing = null, params IndicatorStanding[] standings)
    {
        var parse = ReportTemplate.Parse("report.txt", template);
        Assert.Empty(parse.Findings);
        return Drafter.Draft(parse.Template!, new("样例镇人民政府", 2026, closing ?? YearEnd, figures, standings));
    }

    static string Text(string template, SampleFigures figures) => Draft(template, figures).ToText().TrimEnd('\n');

    [Fact]
    public void Words_of_the_occasion_are_filled_in() =>
        Assert.Equal("2026年样例镇人民政府，2027年，2026年12月31日，全年。", Text("{year}年{unit}，{nextYear}年，{closing}，{period}。", new()));

    [Theory]
    [InlineData("受理{m.n}件。", "受理6258件。")]
    [InlineData("发放{m.n|余}份。", "发放6200余份。")]
    [InlineData("金额{m.money|万元}万元。", "金额236.5万元。")]
    [InlineData("金额{m.money|万元}。", "金额236.5万元。")]
    [InlineData("成功率{m.rate}。", "成功率97.8%。")]
    [InlineData("受理{m.n}件，{m.n|yoy}。", "受理6258件，较上年增长4.3%。")]
    [InlineData("完成目标{m.n|target}件的{m.n|attainment}，上年{m.n|lastYear}件。", "完成目标8000件的78.2%，上年6000件。")]
    [InlineData("其中{m.n by type top 2}。", "其中邻里3000件、合同2000件、其他1258件。")]
    [InlineData("其中合同{m.n@type=contract}件。", "其中合同2000件。")]
    public void A_figure_is_printed_in_its_format(string template, string text) => Assert.Equal(text, Text(template, new SampleFigures()
        .Count("m.n", 6258, last: 6000, target: 8000)
        .Slice("m.n", "type", ("contract", "合同", 2000), ("near", "邻里", 3000), ("land", "山林土地", 1250), ("other", "其他", 8))
        .Count("m.money", 2365400, "元").Ratio("m.rate", 182m / 186, 186)));

    [Fact]
    public void What_was_judged_stands_in_the_text_and_what_was_not_is_left_out_and_listed()
    {
        const string template = """
            ## 一、执法
            受理{m.n}件[[，评定为“{评议：a.judged|等次}”]][[，评定为“{评议：a.waits|等次}”]]。
            执法评定为“{评议：a.judged|等次}”，{评议:a.judged}。
            文化评定为“{评议：a.waits|等次}”，{评议：a.waits}。
            """;
        var parse = ReportTemplate.Parse("report.txt", template);
        Assert.Empty(parse.Findings);
        Assert.Equal([("a.judged", 2), ("a.waits", 2), ("a.judged", 3), ("a.judged", 3), ("a.waits", 4), ("a.waits", 4)], parse.Template!.Judged);
        var draft = Drafter.Draft(parse.Template, new DraftContext("样例镇人民政府", 2026, YearEnd, new SampleFigures().Count("m.n", 5), [])
        {
            Judged = new Dictionary<string, JudgedWords> { ["a.judged"] = JudgedWords.Of("执法规范", "良好", "程序规范。\n文书齐全。"), ["a.waits"] = new("法治文化", null, null) },
        });
        Assert.Contains("受理5件，评定为“良好”。执法评定为“良好”，程序规范；文书齐全。", draft.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("文化", draft.ToText(), StringComparison.Ordinal);
        var missing = Assert.Single(draft.Missing);
        Assert.True(missing.LeftOut);
        Assert.Equal(["“法治文化”的评定"], missing.Figures);
    }

    [Fact]
    public void A_judgement_that_does_not_exist_is_named_with_its_line()
    {
        var template = ReportTemplate.Parse("report.txt", "## 一、甲\n评定为“{评议：no.such|等次}”。").Template!;
        Assert.Equal("第2行", Assert.Single(LawDashboard.Features.Reports.Templates.TemplateCheck.Findings(template, SampleCatalog.Indicators)).Key);
        Assert.NotEmpty(ReportTemplate.Parse("report.txt", "评定为{评议：a.judged|良好}。").Findings);
    }

    [Fact]
    public void Each_figure_carries_key_exact_value_unit_and_period()
    {
        var draft = Draft("发放{m.n|余}份，{m.n|余}份。", new SampleFigures().Count("m.n", 6258, "份", name: "发放资料"), new(2026, 11, 30));
        var figure = draft.Figures.First();
        Assert.Equal(new Figure("m.n:Roundly", "m.n", "发放资料", FigureFormat.Roundly, "6200余", 6258, "份", new(new(2026, 1, 1), new(2026, 11, 30))), figure);
        Assert.Equal("m.n:Roundly#2", draft.Figures.Last().Id);
    }

    [Fact]
    public void Figure_ids_are_unique_stable_and_fit_a_content_control()
    {
        var key = "m." + new string('k', 80);
        var figures = new SampleFigures().Count(key, 7).Count(key + "x", 8);
        var template = $"甲{{{key}}}件，乙{{{key}}}件，丙{{{key}x}}件。";
        var ids = Draft(template, figures).Figures.Select(figure => figure.Id).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id.Length <= 64));
        Assert.Equal(ids, Draft(template, figures).Figures.Select(figure => figure.Id));
    }

    [Fact]
    public void A_sentence_whose_figures_count_nothing_is_left_out_and_listed()
    {
        var draft = Draft("### （七）化解纠纷。\n受理{m.a}件。\n司法确认{m.b}件、{m.c}人[[，{m.b|yoy}]]。",
            new SampleFigures().Count("m.a", 3).Count("m.b", 0, name: "司法确认件数").Count("m.c", null, name: "司法确认人数"));
        Assert.Equal("（七）化解纠纷。受理3件。\n", draft.ToText());
        var missing = Assert.Single(draft.Missing);
        Assert.Equal("（七）化解纠纷", missing.Section);
        Assert.True(missing.LeftOut);
        Assert.Equal("〔待补：司法确认＿＿件、＿＿人。（无数据：司法确认件数、司法确认人数）〕", missing.ToString());
    }

    [Fact]
    public void A_target_alone_keeps_no_sentence() =>
        Assert.Empty(Draft("讲座{m.a}场，目标{m.a|target}场。", new SampleFigures().Count("m.a", 0, target: 12)).Blocks);

    [Fact]
    public void A_zero_beside_other_figures_stands_and_a_missing_value_is_marked()
    {
        var draft = Draft("受理{m.a}件，转办{m.b}件，成功率{m.rate}。", new SampleFigures().Count("m.a", 3).Count("m.b", 0).Ratio("m.rate", 1, 3, name: "成功率"));
        Assert.Equal("受理3件，转办0件，成功率〔待补：成功率〕。\n", draft.ToText());
        Assert.False(Assert.Single(draft.Missing).LeftOut);
    }

    [Fact]
    public void A_sentence_without_figures_stands() => Assert.Equal("坚持“枫桥经验”。", Text("坚持“枫桥经验”[[，{m.a}个]]。", new()));

    [Theory]
    [InlineData("受理{m.a}件[[，{m.a|yoy}]]。", "受理9件。")]
    [InlineData("受理{m.a}件[[，上访{m.zero}件]]。", "受理9件。")]
    [InlineData("受理{m.a}件[[，成功率{m.few}]]。", "受理9件。")]
    [InlineData("受理{m.a}件[[，重复率{m.none}]]。", "受理9件，重复率0%。")]
    [InlineData("受理{m.a}件[[，上访{m.zero}件{m.a}人]]。", "受理9件，上访0件9人。")]
    public void An_optional_clause_falls_away_without_a_value(string template, string text) => Assert.Equal(text, Text(template, new SampleFigures()
        .Count("m.a", 9, last: 4).Count("m.zero", 0).Ratio("m.few", 0.5m, 4).Ratio("m.none", 0, 9)));

    [Fact]
    public void The_last_sentence_of_a_paragraph_ends_it_though_a_later_one_was_left_out() =>
        Assert.Equal("受理9件。", Text("受理{m.a}件；\n办结{m.b}件。", new SampleFigures().Count("m.a", 9).Count("m.b", 0)));

    [Fact]
    public void Enumeration_closes_up_when_an_item_was_left_out()
    {
        var figures = new SampleFigures().Count("m.a", 9).Count("m.b", 0);
        Assert.Equal("一是受理9件。二是登记9件。", Text("一是受理{m.a}件。\n二是办结{m.b}件。\n三是登记{m.a}件。", figures));
        Assert.Equal("受理9件。", Text("一是受理{m.a}件。\n二是办结{m.b}件。", figures));
    }

    [Fact]
    public void While_the_year_runs_the_whole_year_is_not_claimed()
    {
        var figures = new SampleFigures().Count("m.a", 9);
        Assert.Equal("截至11月30日，受理9件。\n", Draft("全年受理{m.a}件。", figures, new(2026, 11, 30)).ToText());
        Assert.Equal("截至11月30日共受理9件。\n", Draft("全年共受理{m.a}件。", figures, new(2026, 11, 30)).ToText());
        Assert.Equal("镇长截至11月30日主持9次。\n", Draft("镇长全年主持{m.a}次。", figures, new(2026, 11, 30)).ToText());
        Assert.Equal("全年目标已定。\n", Draft("全年目标已定。", figures, new(2026, 11, 30)).ToText());
        Assert.Equal("全年受理9件。\n", Draft("全年受理{m.a}件。", figures).ToText());
    }

    [Fact]
    public void A_heading_with_nothing_beneath_is_marked()
    {
        var draft = Draft("## 一、工作\n### （一）调解。\n受理{m.a}件。\n### （二）信访。\n登记{m.b}件。", new SampleFigures().Count("m.a", 0).Count("m.b", 2));
        Assert.Equal("一、工作\n（一）调解。〔待补：本部分没有可引用的台账数据〕\n（二）信访。登记2件。\n", draft.ToText());
        Assert.Single(draft.Missing);
    }

    [Fact]
    public void Every_sentence_is_in_the_draft_or_on_the_list() => Prop.ForAll(
        Gen.Choose(0, 3).Select(n => n == 3 ? (int?)null : n).ListOf().ToArbitrary(),
        amounts =>
        {
            var figures = new SampleFigures();
            foreach (var (amount, i) in amounts.Select((amount, i) => (amount, i))) figures.Count($"m.k{i}", amount);
            var draft = Draft(string.Join('\n', amounts.Select((_, i) => $"第{i}句{{m.k{i}}}件。")), figures);
            return amounts.Select((amount, i) => (amount, i)).All(x => x.amount is null or 0
                ? draft.Missing.Count(missing => missing.LeftOut && missing.Sentence == $"第{x.i}句＿＿件。") == 1
                : draft.ToText().Contains($"第{x.i}句{x.amount}件。", StringComparison.Ordinal))
                && draft.Missing.Count == amounts.Count(amount => amount is null or 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_number_of_the_sample_report_is_a_live_figure()
    {
        var words = string.Concat(SampleReport.Draft().Blocks.OfType<ParagraphBlock>()
            .SelectMany(paragraph => paragraph.Sentences).SelectMany(sentence => sentence.Runs)
            .Where(run => run.Figure is null).Select(run => run.Text))
            .Replace("2026年", "", StringComparison.Ordinal).Replace("2027年", "", StringComparison.Ordinal);
        Assert.DoesNotContain(words, char.IsAsciiDigit);
        Assert.True(SampleReport.Draft().Figures.Count() > 80);
    }

    [Fact]
    public void A_draft_survives_storage_as_JSON()
    {
        var draft = SampleReport.Draft();
        var again = JsonSerializer.Deserialize<ReportDraft>(JsonSerializer.Serialize(draft))!;
        Assert.Equal(draft.ToText(), again.ToText());
        Assert.Equal(draft.Figures.Select(figure => figure.Id), again.Figures.Select(figure => figure.Id));
        Assert.Equal(draft.Missing.Select(missing => missing.ToString()), again.Missing.Select(missing => missing.ToString()));
    }
}
