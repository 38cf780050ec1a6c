using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

public static class LedgerSetup
{
    public static IServiceCollection AddLedgers(this IServiceCollection services, LedgerCatalog catalog) =>
        services.AddSingleton(catalog)
            .AddSingleton<LedgerVersions>()
            .AddSingleton<EntryLists>()
            .AddSingleton<EntryNews>()
            .AddSingleton<EntryService>()
            .AddSingleton<IEntryListener, EntryAuditor>();
}
