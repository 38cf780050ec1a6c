using System.Runtime.CompilerServices;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Overview;

/// <summary>Reads the few entries that the overview names one by one. All its figures come out of tallies, see <see cref="UnitYears"/>.</summary>
public sealed class OverviewReader(EntryLists lists, IndicatorCatalog catalog)
{
    const int LatestRows = 5, WaitingRows = 5, Many = 1_000;

    readonly ConditionalWeakTable<UnitYear, Task<OverviewRows>> read = [];

    /// <summary>
    /// Read once for all who look at the same figures, as long as these are up to date: a save that fifty viewers are told of
    /// asks the database once. Whoever was given the figures sees the unit, and drafts, which depend on the person, are not among the rows.
    /// </summary>
    /// <param name="facts">As <see cref="UnitYears"/> gave them to somebody who sees the unit.</param>
    public async Task<OverviewRows> RowsAsync(UnitYear facts, CancellationToken cancel = default)
    {
        var reading = read.GetValue(facts, shared => Task.Run(() => ReadAsync(shared)));
        try
        {
            return await reading.WaitAsync(cancel);
        }
        catch when (reading.IsFaulted)
        {
            read.Remove(facts);
            throw;
        }
    }

    async Task<OverviewRows> ReadAsync(UnitYear facts)
    {
        var waiting = Task.Run(() => WaitingAsync(Person.Machine, facts, CancellationToken.None));
        return new(await LatestAsync(Person.Machine, facts, CancellationToken.None), await waiting);
    }

    /// <summary>The newest by date. Tallies say from which month on, and which ledgers not at all.</summary>
    async Task<IReadOnlyList<Entry>> LatestAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        var recent = Recent(facts);
        List<LedgerDefinition> ledgers = [.. catalog.Ledgers.Ledgers.Where(ledger => facts.Book.Entries(ledger.Key, recent) > 0)];
        var asked = new EntryQuery
        {
            Person = person, Unit = facts.Unit, From = new(facts.Year, recent.From % 100, 1), To = facts.Until,
            States = [EntryState.Approved, EntryState.Submitted], AsOf = facts.Past,
        };
        IReadOnlyList<Entry> latest = facts.Past is null ? await lists.NewestAsync(asked, [.. ledgers.Select(ledger => ledger.Key)], LatestRows, cancel) : await PastAsync(asked, ledgers, cancel);
        // An event that two ledgers list is one event.
        return [.. latest.Where(entry => entry.OriginId is null).OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id).Take(LatestRows)];
    }

    /// <summary>Rows of the past come ledger by ledger.</summary>
    async Task<IReadOnlyList<Entry>> PastAsync(EntryQuery asked, IEnumerable<LedgerDefinition> ledgers, CancellationToken cancel)
    {
        var latest = new List<Entry>();
        foreach (var ledger in ledgers) latest.AddRange(await lists.PageAsync(asked with { Ledger = ledger }, 1, LatestRows, cancel));
        return latest;
    }

    /// <summary>The last months of the year that hold enough entries; the whole year when it has fewer.</summary>
    MonthRange Recent(UnitYear facts)
    {
        var (from, to) = (facts.Year * 100 + Math.Max(1, facts.LastMonth), facts.Year * 100 + Math.Max(1, facts.LastMonth));
        while (from % 100 > 1 && catalog.Ledgers.Ledgers.Sum(ledger => facts.Book.Entries(ledger.Key, new(from, to))) < LatestRows) from--;
        return new(from, to);
    }

    long Pending(UnitYear facts) => catalog.Ledgers.Ledgers.Select(ledger => catalog.Measure(IndicatorCatalog.EveryEntryKey(ledger.Key))).OfType<MeasureDefinition>()
        .Sum(every => facts.Book.Value(every, MonthRange.OfYear(facts.Year), EntryState.Submitted));

    /// <summary>
    /// The longest waiting first. Of the many that may wait only these are looked at: since when each does, an index knows; which
    /// one is asked depends on how many wait, and that the tallies know.
    /// </summary>
    async Task<IReadOnlyList<Entry>> WaitingAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        var waiting = new EntryQuery
        {
            Person = person, Unit = facts.Unit, From = new(facts.Year, 1, 1), To = new(facts.Year, 12, 31), States = [EntryState.Submitted], AsOf = facts.Past, Sort = new("updated", Descending: false), InOrderOfWaiting = Pending(facts) > Many,
        };
        return facts.Past is not null ? await lists.PageAsync(waiting, 1, WaitingRows, cancel)
            : await lists.OfIdsAsync(person, await lists.IdsAsync(waiting, WaitingRows, cancel), cancel);
    }
}
