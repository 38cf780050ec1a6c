using LawDashboard.Data;
using LawDashboard.Features.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Accounts;

/// <summary>How a sign-in or a change of one's own password ended; <paramref name="Message"/> says why not.</summary>
public sealed record SignInOutcome(bool Succeeded, string? Message = null);

/// <summary>Signs in and out and changes one's own password. One request at a time: it shares the request's context with Identity.</summary>
public sealed class SignInService(UserManager<AppUser> users, SignInManager<AppUser> signIn, AppDbContext db, TimeProvider clock)
{
    public const int MaxFailures = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    static readonly string SomeHash = new PasswordHasher<AppUser>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>Checks the password and, when it is right, sets the cookie. The answer does not tell an unknown account from a wrong password.</summary>
    public async Task<SignInOutcome> SignInAsync(string? account, string? password, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(account) || string.IsNullOrEmpty(password)) return new(false, "请填写账号和密码。");
        // Whatever is sent to this door, no sign that a database refuses goes farther.
        var typed = string.Concat(account.Where(c => !char.IsControl(c))).Trim();
        var user = await users.FindByNameAsync(typed);
        // Hashing takes its time: before the write transaction begins, and for an unknown account just as long.
        var right = password.Length <= PasswordRules.MaxLength
            && users.PasswordHasher.VerifyHashedPassword(user!, user?.PasswordHash ?? SomeHash, password) is not PasswordVerificationResult.Failed
            && user is not null;

        await using var transaction = await db.BeginWriteAsync(cancel);
        // Read again under the lock: many guesses sent at the same moment would otherwise count as one.
        if (user is not null) await db.Entry(user).ReloadAsync(cancel);
        var (outcome, action, note) = await JudgeAsync(user, right);
        if (action is not null)
        {
            await AuditTrail.AppendAsync(db, [Line(action, user, note ?? (user is null ? "账号不存在：" + typed.Beginning(AppUser.MaxAccountLength) : null))], cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        if (outcome.Succeeded) await signIn.SignInAsync(user!, isPersistent: false);
        return outcome;
    }

    async Task<(SignInOutcome Outcome, string? Action, string? Note)> JudgeAsync(AppUser? user, bool right)
    {
        const string wrong = "账号或密码不正确。";
        if (user is null) return (new(false, wrong), "sign-in-failed", null);
        // While locked, further guesses are neither judged nor logged: the lock itself has its line.
        if (await users.IsLockedOutAsync(user)) return (Locked(user), null, null);
        if (!right)
        {
            await users.AccessFailedAsync(user);
            return await users.IsLockedOutAsync(user)
                ? (Locked(user), "lock-out", $"连续{MaxFailures}次密码错误")
                : (new(false, wrong), "sign-in-failed", "密码错误");
        }
        if (user.Disabled) return (new(false, "这个账号已停用，请联系系统管理员。"), "sign-in-failed", "账号已停用");
        await users.ResetAccessFailedCountAsync(user);
        return (new(true), "sign-in", null);
    }

    SignInOutcome Locked(AppUser user)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((user.LockoutEnd!.Value - clock.GetUtcNow()).TotalMinutes));
        return new(false, $"密码连续{MaxFailures}次错误，账号已锁定，请{minutes}分钟后再试，或请系统管理员重置密码。");
    }

    public async Task SignOutAsync(Person person, CancellationToken cancel)
    {
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "sign-out", "account", person.Id, UnitId: person.UnitId)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.SignOutAsync();
    }

    /// <summary>Changes the person's own password; every other place where he is signed in must sign in again.</summary>
    /// <returns>Errors under "Current" and "Password".</returns>
    public async Task<AccountOutcome> ChangePasswordAsync(Person person, string? current, string? password, CancellationToken cancel)
    {
        var user = await db.Accounts.FirstAsync(u => u.Id == person.Id, cancel);
        if (PasswordRules.Complaint(password, user.UserName) is { } complaint) return AccountOutcome.Refused("Password", complaint);
        if (password == current) return AccountOutcome.Refused("Password", "新密码不能与当前密码相同。");

        await using var transaction = await db.BeginWriteAsync(cancel);
        await db.Entry(user).ReloadAsync(cancel);
        if (await users.IsLockedOutAsync(user)) return AccountOutcome.Refused("Current", Locked(user).Message!);
        if (!await users.CheckPasswordAsync(user, current ?? ""))
        {
            // A session left open at a desk must not be a way to guess for ever.
            await users.AccessFailedAsync(user);
            await AuditTrail.AppendAsync(db, [Line("change-password-failed", user, "当前密码错误")], cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return AccountOutcome.Refused("Current", "当前密码不正确。");
        }
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        (user.MustChangePassword, user.AccessFailedCount) = (false, 0);
        await users.UpdateSecurityStampAsync(user);
        await AuditTrail.AppendAsync(db, [Line("change-password", user, null)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.RefreshSignInAsync(user);
        return AccountOutcome.Done(user.Id);
    }

    AuditRecord Line(string action, AppUser? user, string? note) =>
        new(ChinaTime.Now(clock), user?.Id ?? 0, user?.DisplayName ?? "未知", action, "account", user?.Id, UnitId: user?.UnitId, Note: note);
}
