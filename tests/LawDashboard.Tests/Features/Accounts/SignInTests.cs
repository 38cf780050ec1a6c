using LawDashboard.Features.Accounts;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Accounts;

public sealed class SignInTests
{
    [DatabaseTheory, Databases]
    public async Task Signing_in_sets_the_cookie_and_stands_in_the_log(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        var (outcome, cookie) = await bench.SignInAsync(" CLERK ", AccountsBench.Password);
        Assert.True(outcome.Succeeded && cookie);
        Assert.Equal("sign-in", (await bench.LogAsync())[^1].Action);
    }

    [DatabaseTheory, Databases]
    public async Task An_unknown_account_is_answered_like_a_wrong_password_and_both_are_logged(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        var (wrong, cookie) = await bench.SignInAsync("clerk", "Wrong-20266");
        var (unknown, _) = await bench.SignInAsync("nobody", "Wrong-20266");
        Assert.False(cookie);
        Assert.Equal(wrong, unknown);
        var log = await bench.LogAsync();
        Assert.Equal(["sign-in-failed", "sign-in-failed"], log.TakeLast(2).Select(line => line.Action));
        Assert.DoesNotContain(log, line => $"{line.Note}{line.After}".Contains("Wrong-20266", StringComparison.Ordinal));
    }

    [DatabaseTheory, Databases]
    public async Task A_name_that_no_database_takes_is_refused_like_any_other(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        // A character outside the basic plane stands where the log's note is cut; half of it would be no text.
        foreach (var name in (string[])["nobody\0", "\0", new string('人', AppUser.MaxAccountLength - 1) + "\U0002000B"])
        {
            var (outcome, cookie) = await bench.SignInAsync(name, "Wrong-20266");
            Assert.False(outcome.Succeeded || cookie);
        }
        Assert.Equal("账号不存在：" + new string('人', AppUser.MaxAccountLength - 1), (await bench.LogAsync())[^1].Note);
    }

    [DatabaseTheory, Databases]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var clerk = await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        // Sent at the same moment: none of them may slip by uncounted.
        await Task.WhenAll(Enumerable.Range(0, SignInService.MaxFailures).Select(i => bench.SignInAsync("clerk", "Wrong-2026" + i)));
        var (locked, cookie) = await bench.SignInAsync("clerk", AccountsBench.Password);
        Assert.False(locked.Succeeded || cookie);
        Assert.Contains("已锁定，请15分钟后再试", locked.Message!, StringComparison.Ordinal);
        Assert.Single(await bench.LogAsync(), line => line.Action == "lock-out");

        await bench.Accounts.ResetPasswordAsync(keeper, clerk.Id, "Other-2026x");
        Assert.True((await bench.SignInAsync("clerk", "Other-2026x")).Outcome.Succeeded);
    }

    [DatabaseTheory, Databases]
    public async Task A_disabled_account_stays_outside(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var clerk = await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        await bench.Accounts.SetDisabledAsync(Person.Machine, clerk.Id, true);
        var (outcome, cookie) = await bench.SignInAsync("clerk", AccountsBench.Password);
        Assert.False(outcome.Succeeded || cookie);
        Assert.Contains("已停用", outcome.Message!, StringComparison.Ordinal);
        // Whoever does not know the password does not learn that the account exists.
        Assert.DoesNotContain("停用", (await bench.SignInAsync("clerk", "Wrong-20266")).Outcome.Message!, StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task Changing_ones_own_password_needs_the_current_one(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var clerk = await bench.PersonAsync("clerk", Role.Reviewer, "FZ", mustChange: true);
        Assert.NotNull((await bench.ChangePasswordAsync(clerk, "Wrong-20266", "Other-2026x"))["Current"]);
        Assert.NotNull((await bench.ChangePasswordAsync(clerk, AccountsBench.Password, AccountsBench.Password))["Password"]);
        Assert.NotNull((await bench.ChangePasswordAsync(clerk, AccountsBench.Password, "short"))["Password"]);
        Assert.True((await bench.ChangePasswordAsync(clerk, AccountsBench.Password, "Other-2026x")).Succeeded);
        Assert.False((await bench.AccountAsync("clerk")).MustChangePassword);
        Assert.True((await bench.SignInAsync("clerk", "Other-2026x")).Outcome.Succeeded);
        Assert.Equal(["change-password-failed", "change-password", "sign-in"], (await bench.LogAsync()).TakeLast(3).Select(line => line.Action));
    }
}
