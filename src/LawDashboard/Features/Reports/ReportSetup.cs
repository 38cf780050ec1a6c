using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Pointers;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Reports;

public static class ReportSetup
{
    const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IServiceCollection AddReports(this IServiceCollection services, ReportTemplates templates, CheckWords words) =>
        services.AddSingleton(templates).AddSingleton(words).AddSingleton<ReportService>().AddSingleton<TemplateShelf>().AddSingleton<NotedEntries>().AddSingleton<ProblemCauses>().AddSingleton<IPointerRule, NotedPointers>().AddSingleton<TemplateDesk>().AddSingleton<TemplatePreview>().AddSingleton<FigureChoices>().AddSingleton<ReportDownload>().AddSingleton<FigureSources>()
            .AddSingleton<ClaimChecks>().AddSingleton<ReportDesk>().AddSingleton<SignOffs>().AddSingleton<ReportViews>().AddSingleton<FigureHistory>().AddSingleton<SourceTable>();

    /// <summary>Maps download, upload and saving of a report: texts go over plain HTTP, so that a lost circuit loses none.</summary>
    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapGet("/report/download", async (HttpContext context, ReportDownload download, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.NotFound();
            if (await download.PrepareAsync(person, Address(context), cancel) is not { } file) return Results.NotFound();
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
            return file.Name[^4..] switch
            {
                "html" => Results.Bytes(System.Text.Encoding.UTF8.GetBytes(WebReport.Html(file.Draft, file.Options.Attachments)), "text/html; charset=utf-8"),
                ".txt" => Results.Bytes(System.Text.Encoding.UTF8.GetBytes(WebReport.Text(file.Draft, file.Options.Attachments)), "text/plain; charset=utf-8"),
                _ => Results.Stream(stream => OfficialDocument.WriteAsync(stream, file.Draft, file.Options, cancel), Docx),
            };
        });

        app.MapGet("/report/token", (HttpContext context, IAntiforgery antiforgery) => Results.Text(antiforgery.GetAndStoreTokens(context).RequestToken));

        // Reading the form is what makes the framework check its antiforgery token.
        app.MapPost("/report/upload", async (IFormFileCollection files, HttpContext context, ReportDesk desk, UnitDirectory units, TimeProvider clock, CancellationToken cancel) =>
        {
            if (await WorkAsync(context, units, clock, cancel) is not { } work) return Results.NotFound();
            if (files.Count != 1) return Refused("请选择一个文件。");
            await using var content = files[0].OpenReadStream();
            var name = Path.GetFileName(files[0].FileName);
            if (await DocumentFile.ReadAsync(content, name, cancel) is { Refusal: { } refusal }) return Refused(refusal);
            content.Position = 0;
            var document = (await DocumentFile.ReadAsync(content, name, cancel)).Text!;
            if (await desk.OpenAsync(work.Person, work.Unit, ReportKey.Of(work), cancel: cancel) is not { } last) return Refused("这份报告还没有开始编写。");
            if (document.Origin is { } origin && (origin.Unit != work.Unit.Code || new ReportKey(origin.Year, origin.Report ?? ReportTemplates.Usual(work.Unit)) != last.Key))
                return Refused($"“{name}”是另一份报告（{origin.Unit}，{origin.Year}年），没有接收。");
            return Answer(work, await desk.SubmitAsync(work.Person, work.Unit, last.Key, document.Origin is { Version: > 0 } known ? known.Version : last.Number, document, name, VersionKind.Uploaded, atOnce: false, cancel));
        }).WithMetadata(new RequestSizeLimitAttribute(DocumentFile.LargestFile + (1 << 20)), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = DocumentFile.LargestFile + (1 << 20) });

        app.MapPost("/report/edit", async ([FromForm] string content, [FromForm] int version, HttpContext context, ReportDesk desk, UnitDirectory units, TimeProvider clock, CancellationToken cancel) =>
        {
            if (await WorkAsync(context, units, clock, cancel) is not { } work) return Results.NotFound();
            if (EditedText.Read(content) is not { } document) return Refused("提交的内容不完整，没有保存。");
            return Answer(work, await desk.SubmitAsync(work.Person, work.Unit, ReportKey.Of(work), version, document, "网页上的修改", VersionKind.Edited, atOnce: true, cancel));
        });
        return app;
    }

    static string Address(HttpContext context) => context.Request.Path + context.Request.QueryString;

    static async Task<WorkContext?> WorkAsync(HttpContext context, UnitDirectory units, TimeProvider clock, CancellationToken cancel) => context.User.Person is { } person
        && WorkContext.Read(Address(context), person, await units.TreeAsync(cancel), ChinaTime.Today(clock)).Work is { NoUnits: false } work ? work : null;

    static IResult Refused(string why) => Results.Text(why, statusCode: StatusCodes.Status422UnprocessableEntity);

    /// <summary>Where the browser goes next: to the merge that waits, or back to the report.</summary>
    static IResult Answer(WorkContext work, SaveOutcome outcome) => outcome.Refusal is { } refusal ? Refused(refusal)
        : Results.Text(outcome.Upload is { } upload ? work.Link("/report/merge", ("upload", upload)) : work.Link("/report", ("saved", outcome.Version)));
}
