using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles.Pages;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.CaseFiles;

public static class CaseFileSetup
{
    const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IServiceCollection AddCaseFiles(this IServiceCollection services, CaseFileCatalog catalog) =>
        services.AddSingleton(catalog)
            .AddSingleton<CaseFileKeeper>().AddSingleton<CaseFileReader>()
            .AddSingleton<IEntryListener>(provider => provider.GetRequiredService<CaseFileKeeper>())
            .AddSingleton<ITodoGroup, CaseFileTodo>().AddSingleton<IRowMarks, CaseFileMarks>();

    /// <summary>What only the website needs: the panel, and the printing.</summary>
    public static IServiceCollection AddCaseFilePages(this IServiceCollection services) =>
        services.AddSingleton<CaseFilePrint>().AddSingleton<IEntryPanel, CaseFilePanelSlot>();

    /// <summary>The download of one case file; masked unless the address carries a key given after a reason.</summary>
    public static WebApplication MapCaseFiles(this WebApplication app)
    {
        app.MapGet("/entries/{id:long}/casefile", async (long id, string? key, HttpContext context, CaseFilePrint print, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || await print.PrepareAsync(person, id, key, cancel) is not { } file) return Results.NotFound();
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
            context.Response.Headers.CacheControl = "no-store";
            return Results.Stream(CaseFileDocument.Package(file.Paper), Docx);
        });
        return app;
    }
}

/// <summary>卷宗 on the page of an entry.</summary>
sealed class CaseFilePanelSlot : IEntryPanel
{
    public int Order => 15;
    public Type Component => typeof(CaseFilePanel);
}
