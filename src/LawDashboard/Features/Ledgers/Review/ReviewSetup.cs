using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Review;

static class ReviewSetup
{
    /// <summary>The reviewer's work: queue, comments, likely duplicates, closed months.</summary>
    public static IServiceCollection AddReview(this IServiceCollection services) =>
        services.AddSingleton<PeriodService>().AddSingleton<ReviewQueue>().AddSingleton<DuplicateService>().AddSingleton<CommentService>()
            .AddSingleton<ITodoGroup, CommentTodo>().AddSingleton<Components.Past.IMomentSource, PeriodMoments>()
            .AddSingleton<IMenuEntry, ReviewMenu>().AddSingleton<IMenuEntry, PeriodMenu>()
            .AddSingleton<ListingService>().AddSingleton<IEntryListener, ListingKeeper>()
            .AddSingleton<IEntryPanel, ListingsSlot>().AddSingleton<IEntryPanel, DuplicatesSlot>().AddSingleton<IEntryPanel, CommentsSlot>()
            .AddSingleton<IFormPanel, FormDuplicatesSlot>();
}

/// <summary>审核 in the menu of those who review.</summary>
sealed class ReviewMenu(EntryLists lists) : IMenuEntry
{
    public string Text => "审核";
    public string Path => ReviewTodo.QueuePage;
    public Glyph Glyph => Glyph.Check;
    public bool IsFor(Person person) => person.CanReview;
    public async Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel) =>
        ReviewTodo.ToReview(person, unit) is { } query ? await lists.CountAsync(query, cancel) : 0;
}

/// <summary>封账 in the menu of those who close months.</summary>
sealed class PeriodMenu : IMenuEntry
{
    public string Text => "封账";
    public string Path => "/periods";
    public Glyph Glyph => Glyph.Lock;
    public bool IsFor(Person person) => PeriodService.CanLock(person);
    public Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel) => Task.FromResult(0);
}

/// <summary>同时列入 on the page of an entry.</summary>
sealed class ListingsSlot : IEntryPanel
{
    public int Order => 8;
    public Type Component => typeof(ListingsPanel);
}

/// <summary>可能重复 on the page of an entry.</summary>
sealed class DuplicatesSlot : IEntryPanel
{
    public int Order => 6;
    public Type Component => typeof(EntryDuplicates);
}

/// <summary>评论 on the page of an entry.</summary>
sealed class CommentsSlot : IEntryPanel
{
    public int Order => 50;
    public Type Component => typeof(CommentsPanel);
}

/// <summary>可能重复 beside the form.</summary>
sealed class FormDuplicatesSlot : IFormPanel
{
    public int Order => 10;
    public Type Component => typeof(FormDuplicates);
}
