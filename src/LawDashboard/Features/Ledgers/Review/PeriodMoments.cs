using LawDashboard.Components.Past;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>The closings (封账) of a unit's months, its own and those from above, as points in the past that have a name.</summary>
sealed class PeriodMoments(IDbContextFactory<AppDbContext> contexts, UnitDirectory units) : IMomentSource
{
    const int Most = 12;

    public async Task<IReadOnlyList<NamedMoment>> OfAsync(Person person, Unit unit, int year, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        if (!person.Sees(tree, unit)) return [];
        int[] above = [.. tree.Ancestors(unit).Select(u => u.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var closed = await db.PeriodLocks.AsNoTracking().Where(l => above.Contains(l.UnitId) && l.Month >= year * 100 && l.Month <= year * 100 + 12)
            .OrderByDescending(l => l.LockedAt).Take(Most).ToListAsync(cancel);
        return [.. closed.Select(l => NamedMoment.After($"{l.Month % 100}月封账时（{tree.Find(l.UnitId)?.Name}，{ChinaTime.Local(l.LockedAt).Month}月{ChinaTime.Local(l.LockedAt).Day}日）", l.LockedAt))];
    }
}
