using LawDashboard.Features.Accounts;
using LawDashboard.Features.Reports.Checking;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Reports;

public static class ReportSetup
{
    const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IServiceCollection AddReports(this IServiceCollection services, ReportTemplates templates, CheckWords words) =>
        services.AddSingleton(templates).AddSingleton(words).AddSingleton<ClaimChecks>().AddSingleton<ReportService>().AddSingleton<ReportDownload>().AddSingleton<FigureSources>();

    /// <summary>Maps the download of the drafted report as a Word document, with the list of what is still missing at its end.</summary>
    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapGet("/report/download", async (HttpContext context, ReportDownload download, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.NotFound();
            if (await download.PrepareAsync(person, context.Request.Path + context.Request.QueryString, cancel) is not { } file) return Results.NotFound();
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
            return Results.Stream(stream => OfficialDocument.WriteAsync(stream, file.Draft, new(ListMissing: true), cancel), Docx);
        });
        return app;
    }
}
