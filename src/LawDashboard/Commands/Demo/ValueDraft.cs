using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Values being filled. Making them into <see cref="FieldValues"/> copies them all, so whoever asks says which fields he
/// looks at, and gets the last copy as long as none of those changed.
/// </summary>
sealed class ValueDraft
{
    readonly Dictionary<string, object?> filled = new(StringComparer.Ordinal);
    readonly List<string> changed = [];
    FieldValues values = FieldValues.Empty;

    /// <summary>All values as they are now.</summary>
    public FieldValues Values => changed.Count == 0 ? values : Copy();

    /// <summary>Values of which at least these fields are as they are now.</summary>
    public FieldValues Of(string[] fields)
    {
        foreach (var key in changed)
            if (Array.IndexOf(fields, key) >= 0) return Copy();
        return values;
    }

    public bool Has(string key) => filled.ContainsKey(key);
    public long? Number(string key) => filled.GetValueOrDefault(key) as long?;
    public DateOnly? Date(string key) => filled.GetValueOrDefault(key) is { } value ? Day(value) : null;

    public void Set(string key, object? value)
    {
        if (value is null or "") filled.Remove(key); else filled[key] = value;
        changed.Add(key);
    }

    FieldValues Copy()
    {
        changed.Clear();
        return values = FieldValues.From(filled);
    }

    public static DateOnly? Day(object value) =>
        value is DateOnly date ? date
        : value is string text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : null;
}

/// <summary>A condition of a ledger over values being filled; none always holds.</summary>
sealed class DraftCondition(Condition? condition, LedgerDefinition ledger)
{
    readonly string[] fields = [.. condition?.Fields.Distinct() ?? []];
    readonly Func<FieldValues, bool>? holds = condition?.Compile(ledger);

    public bool Holds(ValueDraft draft) => holds is null || holds(draft.Of(fields));
}
