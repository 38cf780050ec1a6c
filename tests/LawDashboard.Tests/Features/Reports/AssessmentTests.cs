using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class AssessmentTests
{
    static readonly DateOnly YearEnd = new(2026, 12, 31);

    static ReportDraft Draft(string directive, DateOnly closing, params IndicatorStanding[] standings) =>
        Drafter.Draft(ReportTemplate.Parse("r", directive).Template!, new("样例镇人民政府", 2026, closing, new SampleFigures(), standings));

    static string Text(string directive, params IndicatorStanding[] standings) => Draft(directive, YearEnd, standings).ToText().TrimEnd('\n');

    static IndicatorStanding Count(string name, decimal? actual, decimal? target = null, decimal? last = null, bool less = false, decimal? next = null, string task = "t", string unit = "场") =>
        new("t." + name, name, task, unit, false, less, actual, target, last, null, NextTarget: next);
    static IndicatorStanding Ratio(string name, decimal? actual, decimal? target = null, decimal? last = null, bool less = false, decimal? cases = 100, decimal? next = null) =>
        new("t." + name, name, "t", "%", true, less, actual, target, last, cases, NextTarget: next);

    [Fact]
    public void A_missed_target_is_stated_with_figure_target_and_attainment()
    {
        var draft = Draft("@problems", YearEnd, Count("法治讲座", 9, 12));
        Assert.Equal("法治讲座进度滞后，全年实际完成9场，完成年度目标12场的75%。\n", draft.ToText());
        Assert.Equal([FigureFormat.Plain, FigureFormat.Target, FigureFormat.Attainment], draft.Figures.Select(figure => figure.Format));
    }

    [Fact]
    public void Problems_are_enumerated_the_worst_first_and_not_all_in_the_same_words() =>
        Assert.Equal(
            "一是法治讲座进度滞后，全年实际完成6场，完成年度目标12场的50%。" +
            "二是普法宣传活动未达到年度目标，目标80场，实际完成60场，完成率75%。" +
            "三是按期办结率未达到年度目标，实际为96.5%，比目标值98%低1.5个百分点。" +
            "四是重复信访超出年度控制数，控制数为6件，实际8件，超出2件。",
            Text("@problems", Count("重复信访", 8, 6, less: true, unit: "件"), Count("普法宣传活动", 60, 80), Ratio("按期办结率", 0.965m, 0.98m), Count("法治讲座", 6, 12)));

    [Fact]
    public void Overdue_cases_are_a_problem_even_without_a_target() =>
        Assert.Equal("一是个别事项超过规定时限，信访超期办结2件。二是个别事项超过规定时限，按期办结率为96.5%。",
            Text("@problems", Count("信访超期办结", 2, less: true, unit: "件"), Ratio("按期办结率", 0.965m)));

    [Fact]
    public void A_target_with_no_entry_is_said_as_what_it_is() =>
        Assert.Equal("法治讲座没有台账记录，年度目标12场，台账登记0场。", Text("@problems", Count("法治讲座", 0, 12)));

    [Fact]
    public void No_rate_from_fewer_than_five_cases_is_judged() =>
        Assert.StartsWith("〔待补：", Text("@problems", Ratio("按期办结率", 0.5m, 0.98m, cases: 4)), StringComparison.Ordinal);

    [Theory]
    [InlineData("@problems")]
    [InlineData("@highlights")]
    [InlineData("@plan")]
    public void Where_the_data_show_nothing_nothing_is_invented(string directive)
    {
        var draft = Draft("## 三、一节\n" + directive, YearEnd, Count("法治讲座", 12, 12, last: 12), Ratio("成功率", 0.95m, 0.95m));
        Assert.StartsWith("三、一节\n〔待补：", draft.ToText(), StringComparison.Ordinal);
        Assert.Equal("三、一节", Assert.Single(draft.Missing).Section);
        Assert.Empty(draft.Figures);
    }

    [Fact]
    public void The_plan_answers_each_problem_and_states_the_next_years_targets()
    {
        var draft = Draft("@plan", YearEnd, Count("法治讲座", 9, 12, next: 14), Ratio("整改完成率", 0.9m, 1, next: 1), Count("森林防火巡查", 212, 200, next: 220));
        Assert.Equal(
            "一是针对法治讲座进度滞后的问题，将全年任务分解到月、责任落实到人，2027年法治讲座不少于14场。" +
            "二是针对整改完成率未达到目标的问题，逐件分析原因，制定整改措施，2027年整改完成率达到100%。\n" +
            "2027年主要目标安排为：森林防火巡查不少于220场。\n", draft.ToText());
        Assert.All(draft.Figures, figure => Assert.Equal(new FigurePeriod(new(2027, 1, 1), new(2027, 12, 31)), figure.Period));
        Assert.Empty(draft.Missing);
    }

    [Fact]
    public void Without_next_years_target_the_plan_takes_this_years_and_says_so()
    {
        var draft = Draft("@plan", YearEnd, Count("法治讲座", 9, 12));
        Assert.EndsWith("2027年法治讲座不少于12场。\n", draft.ToText(), StringComparison.Ordinal);
        Assert.Equal(["法治讲座"], Assert.Single(draft.Missing).Figures);
    }

    [Fact]
    public void There_is_an_answer_in_the_plan_for_every_problem() => Prop.ForAll(
        Gen.Choose(0, 20).Two().Select(pair => (Actual: pair.Item1, Target: pair.Item2)).ListOf().ToArbitrary(),
        pairs =>
        {
            IndicatorStanding[] standings = [.. pairs.Select((pair, i) => Count($"工作{i}", pair.Actual, pair.Target))];
            var missed = pairs.Count(pair => pair.Actual < pair.Target);
            int Sentences(string directive) => Draft(directive, YearEnd, standings).Blocks.OfType<ParagraphBlock>().SelectMany(block => block.Sentences).Count();
            return missed == 0 || Sentences("@problems") == missed && Sentences("@plan") == missed;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_clearly_above_target_or_last_year_is_a_highlight() =>
        Assert.Equal(
            "一是普法宣传活动超额完成年度目标，全年实际完成95场，为目标80场的118.8%，较上年增长15.9%。\n" +
            "二是成功率达到97.8%，较上年提高1.6个百分点，高于年度目标95%。\n" +
            "三是重复信访较上年下降15%，由上年20件降至17件。",
            Text("@highlights", Count("重复信访", 17, last: 20, less: true, task: "p", unit: "件"), Ratio("成功率", 0.978m, 0.95m, 0.962m),
                Count("普法宣传活动", 95, 80, 82), Count("法治讲座", 12, 12, 12)));

    [Fact]
    public void What_missed_its_target_is_no_highlight_however_much_it_grew() =>
        Assert.StartsWith("〔待补：", Text("@highlights", Count("法治讲座", 10, 12, 5)), StringComparison.Ordinal);

    [Fact]
    public void While_the_year_runs_a_count_is_behind_only_against_the_calendar()
    {
        var closing = new DateOnly(2026, 7, 2);
        Assert.Equal("法治讲座进度滞后，截至7月2日实际完成5场，完成年度目标12场的41.7%，低于时序进度。\n", Draft("@problems", closing, Count("法治讲座", 5, 12)).ToText());
        Assert.StartsWith("〔待补：", Draft("@problems", closing, Count("法治讲座", 7, 12)).ToText(), StringComparison.Ordinal);
        Assert.StartsWith("〔待补：", Draft("@problems", closing, Count("法治讲座", 5, 12) with { TargetToDate = 4 }).ToText(), StringComparison.Ordinal);
    }
}
