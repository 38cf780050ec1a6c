using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>An account that the sign-in page of a demonstration offers.</summary>
public sealed record DemoAccount(string Account, string Name, Role Role, string Unit);

/// <summary>The accounts of a demonstration database, with the password they share.</summary>
public sealed record DemoOffer(string Password, IReadOnlyList<DemoAccount> Accounts);

/// <summary>
/// Marks a database as a demonstration, so that its sign-in page shows the accounts. A database that was not marked when it
/// was filled never shows any.
/// </summary>
public sealed class DemoAccounts(IDbContextFactory<AppDbContext> contexts, UnitDirectory units)
{
    const string Key = "demo.accounts";

    sealed record Mark(string Password, IReadOnlyList<string> Accounts);

    /// <summary>Offers these accounts, in this order, on the sign-in page.</summary>
    public async Task MarkAsync(string password, IReadOnlyList<string> accounts, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await db.PutSettingAsync(Key, JsonSerializer.Serialize(new Mark(password, accounts)), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The offer; null when this is no demonstration.</summary>
    public async Task<DemoOffer?> OfferAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.SettingAsync(Key, cancel) is not { } json) return null;
        var mark = JsonSerializer.Deserialize<Mark>(json)!;
        var tree = await units.TreeAsync(cancel);
        var names = mark.Accounts.ToList();
        var users = await db.Accounts.AsNoTracking().Where(u => !u.Disabled && names.Contains(u.UserName!)).ToListAsync(cancel);
        return new(mark.Password, [.. users.OrderBy(u => names.IndexOf(u.UserName!)).Select(u =>
            new DemoAccount(u.UserName!, u.DisplayName, u.Role, u.UnitId is { } id ? tree.Find(id)?.Name ?? "" : "全部单位"))]);
    }
}
