using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Supervision.Pages;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

public static class SupervisionSetup
{
    public static IServiceCollection AddSupervision(this IServiceCollection services) =>
        services.AddSingleton<SupervisionService>()
            .AddSingleton<GapList>()
            .AddSingleton<TargetGaps>()
            .AddSingleton<SilencePeriods>()
            .AddSingleton<IGapSource>(provider => provider.GetRequiredService<TargetGaps>())
            .AddSingleton<IGapSource, SilentUnits>()
            .AddSingleton<IGapSource, TodoGaps>()
            .AddSingleton<ITodoSource, SupervisionTodo>()
            .AddSingleton<ITodoPanel, SupervisionPanelSlot>()
            .AddSingleton<IMenuEntry, GapsMenu>();
}

/// <summary>Supervised tasks in the count beside 待办.</summary>
sealed class SupervisionTodo(SupervisionService supervision) : ITodoSource
{
    public Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel) => supervision.WaitingAsync(person, unit, cancel);

    public IDisposable Watch(Action changed) => new Watching(supervision, changed);

    sealed class Watching : IDisposable
    {
        readonly SupervisionService supervision;
        readonly Action changed;

        public Watching(SupervisionService supervision, Action changed)
        {
            (this.supervision, this.changed) = (supervision, changed);
            supervision.Changed += changed;
        }

        public void Dispose() => supervision.Changed -= changed;
    }
}

/// <summary>短板督办 in the menu: the gap list, from which work is handed out.</summary>
sealed class GapsMenu : IMenuEntry
{
    public string Text => "短板督办";
    public string Path => "/gaps";
    public Glyph Glyph => Glyph.Behind;
    public bool IsFor(Person person) => true;
    public Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel) => Task.FromResult(0);
}

/// <summary>督办事项 on the to-do page.</summary>
sealed class SupervisionPanelSlot : ITodoPanel
{
    public int Order => 10;
    public Type Component => typeof(SupervisionPanel);
}
