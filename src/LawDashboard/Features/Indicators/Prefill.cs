using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What can be filled into a new entry so that it counts in a measure: the values that its condition asks for. Dates and
/// amounts are for the person to say; and whatever is filled in can be changed.
/// </summary>
public static class Prefill
{
    /// <summary>Typed texts by field: a code of a dictionary field, <c>yes</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(MeasureDefinition measure, LedgerDefinition ledger)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (measure.Where is { } where) Add(where, ledger, values);
        return values;
    }

    static void Add(Condition condition, LedgerDefinition ledger, SortedDictionary<string, string> values)
    {
        switch (condition)
        {
            case Condition.All all:
                foreach (var part in all.Parts) Add(part, ledger, values);
                break;
            // One of several ways to count is enough.
            case Condition.Any { Parts: [var first, ..] }: Add(first, ledger, values); break;
            case Condition.Is { Codes: [var code, ..] } @is when ledger.Field(@is.Field) is { IsPersonal: false, Type: not FieldType.Unit }: values.TryAdd(@is.Field, code); break;
            case Condition.Yes { Wanted: true } yes: values.TryAdd(yes.Field, "yes"); break;
        }
    }
}
