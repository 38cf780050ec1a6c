using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Quick;

public static class QuickSetup
{
    /// <param name="Person">Account id of whoever filled the form; it may have waited in the browser while somebody else signed in.</param>
    sealed record Body(int Person, string? Unit, Dictionary<string, string> Fields, bool Submit);

    public static IServiceCollection AddQuick(this IServiceCollection services) =>
        services.AddSingleton<QuickForms>().AddSingleton<QuickSimilar>().AddSingleton<IAddressCheck, QuickAddresses>();

    public static WebApplication MapQuick(this WebApplication app)
    {
        app.MapPost("/quick/{ledger}/{form:guid}", async (string ledger, Guid form, Body body, HttpContext context, QuickForms forms, UnitDirectory units, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            if (body.Person != person.Id) return Results.Text("这条记录由另一个账号填写，请用那个账号登录后发送。", statusCode: StatusCodes.Status409Conflict);
            if (body.Fields is null) return Results.Text("填写的内容不完整，没有保存。", statusCode: StatusCodes.Status422UnprocessableEntity);
            var tree = await units.TreeAsync(cancel);
            if ((tree.Find(body.Unit) ?? person.Tops(tree).FirstOrDefault()) is not { } unit) return Results.Text("还没有建立单位。", statusCode: StatusCodes.Status422UnprocessableEntity);
            var sent = await forms.SendAsync(person, ledger, unit, form, body.Fields, body.Submit, cancel);
            return sent.Entry is { } entry ? Results.Json(new { id = entry.Id, serial = entry.Serial })
                : Results.Json(new { refusal = sent.Refusal, errors = sent.Errors.Select(error => new { field = error.Field, message = error.Message }) }, statusCode: StatusCodes.Status422UnprocessableEntity);
        }).RequireFormToken();

        app.MapPost("/quick/{ledger}/similar", async (string ledger, QuickTyped typed, HttpContext context, QuickSimilar similar, CancellationToken cancel) =>
            context.User.Person is not { } person ? Results.Unauthorized() : Results.Json(await similar.FindAsync(person, ledger, typed, cancel))).RequireFormToken();

        app.MapPost("/quick/{ledger}/different/{other:long}", async (string ledger, long other, QuickTyped typed, HttpContext context, QuickSimilar similar, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person) return Results.Unauthorized();
            await similar.DismissAsync(person, ledger, typed, other, cancel);
            return Results.NoContent();
        }).RequireFormToken();
        return app;
    }

    /// <summary>A ledger of the address that does not exist is a 404.</summary>
    sealed class QuickAddresses(LedgerCatalog catalog) : IAddressCheck
    {
        public ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel) =>
            ValueTask.FromResult(context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["quick", var key] && catalog.Ledger(key) is null ? LedgerAddresses.Ledger(key) : null);
    }
}
