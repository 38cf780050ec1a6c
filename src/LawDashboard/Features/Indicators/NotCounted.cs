using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>What a measure asks for and the entry has not.</summary>
/// <param name="Wanted">The failed condition: “调解结果”为“调解成功”.</param>
/// <param name="Found">What the entry has in the fields that it looks at: “调解结果”为“正在调解”. Personal data only as filled or not.</param>
public sealed record Unmet(string Wanted, string Found);

/// <summary>A measure of the entry's ledger that does not count the entry, with every reason.</summary>
public sealed record NotCountedIn(MeasureDefinition Measure, IReadOnlyList<Unmet> Reasons, IReadOnlyList<IndicatorDefinition> Indicators);

/// <summary>
/// Says why an entry is missing from a figure. The conditions are those that count, taken apart: where the whole holds no
/// part is named, and where it fails at least one is.
/// </summary>
public sealed class NotCounted(Counters counters, IndicatorCatalog catalog, MeasureWords words)
{
    /// <summary>
    /// The measures of the ledger that would not count the entry even when it is approved; those that indicators use first.
    /// Nothing for voided entries, which no measure counts.
    /// </summary>
    public IReadOnlyList<NotCountedIn> Of(Entry entry, UnitTree tree) => entry.State == EntryState.Voided ? []
        : [.. from counter in counters.OfLedger(entry.LedgerKey)
              where !counter.Measure.Listed
              let reasons = Reasons(counter, entry.Values, tree)
              where reasons.Count > 0
              let indicators = catalog.Using(counter.Measure)
              orderby indicators.Count == 0
              select new NotCountedIn(counter.Measure, reasons, indicators)];

    /// <summary>Every reason for which the measure does not count values like these; empty when it counts them.</summary>
    public IReadOnlyList<Unmet> Reasons(Counter counter, FieldValues values, UnitTree tree)
    {
        var (measure, ledger, text) = (counter.Measure, counter.Ledger, new FieldText(catalog.Ledgers, tree));
        var reasons = (measure.Where is { } where ? Failed(where, ledger, values) : [])
            .Select(part => new Unmet(words.Condition(part, ledger), Found(part.Fields, ledger, values, text))).ToList();
        if (counter.DateField is { } date && values.Date(date) is null)
            reasons.Add(new($"已填“{Label(ledger, date)}”，才能归入月份", Found([date], ledger, values, text)));
        if (measure.Kind is MeasureKind.Sum && values.Number(measure.Sum!) is null or 0)
            reasons.Add(new($"“{Label(ledger, measure.Sum!)}”有数可合计", Found([measure.Sum!], ledger, values, text)));
        return reasons;
    }

    /// <summary>The innermost parts that fail. Of an “or” all parts failed, so it stands as a whole; so does a “not”.</summary>
    static IEnumerable<Condition> Failed(Condition condition, LedgerDefinition ledger, FieldValues values)
    {
        if (condition.Holds(ledger, values)) return [];
        return condition is Condition.All all ? all.Parts.SelectMany(part => Failed(part, ledger, values)) : [condition];
    }

    static string Found(IEnumerable<string> fields, LedgerDefinition ledger, FieldValues values, FieldText text) =>
        string.Join("，", fields.Distinct(StringComparer.Ordinal).Select(key => ledger.Field(key) is not { } field ? key
            : !values.Filled(key) ? $"“{field.Label}”未填"
            : field.IsPersonal ? $"“{field.Label}”已填"
            : $"“{field.Label}”为“{text.Show(field, values).Shortened(30)}{field.Unit}”"));

    /// <summary>A long text says by its beginning what it is.</summary>

    static string Label(LedgerDefinition ledger, string key) => ledger.Field(key)?.Label ?? key;
}
