using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Indicators;

public sealed class EntryCountsTests
{
    static IReadOnlyList<(string, decimal)> Counts(EntryState state, params (string, object?)[] more)
    {
        var values = SampleCatalog.Complete("2026-03-05", more);
        var entry = new Entry { LedgerKey = "lectures", UnitId = 1, Date = values.Date("heldOn")!.Value, Title = "", State = state, Values = values, CreatedBy = "样例" };
        return [.. EntryCounts.OfApproved(new Counters(SampleCatalog.Indicators), SampleCatalog.Lectures, entry).Select(count => (count.Measure.Key, count.Amount))];
    }

    [Theory]
    [InlineData(EntryState.Draft)]
    [InlineData(EntryState.Approved)]
    public void An_entry_names_the_figures_it_counts_in_with_what_it_adds_in_shown_units(EntryState state) => Assert.Equal(
        [("ledger.lectures", 1), ("lectures.held", 1), ("lectures.attended", 30), ("lectures.cost", 120.5m), ("lectures.civil", 1), ("lectures.open", 1)],
        Counts(state, ("attended", 30L), ("cost", 12050L), ("laws", new[] { "civil" })));

    [Fact]
    public void What_adds_nothing_is_not_named() =>
        Assert.Equal([("ledger.lectures", 1m), ("lectures.held", 1m), ("lectures.filed", 1m)], Counts(EntryState.Draft, ("attended", 0L), ("cost", 50L), ("filedOn", "2026-03-20")));
}
