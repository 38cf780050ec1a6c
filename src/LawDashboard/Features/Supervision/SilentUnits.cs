using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Supervision;

/// <summary>Towns and villages right below that have logged nothing dated within the days that <see cref="SilencePeriods"/> allow.</summary>
public sealed class SilentUnits(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, SilencePeriods periods, TimeProvider clock) : IGapSource
{
    // Above a target that will only be missed by the year's end: what is not logged now is forgotten by then.
    const decimal Weight = 49.5m;

    public async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        if (facts.Year != today.Year || facts.Below.Count == 0) return [];
        var tree = await units.TreeAsync(cancel);
        var days = (await periods.OfAsync(facts.Unit, cancel)).Days;
        var logged = await LoggedAsync(tree, [.. facts.Below.SelectMany(below => tree.Subtree(below.Unit)).Select(unit => unit.Id)], today.AddDays(-days), today, cancel);
        return [.. facts.Below.Select(below => below.Unit)
            .Where(unit => unit.Kind is not UnitKind.Department && !tree.Subtree(unit).Any(where => logged.Contains(where.Id)))
            .Select(unit => new Gap($"silent:{unit.Code}", $"{unit.Name}近{days}天没有登记", "没有提交任何台账记录；确无情况的也应有排查或巡查记录",
                new EntryListState { Unit = unit.Code, Year = facts.Year, Sort = new("updated") }.Link("/search"), Weight, unit))];
    }

    /// <summary>Asked unit by unit within one statement: the first entry that is found answers it, however many there are.</summary>
    async Task<HashSet<int>> LoggedAsync(UnitTree tree, int[] ids, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var entries = EntryReader.Select(db, tree, new() { Person = Person.Machine, From = from, To = to, States = [EntryState.Submitted, EntryState.Approved, EntryState.Returned] });
        return [.. await db.Units.Where(unit => EF.Parameter(ids).Contains(unit.Id) && entries.Any(entry => entry.UnitId == unit.Id)).Select(unit => unit.Id).ToListAsync(cancel)];
    }
}
