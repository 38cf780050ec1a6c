using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>Gives the ledgers the names of the tasks they stand under, and their counts out of the tallies.</summary>
sealed class LedgerGroups(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog) : ITaskNames, ILedgerCounts
{
    public IReadOnlyList<TaskName> Tasks { get; } = [.. catalog.Tasks.Select(task => new TaskName(task.Key, task.Name))];

    public async Task<IReadOnlyDictionary<string, LedgerCount>> OfYearAsync(Person person, Unit unit, int year, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return new Dictionary<string, LedgerCount>();
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
}
