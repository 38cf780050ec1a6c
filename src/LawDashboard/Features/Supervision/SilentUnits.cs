using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Supervision;

/// <summary>Towns and villages right below that have logged nothing dated within the last days.</summary>
public sealed class SilentUnits(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, TimeProvider clock) : IGapSource
{
    /// <summary>A village that logs nothing for a month is asked; even where nothing happens, patrols and screenings are held.</summary>
    public const int Days = 30;

    // Above a target that will only be missed by the year's end: what is not logged now is forgotten by then.
    const decimal Weight = 49.5m;

    public async Task<IReadOnlyList<Gap>> FindAsync(UnitYear facts, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        if (facts.Year != today.Year || facts.Below.Count == 0) return [];
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        // A few weeks of the date index, however many entries there are.
        var query = new EntryQuery { Person = Person.Machine, Unit = facts.Unit, From = today.AddDays(-Days), To = today, States = [EntryState.Submitted, EntryState.Approved, EntryState.Returned] };
        var logged = await EntryReader.Select(db, tree, query).Select(entry => entry.UnitId).Distinct().ToListAsync(cancel);
        return [.. facts.Below.Select(below => below.Unit)
            .Where(unit => unit.Kind is not UnitKind.Department && !logged.Exists(id => tree.Find(id) is { } where && tree.Covers(unit, where)))
            .Select(unit => new Gap($"silent:{unit.Code}", $"{unit.Name}近{Days}天没有登记", "没有提交任何台账记录；确无情况的也应有排查或巡查记录",
                new EntryListState { Unit = unit.Code, Year = facts.Year, Sort = new("updated") }.Link("/search"), Weight, unit))];
    }
}
