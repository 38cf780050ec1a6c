namespace LawDashboard.Features.Reports;

public static class ReportSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, ReportTemplates templates) =>
        services.AddSingleton(templates).AddSingleton<ReportService>();
}
