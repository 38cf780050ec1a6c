using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Gives the ledgers the names of the tasks they stand under, and their counts out of the tallies.</summary>
sealed class LedgerGroups(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, Past.PastBooks pasts) : ITaskNames, ILedgerCounts
{
    public IReadOnlyList<TaskName> Tasks { get; } = [.. catalog.Tasks.Select(task => new TaskName(task.Key, task.Name))];

    public async Task<IReadOnlyDictionary<string, LedgerCount>> OfYearAsync(Person person, Unit unit, int year, PastPoint? past = null, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return new Dictionary<string, LedgerCount>();
        if (past is not null) return await OfPastAsync(person, unit, year, past, cancel);
        var months = MonthRange.OfYear(year);
        var ledgers = catalog.Ledgers.Ledgers.ToDictionary(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key));
        var rosters = ledgers.Where(ledger => ledger.Value.Register).Select(ledger => ledger.Key).ToList();
        var keys = ledgers.Keys.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var sums = await db.Tallies.AsNoTracking()
            .Where(tally => tally.UnitId == unit.Id && tally.Slice == "" && keys.Contains(tally.MeasureKey)
                && tally.Month <= months.To && (tally.Month >= months.From || rosters.Contains(tally.MeasureKey)))
            .GroupBy(tally => new { tally.MeasureKey, tally.State }).Select(group => new { group.Key, Count = group.Sum(tally => tally.Count) })
            .ToListAsync(cancel);
        return sums.GroupBy(sum => ledgers[sum.Key.MeasureKey].Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => new LedgerCount(
            group.Where(sum => sum.Key.State == EntryState.Approved).Sum(sum => sum.Count),
            group.Where(sum => sum.Key.State == EntryState.Submitted).Sum(sum => sum.Count)), StringComparer.Ordinal);
    }

    async Task<IReadOnlyDictionary<string, LedgerCount>> OfPastAsync(Person person, Unit unit, int year, PastPoint past, CancellationToken cancel)
    {
        var (all, months) = (new MonthRange(0, year * 100 + 12), MonthRange.OfYear(year));
        var book = await pasts.BookAsync(person, unit, all, new([.. catalog.Ledgers.Ledgers.Select(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key))], []), past.Sequence, cancel);
        return catalog.Ledgers.Ledgers.ToDictionary(ledger => ledger.Key, ledger =>
        {
            var (measure, period) = (catalog.Measure(IndicatorCatalog.EveryEntryKey(ledger.Key))!, ledger.Register ? all : months);
            return new LedgerCount(book.Value(measure, period), book.Value(measure, period, EntryState.Submitted));
        }, StringComparer.Ordinal);
    }
}
