using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Features.Deadlines;

public static class DeadlineSetup
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services, ClockCatalog catalog, WorkCalendar calendar) =>
        services.AddSingleton(catalog).AddSingleton(calendar)
            .AddSingleton<ClockReckoner>().AddSingleton<ClockKeeper>().AddSingleton<LateEntries>().AddSingleton<ClockReader>()
            .AddSingleton<IEntryListener>(provider => provider.GetRequiredService<ClockKeeper>())
            .AddSingleton<IListFilter, ClockFilter>().AddSingleton<IRowMarks, ClockMarks>()
            .AddSingleton<ITodoGroup, OverdueTodo>().AddSingleton<ITodoGroup, DueSoonTodo>().AddSingleton<ITodoGroup, UnknownDueTodo>()
            .AddSingleton<IEntryPanel, ClockPanelSlot>().AddSingleton<IFormPanel, ClockFormSlot>();
}
