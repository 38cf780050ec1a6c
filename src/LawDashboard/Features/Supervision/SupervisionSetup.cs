using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Supervision;

public static class SupervisionSetup
{
    public static IServiceCollection AddSupervision(this IServiceCollection services) =>
        services.AddSingleton<SupervisionService>()
            .AddSingleton<GapList>()
            .AddSingleton<TargetGaps>()
            .AddSingleton<IGapSource>(provider => provider.GetRequiredService<TargetGaps>())
            .AddSingleton<IGapSource, SilentUnits>()
            .AddSingleton<ITodoSource, SupervisionTodo>();
}

/// <summary>Supervised tasks in the count beside 待办.</summary>
sealed class SupervisionTodo(SupervisionService supervision) : ITodoSource
{
    public Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel) => supervision.WaitingAsync(person, unit, cancel);
}
