using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>Addresses of the rows behind the figures of one unit and year.</summary>
/// <param name="asOf">The point in the past that the figures speak of, as it stands in addresses; their rows are those of then.</param>
public sealed class RowLinks(IndicatorCatalog catalog, Unit unit, int year, bool own = false, string? asOf = null)
{
    public int Year => year;
    public string? AsOf => asOf;

    /// <summary>The rows that a measure counts; the whole year unless months are given. Null when there is no such measure.</summary>
    public string? Measure(string? key, MonthRange? months = null, string? slice = null, params IReadOnlyList<EntryState> states)
    {
        if (catalog.Measure(key) is not { } measure) return null;
        return new EntryListState
        {
            Unit = unit.Code, Own = own, Year = year, AsOf = asOf, Measure = measure.Key, Slice = slice, States = states,
            // A level counts whoever is there at the end, so only the end is asked for.
            From = months is { } from && measure.Kind != MeasureKind.Level ? FirstDay(from.From) : null,
            To = months is { } to ? LastDay(to.To) : null,
        }.ToAddress($"/ledgers/{measure.Ledger}");
    }

    /// <summary>The rows behind an indicator's value; of a ratio those of its numerator.</summary>
    public string? Value(IndicatorDefinition indicator, MonthRange? months = null, params IReadOnlyList<EntryState> states) =>
        Measure(indicator.Numerator ?? indicator.Measure, months, null, states);

    /// <summary>The rows under a ratio.</summary>
    public string? Denominator(IndicatorDefinition indicator, MonthRange? months = null, params IReadOnlyList<EntryState> states) =>
        Measure(indicator.Denominator, months, null, states);

    /// <summary>The list of a ledger.</summary>
    public string Ledger(string ledger, params IReadOnlyList<EntryState> states) =>
        new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf, States = states }.ToAddress($"/ledgers/{ledger}");

    public string Indicator(IndicatorDefinition indicator) => new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf }.ToAddress($"/indicators/{indicator.Key}");

    /// <summary>A judged indicator of the unit.</summary>
    public string Judged(JudgedIndicator indicator) => new EntryListState { Unit = unit.Code, Year = year }.ToAddress($"/judgements/{indicator.Key}");

    /// <summary>
    /// A form for something that the indicator counts, filled so that it does; null for ratios, which are not logged but
    /// come about.
    /// </summary>
    public string? New(IndicatorDefinition indicator) =>
        catalog.Measure(indicator.Measure) is not { } measure || catalog.Ledgers.Ledger(measure.Ledger) is not { } ledger ? null
        : Prefill.Of(measure, ledger).Aggregate(new EntryListState { Unit = unit.Code, Year = year }, (state, field) => state.WithFilter(field.Key, [field.Value])).ToAddress($"/ledgers/{measure.Ledger}/new");

    /// <summary>The rows under a ratio that its numerator leaves out; null where they are of different ledgers.</summary>
    public string? Rest(IndicatorDefinition indicator) =>
        catalog.Measure(indicator.Denominator) is { } under && catalog.Measure(indicator.Numerator) is { Listed: false } over && over.Ledger == under.Ledger
            ? Joined(under, MeasureRows.Rest(under.Key, over.Key)) : null;

    /// <summary>The rows that count in the indicator and in another measure of its ledger.</summary>
    public string? Both(IndicatorDefinition indicator, string other) =>
        catalog.Measure(indicator.Numerator ?? indicator.Measure) is { } measure ? Joined(measure, measure.Key == other ? other : MeasureRows.Both(measure.Key, other)) : null;

    /// <summary>The rows behind an indicator's value by what they have to show for themselves.</summary>
    public string? Evidenced(IndicatorDefinition indicator, Evidence.Shown shown) =>
        catalog.Measure(indicator.Numerator ?? indicator.Measure) is { } measure
            ? new EntryListState { Unit = unit.Code, Own = own, Year = year, AsOf = asOf, Measure = measure.Key }.WithExtra(Evidence.EvidenceFilter.FilterKey, Evidence.EvidenceFilter.Value(shown)).ToAddress($"/ledgers/{measure.Ledger}") : null;

    string Joined(MeasureDefinition measure, string key) => new EntryListState { Unit = unit.Code, Own = own, Year = year, AsOf = asOf, Measure = key }.ToAddress($"/ledgers/{measure.Ledger}");

    /// <summary>The assessment of the unit.</summary>
    public string Score() => new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf }.ToAddress("/score");

    /// <summary>The indicator by two of month, unit and a dictionary field.</summary>
    public string Breakdown(IndicatorDefinition indicator) => new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf }.ToAddress($"/indicators/{indicator.Key}/breakdown");

    /// <summary>The indicator's target with all its revisions.</summary>
    public string Targets(IndicatorDefinition indicator) => new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf }.ToAddress($"/indicators/{indicator.Key}/targets");

    /// <summary>Tasks and indicators; with a level only the tasks that stand so.</summary>
    public string Indicators(PaceLevel? level = null) =>
        new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf }.ToAddress("/indicators") + (level is { } only ? $"&level={only.ToString().ToLowerInvariant()}" : "");

    /// <summary>The indicators of one task.</summary>
    public string Task(TaskDefinition task) => Indicators() + $"&task={task.Key}";

    /// <summary>Entries of all ledgers in some states.</summary>
    public string All(params IReadOnlyList<EntryState> states) => new EntryListState { Unit = unit.Code, Year = year, AsOf = asOf, States = states }.ToAddress("/search");

    /// <summary>The same without the units below.</summary>
    public RowLinks OwnOnly() => new(catalog, unit, year, own: true, asOf);

    /// <summary>The rows as they stood at a point in the past.</summary>
    public RowLinks At(string moment) => new(catalog, unit, year, own, moment);

    public RowLinks Of(Unit other) => new(catalog, other, year, asOf: asOf);
    public RowLinks Of(int other) => new(catalog, unit, other, asOf: asOf);

    static DateOnly FirstDay(int month) => new(month / 100, month % 100, 1);
    static DateOnly LastDay(int month) => FirstDay(month).AddMonths(1).AddDays(-1);
}

file static class Addresses
{
    public static string ToAddress(this EntryListState state, string path) => $"{path}?{state.ToQueryString()}";
}
