using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Overview;

/// <summary>Reads the few entries that the overview names one by one. All its figures come out of tallies, see <see cref="UnitYears"/>.</summary>
public sealed class OverviewReader(EntryLists lists, IndicatorCatalog catalog)
{
    const int LatestRows = 5, WaitingRows = 5;

    public async Task<OverviewRows> RowsAsync(Person person, UnitYear facts, CancellationToken cancel = default) =>
        new(await LatestAsync(person, facts, cancel), await WaitingAsync(person, facts, cancel));

    /// <summary>
    /// The newest by date. Asked ledger by ledger, because an entry's date is indexed within its ledger: each question
    /// reads a few index rows however many entries there are. Tallies say from which month on, and which ledgers not at all.
    /// </summary>
    async Task<IReadOnlyList<Entry>> LatestAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        var latest = new List<Entry>();
        var recent = Recent(facts);
        foreach (var ledger in catalog.Ledgers.Ledgers.Where(ledger => facts.Book.Entries(ledger.Key, recent) > 0))
            latest.AddRange(await lists.PageAsync(new EntryQuery
            {
                Person = person, Unit = facts.Unit, Ledger = ledger, From = new(facts.Year, recent.From % 100, 1), To = facts.Until,
                States = [EntryState.Approved, EntryState.Submitted], AsOf = facts.Past,
            }, 1, LatestRows, cancel));
        // An event that two ledgers list is one event.
        return [.. latest.Where(entry => entry.OriginId is null).OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).Take(LatestRows)];
    }

    /// <summary>The last months of the year that hold enough entries; the whole year when it has fewer.</summary>
    MonthRange Recent(UnitYear facts)
    {
        var (from, to) = (facts.Year * 100 + Math.Max(1, facts.LastMonth), facts.Year * 100 + Math.Max(1, facts.LastMonth));
        while (from % 100 > 1 && catalog.Ledgers.Ledgers.Sum(ledger => facts.Book.Entries(ledger.Key, new(from, to))) < LatestRows) from--;
        return new(from, to);
    }

    /// <summary>The longest waiting first.</summary>
    async Task<IReadOnlyList<Entry>> WaitingAsync(Person person, UnitYear facts, CancellationToken cancel) => await lists.PageAsync(new EntryQuery
    {
        Person = person, Unit = facts.Unit, From = new(facts.Year, 1, 1), To = new(facts.Year, 12, 31), States = [EntryState.Submitted], AsOf = facts.Past, Sort = new("updated", Descending: false),
    }, 1, WaitingRows, cancel);
}
