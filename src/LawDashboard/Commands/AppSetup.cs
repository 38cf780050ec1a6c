using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Overview;
using LawDashboard.Features.Quick;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Supervision;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Commands;

/// <summary>Where this run finds its data and its definitions.</summary>
public sealed record AppSettings(DatabaseSettings Database, string SeedFolder);

/// <summary>What web app and commands have in common.</summary>
public static class AppSetup
{
    public static IServiceCollection AddLawDashboard(this IServiceCollection services, AppSettings settings, Definitions definitions) =>
        services.AddSingleton(settings).AddSingleton(definitions).AddSingleton(definitions.Spreads)
            .AddData(settings.Database)
            .AddSingleton<UnitDirectory>()
            .AddAccounts(settings.Database.Folder, shared: settings.Database.IsPostgres)
            .AddLedgers(definitions.Ledgers)
            .AddEvidence(definitions.Evidence)
            .AddQuick()
            .AddDeadlines(definitions.Clocks, definitions.Calendar)
            .AddCaseFiles(definitions.CaseFiles)
            .AddIndicators(definitions.Indicators)
            .AddSupervision()
            .AddOverview(definitions.Overview)
            .AddReports(definitions.Reports, definitions.Checks)
            .AddReportSigning(definitions.ReportDates)
            .AddExchange(definitions.Import);

    /// <summary>Brings the database up to this program: schema, versions of definitions, targets, tallies and time limits of changed rules.</summary>
    /// <param name="serving">The website will run: a long recount is left to its background. Commands need every figure and wait.</param>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancel = default, bool serving = false)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync(cancel))
            await db.Database.MigrateAsync(cancel);
        await services.GetRequiredService<LedgerVersions>().RecordAsync(cancel);
        await services.GetRequiredService<EntryIndex>().PrepareAsync(cancel);
        await services.StoreTargetsAsync(cancel);
        await services.GetRequiredService<LocalDefinitions>().LoadAsync(cancel);
        await services.GetRequiredService<TallyRules>().PlanAsync(cancel);
        var rebuilder = services.GetRequiredService<TallyRebuilder>();
        if (serving) await rebuilder.RunSoonAsync(cancel); else await rebuilder.RunAsync(cancel);
        await services.GetRequiredService<ClockKeeper>().ApplyAsync(cancel);
        await services.GetRequiredService<CaseFileKeeper>().ApplyAsync(cancel);
        await services.GetRequiredService<EntryPointers>().ApplyAsync(cancel);
    }

    public static async Task StoreTargetsAsync(this IServiceProvider services, CancellationToken cancel = default)
    {
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync(cancel);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await TargetSeed.StoreAsync(db, tree, services.GetRequiredService<Definitions>().Targets, cancel);
        await transaction.CommitAsync(cancel);
    }
}
