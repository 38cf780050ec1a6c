using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>How indicators and tasks stand, worked out of tallies alone.</summary>
public sealed class StandingTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void A_task_is_as_fast_as_its_indicators_by_their_points()
    {
        var task = Task(Judged("a", 4, 1.00m), Judged("b", 2, 0.40m));
        Assert.Equal(0.80m, task.Ratio!.Value, 6);
        Assert.Equal(PaceLevel.Behind, task.Level);
        Assert.Equal("b", task.Slowest!.Indicator.Key);
    }

    [Fact]
    public void A_ratio_that_is_kept_neither_slows_a_task_nor_speeds_it_up()
    {
        Assert.Equal(1.2m, Task(Judged("count", 3, 1.2m), Judged("rate", 9, 1m, accrues: false)).Ratio);
        Assert.Equal(PaceLevel.OnTrack, Task(Judged("rate", 9, 1.3m, accrues: false)).Level);
    }

    [Fact]
    public void A_ratio_that_fails_slows_its_task_down() =>
        Assert.Equal(0.85m, Task(Judged("count", 5, 1m), Judged("rate", 5, 0.7m, accrues: false)).Ratio);

    [Fact]
    public void One_indicator_far_ahead_does_not_hide_another() =>
        Assert.Equal(PaceLevel.Behind, Task(Judged("count", 3, 9m), Judged("other", 3, 0.3m)).Level);

    [Fact]
    public void What_carries_no_points_is_named_last() =>
        Assert.Equal("scored", Task(Judged("reported", 0, 0.1m), Judged("scored", 2, 0.8m)).Slowest!.Indicator.Key);

    [Fact]
    public void A_task_without_targets_is_not_judged()
    {
        var standing = Judged("a", 4, 1m) with { Pace = Pace.None, Target = null };
        Assert.Equal((PaceLevel.NoTarget, (decimal?)null), (Task(standing).Level, Task(standing).Ratio));
    }

    [Theory]
    [InlineData(2026, "2026-11-22", 202610)]
    [InlineData(2026, "2026-11-30", 202611)]
    [InlineData(2025, "2026-11-22", 202512)]
    [InlineData(2026, "2026-01-31", 202601)]
    [InlineData(2026, "2026-01-30", 0)]
    [InlineData(2027, "2026-11-22", 0)]
    public void Only_whole_months_are_compared_with_the_year_before(int year, string today, int last) =>
        Assert.Equal(last, OnYear.WholeMonths(year, DateOnly.Parse(today))?.To ?? 0);

    [Theory]
    [InlineData(30, 24, false, "+25%")]
    [InlineData(24, 30, false, "−20%")]
    [InlineData(7, 7, false, "持平")]
    [InlineData(0.9787, 0.95, true, "+2.8个百分点")]
    public void A_change_is_told_in_percent_and_of_ratios_in_points(double now, double then, bool ratio, string text) =>
        Assert.Equal(text, new OnYear(default, (decimal)now, (decimal)then, ratio).Text);

    [Fact]
    public void The_year_before_is_compared_over_the_same_months()
    {
        var standing = Standings(
            Tally("lectures.held", 202603, 6), Tally("lectures.held", 202611, 5), Tally("lectures.held", 202503, 4), Tally("lectures.held", 202512, 9)).Of(Held);
        Assert.Equal((11m, 13m), (standing.Value.Numerator, standing.LastYear.Numerator));
        Assert.Equal("+50%", standing.OnYear!.Text);
    }

    [Fact]
    public void What_waits_for_review_is_in_no_other_figure()
    {
        var standing = Standings(Tally("lectures.held", 202603, 6), Tally("lectures.held", 202604, 2, EntryState.Submitted)).Of(Held);
        Assert.Equal((6m, 2m), (standing.Value.Numerator, standing.Pending.Numerator));
        Assert.True(standing.HasPending);
    }

    [Fact]
    public void The_months_of_an_indicator_add_up_to_its_year()
    {
        var facts = Facts([Tally("lectures.held", 202601, 3), Tally("lectures.held", 202605, 4), Tally("lectures.held", 202611, 1, EntryState.Submitted)]);
        var months = IndicatorMonths.Of(Reckoner, facts, new Standings(Reckoner, facts).Of(Held)).Months;
        Assert.Equal([3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0], months.Select(month => month.Value.Numerator));
        Assert.Equal((7m, 8m), (months[10].ToDate.Numerator, months[10].ToDateWithPending.Numerator));
        Assert.Equal([true, false], [months[10].Reached, months[11].Reached]);
        Assert.Equal(12m, months[11].Expected!.Value, 9);
    }

    [Fact]
    public void A_county_takes_the_sum_of_its_towns_targets_and_shares_that_all_have_in_common()
    {
        var towns = new[] { Targets(("study.lectures", 12), ("study.filed", 95)), Targets(("study.lectures", 8), ("study.filed", 95)) };
        var county = Complete(towns);
        Assert.Equal((20m, 95m, TargetRollup.Source), (county["study.lectures"].Value, county["study.filed"].Value, county["study.lectures"].Document));

        Assert.False(Complete([towns[0], Targets(("study.lectures", 8), ("study.filed", 90))]).ContainsKey("study.filed"));
        Assert.False(Complete([towns[0], Targets(("study.filed", 95))]).ContainsKey("study.lectures"));
        Assert.Equal(5, Complete(towns, Targets(("study.lectures", 5)))["study.lectures"].Value);

        static IReadOnlyDictionary<string, Target> Complete(IReadOnlyDictionary<string, Target>[] towns, IReadOnlyDictionary<string, Target>? own = null) =>
            TargetRollup.Complete(SampleCatalog.Indicators, 1, 2026, own ?? new Dictionary<string, Target>(), towns);
    }

    [Fact]
    public void A_county_is_due_what_its_towns_are_due_together()
    {
        var (early, late) = (Targets(("study.lectures", 12))["study.lectures"], Targets(("study.lectures", 30))["study.lectures"]);
        (early.Spread, late.Spread) = ("1 0 0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0 0 1");
        var county = TargetRollup.Complete(SampleCatalog.Indicators, 1, 2026, new Dictionary<string, Target>(),
            [new Dictionary<string, Target> { ["study.lectures"] = early }, new Dictionary<string, Target> { ["study.lectures"] = late }])["study.lectures"];
        Assert.Equal(12, county.Value * Pace.Share(county.Spread, new(2026, 6, 30), 2026), 3);
    }

    [Fact]
    public void The_units_below_and_what_the_unit_logged_itself_add_up_to_its_figure()
    {
        var village = new Unit { Id = 2, Code = "FZ01", Name = "样例村", Kind = UnitKind.Village, ParentId = 1, Path = "/1/2/", Population = 2_000 };
        var office = new Unit { Id = 3, Code = "FZZF", Name = "执法办", Kind = UnitKind.Department, ParentId = 1, Path = "/1/3/" };
        var facts = Facts([Tally("lectures.held", 202603, 10)]) with
        {
            Below = [Below(village, Tally("lectures.held", 202603, 4)), Below(office)],
        };
        var comparison = UnitComparison.Of(Reckoner, facts, Held)!;
        Assert.Equal([village], comparison.Units.Select(figure => figure.Unit));
        Assert.Equal((6m, 10m, 20m), (comparison.Own!.Value.Numerator, comparison.Total.Value.Numerator, comparison.Units[0].PerTenThousand));
        // The whole by those whom the parts govern: a county of which three towns take part is not measured by all its people.
        Assert.Equal(50m, comparison.Total.PerTenThousand);
        Assert.Equal(10m, UnitComparison.Of(Reckoner, facts with { Unit = new() { Id = 1, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, Path = "/1/", Population = 10_000 }, Below = [Below(office)] }, Held)!.Total.PerTenThousand);
        Assert.Equal(comparison.Total.Value.Numerator, comparison.Units.Append(comparison.Own).Sum(figure => figure.Value.Numerator));

        static UnitBelow Below(Unit unit, params Tally[] tallies) => new(unit, new TallyBook(unit.Id, tallies), new Dictionary<string, Target>());
    }

    [Fact]
    public void Links_open_the_measure_in_the_month_and_state_of_the_figure()
    {
        var links = new RowLinks(SampleCatalog.Indicators, Town, 2026);
        Assert.Equal("/ledgers/lectures?unit=FZ&year=2026&from=2026-02-01&to=2026-02-28&state=submitted&measure=lectures.held&slice=kind%3Dcadre",
            links.Measure("lectures.held", MonthRange.OfMonth(2026, 2), "kind=cadre", EntryState.Submitted));
        Assert.Equal("/ledgers/lectures?unit=FZ&year=2026&to=2026-02-28&measure=lectures.open", links.Measure("lectures.open", MonthRange.OfMonth(2026, 2)));
        Assert.Null(links.Measure("no.such"));
    }

    static readonly IndicatorDefinition Held = SampleCatalog.Indicators.Indicator("study.lectures")!;
    static readonly IndicatorReckoner Reckoner = new(SampleCatalog.Indicators);
    static readonly Unit Town = new() { Id = 1, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, Path = "/1/" };

    static UnitYear Facts(Tally[] tallies) => new(Town, 2026, Today, new TallyBook(1, tallies), Targets(("study.lectures", 12)), []);
    static Standings Standings(params Tally[] tallies) => new(Reckoner, Facts(tallies));
    static Tally Tally(string measure, int month, long count, EntryState state = EntryState.Approved) =>
        new() { UnitId = 1, Month = month, MeasureKey = measure, Slice = "", State = state, Count = count };

    static IReadOnlyDictionary<string, Target> Targets(params (string Key, decimal Value)[] targets) => targets.ToDictionary(target => target.Key,
        target => new Target { IndicatorKey = target.Key, UnitId = 1, Year = 2026, Value = target.Value, EffectiveOn = new(2026, 1, 1) });

    static TaskStanding Task(params Standing[] standings) => TaskStanding.Of(new() { Key = "t", Name = "任务", Heading = "任务" }, standings);

    static Standing Judged(string key, int points, decimal ratio, bool accrues = true)
    {
        var indicator = new IndicatorDefinition { Key = key, Name = key, Task = "t", Unit = "次", Measure = "lectures.held", Points = points };
        var (value, none) = (new IndicatorValue(indicator, ratio * 100, null), new IndicatorValue(indicator, 0, null));
        return new(indicator, accrues, value, none, Targets((key, 100))[key], new(100, 100, ratio, Pace.LevelOf(ratio)), none, null);
    }
}
