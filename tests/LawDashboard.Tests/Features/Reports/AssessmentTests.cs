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
        Assert.Equal("个别任务没有完成年度目标。法治讲座9场，完成年度目标12场的75%。\n", draft.ToText());
        Assert.Equal([FigureFormat.Plain, FigureFormat.Target, FigureFormat.Attainment], draft.Figures.Select(figure => figure.Format));
    }

    [Fact]
    public void Problems_are_told_in_groups_the_worst_of_each_first() =>
        Assert.Equal(
            "一是部分任务没有完成年度目标。法治讲座6场，完成年度目标12场的50%；普法宣传活动60场，完成年度目标80场的75%。\n" +
            "二是个别质量指标没有达到目标。整改率为88.9%，比目标值98%低9.1个百分点。\n" +
            "三是个别事项超过规定时限。信访超期办结2件；按期办结率为96.5%，比目标值98%低1.5个百分点。\n" +
            "四是个别指标超出控制数。重复信访8件，比控制数6件多2件。\n" +
            "五是个别任务没有台账记录。旁听庭审（年度目标2场）在台账中没有登记。",
            Text("@problems", Count("重复信访", 8, 6, less: true, unit: "件"), Count("普法宣传活动", 60, 80), Ratio("按期办结率", 0.965m, 0.98m), Count("法治讲座", 6, 12),
                Count("旁听庭审", 0, 2), Ratio("整改率", 8m / 9, 0.98m), Count("信访超期办结", 2, less: true, unit: "件")));

    [Fact]
    public void What_is_past_a_statutory_limit_is_a_problem_of_its_own_with_a_figure_a_ledger_and_an_answer_in_the_plan()
    {
        var context = new DraftContext("样例镇人民政府", 2026, new(2026, 11, 22), new SampleFigures(), [Count("法治讲座", 6, 12), Count("重复信访", 8, 6, less: true, unit: "件")])
        {
            Late = [new("ledger.petitions", "信访", "件", 2, ["受理告知", "信访事项办理"]), new("ledger.cases", "行政执法案件", "件", 1, ["立案到决定", "决定书送达"])],
        };
        var draft = Drafter.Draft(ReportTemplate.Parse("r", "@problems").Template!, context);
        var told = draft.Blocks.Select(block => block.ToString()).ToList();
        Assert.Equal("二是有事项超过法定或规定时限没有办结。截至11月22日，信访2件、行政执法案件1件超过法定或规定时限还没有办结，涉及受理告知、信访事项办理、立案到决定等时限。", told[1]);
        Assert.StartsWith("三是个别指标超出控制数。", told[2], StringComparison.Ordinal);
        Assert.Equal(["ledger.petitions@clock=statutory", "ledger.cases@clock=statutory"], draft.Figures.Where(figure => figure.Slice is not null).Select(figure => figure.Id));
        Assert.Contains("二是针对有事项超过法定或规定时限没有办结的问题，逐件明确承办人和办结日期", Drafter.Draft(ReportTemplate.Parse("r", "@plan").Template!, context).ToText(), StringComparison.Ordinal);

        var closed = Drafter.Draft(ReportTemplate.Parse("r", "@problems").Template!, context with { Closing = YearEnd, Standings = [], Late = [context.Late[0]] });
        Assert.Equal("有事项超过法定或规定时限没有办结。全年登记的事项中，信访2件超过法定或规定时限还没有办结，涉及受理告知、信访事项办理时限。\n", closed.ToText());
    }

    [Fact]
    public void A_cause_that_the_data_show_stands_behind_the_figures()
    {
        var standing = Count("法治讲座", 9, 12);
        var context = new DraftContext("样例镇人民政府", 2026, YearEnd, new SampleFigures(), [standing]) { Causes = new Dictionary<string, IReadOnlyList<string>> { [standing.Key] = ["年度目标在8月作了调增", "部分村（社区）没有登记"] } };
        Assert.Equal("个别任务没有完成年度目标。法治讲座9场，完成年度目标12场的75%，年度目标在8月作了调增，部分村（社区）没有登记。\n", Drafter.Draft(ReportTemplate.Parse("r", "@problems").Template!, context).ToText());
    }

    [Fact]
    public void The_five_worst_are_told_in_full_and_the_rest_briefly() =>
        Assert.Equal(
            "部分任务没有完成年度目标。甲1场，完成年度目标10场的10%；乙2场，完成年度目标10场的20%；丙3场，完成年度目标10场的30%；" +
            "丁4场，完成年度目标10场的40%；戊5场，完成年度目标10场的50%。另有己完成60%、庚完成70%，未达到年度目标。",
            Text("@problems", [.. "庚己戊丁丙乙甲".Select((name, i) => Count(name.ToString(), 7 - i, 10))]));

    [Fact]
    public void A_rate_is_stated_with_what_stands_above_and_below_the_line()
    {
        var figures = new SampleFigures().Count("cases.done", 14, name: "已公示").Count("cases.all", 24, name: "处罚决定");
        IndicatorStanding Rate(string name, decimal target) => Ratio(name, 14m / 24, target) with { NumeratorKey = "cases.done", DenominatorKey = "cases.all" };
        var draft = Drafter.Draft(ReportTemplate.Parse("r", "@problems").Template!, new("样例镇人民政府", 2026, YearEnd, figures,
            [Rate("公示率", 1), Rate("甲率", 0.99m), Rate("乙率", 0.98m), Rate("丙率", 0.97m), Rate("丁率", 0.96m), Rate("戊率", 0.95m)]));
        Assert.StartsWith("部分质量指标没有达到目标。公示率为58.3%（14/24），比目标值100%低41.7个百分点；", draft.ToText(), StringComparison.Ordinal);
        Assert.EndsWith("。另有戊率58.3%（14/24，目标95%），也未达到目标。\n", draft.ToText(), StringComparison.Ordinal);
        Assert.Contains(draft.Figures, figure => figure is { Key: "cases.done", Text: "14", Format: FigureFormat.Plain });
    }

    [Fact]
    public void Overdue_cases_are_a_problem_even_without_a_target() =>
        Assert.Equal("个别事项超过规定时限。信访超期办结2件；按期办结率为96.5%。",
            Text("@problems", Count("信访超期办结", 2, less: true, unit: "件"), Ratio("按期办结率", 0.965m)));

    [Fact]
    public void A_time_limit_broken_within_what_the_target_allows_is_told_too_and_is_no_highlight()
    {
        var rate = Ratio("按期办结率", 0.933m, 0.91m, last: 0.8m);
        Assert.Equal("个别事项超过规定时限。按期办结率为93.3%。", Text("@problems", rate));
        Assert.StartsWith("〔待补：", Text("@highlights", rate), StringComparison.Ordinal);
        // The target would promise less than what the law asks.
        Assert.Equal("针对个别事项超过规定时限的问题，对临近期限的事项提前提醒，到期没有办结的逐件督办，2027年各类事项按期办结。", Text("@plan", rate));
    }

    [Fact]
    public void Only_what_was_told_before_is_said_to_have_missed_its_target_last_year_as_well()
    {
        IndicatorStanding[] standings = [.. "庚己戊丁丙乙甲".Select((name, i) => Count(name.ToString(), 7 - i, 10))];
        var context = new DraftContext("样例镇人民政府", 2026, YearEnd, new SampleFigures(), standings) { MissedLastYear = new HashSet<string> { "t.甲", "t.庚" } };
        Assert.Contains("。其中甲上年也没有达到目标，整改还不到位。另有", Drafter.Draft(ReportTemplate.Parse("r", "@problems").Template!, context).ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("矛盾纠纷排查次数", "次", "矛盾纠纷排查65次，")]
    [InlineData("普法宣传活动场次", "场次", "普法宣传活动65场次，")]
    [InlineData("受理人民调解案件", "件", "受理人民调解案件65件，")]
    public void A_counts_name_does_not_say_its_unit_twice(string name, string unit, string told) =>
        Assert.Contains(told, Text("@problems", Count(name, 65, 80, unit: unit)), StringComparison.Ordinal);

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
    public void The_plan_answers_each_group_of_problems_and_states_the_next_years_targets()
    {
        var draft = Draft("@plan", YearEnd, Count("法治讲座", 9, 12, next: 14), Ratio("整改率", 0.9m, 1, next: 1), Count("信访超期办结", 2, less: true, unit: "件"), Count("森林防火巡查", 212, 200, next: 220));
        Assert.Equal(
            "一是针对个别任务没有完成年度目标的问题，年初把全年任务分解到月、责任落实到人，逐月对照台账检查进度，滞后的限期补上，2027年法治讲座不少于14场。\n" +
            "二是针对个别质量指标没有达到目标的问题，逐件分析没有达标的原因，制定整改措施，按季通报整改情况，2027年整改率达到100%。\n" +
            "三是针对个别事项超过规定时限的问题，对临近期限的事项提前提醒，到期没有办结的逐件督办，2027年各类事项按期办结。\n" +
            "2027年其他主要目标安排为：森林防火巡查不少于220场。\n", draft.ToText());
        Assert.All(draft.Figures, figure => Assert.Equal(new FigurePeriod(new(2027, 1, 1), new(2027, 12, 31)), figure.Period));
        Assert.Empty(draft.Missing);
    }

    [Fact]
    public void Without_next_years_targets_the_plan_takes_this_years_and_says_so_in_one_line()
    {
        var draft = Draft("@plan", YearEnd, Count("法治讲座", 9, 12), Ratio("整改率", 0.9m, 1));
        Assert.Contains("2027年法治讲座不少于12场。\n", draft.ToText(), StringComparison.Ordinal);
        Assert.Equal("〔待补：2027年目标值没有录入，本部分2项暂按本年度目标值起草〕", Assert.Single(draft.Missing).ToString());
    }

    [Fact]
    public void Every_missed_target_is_mentioned_in_at_most_five_items_and_the_plan_answers_each_item() => Prop.ForAll(
        Gen.Choose(0, 19).Three().Select(three => (Actual: three.Item1, Target: three.Item2 + 1, Kind: three.Item3 % 5)).ListOf().ToArbitrary(),
        rows =>
        {
            IndicatorStanding[] standings = [.. rows.Select((row, i) => row.Kind switch
            {
                0 => Ratio($"第{i}质量率", row.Actual / 20m, row.Target / 20m),
                1 => Ratio($"第{i}按期率", row.Actual / 20m, row.Target / 20m),
                2 => Count($"第{i}控制", row.Actual, row.Target, less: true),
                _ => Count($"第{i}工作", row.Actual, row.Target),
            })];
            // A time limit is missed by a single case, whatever the target.
            var missed = standings.Where(standing => standing.LessIsBetter ? standing.Actual > standing.Target : standing.Actual < standing.Target || standing.Name.EndsWith("按期率", StringComparison.Ordinal) && standing.Actual < 1).ToList();
            if (missed.Count == 0) return true;
            var (problems, plan) = (Draft("@problems", YearEnd, standings), Draft("@plan", YearEnd, standings));
            return missed.All(standing => problems.ToText().Contains(standing.Name, StringComparison.Ordinal))
                && standings.Except(missed).All(standing => !problems.ToText().Contains(standing.Name, StringComparison.Ordinal))
                && problems.Blocks.Count <= 5
                && problems.Blocks.Zip(plan.Blocks).All(pair => pair.Second.ToString()!.Contains($"针对{Head(pair.First)}的问题", StringComparison.Ordinal))
                && problems.Blocks.Count == plan.Blocks.Count;
        }).QuickCheckThrowOnFailure();

    /// <summary>一是部分任务没有完成年度目标。… → 部分任务没有完成年度目标.</summary>
    static string Head(ReportBlock problem) => problem.ToString()!.Split('。')[0] is var head && head.IndexOf('是', StringComparison.Ordinal) is 1 ? head[2..] : head;

    [Fact]
    public void What_is_clearly_above_target_or_last_year_is_a_highlight() =>
        Assert.Equal(
            "一是普法宣传活动超额完成年度目标，全年实际完成95场，为目标80场的118.8%，较上年增长15.9%。\n" +
            "二是成功率达到97.8%，较上年提高1.6个百分点，高于年度目标95%。\n" +
            "三是重复信访较上年下降15%，由20件降至17件。",
            Text("@highlights", Count("重复信访", 17, last: 20, less: true, task: "p", unit: "件"), Ratio("成功率", 0.978m, 0.95m, 0.962m),
                Count("普法宣传活动", 95, 80, 82), Count("法治讲座", 12, 12, 12)));

    [Fact]
    public void Highlights_are_few_and_of_many_kinds()
    {
        var draft = Draft("@highlights", YearEnd, [.. Enumerable.Range(1, 9).Select(i => Ratio($"第{i}率", 0.9m, last: 0.5m) with { Task = "t" + i }),
            Count("普法宣传活动", 95, 80, task: "a"), Count("重复信访", 17, last: 20, less: true, task: "b")]);
        Assert.Equal(6, draft.Blocks.Count);
        Assert.Contains("普法宣传活动", draft.Blocks[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(draft.Blocks, block => block.ToString()!.Contains("重复信访", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_is_not_compared_with_a_handful_of_cases_of_the_year_before() =>
        Assert.StartsWith("〔待补：", Text("@highlights", Ratio("成功率", 0.9m, last: 0.5m) with { LastYearDenominator = 4 }), StringComparison.Ordinal);

    [Fact]
    public void What_missed_its_target_is_no_highlight_however_much_it_grew() =>
        Assert.StartsWith("〔待补：", Text("@highlights", Count("法治讲座", 10, 12, 5)), StringComparison.Ordinal);

    [Fact]
    public void While_the_year_runs_a_count_is_behind_only_against_the_calendar()
    {
        var closing = new DateOnly(2026, 7, 2);
        Assert.Equal("个别任务进度滞后。截至7月2日，法治讲座5场，完成年度目标12场的41.7%。\n", Draft("@problems", closing, Count("法治讲座", 5, 12)).ToText());
        Assert.StartsWith("〔待补：", Draft("@problems", closing, Count("法治讲座", 7, 12)).ToText(), StringComparison.Ordinal);
        Assert.StartsWith("〔待补：", Draft("@problems", closing, Count("法治讲座", 5, 12) with { TargetToDate = 4.9m }).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_nearly_on_schedule_and_what_is_due_in_full_is_said_as_such() =>
        Assert.EndsWith("。另有己完成30%，低于时序进度；庚完成46%，略低于时序进度；在册完成90%，未达到年度目标。\n", Draft("@problems", new(2026, 7, 2),
            [.. "甲乙丙丁戊".Select(name => Count(name.ToString(), 20, 100)), Count("己", 30, 100), Count("庚", 46, 100), Count("在册", 90, 100) with { TargetToDate = 100 }]).ToText(), StringComparison.Ordinal);
}
