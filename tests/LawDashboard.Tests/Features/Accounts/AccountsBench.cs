using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Accounts;

/// <summary>The accounts of one database, with a county of two towns unless it is to be empty.</summary>
sealed class AccountsBench : IAsyncDisposable
{
    public const string Password = "Sample-2026";

    readonly TestDatabase database;
    readonly ServiceProvider services;

    AccountsBench(TestDatabase database)
    {
        this.database = database;
        services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddSingleton<UnitDirectory>()
            .AddDbContextFactory<AppDbContext>(options => options.UseLawDatabase(database.Settings))
            .AddAccounts(database.Folder)
            .BuildServiceProvider();
    }

    public AccountService Accounts => services.GetRequiredService<AccountService>();
    public AccountLists Lists => services.GetRequiredService<AccountLists>();
    public FirstSetup Setup => services.GetRequiredService<FirstSetup>();
    public DemoAccounts Demo => services.GetRequiredService<DemoAccounts>();
    public UnitAdministration Administration => services.GetRequiredService<UnitAdministration>();
    public UnitDirectory Units => services.GetRequiredService<UnitDirectory>();

    public static async Task<AccountsBench> CreateAsync(DatabaseKind kind, bool empty = false)
    {
        var bench = new AccountsBench(await TestDatabase.CreateAsync(kind));
        if (!empty)
            await bench.Units.AddAsync([
                new("NZ", "样例县", UnitKind.County), new("FZ", "法镇", UnitKind.Town, "NZ"), new("DH", "大河镇", UnitKind.Town, "NZ"),
                new("FZ01", "石羊村", UnitKind.Village, "FZ")]);
        return bench;
    }

    public async Task<int> UnitAsync(string code) => (await Units.TreeAsync()).Find(code)!.Id;

    /// <summary>An account that is there, and the person who signs in with it.</summary>
    public async Task<Person> PersonAsync(string account, Role role, string? unit, bool mustChange = false)
    {
        int? unitId = unit is null ? null : await UnitAsync(unit);
        var made = await Accounts.CreateAsync(Person.Machine, new(account, account + "样例", role, unitId), Password, mustChange);
        return new(made.Id!.Value, account, account + "样例", role, unitId);
    }

    /// <summary>Signs in as a browser would, over a request of its own; returns the answer and whether a cookie was set.</summary>
    public async Task<(SignInOutcome Outcome, bool Cookie)> SignInAsync(string account, string password)
    {
        await using var scope = services.CreateAsyncScope();
        var context = Request(scope);
        var outcome = await scope.ServiceProvider.GetRequiredService<SignInService>().SignInAsync(account, password, CancellationToken.None);
        return (outcome, context.Response.Headers.SetCookie.Any(cookie => cookie!.StartsWith("law-session=", StringComparison.Ordinal)));
    }

    public async Task<AccountOutcome> ChangePasswordAsync(Person person, string current, string password)
    {
        await using var scope = services.CreateAsyncScope();
        Request(scope);
        return await scope.ServiceProvider.GetRequiredService<SignInService>().ChangePasswordAsync(person, current, password, CancellationToken.None);
    }

    public async Task<AppUser> AccountAsync(string account)
    {
        await using var db = database.CreateContext();
        return await db.Accounts.AsNoTracking().SingleAsync(user => user.UserName == account);
    }

    /// <summary>The log in order, after checking that its chain holds.</summary>
    public async Task<IReadOnlyList<AuditEvent>> LogAsync()
    {
        await using var db = database.CreateContext();
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, CancellationToken.None));
        return await db.AuditEvents.AsNoTracking().OrderBy(line => line.Sequence).ToListAsync();
    }

    static DefaultHttpContext Request(AsyncServiceScope scope)
    {
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
