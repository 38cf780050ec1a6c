using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>What is asked of the running limits.</summary>
public enum DueKind
{
    /// <summary>Past the last day; parties' rights that lapsed are not among them.</summary>
    Overdue,
    /// <summary>Past the last day of a limit that is a duty by law or by order.</summary>
    Statutory,
    /// <summary>The last day is today or within <see cref="Clock.SoonDays"/> days.</summary>
    Soon,
    /// <summary>A year's calendar is missing, so nobody knows.</summary>
    Unknown,
}

/// <summary>Limits of a unit with everything below it that are overdue, and that end within a week.</summary>
public readonly record struct DueCount(int Overdue, int Soon);

/// <summary>Reads the stored limits within a person's scope; its cost depends on how many run, not on how many entries there are.</summary>
public sealed class ClockReader(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, TimeProvider clock)
{
    /// <summary>Overdue and due soon in a unit and below it; for the overview and its like.</summary>
    public async Task<DueCount> CountAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var overdue = await CountsAsync(person, unit, DueKind.Overdue, cancel);
        var soon = await CountsAsync(person, unit, DueKind.Soon, cancel);
        return new(overdue.Values.Sum(), soon.Values.Sum());
    }

    /// <summary>How many by the unit whose entries they run on; units with none are left out.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountsAsync(Person person, Unit unit, DueKind kind, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Scoped(db, tree, person, unit, kind).GroupBy(due => due.UnitId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>The limits themselves, the longest overdue or soonest due first.</summary>
    public async Task<IReadOnlyList<EntryClock>> RowsAsync(Person person, Unit unit, DueKind kind, int skip, int take, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Scoped(db, tree, person, unit, kind).OrderBy(due => due.OpenDue).ThenBy(due => due.EntryId).ThenBy(due => due.ClockKey)
            .Skip(skip).Take(take).ToListAsync(cancel);
    }

    IQueryable<EntryClock> Scoped(AppDbContext db, UnitTree tree, Person person, Unit unit, DueKind kind)
    {
        var scope = EntryReader.UnitsInScope(tree, new EntryQuery { Person = person, Unit = unit });
        var due = db.EntryClocks.AsNoTracking().Where(due => scope.Contains(due.UnitId));
        // Drafts are unfinished work: only those who record see them.
        if (!person.CanRecord) due = due.Where(due => !due.Draft);
        return Of(due, kind, ChinaTime.Today(clock));
    }

    internal static IQueryable<EntryClock> Of(IQueryable<EntryClock> clocks, DueKind kind, DateOnly today)
    {
        var horizon = today.AddDays(Clock.SoonDays);
        return kind switch
        {
            DueKind.Overdue => clocks.Where(due => due.OpenDue < today && due.Force != ClockForce.Right),
            DueKind.Statutory => clocks.Where(due => due.OpenDue < today && due.Force == ClockForce.Hard),
            DueKind.Soon => clocks.Where(due => due.OpenDue >= today && due.OpenDue <= horizon),
            _ => clocks.Where(due => due.Unknown),
        };
    }
}
