using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Values being filled. Making them into <see cref="FieldValues"/> copies them, so whoever asks in between says which
/// fields he looks at and gets those alone.
/// </summary>
sealed class ValueDraft
{
    readonly Dictionary<string, object?> filled = new(StringComparer.Ordinal);
    FieldValues values = FieldValues.Empty;
    bool changed;

    /// <summary>True when something was left out because it happens only later.</summary>
    public bool HappensMore { get; set; }

    /// <summary>All values as they are now.</summary>
    public FieldValues Values
    {
        get
        {
            if (changed) values = FieldValues.From(filled);
            changed = false;
            return values;
        }
    }

    /// <summary>Values of which at least these fields are as they are now.</summary>
    public FieldValues Of(string[] fields) =>
        changed ? FieldValues.From(fields.Select(key => KeyValuePair.Create(key, filled.GetValueOrDefault(key)))) : values;

    public bool Has(string key) => filled.ContainsKey(key);
    public long? Number(string key) => filled.GetValueOrDefault(key) as long?;
    public DateOnly? Date(string key) => filled.GetValueOrDefault(key) is { } value ? Day(value) : null;

    public void Set(string key, object? value)
    {
        if (value is null or "") filled.Remove(key); else filled[key] = value;
        changed = true;
    }

    public static DateOnly? Day(object value) =>
        value is DateOnly date ? date
        : value is string text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : null;
}

/// <summary>A question about values being filled that looks at certain fields; without a condition the answer is always yes.</summary>
sealed class DraftCondition(Condition? condition, Func<FieldValues, bool> holds)
{
    readonly string[]? fields = condition is null ? null : [.. condition.Fields.Distinct()];

    public bool Holds(ValueDraft draft) => fields is null || holds(draft.Of(fields));
}
