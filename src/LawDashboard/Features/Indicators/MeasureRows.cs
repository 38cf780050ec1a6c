using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>The rows behind a measure's figure, as the same question that grid and export ask.</summary>
sealed class MeasureRows(IndicatorCatalog catalog) : IRowRules
{
    public RowRule? Find(EntryQuery query, string measure, string? slice)
    {
        if (catalog.Measure(measure) is not { } counted || catalog.Ledgers.Ledger(counted.Ledger) is not { } ledger) return null;
        var conditions = new List<Condition>();
        if (counted.Where is { } where) conditions.Add(where);
        var name = counted.Name;
        if (!string.IsNullOrEmpty(slice))
        {
            var (key, code) = (slice.Split('=')[0], slice[(slice.IndexOf('=') + 1)..]);
            if (ledger.Field(key) is not { IsDictionary: true } field) return null;
            // What carries nothing in the field is a part like any other.
            conditions.Add(code.Length == 0 ? new Condition.Filled(key, false) : new Condition.Is(key, [code]));
            name = $"{name}（{(code.Length == 0 ? $"未填{field.Label}" : catalog.Ledgers.Label(field, code))}）";
        }
        var period = counted.Date;
        var (from, to) = (query.From, query.To);
        if (counted.Kind == MeasureKind.Level)
        {
            // A level counts whoever has joined by the end of the period and has not left by then.
            if (to is { } end && counted.Left is { } left) conditions.Add(new Condition.Not(new Condition.Dated(left, null, end)));
            from = null;
        }
        var states = query.States.Where(Counter.Counts).ToList();
        return new(name, query with
        {
            Ledger = ledger,
            From = from,
            To = to,
            PeriodField = period,
            ListedOnly = counted.Listed,
            Where = conditions.Count switch { 0 => null, 1 => conditions[0], _ => new Condition.All(conditions) },
            States = states.Count > 0 ? states : [EntryState.Approved],
        }, counted.Sum);
    }
}
