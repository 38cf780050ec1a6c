using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>What an administrator fills in about an account; the password comes apart.</summary>
/// <param name="UnitId">Top of the subtree it will see; null means every unit.</param>
public sealed record AccountDraft(string Account, string Name, Role Role, int? UnitId);

/// <summary>
/// Makes and changes accounts. Each change is one transaction with its line in the audit log. Only administrators change
/// accounts, and only those of their own subtree; nobody can shut himself out.
/// </summary>
public sealed class AccountService(IServiceScopeFactory scopes, UnitDirectory units, TimeProvider clock)
{
    /// <summary>Adds an account. Errors stand under the draft's property names and "Password".</summary>
    /// <param name="mustChange">False only for accounts whose owner chose the password himself, and for demonstrations.</param>
    public async Task<AccountOutcome> CreateAsync(Person actor, AccountDraft draft, string password, bool mustChange = true, CancellationToken cancel = default)
    {
        var (errors, clean) = Check(actor, draft, await units.TreeAsync(cancel));
        if (PasswordRules.Complaint(password, clean.Account) is { } complaint) errors.Add(new("Password", complaint));
        if (errors.Count > 0) return new(null, errors);

        return await WriteAsync(async (users, db) =>
        {
            var user = New(clean, mustChange);
            var result = await users.CreateAsync(user, password);
            return (user, result, Audit(actor, "create", user));
        }, cancel);
    }

    /// <summary>
    /// The first administrator of an empty installation, who sees every unit. Refused as soon as any account exists, decided
    /// inside the write transaction: of two people at the set-up page one wins.
    /// </summary>
    internal async Task<AccountOutcome> CreateFirstAsync(string account, string name, string password, CancellationToken cancel)
    {
        var (errors, clean) = Check(Person.Machine, new(account, name, Role.Administrator, null), await units.TreeAsync(cancel));
        if (PasswordRules.Complaint(password, clean.Account) is { } complaint) errors.Add(new("Password", complaint));
        if (errors.Count > 0) return new(null, errors);

        return await WriteAsync(async (users, db) =>
        {
            if (await db.Accounts.AnyAsync(cancel)) return (null, Refused("", "系统已经完成初始设置，请直接登录。"), null!);
            var user = New(clean, mustChange: false);
            var result = await users.CreateAsync(user, password);
            return (user, result, () => new(ChinaTime.Now(clock), user.Id, user.DisplayName, "set-up", "account", user.Id, After: user.Snapshot()));
        }, cancel);
    }

    /// <summary>Changes name, role and unit; the account's name of sign-in stays. Whoever is signed in with it must do so again.</summary>
    public async Task<AccountOutcome> ChangeAsync(Person actor, int id, AccountDraft draft, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var (errors, clean) = Check(actor, draft, tree);
        if (errors.Count > 0) return new(null, errors);

        return await WriteAsync(actor, id, tree, async (users, user) =>
        {
            if (user.Id == actor.Id && (user.Role, user.UnitId) != (clean.Role, clean.UnitId))
                return Refused("Role", "不能修改自己的角色和单位，请由其他系统管理员修改。");
            (user.DisplayName, user.Role, user.UnitId) = (clean.Name, clean.Role, clean.UnitId);
            return await users.UpdateSecurityStampAsync(user);
        }, "edit", cancel);
    }

    public async Task<AccountOutcome> SetDisabledAsync(Person actor, int id, bool disabled, CancellationToken cancel = default) =>
        await WriteAsync(actor, id, await units.TreeAsync(cancel), async (users, user) =>
        {
            if (user.Id == actor.Id) return Refused("", "不能停用自己的账号，请由其他系统管理员停用。");
            user.Disabled = disabled;
            return await users.UpdateSecurityStampAsync(user);
        }, disabled ? "disable" : "enable", cancel);

    /// <summary>Gives the account a new password that its owner must change, and lifts a lock-out.</summary>
    public async Task<AccountOutcome> ResetPasswordAsync(Person actor, int id, string password, CancellationToken cancel = default) =>
        await WriteAsync(actor, id, await units.TreeAsync(cancel), async (users, user) =>
        {
            if (user.Id == actor.Id) return Refused("Password", "修改自己的密码请用“修改密码”。");
            if (PasswordRules.Complaint(password, user.UserName) is { } complaint) return Refused("Password", complaint);
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
            (user.MustChangePassword, user.AccessFailedCount, user.LockoutEnd) = (true, 0, null);
            return await users.UpdateSecurityStampAsync(user);
        }, "reset-password", cancel);

    static AppUser New(AccountDraft draft, bool mustChange) => new()
    {
        UserName = draft.Account, DisplayName = draft.Name, Role = draft.Role, UnitId = draft.UnitId, MustChangePassword = mustChange,
    };

    static (List<AccountError> Errors, AccountDraft Clean) Check(Person actor, AccountDraft draft, UnitTree tree)
    {
        var clean = draft with { Account = draft.Account.Trim(), Name = draft.Name.Trim() };
        var errors = new List<AccountError>();
        if (clean.Account.Length is < 2 or > AppUser.MaxAccountLength) errors.Add(new(nameof(draft.Account), $"账号需要2至{AppUser.MaxAccountLength}个字符。"));
        else if (!clean.Account.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-')) errors.Add(new(nameof(draft.Account), "账号只能用字母、汉字、数字和 . _ -。"));
        if (clean.Name.Length is 0 or > AppUser.MaxNameLength) errors.Add(new(nameof(draft.Name), clean.Name.Length == 0 ? "请填写姓名。" : $"姓名不能超过{AppUser.MaxNameLength}个字符。"));
        if (!Enum.IsDefined(clean.Role)) errors.Add(new(nameof(draft.Role), "请选择角色。"));
        if (clean.UnitId is null && clean.Role is not Role.Administrator) errors.Add(new(nameof(draft.UnitId), "请选择单位；只有系统管理员可以不限单位。"));
        else if (clean.UnitId is { } id && tree.Find(id) is null) errors.Add(new(nameof(draft.UnitId), "所选单位不存在，请重新选择。"));
        else if (!actor.Manages(tree, clean.UnitId)) errors.Add(new(nameof(draft.UnitId), "所选单位不在您的管辖范围内。"));
        return (errors, clean);
    }

    Task<AccountOutcome> WriteAsync(
        Person actor, int id, UnitTree tree, Func<UserManager<AppUser>, AppUser, Task<IdentityResult>> change, string action, CancellationToken cancel) =>
        WriteAsync(async (users, db) =>
        {
            var user = await db.Accounts.FirstOrDefaultAsync(u => u.Id == id, cancel);
            if (user is null || !actor.Manages(tree, user.UnitId)) return (null, Refused("", "这个账号不存在，或者不在您的管辖范围内。"), null!);
            return (user, await change(users, user), Audit(actor, action, user));
        }, cancel);

    async Task<AccountOutcome> WriteAsync(
        Func<UserManager<AppUser>, AppDbContext, Task<(AppUser? User, IdentityResult Result, Func<AuditRecord> Line)>> write, CancellationToken cancel)
    {
        // Identity keeps its context as long as its scope lives: a scope of its own for each operation, not the circuit's.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using var transaction = await db.BeginWriteAsync(cancel);
        var (user, result, line) = await write(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>(), db);
        if (!result.Succeeded || user is null)
            return new(null, [.. result.Errors.Select(error => new AccountError(FieldOf(error.Code), error.Description))]);
        await AuditTrail.AppendAsync(db, [line()], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return AccountOutcome.Done(user.Id);
    }

    /// <summary>Written down only after the change, when a new account has its id.</summary>
    Func<AuditRecord> Audit(Person actor, string action, AppUser user) =>
        () => new(ChinaTime.Now(clock), actor.Id, actor.Name, action, "account", user.Id, UnitId: user.UnitId, After: user.Snapshot());

    static IdentityResult Refused(string field, string message) => IdentityResult.Failed(new IdentityError { Code = field, Description = message });

    static string FieldOf(string code) => code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.InvalidUserName) => nameof(AccountDraft.Account),
        nameof(AccountDraft.Role) or "Password" => code,
        _ => "",
    };
}
