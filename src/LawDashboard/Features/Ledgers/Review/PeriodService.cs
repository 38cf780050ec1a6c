using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>Somebody who can be let into a closed month.</summary>
public sealed record PeriodPerson(int Id, string Name, Role Role, string? Unit);

/// <summary>Closes and opens months and grants exceptions. Every step is in the audit log, with its reason. Answers with what kept it from being done, or null.</summary>
public sealed class PeriodService(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, TimeProvider clock)
{
    public const int ReasonLength = 500;
    /// <summary>An exception ends within so many days; whoever needs longer opens the month.</summary>
    public const int LongestException = 90;

    public static bool CanLock(Person person) => person.Role is Role.Reviewer or Role.Leader or Role.Administrator;

    /// <summary>All closed months of a year, with their exceptions.</summary>
    public async Task<PeriodBook> YearAsync(int year, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await PeriodBook.ReadAsync(db, await units.TreeAsync(cancel), Today, [.. Enumerable.Range(1, 12).Select(month => new DateOnly(year, month, 1))], cancel);
    }

    /// <summary>Why the person could not log or change anything in the unit on that day; null when he could.</summary>
    public async Task<string?> RefusalAsync(Person person, Unit unit, DateOnly day, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var book = await PeriodBook.ReadAsync(db, await units.TreeAsync(cancel), Today, [day], cancel);
        return book.Closed(person, unit, day) is { } closed ? book.Sentence(closed) : null;
    }

    public Task<string?> LockAsync(Person person, Unit unit, int year, int month, CancellationToken cancel = default) => WriteAsync(person, async (db, tree) =>
    {
        if (!person.Sees(tree, unit)) return "只能为本单位及其下级单位封账";
        if (month is < 1 or > 12 || new DateOnly(year, month, 1).AddMonths(1) > Today) return $"{year}年{month}月还没有结束，月末以后才能封账";
        var key = year * 100 + month;
        if (await db.PeriodLocks.FirstOrDefaultAsync(l => l.UnitId == unit.Id && l.Month == key, cancel) is { } closed) return $"这个月已由{closed.LockedBy}封账";
        db.PeriodLocks.Add(new() { UnitId = unit.Id, Month = key, LockedById = person.Id, LockedBy = person.Name, LockedAt = ChinaTime.Now(clock) });
        await LogAsync(db, person, "lock-month", unit.Id, key, "封账", cancel);
        return null;
    }, cancel);

    public Task<string?> UnlockAsync(Person person, int lockId, string? reason, CancellationToken cancel = default) => WriteAsync(person, async (db, tree) =>
    {
        if (Wrong(reason, "解除封账的理由") is { } wrong) return wrong;
        if (await FindAsync(db, tree, person, lockId, cancel) is not { } closed) return Gone;
        db.LockExceptions.RemoveRange(await db.LockExceptions.Where(e => e.LockId == lockId).ToListAsync(cancel));
        db.PeriodLocks.Remove(closed);
        await LogAsync(db, person, "unlock-month", closed.UnitId, closed.Month, reason!.Trim(), cancel);
        return null;
    }, cancel);

    public Task<string?> ExceptAsync(Person person, int lockId, int accountId, string? reason, DateOnly until, CancellationToken cancel = default) => WriteAsync(person, async (db, tree) =>
    {
        if (Wrong(reason, "例外的理由") is { } wrong) return wrong;
        if (until < Today || until > Today.AddDays(LongestException)) return $"截止日期应在今天至{Today.AddDays(LongestException):yyyy-MM-dd}之间";
        if (await FindAsync(db, tree, person, lockId, cancel) is not { } closed) return Gone;
        if ((await PeopleAsync(db, tree, closed.UnitId, cancel)).FirstOrDefault(p => p.Id == accountId) is not { } who) return "请选择可以登记或审核这个单位台账的人员";
        db.LockExceptions.Add(new()
        {
            LockId = lockId, PersonId = who.Id, PersonName = who.Name, Reason = reason!.Trim(), Until = until, GrantedBy = person.Name, GrantedAt = ChinaTime.Now(clock),
        });
        await LogAsync(db, person, "except-month", closed.UnitId, closed.Month, $"{who.Name}，至{until:yyyy-MM-dd}：{reason.Trim()}", cancel);
        return null;
    }, cancel);

    public Task<string?> RevokeAsync(Person person, int exceptionId, CancellationToken cancel = default) => WriteAsync(person, async (db, tree) =>
    {
        if (await db.LockExceptions.FindAsync([exceptionId], cancel) is not { } exception || await FindAsync(db, tree, person, exception.LockId, cancel) is not { } closed) return "这项例外已经撤销";
        db.LockExceptions.Remove(exception);
        await LogAsync(db, person, "end-exception", closed.UnitId, closed.Month, exception.PersonName, cancel);
        return null;
    }, cancel);

    /// <summary>Accounts that log or review in the unit: those that an exception can name.</summary>
    public async Task<IReadOnlyList<PeriodPerson>> PeopleAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!CanLock(person) || !person.Sees(tree, unit)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await PeopleAsync(db, tree, unit.Id, cancel);
    }

    static async Task<IReadOnlyList<PeriodPerson>> PeopleAsync(AppDbContext db, UnitTree tree, int unitId, CancellationToken cancel)
    {
        var unit = tree[unitId];
        var ids = tree.Ancestors(unit).Concat(tree.Subtree(unit)).Select(u => u.Id).ToHashSet();
        var accounts = await db.Accounts.AsNoTracking().Where(a => !a.Disabled && (a.Role == Role.Recorder || a.Role == Role.Reviewer || a.Role == Role.Leader)).ToListAsync(cancel);
        return [.. from account in accounts
            where account.UnitId is not { } own || ids.Contains(own)
            orderby account.UnitId == unitId descending, account.Role, account.DisplayName
            select new PeriodPerson(account.Id, account.DisplayName, account.Role, account.UnitId is { } own ? tree.Find(own)?.Name : null)];
    }

    async Task<string?> WriteAsync(Person person, Func<AppDbContext, UnitTree, Task<string?>> change, CancellationToken cancel)
    {
        if (!CanLock(person)) return $"{Person.Label(person.Role)}不能封账";
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await change(db, tree) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    static async Task<PeriodLock?> FindAsync(AppDbContext db, UnitTree tree, Person person, int lockId, CancellationToken cancel) =>
        await db.PeriodLocks.FindAsync([lockId], cancel) is { } closed && person.Sees(tree, closed.UnitId) ? closed : null;

    Task LogAsync(AppDbContext db, Person person, string action, int unitId, int month, string note, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, action, "month", month, null, unitId, null, $"{month / 100}年{month % 100}月：{note}")], cancel);

    const string Gone = "这个月的封账已经解除，或不在您的单位范围内";
    static string? Wrong(string? reason, string what) => string.IsNullOrWhiteSpace(reason) ? $"请写明{what}" : reason.Trim().Length > ReasonLength ? $"{what}最多{ReasonLength}字" : null;
    DateOnly Today => ChinaTime.Today(clock);
}
