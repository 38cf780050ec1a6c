using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;
using Microsoft.AspNetCore.Mvc;

namespace LawDashboard.Features.Evidence;

public static class EvidenceSetup
{
    sealed record Announced(long? Entry, Guid? Form, string Ledger, string Field, string Name, long Size);
    sealed record Finished(string Sha256);

    /// <param name="rules">Null for the usual ones.</param>
    public static IServiceCollection AddEvidence(this IServiceCollection services, EvidenceRules? rules = null) =>
        services.AddSingleton(rules ?? EvidenceRules.Usual).AddSingleton<EvidenceStore>().AddSingleton<EvidencePlaces>().AddSingleton<EvidenceService>().AddSingleton<EvidenceFindings>().AddSingleton<EvidenceWanting>().AddSingleton<UploadFolder>()
            .AddSingleton<IEntryListener, EvidenceMover>().AddSingleton<IEntryFiles, EvidenceMover>().AddSingleton<IFormListener, EvidenceMover>()
            .AddSingleton<EvidenceHistory>().AddSingleton<IEntryPanel, EvidencePanelSlot>().AddSingleton<IFilesInput, EvidenceInputSlot>()
            .AddSingleton<ITodoGroup, EvidenceTodo>().AddSingleton<IListFilter, EvidenceFilter>();

    /// <summary>Upload and download over plain HTTP: opening a phone's camera drops the circuit.</summary>
    public static WebApplication MapEvidence(this WebApplication app)
    {
        MapUploads(app.MapGroup("/uploads"));
        app.MapGet("/evidence/{id:long}", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
            context.User.Person is { } person && await service.FindAsync(person, id, cancel) is { } file
                ? Send(context, store.OpenWithoutPlace(file.Sha256, file.ContentType), file.ContentType, file.Name) : Results.NotFound());
        app.MapGet("/evidence/form/{id:long}", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
            context.User.Person is { } person && await service.FindInFormAsync(person, id, cancel) is { } file
                ? Send(context, store.OpenWithoutPlace(file.Sha256, file.ContentType), file.ContentType, file.Name) : Results.NotFound());
        app.MapGet("/evidence/{id:long}/small", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
            context.User.Person is { } person && await service.FindAsync(person, id, cancel) is { } file
                ? SendSmall(context, store, file.Sha256, file.ContentType, file.Name) : Results.NotFound());
        app.MapGet("/evidence/form/{id:long}/small", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
            context.User.Person is { } person && await service.FindInFormAsync(person, id, cancel) is { } file
                ? SendSmall(context, store, file.Sha256, file.ContentType, file.Name) : Results.NotFound());
        app.MapGet("/evidence/{id:long}/original", async (long id, HttpContext context, EvidenceService service, EvidenceStore store, CancellationToken cancel) =>
            context.User.Person is { } person && await service.FindOriginalAsync(person, id, cancel) is { } file
                ? Results.File(store.PathOf(file.Sha256), "application/octet-stream", file.Name, enableRangeProcessing: true) : Results.NotFound());
        return app;
    }

    static void MapUploads(RouteGroupBuilder uploads)
    {
        uploads.MapPost("/{id:guid}", async (Guid id, Announced body, HttpContext context, UploadFolder folder, CancellationToken cancel) =>
            context.User.Person is not { } person ? Results.Unauthorized()
                : body is { Ledger: null } or { Field: null } or { Name: null } ? Unknown()
                : Answer(await folder.BeginAsync(person, id, new(body.Entry, body.Form, body.Ledger, body.Field), body.Name, body.Size, cancel))).RequireFormToken();
        uploads.MapPut("/{id:guid}", async (Guid id, long offset, HttpContext context, UploadFolder folder, CancellationToken cancel) =>
            context.User.Person is not { } person ? Results.Unauthorized()
                : await folder.AppendAsync(person, id, offset, context.Request.Body, cancel) is { } state ? Answer(state) : Unknown())
            .RequireFormToken().WithMetadata(new RequestSizeLimitAttribute(UploadFolder.ChunkLimit));
        uploads.MapPost("/{id:guid}/finish", async (Guid id, Finished body, HttpContext context, UploadFolder folder, CancellationToken cancel) =>
            context.User.Person is not { } person ? Results.Unauthorized()
                : body.Sha256 is not null && await folder.FinishAsync(person, id, body.Sha256, cancel) is var (state, _) ? Answer(state) : Unknown()).RequireFormToken();
        uploads.MapDelete("/{id:guid}", async (Guid id, HttpContext context, UploadFolder folder, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            await folder.CancelAsync(person, id, cancel);
            return Results.NoContent();
        }).RequireFormToken();
    }

    static IResult Answer(UploadState state) => state.Refusal is { } refusal
        ? Results.Text(refusal, statusCode: StatusCodes.Status422UnprocessableEntity) : Results.Json(new { state.Offset, state.Done });

    static IResult Unknown() => Results.Text("没有这次上传，或者它已过期。", statusCode: StatusCodes.Status404NotFound);

    static IResult SendSmall(HttpContext context, EvidenceStore store, string sha256, string contentType, string name)
    {
        var (content, type) = store.OpenSmall(sha256, contentType);
        return Send(context, content, type, name);
    }

    static IResult Send(HttpContext context, Stream file, string contentType, string name)
    {
        // Nothing that somebody uploaded runs as a page of ours. The browser's PDF viewer does not open inside a sandbox.
        var pdf = contentType == "application/pdf";
        context.Response.Headers.ContentSecurityPolicy = pdf ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'" : "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=86400";
        var shown = pdf || contentType.StartsWith("image/", StringComparison.Ordinal);
        return Results.Stream(file, contentType, shown ? null : name, enableRangeProcessing: true);
    }
}
