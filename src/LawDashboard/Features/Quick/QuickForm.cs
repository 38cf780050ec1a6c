using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Quick;

/// <summary>
/// A ledger's form as the phone asks for it: the essential fields first, then what must be there before it can be submitted
/// and was not filled in from last time, and all the rest for later.
/// </summary>
/// <param name="Remembered">Keys of fields that hold what the person used last; he should look at them.</param>
public sealed record QuickForm(
    EntryEditor Editor, IReadOnlyList<FieldDefinition> Asked, IReadOnlyList<FieldDefinition> Needed, IReadOnlyList<FieldDefinition> Later,
    IReadOnlySet<string> Remembered, FieldDefinition? Photos)
{
    public LedgerDefinition Ledger => Editor.Form.Ledger;

    public static QuickForm Of(EntryEditor editor, IReadOnlySet<string> remembered)
    {
        var ledger = editor.Form.Ledger;
        var fields = ledger.Fields.Where(field => field.Type != FieldType.Files).ToList();
        // What is wrong must be seen, wherever it would stand otherwise.
        bool Wanted(FieldDefinition field) => field.Required && (!editor.Form.Values.Filled(field.Key) || editor.Form.Error(field.Key) is not null);
        var asked = ledger.Essentials;
        var needed = fields.Except(asked).Where(Wanted).ToList();
        return new(editor, asked, needed, [.. fields.Except(asked).Except(needed)], remembered, ledger.Fields.FirstOrDefault(field => field is { Type: FieldType.Files, ShownWhen: null }));
    }
}

/// <summary>What came of sending a quick form: the entry, the sentences at its fields, or one for the whole.</summary>
public sealed record QuickSent(Entry? Entry, IReadOnlyList<FieldError> Errors, string? Refusal, QuickForm? Form);

/// <summary>Opens and sends the phone's forms, through the same editor as the desk's.</summary>
public sealed class QuickForms(EntryEditors editors, FormOpening opening, EntryLists entries, LedgerCatalog catalog, TimeProvider clock)
{
    /// <summary>Days back over which "most used" is counted.</summary>
    const int UsedDays = 365;

    /// <summary>All ledgers, those that the person logs most in first; then as the menu has them.</summary>
    public async Task<IReadOnlyList<(LedgerDefinition Ledger, int Used)>> LedgersAsync(Person person, IEnumerable<LedgerDefinition> inMenu, CancellationToken cancel = default)
    {
        var since = ChinaTime.Today(clock).AddDays(-UsedDays);
        var used = await entries.CountsByLedgerAsync(new() { Person = person, CreatedById = person.Id, From = since }, cancel);
        return [.. inMenu.Select(ledger => (ledger, used.GetValueOrDefault(ledger.Key))).OrderByDescending(ledger => ledger.Item2)];
    }

    /// <summary>A form as it was left, or a new one with today's date and what the person used last. Null when there is no such ledger; <c>SavedAs</c> when it was sent before.</summary>
    public async Task<(QuickForm? Form, OpenedForm Opened)> OpenAsync(Person person, string ledger, Unit unit, Guid? formId, CancellationToken cancel = default)
    {
        var opened = await opening.NewAsync(person, ledger, unit, null, formId, cancel: cancel);
        if (opened.Editor is not { } editor) return (null, opened);
        return (QuickForm.Of(editor, opened.Resumed is not { IsTyped: true } ? await RememberAsync(person, editor, cancel) : new HashSet<string>()), opened);
    }

    /// <summary>Saves what was typed, as a draft or for review. The form's name makes sure that it is saved once, however often it is sent.</summary>
    public async Task<QuickSent> SendAsync(Person person, string ledger, Unit unit, Guid formId, IReadOnlyDictionary<string, string> fields, bool submit, CancellationToken cancel = default)
    {
        if (catalog.Ledger(ledger) is not { } definition) return new(null, [], $"没有台账“{ledger}”", null);
        var editor = await editors.NewAsync(person, definition, unit, cancel: cancel);
        editor.Named(formId);
        foreach (var field in definition.Fields)
            if (fields.TryGetValue(field.Key, out var text)) editor.Form.Set(field.Key, text);
        var result = await editor.SaveAsync(submit, cancel);
        return result switch
        {
            EntryResult.Done(var entry) => new(entry, [], null, QuickForm.Of(editor, new HashSet<string>())),
            EntryResult.Invalid(var errors) => new(null, errors, null, QuickForm.Of(editor, new HashSet<string>())),
            EntryResult.Refused(var reason) => new(null, [], reason, QuickForm.Of(editor, new HashSet<string>())),
            // Sent before, changed by somebody since, and sent again with other words: that is for the desk.
            EntryResult.Conflict(var current) => new(null, [], $"这条记录（{current.Serial ?? current.Title}）已提交过，又被他人修改；请在电脑上打开记录核对。", QuickForm.Of(editor, new HashSet<string>())),
            _ => throw new InvalidOperationException("An unknown result."),
        };
    }

    /// <summary>
    /// Fills empty fields with what the person chose last in this ledger: choices, units and short texts such as a committee's
    /// name. Never what makes the event this one: its date, title, numbers and people.
    /// </summary>
    async Task<IReadOnlySet<string>> RememberAsync(Person person, EntryEditor editor, CancellationToken cancel)
    {
        var (ledger, remembered) = (editor.Form.Ledger, new HashSet<string>(StringComparer.Ordinal));
        var last = (await entries.PageAsync(new() { Person = person, Ledger = ledger, CreatedById = person.Id, Sort = new("updated") }, 1, 1, cancel)).FirstOrDefault();
        if (last is null) return remembered;
        var titled = Patterns.Keys(ledger.Title).ToHashSet(StringComparer.Ordinal);
        foreach (var field in ledger.Fields.Where(field => (field.Required || ledger.Essentials.Contains(field)) && IsHabit(field, titled) && last.Values.Filled(field.Key)))
        {
            if (editor.Form.Values.Filled(field.Key)) continue;
            editor.Form.Take(field, last.Values);
            remembered.Add(field.Key);
        }
        return remembered;
    }

    static bool IsHabit(FieldDefinition field, HashSet<string> titled) => !titled.Contains(field.Key) && field.Type switch
    {
        FieldType.OneOf or FieldType.YesNo or FieldType.Unit => true,
        FieldType.Text => !field.IsPersonal && field.MaxLength <= 200,
        _ => false,
    };
}
