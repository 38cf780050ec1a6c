using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;

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

    static List<(string, int, decimal)> Lines(IEnumerable<CountedIn> counted) => [.. counted.Select(figure => (figure.Measure.Key, figure.Month, figure.Amount))];

    static Entry Lecture(EntryState state, params (string, object?)[] more) => new()
    {
        LedgerKey = "lectures", UnitId = 1, Date = new(2026, 5, 20), Title = "讲座", CreatedBy = "样例", State = state, Values = SampleCatalog.Complete("2026-05-20", more),
    };
}
