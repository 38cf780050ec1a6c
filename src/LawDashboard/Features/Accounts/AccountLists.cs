using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>One line of the list of accounts.</summary>
public sealed record AccountRow(
    int Id, string Account, string Name, Role Role, int? UnitId, bool Disabled, bool MustChangePassword, DateTimeOffset? LockedUntil);

/// <summary>Reads accounts for administrators: never beyond their own subtree.</summary>
public sealed class AccountLists(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    public const int PageSize = 50;

    /// <summary>One page of the accounts below <paramref name="unit"/>; with the top unit in view also those that see every unit.</summary>
    public async Task<(IReadOnlyList<AccountRow> Rows, int Total)> PageAsync(Person actor, Unit? unit, string? search, int page, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var accounts = Scope(db, actor, await units.TreeAsync(cancel), unit);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            var normal = text.ToUpperInvariant();
            accounts = accounts.Where(u => u.DisplayName.Contains(text) || u.NormalizedUserName!.Contains(normal));
        }
        var total = await accounts.CountAsync(cancel);
        var rows = await Rows(accounts.OrderBy(u => u.Disabled).ThenBy(u => u.NormalizedUserName)
            .Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize)).ToListAsync(cancel);
        return (rows, total);
    }

    /// <summary>One account; null when it does not exist or lies outside the administrator's subtree.</summary>
    public async Task<AccountRow?> FindAsync(Person actor, int id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Rows(Scope(db, actor, await units.TreeAsync(cancel), null).Where(u => u.Id == id)).FirstOrDefaultAsync(cancel);
    }

    static IQueryable<AppUser> Scope(AppDbContext db, Person actor, UnitTree tree, Unit? unit)
    {
        var accounts = db.Accounts.AsNoTracking();
        if (!actor.CanAdminister) return accounts.Where(u => false);
        var everyUnit = actor.UnitId is null && unit?.ParentId is null;
        var top = unit ?? (actor.UnitId is { } own ? tree.Find(own) : null);
        if (top is null) return actor.UnitId is null ? accounts : accounts.Where(u => false);
        if (!actor.Sees(tree, top)) return accounts.Where(u => false);
        var (path, all) = (top.Path, db.Units);
        return accounts.Where(u => (everyUnit && u.UnitId == null) || all.Any(x => x.Id == u.UnitId && x.Path.StartsWith(path)));
    }

    static IQueryable<AccountRow> Rows(IQueryable<AppUser> accounts) => accounts.Select(u =>
        new AccountRow(u.Id, u.UserName!, u.DisplayName, u.Role, u.UnitId, u.Disabled, u.MustChangePassword, u.LockoutEnd));
}
