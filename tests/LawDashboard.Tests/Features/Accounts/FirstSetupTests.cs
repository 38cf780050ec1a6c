using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Accounts;

public sealed class FirstSetupTests
{
    static SetupForm Form(string token) => new()
    {
        Token = token, CountyName = "样例县", CountyCode = "NZ", TownName = "法镇", TownCode = "FZ",
        Account = "keeper", Name = "管理样例", Password = AccountsBench.Password, Repeat = AccountsBench.Password,
    };

    [Fact]
    public async Task Every_start_has_a_token_of_its_own()
    {
        await using var one = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        await using var other = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        Assert.Matches("^[A-HJ-NP-Z2-9]{5}(-[A-HJ-NP-Z2-9]{5}){3}$", one.Setup.Token);
        Assert.NotEqual(one.Setup.Token, other.Setup.Token);
        Assert.False(one.Setup.Fits(other.Setup.Token));
    }

    [Fact]
    public async Task The_token_may_be_typed_as_people_type()
    {
        await using var bench = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        Assert.True(bench.Setup.Fits($"  {bench.Setup.Token.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)} "));
        Assert.All(new[] { null, "", "-", bench.Setup.Token[..^1], bench.Setup.Token + "A" }, typed => Assert.False(bench.Setup.Fits(typed)));
    }

    [DatabaseTheory, Databases]
    public async Task Set_up_makes_the_units_and_an_administrator_who_sees_all_of_them(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind, empty: true);
        Assert.True(await bench.Setup.IsNeededAsync());
        Assert.True((await bench.Setup.CompleteAsync(Form(bench.Setup.Token))).Succeeded);

        Assert.Equal([("NZ", UnitKind.County), ("FZ", UnitKind.Town)], (await bench.Units.TreeAsync()).All.Select(unit => (unit.Code, unit.Kind)));
        var account = await bench.AccountAsync("keeper");
        Assert.Equal((Role.Administrator, null, false), (account.Role, account.UnitId, account.MustChangePassword));
        Assert.True((await bench.SignInAsync("keeper", AccountsBench.Password)).Outcome.Succeeded);
        Assert.Equal(["set-up", "sign-in"], (await bench.LogAsync()).Select(line => line.Action));
    }

    [DatabaseTheory, Databases]
    public async Task Set_up_is_over_once_an_account_exists(DatabaseKind kind)
    {
        await using var bench = await AccountsBench.CreateAsync(kind);
        await bench.PersonAsync("clerk", Role.Reviewer, "FZ");
        Assert.False(await bench.Setup.IsNeededAsync());
        Assert.False((await bench.Setup.CompleteAsync(Form(bench.Setup.Token))).Succeeded);
    }

    [Fact]
    public async Task Of_two_people_at_the_set_up_page_one_wins()
    {
        await using var bench = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        var form = Form(bench.Setup.Token);
        var outcomes = await Task.WhenAll(bench.Setup.CompleteAsync(form), bench.Setup.CompleteAsync(form with { Account = "other" }));
        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.Equal(2, (await bench.Units.TreeAsync()).All.Count());
    }

    [Fact]
    public async Task A_wrong_token_makes_nothing_and_tells_nothing_else()
    {
        await using var bench = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        var outcome = await bench.Setup.CompleteAsync(Form("AAAAA-AAAAA-AAAAA-AAAAA") with { Password = "x", CountyName = "" });
        Assert.Equal("Token", Assert.Single(outcome.Errors).Field);
        Assert.True(await bench.Setup.IsNeededAsync());
        Assert.True((await bench.Units.TreeAsync()).IsEmpty);
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once_and_nothing_is_made()
    {
        await using var bench = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        var outcome = await bench.Setup.CompleteAsync(Form(bench.Setup.Token) with { CountyName = " ", TownCode = "法", Password = "short", Repeat = "other" });
        Assert.Equal(["CountyName", "TownCode", "Repeat", "Password"], outcome.Errors.Select(error => error.Field));
        Assert.True(await bench.Setup.IsNeededAsync());
        Assert.True((await bench.Units.TreeAsync()).IsEmpty);
    }

    [Fact]
    public async Task A_county_may_start_without_a_town()
    {
        await using var bench = await AccountsBench.CreateAsync(DatabaseKind.Sqlite, empty: true);
        Assert.True((await bench.Setup.CompleteAsync(Form(bench.Setup.Token) with { TownName = "", TownCode = null })).Succeeded);
        Assert.Equal("NZ", Assert.Single((await bench.Units.TreeAsync()).All).Code);
    }
}
