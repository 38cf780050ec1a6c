using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>
/// The closed months and who may work in them all the same. Whoever writes entries, one or many, reads it inside the write
/// transaction and asks <see cref="Judge"/> for each change; so no month closes between the question and the writing.
/// </summary>
public sealed class PeriodBook(UnitTree tree, DateOnly today, IEnumerable<PeriodLock> locks, IEnumerable<LockException> exceptions)
{
    readonly Dictionary<(int Unit, int Month), PeriodLock> closed = locks.ToDictionary(l => (l.UnitId, l.Month));
    readonly ILookup<int, LockException> excepted = exceptions.ToLookup(e => e.LockId);

    static readonly PerModel<Func<AppDbContext, int, int, IAsyncEnumerable<PeriodLock>>> OfTwoMonths = new(() => EF.CompileAsyncQuery((AppDbContext db, int one, int other) =>
        db.Set<PeriodLock>().AsNoTracking().Where(l => l.Month == one || l.Month == other)));

    /// <summary>Reads the locks of some months, or of all.</summary>
    public static async Task<PeriodBook> ReadAsync(AppDbContext db, UnitTree tree, DateOnly today, IReadOnlyCollection<DateOnly>? days = null, CancellationToken cancel = default)
    {
        var months = days?.Select(PeriodLock.MonthOf).Distinct().ToList();
        var found = new List<PeriodLock>();
        // Every save asks for one month or two.
        if (months is { Count: 1 or 2 })
            await foreach (var closed in OfTwoMonths.For(db)(db, months[0], months[^1]).WithCancellation(cancel)) found.Add(closed);
        else found = await db.PeriodLocks.AsNoTracking().Where(l => months == null || months.Contains(l.Month)).ToListAsync(cancel);
        if (found.Count == 0) return new(tree, today, [], []);
        var ids = found.Select(l => l.Id).ToList();
        return new(tree, today, found, await db.LockExceptions.AsNoTracking().Where(e => ids.Contains(e.LockId)).ToListAsync(cancel));
    }

    /// <summary>The locks over a unit's day: its own and those of the units above it.</summary>
    public IEnumerable<PeriodLock> Over(Unit unit, DateOnly day) =>
        tree.Ancestors(unit).Select(above => closed.GetValueOrDefault((above.Id, PeriodLock.MonthOf(day)))).OfType<PeriodLock>();

    public IEnumerable<LockException> Exceptions(PeriodLock closed) => excepted[closed.Id].OrderBy(e => e.Id);

    /// <summary>The lock that keeps the person from a unit's day; null when it is open to him.</summary>
    public PeriodLock? Closed(Person person, Unit unit, DateOnly day) => Over(unit, day).FirstOrDefault(l => Valid(l, person) is null);

    /// <summary>What the person acts by in a month that is closed to others; null where nothing is closed.</summary>
    public LockException? Exception(Person person, Unit unit, DateOnly day) =>
        Over(unit, day).Select(l => Valid(l, person)).FirstOrDefault();

    /// <summary>Why the change may not be made, for the person who makes it; null when it may. Where it came from must be open as well as where it goes.</summary>
    public string? Refusal(Person person, Entry? before, Entry after)
    {
        foreach (var entry in new[] { before, after }.OfType<Entry>())
            if (tree.Find(entry.UnitId) is { } unit && Closed(person, unit, entry.Date) is { } closed) return Sentence(closed);
        return null;
    }

    /// <summary>
    /// What the closed months make of a change: the sentence that refuses it; or, where it is made by an exception, what the
    /// audit log is told of that. An entry logged long after its day, or by an exception, is marked as such.
    /// </summary>
    public (string? Refusal, string? Note) Judge(Person person, Definitions.LedgerDefinition ledger, Entry? before, Entry after)
    {
        if (Refusal(person, before, after) is { } refusal) return (refusal, null);
        var exception = tree.Find(after.UnitId) is { } unit ? Exception(person, unit, after.Date) : null;
        if (before is null || before.Date != after.Date) after.Backdated = Backdating.Is(ledger, after.Date, after.CreatedAt);
        // What is logged once the month is closed was not there when it closed; what was there is only mended.
        if (exception is not null && (before?.Number is null || before.Date != after.Date)) after.Backdated = true;
        return (null, exception is null ? null : $"封账例外：{exception.Reason}（{exception.GrantedBy}批准，至{FieldValues.Iso(exception.Until)}）");
    }

    /// <summary>法镇2026年10月已由样例封账……</summary>
    public string Sentence(PeriodLock closed)
    {
        var (unit, at) = (tree.Find(closed.UnitId)?.Name, ChinaTime.Local(closed.LockedAt));
        return $"{unit}{closed.Month / 100}年{closed.Month % 100}月已由{closed.LockedBy}于{at.Month}月{at.Day}日封账，日期在这个月的记录不能登记、修改、审核或作废；确需办理的，请{unit}或其上级的审核员、负责人或系统管理员在“封账”中批准例外";
    }

    LockException? Valid(PeriodLock closed, Person person) =>
        excepted[closed.Id].FirstOrDefault(e => e.PersonId == person.Id && person.Id != Person.Machine.Id && e.Until >= today);
}

/// <summary>Entries logged long after their day (补录) are marked, so that nobody takes them for a record made at the time.</summary>
public static class Backdating
{
    /// <summary>Days that logging may take, where the ledger says nothing else.</summary>
    public const int DefaultDays = 30;

    /// <summary>Rosters are never backdated: people are on them long before the roster is kept.</summary>
    public static bool Is(Definitions.LedgerDefinition ledger, DateOnly date, DateTime loggedAt) => !ledger.Register
        && DateOnly.FromDateTime(ChinaTime.Local(loggedAt)).DayNumber - date.DayNumber > (ledger.BackdatedAfterDays ?? DefaultDays);
}
