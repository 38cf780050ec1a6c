using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// The rows behind a measure's figure, as the same question that grid and export ask. Two measures of one ledger can be
/// joined in a key: <c>a*b</c> are the rows that both count, <c>a~b</c> those that the first counts and the second does not.
/// </summary>
sealed class MeasureRows(IndicatorCatalog catalog) : IRowRules
{
    const char And = '*', Without = '~';

    public static string Both(string first, string second) => first + And + second;
    public static string Rest(string first, string second) => first + Without + second;

    public RowRule? Find(EntryQuery query, string measure, string? slice)
    {
        if (catalog.Measure(measure) is { } counted) return Of(catalog.Ledgers, query, counted, slice);
        return measure.IndexOfAny([And, Without]) is > 0 and var at && catalog.Measure(measure[..at]) is { } first && catalog.Measure(measure[(at + 1)..]) is { } second
            ? Joined(query, first, second, slice, measure[at] == And) : null;
    }

    RowRule? Joined(EntryQuery query, MeasureDefinition first, MeasureDefinition second, string? slice, bool both)
    {
        if (first.Ledger != second.Ledger || Of(catalog.Ledgers, query, first, slice) is not { Query.Ledger: { } ledger } rule) return null;
        if (Counts(second, ledger, query.From, query.To) is not { } also) return null;
        var condition = both ? also : new Condition.Not(also);
        return rule with
        {
            Name = both ? $"{rule.Name}，同时计入“{second.Name}”" : $"{rule.Name}，未计入“{second.Name}”",
            Query = rule.Query with { Where = rule.Query.Where is { } where ? new Condition.All([where, condition]) : condition },
        };
    }

    /// <summary>What a measure asks of a row and its date, as one condition; null where no condition can say it.</summary>
    public static Condition? Counts(MeasureDefinition measure, LedgerDefinition ledger, DateOnly? from, DateOnly? to)
    {
        if (measure.Listed) return null;
        var conditions = new List<Condition> { new Condition.Dated(measure.Date ?? ledger.Date, measure.Kind == MeasureKind.Level ? null : from, to) };
        if (measure.Where is { } where) conditions.Add(where);
        if (Staying(measure, to) is { } staying) conditions.Add(staying);
        return new Condition.All(conditions);
    }

    public static RowRule? Of(LedgerCatalog ledgers, EntryQuery query, MeasureDefinition counted, string? slice)
    {
        if (ledgers.Ledger(counted.Ledger) is not { } ledger) return null;
        var conditions = new List<Condition>();
        if (counted.Where is { } where) conditions.Add(where);
        var name = counted.Name;
        if (!string.IsNullOrEmpty(slice))
        {
            var (key, code) = (slice.Split('=')[0], slice[(slice.IndexOf('=') + 1)..]);
            if (ledger.Field(key) is not { IsDictionary: true } field) return null;
            // What carries nothing in the field is a part like any other.
            conditions.Add(code.Length == 0 ? new Condition.Filled(key, false) : new Condition.Is(key, [code]));
            name = $"{name}（{(code.Length == 0 ? $"未填{field.Label}" : ledgers.Label(field, code))}）";
        }
        if (Staying(counted, query.To) is { } staying) conditions.Add(staying);
        var states = query.States.Where(Counter.Counts).ToList();
        return new(name, query with
        {
            Ledger = ledger,
            From = counted.Kind == MeasureKind.Level ? null : query.From,
            PeriodField = counted.Date,
            ListedOnly = counted.Listed,
            Where = conditions.Count switch { 0 => null, 1 => conditions[0], _ => new Condition.All(conditions) },
            States = states.Count > 0 ? states : [EntryState.Approved],
        }, counted.Sum);
    }

    /// <summary>A level counts whoever has joined by the end of the period and has not left by then.</summary>
    static Condition.Not? Staying(MeasureDefinition measure, DateOnly? to) =>
        measure is { Kind: MeasureKind.Level, Left: { } left } && to is { } end ? new(new Condition.Dated(left, null, end)) : null;
}
