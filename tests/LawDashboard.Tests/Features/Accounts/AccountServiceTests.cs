using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Accounts;

public sealed class AccountServiceTests
{
    [DatabaseTheory, Databases]
    public async Task A_new_account_must_change_its_password_and_stands_in_the_log(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        var made = await bench.Accounts.CreateAsync(keeper, new(" clerk ", " 李样例 ", Role.Reviewer, await bench.UnitAsync("FZ")), AccountsBench.Password);
        Assert.True(made.Succeeded);

        var account = await bench.AccountAsync("clerk");
        Assert.Equal(("李样例", Role.Reviewer, true), (account.DisplayName, account.Role, account.MustChangePassword));
        var line = (await bench.LogAsync())[^1];
        Assert.Equal(("create", "account", (long?)made.Id, keeper.Id), (line.Action, line.Subject, line.SubjectId, line.PersonId));
        Assert.DoesNotContain(account.PasswordHash!, line.After!, StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task What_is_wrong_stands_next_to_its_field(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        var bad = await bench.Accounts.CreateAsync(keeper, new("a b", "", Role.Recorder, null), "short");
        Assert.Equal(["Account", "Name", "UnitId", "Password"], bad.Errors.Select(error => error.Field));
        // Case does not make another account.
        var twice = await bench.Accounts.CreateAsync(keeper, new("KEEPER", "样例", Role.Recorder, await bench.UnitAsync("FZ")), AccountsBench.Password);
        Assert.Equal("账号“KEEPER”已被使用，请换一个。", twice["Account"]);
        Assert.Equal(1, (await bench.Lists.PageAsync(keeper, null, null, 1)).Total);
    }

    [DatabaseTheory, Databases]
    public async Task An_administrator_reaches_no_account_beyond_his_subtree(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var town = await bench.PersonAsync("town", Role.Administrator, "FZ");
        var own = await bench.PersonAsync("own", Role.Recorder, "FZ01");
        var neighbour = await bench.PersonAsync("neighbour", Role.Recorder, "DH");
        var everywhere = await bench.PersonAsync("everywhere", Role.Administrator, null);

        Assert.Equal(["own", "town"], (await bench.Lists.PageAsync(town, null, null, 1)).Rows.Select(row => row.Account));
        Assert.Null(await bench.Lists.FindAsync(town, neighbour.Id));
        Assert.True((await bench.Accounts.ResetPasswordAsync(town, own.Id, "Other-2026x")).Succeeded);
        foreach (var target in new[] { neighbour, everywhere })
        {
            Assert.False((await bench.Accounts.ResetPasswordAsync(town, target.Id, "Other-2026x")).Succeeded);
            Assert.False((await bench.Accounts.SetDisabledAsync(town, target.Id, true)).Succeeded);
        }
        // Nor may he move one of his own out of reach, or above himself.
        Assert.NotNull((await bench.Accounts.ChangeAsync(town, own.Id, new("own", "样例", Role.Recorder, neighbour.UnitId)))["UnitId"]);
        Assert.NotNull((await bench.Accounts.ChangeAsync(town, own.Id, new("own", "样例", Role.Administrator, null)))["UnitId"]);
    }

    [DatabaseTheory, Databases]
    public async Task Whoever_is_no_administrator_changes_and_sees_no_account(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var target = await bench.PersonAsync("target", Role.Recorder, "FZ01");
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not Role.Administrator))
        {
            var person = await bench.PersonAsync("p" + role, role, "NZ");
            Assert.False((await bench.Accounts.CreateAsync(person, new("x" + role, "样例", Role.Recorder, target.UnitId), AccountsBench.Password)).Succeeded);
            Assert.False((await bench.Accounts.SetDisabledAsync(person, target.Id, true)).Succeeded);
            Assert.Equal(0, (await bench.Lists.PageAsync(person, null, null, 1)).Total);
        }
    }

    [DatabaseTheory, Databases]
    public async Task Nobody_shuts_himself_out(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        Assert.False((await bench.Accounts.SetDisabledAsync(keeper, keeper.Id, true)).Succeeded);
        Assert.NotNull((await bench.Accounts.ChangeAsync(keeper, keeper.Id, new("keeper", "样例", Role.Leader, await bench.UnitAsync("NZ"))))["Role"]);
        Assert.True((await bench.Accounts.ChangeAsync(keeper, keeper.Id, new("keeper", "新名", Role.Administrator, null))).Succeeded);
    }

    [DatabaseTheory, Databases]
    public async Task Every_change_of_an_account_ends_its_sign_ins(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var keeper = await bench.PersonAsync("keeper", Role.Administrator, null);
        var clerk = await bench.PersonAsync("clerk", Role.Recorder, "FZ");
        var stamps = new List<string?> { (await bench.AccountAsync("clerk")).SecurityStamp };
        foreach (var change in (Func<Task<AccountOutcome>>[])[
            () => bench.Accounts.ChangeAsync(keeper, clerk.Id, new("clerk", "样例", Role.Leader, clerk.UnitId)),
            () => bench.Accounts.SetDisabledAsync(keeper, clerk.Id, true),
            () => bench.Accounts.SetDisabledAsync(keeper, clerk.Id, false),
            () => bench.Accounts.ResetPasswordAsync(keeper, clerk.Id, "Other-2026x")])
        {
            Assert.True((await change()).Succeeded);
            stamps.Add((await bench.AccountAsync("clerk")).SecurityStamp);
        }
        Assert.Equal(stamps.Count, stamps.Distinct().Count());
        Assert.Equal(["edit", "disable", "enable", "reset-password"], (await bench.LogAsync()).TakeLast(4).Select(line => line.Action));
    }

    [DatabaseTheory, Databases]
    public async Task Only_a_marked_database_offers_demonstration_accounts(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        await bench.PersonAsync("village", Role.Recorder, "FZ01");
        Assert.Null(await bench.Demo.OfferAsync());
        await bench.Demo.MarkAsync(AccountsBench.Password, ["village", "clerk"]);
        var offer = await bench.Demo.OfferAsync();
        Assert.Equal([("village", "石羊村"), ("clerk", "法镇")], offer!.Accounts.Select(account => (account.Account, account.Unit)));
        Assert.Equal(AccountsBench.Password, offer.Password);
    }

    [DatabaseTheory, Databases]
    public async Task Units_are_added_and_renamed_by_their_administrator_and_logged(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        var town = await bench.PersonAsync("town", Role.Administrator, "FZ");
        var (fz, dh) = (await bench.UnitAsync("FZ"), await bench.UnitAsync("DH"));

        Assert.True((await bench.Administration.AddAsync(town, fz, "新村", "FZ02", UnitKind.Village, 900)).Succeeded);
        Assert.NotNull((await bench.Administration.AddAsync(town, fz, "新村", "fz02", UnitKind.Village, -1))["Code"]);
        Assert.NotNull((await bench.Administration.AddAsync(town, fz, "县", "C9", UnitKind.County, null))["Kind"]);
        Assert.False((await bench.Administration.AddAsync(town, dh, "别村", "DH01", UnitKind.Village, null)).Succeeded);
        Assert.False((await bench.Administration.AddAsync(town, null, "别县", "C2", UnitKind.County, null)).Succeeded);
        Assert.True((await bench.Administration.ChangeAsync(town, fz, "法镇镇", 21800)).Succeeded);
        Assert.False((await bench.Administration.ChangeAsync(town, dh, "别名", null)).Succeeded);

        var tree = await bench.Units.TreeAsync();
        Assert.Equal(("法镇镇", 21800), (tree.Find("FZ")!.Name, tree.Find("FZ")!.Population));
        Assert.True(tree.Covers(tree.Find("FZ")!, tree.Find("FZ02")!));
        Assert.Equal([("create", "unit"), ("edit", "unit")], (await bench.LogAsync()).TakeLast(2).Select(line => (line.Action, line.Subject)));
    }
}
