using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Units;
using Microsoft.Net.Http.Headers;

namespace LawDashboard.Features.Exchange;

public static class ExchangeSetup
{
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static IServiceCollection AddExchange(this IServiceCollection services, ImportWords words) => services
        .AddSingleton<LedgerExport>().AddSingleton<IListAction, ExportSlot>()
        .AddImport(words);

    /// <summary>Maps the download of a list as official ledger; it takes the list's own query string.</summary>
    public static WebApplication MapExchange(this WebApplication app)
    {
        app.MapGet("/ledgers/{key}/export", async (string key, HttpContext context, LedgerCatalog catalog, LedgerExport export, UnitDirectory units,
            IEnumerable<IRowRules> rules, TimeProvider clock, CancellationToken cancel) =>
        {
            if (context.User.Person is not { } person || catalog.Ledger(key) is not { } ledger) return Results.NotFound();
            var tree = await units.TreeAsync(cancel);
            var state = EntryListState.Parse(context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
            if (state.ToQuery(person, tree, ledger, rules.First(), ChinaTime.Today(clock).Year, out _) is not { } query) return Results.NotFound();
            var file = await export.PrepareAsync(person, ledger, query, context.Request.QueryString.Value ?? "", cancel);
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
            return Results.Stream(stream => LedgerSheet.WriteAsync(stream, file.Layout, file.Rows, cancel), Xlsx);
        });
        return app.MapImport();
    }
}

/// <summary>导出台账 at the head of a list.</summary>
sealed class ExportSlot : IListAction
{
    public int Order => 10;
    public Type Component => typeof(ExportButton);
}
