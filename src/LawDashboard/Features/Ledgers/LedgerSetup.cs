using LawDashboard.Components;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Ledgers.Review;

namespace LawDashboard.Features.Ledgers;

public static class LedgerSetup
{
    public static IServiceCollection AddLedgers(this IServiceCollection services, LedgerCatalog catalog) =>
        services.AddSingleton(catalog)
            .AddSingleton<Audit.AuditMoments>()
            .AddSingleton<Past.EntryChanges>()
            .AddSingleton<LedgerVersions>()
            .AddSingleton<EntryLists>()
            .AddSingleton<EntryNews>()
            .AddSingleton<EntryService>()
            .AddSingleton<EntryBatches>()
            .AddSingleton<IEntryListener, EntryAuditor>()
            .AddSingleton<IEntryListener, FormEnding>()
            .AddSingleton<FormDrafts>()
            .AddSingleton<FormOpening>()
            .AddSingleton<ITodoPanel, UnfinishedSlot>()
            .AddSingleton<IEntryListener, DuplicateAnswers>()
            .AddSingleton<EntryIndex>()
            .AddSingleton<IEntryListener>(provider => provider.GetRequiredService<EntryIndex>())
            .AddSingleton<EntryPointers>()
            .AddSingleton<IEntryListener>(provider => provider.GetRequiredService<EntryPointers>())
            .AddSingleton<EntrySearch>()
            .AddSingleton<SavedFilters>()
            .AddSingleton<BulkChanges>()
            .AddReview()
            .AddLedgerPages();

    /// <summary>What works beside the pages while the website runs.</summary>
    public static IServiceCollection AddLedgerServices(this IServiceCollection services) => services.AddHostedService<EntryIndexing>().AddHostedService<NewsExchange>().AddHostedService<NewsOfFile>();

    /// <summary>What only the website asks for: the form, the menu, to-do counts, 404 for unknown ledgers.</summary>
    static IServiceCollection AddLedgerPages(this IServiceCollection services) =>
        services.AddSingleton<EntryEditors>()
            .AddSingleton<LedgerMenu>()
            .AddSingleton<IMenuSource>(provider => provider.GetRequiredService<LedgerMenu>())
            .AddSingleton<TodoBook>()
            .AddSingleton<ITodoSource>(provider => provider.GetRequiredService<TodoBook>())
            .AddSingleton<ITodoGroup, ReturnedTodo>().AddSingleton<ITodoGroup, ReviewTodo>().AddSingleton<ITodoGroup, DraftTodo>()
            .AddSingleton<ISearchSource, SearchPreviews>()
            .AddSingleton<IAddressCheck, LedgerAddresses>().AddSingleton<IAddressCheck, TodoAddresses>();
}

/// <summary>没有填完的登记 at the head of the to-do page.</summary>
sealed class UnfinishedSlot : ITodoPanel
{
    public int Order => 0;
    public Type Component => typeof(UnfinishedForms);
}
