using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>Names the ledger, measure or entry of an address that does not exist, or not for this person.</summary>
sealed class LedgerAddresses(LedgerCatalog catalog, IRowRules rules, EntryLists lists, UnitDirectory units, TimeProvider clock) : IAddressCheck
{
    public async ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel)
    {
        var parts = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["ledgers", var key, ..])
        {
            if (catalog.Ledger(key) is not { } ledger) return Ledger(key);
            var state = EntryListState.Read(context.Request.QueryString.Value ?? "");
            return MissingMeasure(state, person, await units.TreeAsync(cancel), ledger, ChinaTime.Today(clock).Year)
                ?? (long.TryParse(context.Request.Query["copy"], out var copied) && await lists.FindAsync(person, copied, cancel) is null ? Entry(copied) : null);
        }
        // What the past holds, its page says.
        if (context.Request.Query.ContainsKey(Audit.AsOf.Key)) return null;
        return parts is ["entries", var number, ..] && long.TryParse(number, out var id) && await lists.FindAsync(person, id, cancel) is null ? Entry(id) : null;
    }

    string? MissingMeasure(EntryListState state, Person person, UnitTree tree, LedgerDefinition ledger, int year) =>
        state.Measure is { } measure && (state with { Unit = null }).ToQuery(person, tree, ledger, rules, year, out _) is null ? Measure(measure, state.Slice) : null;

    public static string Ledger(string key) => $"台账“{key}”";
    public static string Entry(long id) => $"记录“{id}”";
    public static string Measure(string key, string? slice) => string.IsNullOrEmpty(slice) ? $"口径“{key}”" : $"口径“{key}”的分项“{slice}”";
}

/// <summary>Names the kind of to-do of an address that does not exist.</summary>
sealed class TodoAddresses(IEnumerable<ITodoGroup> groups) : IAddressCheck
{
    public ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel) => ValueTask.FromResult(
        context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["todo", var key] && !groups.Any(group => group.Key == key) ? $"待办“{key}”" : null);
}
