using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Exchange.Forms;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Exchange.Packing;
using LawDashboard.Features.Exchange.Trees;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.Features.Units;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange;

public static class ExchangeSetup
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static IServiceCollection AddExchange(this IServiceCollection services, ImportWords words) => services
        .AddSingleton<LedgerExport>().AddSingleton<CrossExport>().AddSingleton<ChangesExport>().AddSingleton<TreeDesk>().AddSingleton<IListAction, ExportSlot>()
        .AddImport(words).AddPacks().AddForms();

    /// <summary>Maps the download of a list as official ledger; it takes the list's own query string.</summary>
    public static WebApplication MapExchange(this WebApplication app)
    {
        app.MapGet("/ledgers/{key}/export", async (string key, HttpContext context, LedgerCatalog catalog, LedgerExport export, UnitDirectory units, DownloadKeys keys,
            IEnumerable<IRowRules> rules, IEnumerable<IListFilter> filters, AuditMoments moments, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || catalog.Ledger(key) is not { } ledger) return Results.NotFound();
            var tree = await units.TreeAsync(cancel);
            var state = EntryListState.Parse(context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
            var (past, problem) = state.AsOf is { } asOf ? await moments.ResolveAsync(asOf, cancel) : default;
            if (problem is not null) return Results.Text(problem + "。", statusCode: StatusCodes.Status400BadRequest);
            if (state.ToQuery(person, tree, ledger, rules.First(), ChinaTime.Today(clock).Year, out _, filters, past) is not { } query) return Results.NotFound();
            var asked = context.Request.Query;
            if (Editions.Parse(asked["version"]) is not { } edition) return Results.NotFound();
            // A key that has run out, or somebody else's: the list offers the full edition anew.
            var reason = edition == LedgerEdition.Full ? keys.Open(person, Editions.KeyPurpose, asked["key"]) : null;
            if (Editions.Refusal(person, edition, reason) is not null) return Results.NotFound();
            return Download(context, await export.PrepareAsync(person, ledger, query, state.ToQueryString(), edition, reason, cancel));
        });
        app.MapGet("/indicators/{key}/breakdown/export", async (string key, string? unit, int? year, string? rows, string? columns, string? asof, HttpContext context,
            CrossExport export, UnitDirectory units, AuditMoments moments, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || (await units.TreeAsync(cancel)).Find(unit) is not { } of) return Results.NotFound();
            var (past, problem) = asof is { Length: > 0 } ? await moments.ResolveAsync(asof, cancel) : default;
            if (problem is not null) return Results.Text(problem + "。", statusCode: StatusCodes.Status400BadRequest);
            var file = await export.PrepareAsync(person, key, of, year ?? ChinaTime.Today(clock).Year, rows, columns, past, cancel);
            return file is null ? Results.NotFound() : Download(context, file);
        });
        app.MapGet("/changes/export", async (string? since, string? unit, int? year, string? kind, string? indicator, HttpContext context,
            ChangesExport export, IndicatorCatalog catalog, UnitDirectory units, AuditMoments moments, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || (await units.TreeAsync(cancel)).Find(unit) is not { } of || string.IsNullOrEmpty(since)) return Results.NotFound();
            if (indicator is not null && catalog.Indicator(indicator) is null) return Results.NotFound();
            var (point, problem) = await moments.ResolveAsync(since, cancel);
            if (point is null) return Results.Text(problem + "。", statusCode: StatusCodes.Status400BadRequest);
            ChangeKind? only = Enum.TryParse<ChangeKind>(kind, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : null;
            var file = await export.PrepareAsync(person, of, year ?? ChinaTime.Today(clock).Year, point, only, catalog.Indicator(indicator), cancel);
            return file is null ? Results.NotFound() : Download(context, file);
        });
        // The browser may only send this from a page of ours: another site's request would be asked about first, and refused.
        app.MapPost("/tables/export", (ShownTable table, HttpContext context) =>
            context.User.Person is null ? Results.NotFound() : TableExport.Prepare(table) is { } file ? Download(context, file) : Results.BadRequest());
        return app.MapImport().MapPacks().MapForms().MapTrees();
    }

    static IResult Download(HttpContext context, LedgerFile file)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
        return Results.Stream(stream => LedgerSheet.WriteAsync(stream, file.Layout, file.Rows, context.RequestAborted), Xlsx);
    }
}

/// <summary>导出台账 at the head of a list.</summary>
sealed class ExportSlot : IListAction
{
    public int Order => 10;
    public Type Component => typeof(ExportButton);
    public bool ShowsPast => true;
}
