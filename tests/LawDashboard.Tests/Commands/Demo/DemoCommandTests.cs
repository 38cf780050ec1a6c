using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Commands.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task An_empty_data_folder_becomes_a_county_with_accounts_targets_and_entries()
    {
        using var folder = new TemporaryFolder();
        await using var services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder);
        Assert.True(await DemoCommand.IsPossibleAsync(services));
        var summary = await DemoCommand.RunAsync(services, new DemoOptions(2026, Entries: 300));
        Assert.False(await DemoCommand.IsPossibleAsync(services));

        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        Assert.Equal(summary.Total, await db.Entries.CountAsync());
        Assert.True(await db.Targets.AnyAsync());
        var offer = (await services.GetRequiredService<DemoAccounts>().OfferAsync())!;
        Assert.Equal(DemoPeople.Password, offer.Password);
        Assert.Equal(["nz.inspector", "nz.administrator", "nz.recorder", "nz.leader", "fz.recorder", "fz.reviewer", "fz.leader", "fz01.recorder", "dh.recorder", "dh.leader"], offer.Accounts.Select(a => a.Account));

        // Whoever wrote something has an account, and it is his name that stands there.
        var names = await db.Accounts.ToDictionaryAsync(account => account.Id, account => account.DisplayName);
        Assert.All(await db.Entries.Select(entry => new { entry.CreatedById, entry.CreatedBy }).Distinct().ToListAsync(), author => Assert.Equal(names[author.CreatedById], author.CreatedBy));

        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync();
        var village = tree.Find("FZ01")!;
        var recorder = new Person(1, "fz01.recorder", "样例", Role.Recorder, village.Id);
        Assert.True(await services.GetRequiredService<EntryLists>().CountAsync(new EntryQuery { Person = recorder }) > 0);
    }

    [Fact]
    public async Task A_database_that_holds_units_a_year_to_come_and_silly_numbers_are_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await using var services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder);
        Assert.Contains("还没有开始", await RefusalAsync(new(2027)), StringComparison.Ordinal);
        Assert.Contains("记录总数", await RefusalAsync(new(2026, 0)), StringComparison.Ordinal);
        await services.GetRequiredService<UnitDirectory>().AddAsync([new("NZ", "样例县", UnitKind.County)]);
        Assert.Contains("已有单位", await RefusalAsync(new(2026)), StringComparison.Ordinal);

        async Task<string> RefusalAsync(DemoOptions options) => (await Assert.ThrowsAnyAsync<Exception>(() => DemoCommand.RunAsync(services, options))).Message;
    }
}
