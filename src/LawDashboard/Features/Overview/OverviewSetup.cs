using LawDashboard.Features.Indicators;

namespace LawDashboard.Features.Overview;

public static class OverviewSetup
{
    public static IServiceCollection AddOverview(this IServiceCollection services, OverviewLayout layout)
    {
        foreach (var measure in layout.Breakdowns.Select(choice => choice.Measure).Distinct()) services.AddSingleton(new ShownSlices(measure));
        return services.AddSingleton(layout)
            .AddSingleton<OverviewBuilder>()
            .AddSingleton<OverviewHabits>()
            .AddSingleton<OverviewReader>();
    }
}
