using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>What an entry counts in is said by the same rules that keep the tallies.</summary>
public sealed class EntryCountsTests
{
    static readonly EntryCounts Counts = new(new Counters(SampleCatalog.Indicators), new IndicatorReckoner(SampleCatalog.Indicators));

    [Fact]
    public void An_entry_names_measures_amounts_and_indicators()
    {
        var counted = Counts.Of(Lecture(EntryState.Approved, ("attended", 40L), ("cost", 25_050L), ("filedOn", "2026-06-02")));
        Assert.Contains(("lectures.attended", 202605, 40m), Lines(counted));
        Assert.Contains(("lectures.cost", 202605, 250.50m), Lines(counted));
        Assert.Contains(("lectures.filed", 202606, 1m), Lines(counted));
        // It joins the open ones in May and leaves them in June.
        Assert.Equal([("lectures.open", 202605, 1m), ("lectures.open", 202606, -1m)], Lines(counted).Where(line => line.Item1 == "lectures.open"));
        Assert.Equal(["study.lectures", "study.filed"], counted.Single(figure => figure.Measure.Key == "lectures.held").Indicators.Select(indicator => indicator.Key));
    }

    [Theory]
    [InlineData(EntryState.Draft)]
    [InlineData(EntryState.Returned)]
    [InlineData(EntryState.Submitted)]
    public void What_does_not_count_yet_says_what_it_will_count_in(EntryState state) => Assert.NotEmpty(Counts.Of(Lecture(state)));

    [Fact]
    public void A_voided_entry_counts_in_nothing() => Assert.Empty(Counts.Of(Lecture(EntryState.Voided)));

    [Fact]
    public void An_empty_sum_is_no_figure() => Assert.DoesNotContain(Counts.Of(Lecture(EntryState.Approved)), figure => figure.Measure.Key == "lectures.attended");

    [Fact]
    public void A_figure_that_leaves_the_entry_out_names_the_condition_and_what_the_entry_has()
    {
        var missed = Missing.Of(Lecture(EntryState.Approved, ("kind", "school"), ("laws", new[] { "civil" }), ("cost", 5_000L)), UnitTree.Empty);
        Assert.Equal([new("“类别”不为“校园”", "“类别”为“校园”")], missed.Single(figure => figure.Measure.Key == "lectures.civil").Reasons);
        Assert.Equal([new("“经费”不少于100", "“经费”为“50.00”")], missed.Single(figure => figure.Measure.Key == "lectures.cost").Reasons);
        Assert.Contains(new("已填“归档日期”，才能归入月份", "“归档日期”未填"), missed.Single(figure => figure.Measure.Key == "lectures.filed").Reasons);
        Assert.Equal([new("“实到”有数可合计", "“实到”未填")], missed.Single(figure => figure.Measure.Key == "lectures.attended").Reasons);
        Assert.DoesNotContain(missed, figure => figure.Measure.Key == "lectures.held");
    }

    static readonly NotCounted Missing = new(new Counters(SampleCatalog.Indicators), SampleCatalog.Indicators, new MeasureWords(SampleCatalog.Ledgers));

    static List<(string, int, decimal)> Lines(IEnumerable<CountedIn> counted) => [.. counted.Select(figure => (figure.Measure.Key, figure.Month, figure.Amount))];

    static Entry Lecture(EntryState state, params (string, object?)[] more) => new()
    {
        LedgerKey = "lectures", UnitId = 1, Date = new(2026, 5, 20), Title = "讲座", CreatedBy = "样例", State = state, Values = SampleCatalog.Complete("2026-05-20", more),
    };
}
