namespace LawDashboard.Features.Overview;

public static class OverviewSetup
{
    public static IServiceCollection AddOverview(this IServiceCollection services, OverviewLayout layout) =>
        services.AddSingleton(layout)
            .AddSingleton<OverviewBuilder>()
            .AddSingleton<OverviewReader>();
}
