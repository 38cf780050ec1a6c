using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace LawDashboard.Features.Evidence;

public static class EvidenceSetup
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) =>
        services.AddSingleton<EvidenceStore>().AddSingleton<EvidenceService>()
            .AddSingleton<IEntryPanel, EvidencePanelSlot>().AddSingleton<IFilesInput, EvidenceInputSlot>()
            .AddSingleton<ITodoGroup, EvidenceTodo>();

    /// <summary>Upload, download and removal over plain HTTP: opening a phone's camera drops the circuit.</summary>
    public static WebApplication MapEvidence(this WebApplication app)
    {
        // Reading the form is what makes the framework check its antiforgery token.
        app.MapPost("/entries/{entryId:long}/evidence/{field}", async (long entryId, string field, IFormFileCollection files, HttpContext context, EvidenceService service, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            if (files.Count != 1) return Results.Text("请一次上传一个文件。", statusCode: StatusCodes.Status400BadRequest);
            await using var content = files[0].OpenReadStream();
            var result = await service.AddAsync(person, entryId, field, files[0].FileName, content, cancel);
            return result.File is { } file ? Results.Json(new { file.Id, file.Name, file.Size, file.ContentType })
                : Results.Text(result.Refusal, statusCode: StatusCodes.Status422UnprocessableEntity);
        }).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(EvidenceService.SizeLimit + (1 << 20)),
            new Microsoft.AspNetCore.Mvc.RequestFormLimitsAttribute { MultipartBodyLengthLimit = EvidenceService.SizeLimit + (1 << 20) });

        app.MapGet("/evidence/token", (HttpContext context, IAntiforgery antiforgery) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(antiforgery.GetAndStoreTokens(context).RequestToken);
        });

        app.MapGet("/evidence/{id:long}", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || await service.FindAsync(person, id, cancel) is not { } file) return Results.NotFound();
            // Nothing that somebody uploaded runs as a page of ours.
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
            var shown = file.ContentType.StartsWith("image/", StringComparison.Ordinal) || file.ContentType == "application/pdf";
            return Results.File(store.PathOf(file.Sha256), file.ContentType, shown ? null : file.Name, enableRangeProcessing: true);
        });
        return app;
    }
}
