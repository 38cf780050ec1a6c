using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// A form being filled: what was typed per field, with the value it stands for or the sentence that says why it stands
/// for none. Nothing typed is ever dropped by a failed reading; what could be read is written as it will be stored.
/// </summary>
public sealed class EntryForm(LedgerDefinition ledger, FieldParser parser, EntryValidator validator)
{
    readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> unreadable = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> refused = new(StringComparer.Ordinal);
    readonly HashSet<string> left = new(StringComparer.Ordinal);
    Dictionary<string, string>? problems;

    public LedgerDefinition Ledger => ledger;

    /// <summary>The values that could be read, also those of fields hidden at the moment.</summary>
    public FieldValues Values { get; private set; } = FieldValues.Empty;

    public string Typed(string key) => typed.GetValueOrDefault(key, "");

    /// <summary>Takes what was typed into a field: 今天 becomes 2026-11-22, 1.2万 becomes 12000; texts stay as they are.</summary>
    public void Set(string key, string? text)
    {
        if (ledger.Field(key) is not { } field) return;
        refused.Remove(key);
        problems = null;
        var parsed = parser.Parse(field, text);
        Values = Values.With(key, parsed.Value);
        if (parsed.Error is { } error) unreadable[key] = error; else unreadable.Remove(key);
        var isFree = field.Type is FieldType.Text or FieldType.LongText or FieldType.Person;
        typed[key] = isFree || parsed.Error is not null ? text ?? "" : FieldText.Raw(field, Values);
    }

    /// <summary>The person has gone on from the field: from now on it says what is wrong with it.</summary>
    public void Leave(string key) => left.Add(key);

    /// <summary>Fills the form from stored values.</summary>
    public void Load(FieldValues values)
    {
        foreach (var field in ledger.Fields)
            if (values.Filled(field.Key)) Take(field, values);
    }

    /// <summary>Takes one field, filled or empty, from stored values.</summary>
    public void Take(FieldDefinition field, FieldValues values) => Set(field.Key, FieldText.Raw(field, values));

    /// <summary>Fills the defaults of the definition into empty fields.</summary>
    public void LoadDefaults()
    {
        foreach (var field in ledger.Fields)
            if (field.Default is { } text && Typed(field.Key).Length == 0) Set(field.Key, text);
    }

    public bool Shown(FieldDefinition field) => EntryValidator.Shown(ledger, field, Values);
    public bool Required(FieldDefinition field) => EntryValidator.Required(ledger, field, Values);

    /// <summary>
    /// The sentence to show under a field: unreadable first, then what the last attempt to save refused, then what the
    /// definition asks of a field that the person has left.
    /// </summary>
    public string? Error(string key) =>
        unreadable.GetValueOrDefault(key) ?? refused.GetValueOrDefault(key) ?? (left.Contains(key) ? Problems.GetValueOrDefault(key) : null);

    /// <summary>What keeps the form from being submitted, in its order; every field now says what is wrong with it.</summary>
    public IReadOnlyList<FieldError> CheckComplete()
    {
        foreach (var field in ledger.Fields) left.Add(field.Key);
        return Errors(_ => true);
    }

    /// <summary>What keeps the form from being saved as a draft: what is filled must be right, the rest may wait.</summary>
    public IReadOnlyList<FieldError> CheckFilled()
    {
        foreach (var key in Values.Keys) left.Add(key);
        return Errors(field => Values.Filled(field.Key));
    }

    /// <summary>Takes the sentences of an attempt to save that was refused; keys of no field speak of the unit or the whole entry.</summary>
    public void Refuse(IEnumerable<FieldError> errors)
    {
        refused.Clear();
        foreach (var error in errors) refused[error.Field] = error.Message;
    }

    /// <summary>What is wrong with one field that no rule of the definition knows of, such as a closed month; null takes it back.</summary>
    public void Refuse(string key, string? message)
    {
        if (message is null) refused.Remove(key); else refused[key] = message;
    }

    /// <summary>Whether saving would change anything, compared with values as stored.</summary>
    public bool Differs(FieldValues stored) =>
        unreadable.Count > 0 || !EntryValidator.Clean(ledger, Values).Equals(EntryValidator.Clean(ledger, stored));

    /// <summary>How many of the fields now required are filled, and how many there are.</summary>
    public (int Filled, int Required) Completeness => CompletenessOf(ledger.Fields);

    public (int Filled, int Required) CompletenessOf(IEnumerable<FieldDefinition> fields)
    {
        var required = fields.Where(f => f.Type != FieldType.Files && Shown(f) && Required(f)).ToList();
        return (required.Count(f => Values.Filled(f.Key)), required.Count);
    }

    Dictionary<string, string> Problems => problems ??= validator.Check(ledger, Values).ToDictionary(error => error.Field, error => error.Message, StringComparer.Ordinal);

    List<FieldError> Errors(Func<FieldDefinition, bool> asked) =>
        [.. from field in ledger.Fields
            where Shown(field)
            let message = unreadable.GetValueOrDefault(field.Key) ?? (asked(field) ? Problems.GetValueOrDefault(field.Key) : null)
            where message is not null
            select new FieldError(field.Key, message)];
}
