using System.Globalization;
using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace LawDashboard.Features.Ledgers;

/// <summary>Keeping forms goes over plain HTTP: it must not need the circuit, which a phone drops whenever it likes.</summary>
public static class FormDraftEndpoints
{
    sealed record Body(string Ledger, long? Entry, int Version, string? Unit, Dictionary<string, string> Fields, string Writer, long Sequence);

    public static WebApplication MapLedgers(this WebApplication app)
    {
        app.MapPost("/drafts/{id:guid}", async (Guid id, Body body, HttpContext context, FormDrafts drafts, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            // Nullability is a promise of ours, not of whoever sends.
            if (body is { Ledger: null } or { Fields: null } or { Writer: null }) return Results.Text("填写的内容不完整，没有保存。", statusCode: StatusCodes.Status422UnprocessableEntity);
            var typed = new FormTyped(id, body.Ledger, body.Entry, body.Version, body.Unit, body.Fields, Device(context.Request), body.Writer, body.Sequence);
            return await drafts.KeepAsync(person, typed, cancel) switch
            {
                { Refusal: { } refusal } => Results.Text(refusal, statusCode: StatusCodes.Status422UnprocessableEntity),
                { At: { } at } => Results.Json(new { at = ChinaTime.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture) }),
                var over => Results.Json(new { ended = true, entry = over.Ended?.EntryId, version = over.Ended?.Version }),
            };
        }).RequireFormToken().WithMetadata(new RequestSizeLimitAttribute(2 << 20));

        app.MapDelete("/drafts/{id:guid}", async (Guid id, HttpContext context, FormDrafts drafts, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            await drafts.DiscardAsync(person, id, cancel);
            return Results.NoContent();
        }).RequireFormToken();
        return app;
    }

    /// <summary>What people call the thing that they type on.</summary>
    public static string Device(HttpRequest request) =>
        request.Headers.UserAgent.ToString() is var agent && (agent.Contains("Mobile", StringComparison.Ordinal) || agent.Contains("Android", StringComparison.Ordinal)) ? "手机" : "电脑";
}
