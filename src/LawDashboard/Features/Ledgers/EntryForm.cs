using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// A form being filled: what was typed per field, exactly as typed, with the value it stands for or the sentence that
/// says why it stands for none. Nothing typed is ever dropped by a failed reading.
/// </summary>
public sealed class EntryForm(LedgerDefinition ledger, FieldParser parser)
{
    readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> unreadable = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> refused = new(StringComparer.Ordinal);

    public LedgerDefinition Ledger => ledger;

    /// <summary>The values that could be read, also those of fields hidden at the moment.</summary>
    public FieldValues Values { get; private set; } = FieldValues.Empty;

    public string Typed(string key) => typed.GetValueOrDefault(key, "");

    /// <summary>Takes what was typed into a field.</summary>
    public void Set(string key, string? text)
    {
        if (ledger.Field(key) is not { } field) return;
        typed[key] = text ?? "";
        refused.Remove(key);
        var parsed = parser.Parse(field, text);
        if (parsed.Error is { } error) unreadable[key] = error; else unreadable.Remove(key);
        Values = Values.With(key, parsed.Value);
    }

    /// <summary>Fills the form from stored values.</summary>
    public void Load(FieldValues values)
    {
        foreach (var field in ledger.Fields)
            if (values.Filled(field.Key)) Set(field.Key, FieldText.Raw(field, values));
    }

    /// <summary>Fills the defaults of the definition into empty fields.</summary>
    public void LoadDefaults()
    {
        foreach (var field in ledger.Fields)
            if (field.Default is { } text && Typed(field.Key).Length == 0)
            {
                Set(field.Key, text);
                if (Values.Date(field.Key) is { } date) typed[field.Key] = FieldValues.Iso(date);
            }
    }

    public bool Shown(FieldDefinition field) => EntryValidator.Shown(ledger, field, Values);
    public bool Required(FieldDefinition field) => EntryValidator.Required(ledger, field, Values);

    /// <summary>The sentence to show under a field: unreadable first, then what the last attempt to save refused.</summary>
    public string? Error(string key) => unreadable.GetValueOrDefault(key) ?? refused.GetValueOrDefault(key);

    /// <summary>Sentences that belong to no field of the ledger: the unit, the whole entry.</summary>
    public string? ErrorOf(string key) => refused.GetValueOrDefault(key);

    public void Refuse(IEnumerable<FieldError> errors)
    {
        refused.Clear();
        foreach (var error in errors) refused[error.Field] = error.Message;
    }

    /// <summary>Fields shown whose text could not be read.</summary>
    public IReadOnlyList<FieldError> Unreadable =>
        [.. ledger.Fields.Where(f => unreadable.ContainsKey(f.Key) && Shown(f)).Select(f => new FieldError(f.Key, unreadable[f.Key]))];

    /// <summary>How many of the fields now required are filled, and how many there are.</summary>
    public (int Filled, int Required) Completeness
    {
        get
        {
            var required = ledger.Fields.Where(f => f.Type != FieldType.Files && Shown(f) && Required(f)).ToList();
            return (required.Count(f => Values.Filled(f.Key)), required.Count);
        }
    }
}
