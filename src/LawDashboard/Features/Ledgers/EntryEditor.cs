using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>What somebody else saved while the form was open, and where it differs from what was typed.</summary>
/// <param name="Unit">Whether the unit differs as well.</param>
public sealed record EntryConflict(Entry Theirs, IReadOnlyList<FieldConflict> Fields, bool Unit);

/// <summary>
/// One entry on a form, from opening to saving. Whatever comes of an attempt to save, what was typed stays: refusals go
/// next to their fields, another person's changes are laid beside it for choosing.
/// </summary>
public sealed class EntryEditor(EntryService service, Person person, EntryForm form, Unit unit, Entry? opened, Entry? source)
{
    FieldValues stored = form.Values;
    Unit storedUnit = unit;

    /// <summary>Personal data that somebody else logged, filled but not shown until a reason is given or it is typed anew.</summary>
    readonly HashSet<string> masked = source is null || source.CreatedById == person.Id ? []
        : [.. form.Ledger.Fields.Where(field => field.IsPersonal && form.Values.Filled(field.Key)).Select(field => field.Key)];

    public EntryForm Form => form;
    /// <summary>Names the form while it is typed and in the save that ends it; after that the form goes on under a new name.</summary>
    public Guid FormId { get; private set; } = Guid.NewGuid();
    public Unit Unit { get; set; } = unit;
    /// <summary>The entry as last read or saved; null for a new one that was not saved yet.</summary>
    public Entry? Opened { get; private set; } = opened;
    public EntryConflict? Conflict { get; private set; }

    /// <summary>The entry that the values came from: the opened one, or the one that was copied.</summary>
    public Entry? Source => source;
    public bool HasMasked => masked.Count > 0;
    public bool IsChanged => Unit.Id != storedUnit.Id || form.Differs(stored);
    /// <summary>An entry under review stays there when saved, and so must stay complete.</summary>
    public bool IsUnderReview => Opened?.State == EntryState.Submitted;

    public bool IsMasked(string key) => masked.Contains(key);
    public void Unmask() => masked.Clear();

    public void Retype(string key)
    {
        masked.Remove(key);
        form.Set(key, "");
    }

    /// <summary>The entry as it would be saved now, for those who show what it counts; not stored anywhere.</summary>
    public Entry Preview(DateOnly today) => new()
    {
        Id = Opened?.Id ?? 0, LedgerKey = form.Ledger.Key, UnitId = Unit.Id, Date = form.Values.Date(form.Ledger.Date) ?? today,
        Title = Opened?.Title ?? "", Serial = Opened?.Serial, State = Opened?.State ?? EntryState.Draft,
        Values = EntryValidator.Clean(form.Ledger, form.Values), CreatedById = Opened?.CreatedById ?? person.Id, CreatedBy = Opened?.CreatedBy ?? person.Name,
    };

    public async Task<EntryResult> SaveAsync(bool submit, CancellationToken cancel = default)
    {
        var errors = submit || IsUnderReview ? form.CheckComplete() : form.CheckFilled();
        if (errors.Count > 0) return new EntryResult.Invalid(errors);
        if (!submit && Opened is not null && !IsChanged) return new EntryResult.Done(Opened);
        var input = new EntryInput(Opened?.Id, form.Ledger.Key, Unit.Code, form.Values, Opened?.Version ?? 0, FormId);
        var result = submit ? await service.SubmitAsync(person, input, cancel) : await service.SaveAsync(person, input, cancel);
        switch (result)
        {
            case EntryResult.Done(var entry):
                (Opened, stored, storedUnit, FormId) = (entry, form.Values, Unit, Guid.NewGuid());
                break;
            case EntryResult.Invalid(var refused):
                form.Refuse(refused);
                break;
            case EntryResult.Conflict(var theirs):
                Meet(theirs);
                break;
        }
        return result;
    }

    /// <summary>Lays what somebody else saved beside what was typed.</summary>
    internal void Meet(Entry theirs) =>
        Conflict = new(theirs, EntryMerge.Compare(form.Ledger, stored, form.Values, theirs.Values), theirs.UnitId != Unit.Id);

    /// <summary>Goes on with a form as it was left.</summary>
    /// <param name="then">Reads what was typed as of the day on which it was typed: 今天 is not tomorrow's today.</param>
    internal void Resume(FormDraft draft, Unit? chosen, FieldParser then)
    {
        FormId = draft.Id;
        if (chosen is not null) Unit = chosen;
        foreach (var (key, text) in FormDrafts.Read(draft))
        {
            if (form.Ledger.Field(key) is not { } field) continue;
            masked.Remove(key);
            form.Set(key, field.Type == FieldType.Date && then.Date(text) is { } date ? FieldValues.Iso(date) : text);
        }
    }

    /// <summary>The form under the name that its address gave it.</summary>
    internal EntryEditor Named(Guid formId)
    {
        FormId = formId;
        return this;
    }

    /// <summary>Goes on from the other person's version with the chosen values; the next save says so.</summary>
    /// <param name="keepMine">Whether what was typed here is kept in the field.</param>
    /// <param name="theirUnit">The other version's unit where that is taken; null to keep this one.</param>
    public void Resolve(Func<FieldDefinition, bool> keepMine, Unit? theirUnit)
    {
        if (Conflict is not { } conflict) return;
        foreach (var field in conflict.Fields.Select(c => c.Field).Where(field => !keepMine(field))) form.Take(field, conflict.Theirs.Values);
        if (theirUnit is not null) Unit = theirUnit;
        (Opened, stored, Conflict) = (conflict.Theirs, conflict.Theirs.Values, null);
    }

    /// <summary>Back to the form as typed; saving will meet the same conflict again.</summary>
    public void LeaveConflict() => Conflict = null;
}

/// <summary>Opens forms: for a new entry, for a copy of one, for one that is to be changed.</summary>
public sealed class EntryEditors(EntryLists lists, EntryService service, LedgerCatalog catalog, UnitDirectory units, TimeProvider clock)
{
    /// <summary>An empty form with the definition's defaults.</summary>
    /// <param name="given">What an address wants filled in, by field; read like something typed, so what is wrong is said at its field.</param>
    public async Task<EntryEditor> NewAsync(
        Person person, LedgerDefinition ledger, Unit unit, IReadOnlyDictionary<string, IReadOnlyList<string>>? given = null, CancellationToken cancel = default)
    {
        var form = await FormAsync(ledger, cancel);
        form.LoadDefaults();
        // Personal data has no business in an address, and files cannot be in one.
        foreach (var (key, texts) in given ?? new Dictionary<string, IReadOnlyList<string>>())
            if (ledger.Field(key) is { IsPersonal: false, Type: not FieldType.Files }) form.Set(key, string.Join(',', texts));
        return new(service, person, form, unit, null, null);
    }

    /// <summary>A form for a new entry with all values of another, but dated today; null when there is no such entry in the person's scope.</summary>
    public async Task<EntryEditor?> CopyAsync(Person person, long id, CancellationToken cancel = default)
    {
        if (await FindAsync(person, id, cancel) is not var (entry, ledger, unit)) return null;
        var form = await FormAsync(ledger, cancel);
        form.Load(entry.Values);
        form.Set(ledger.Date, FieldValues.Iso(ChinaTime.Today(clock)));
        return new(service, person, form, unit, null, entry);
    }

    /// <summary>A form for changing an entry; null when there is none in the person's scope.</summary>
    public async Task<EntryEditor?> OpenAsync(Person person, long id, CancellationToken cancel = default)
    {
        if (await FindAsync(person, id, cancel) is not var (entry, ledger, unit)) return null;
        var form = await FormAsync(ledger, cancel);
        form.Load(entry.Values);
        return new(service, person, form, unit, entry, entry);
    }

    /// <summary>A form that was left unfinished, as it was left: for a new entry, a copy, or one that is to be changed. Null when its entry is out of the person's scope.</summary>
    public async Task<EntryEditor?> ResumeAsync(Person person, FormDraft draft, Unit unit, long? copyOf = null, CancellationToken cancel = default)
    {
        if (catalog.Ledger(draft.LedgerKey) is not { } ledger) return null;
        var editor = draft.EntryId is { } id ? await AsOpenedAsync(person, id, draft.EntryVersion, cancel)
            : copyOf is { } copy ? await CopyAsync(person, copy, cancel)
            : await NewAsync(person, ledger, unit, cancel: cancel);
        if (editor is null) return null;
        var tree = await units.TreeAsync(cancel);
        editor.Resume(draft, tree.Find(draft.UnitCode) is { } chosen && person.Sees(tree, chosen) ? chosen : null,
            new(catalog, tree, DateOnly.FromDateTime(ChinaTime.Local(draft.UpdatedAt))));
        if (draft.EntryId is { } changed && await lists.FindAsync(person, changed, cancel) is { } current && current.Version != editor.Opened!.Version) editor.Meet(current);
        // Where both agree there is nothing to choose.
        if (editor.Conflict is { Fields.Count: 0, Unit: false }) editor.Resolve(_ => true, theirUnit: null);
        return editor;
    }

    /// <summary>The form as it stood when a version of the entry was opened, so that what others saved since can be told from what was typed.</summary>
    async Task<EntryEditor?> AsOpenedAsync(Person person, long id, int version, CancellationToken cancel)
    {
        var editor = await OpenAsync(person, id, cancel);
        if (editor?.Opened is not { } current || current.Version == version) return editor;
        var then = (await lists.HistoryAsync(person, id, cancel)).Select(line => line.After).FirstOrDefault(after => after?.Version == version);
        if (then is null || (await units.TreeAsync(cancel)).Find(then.Unit) is not { } unit) return editor;
        var opened = current.Copy();
        (opened.Version, opened.Values, opened.UnitId, opened.Date, opened.Title) = (then.Version, then.FieldValues, then.Unit, then.Date, then.Title);
        var form = await FormAsync(editor.Form.Ledger, cancel);
        form.Load(opened.Values);
        return new(service, person, form, unit, opened, opened);
    }

    async Task<(Entry, LedgerDefinition, Unit)?> FindAsync(Person person, long id, CancellationToken cancel) =>
        await lists.FindAsync(person, id, cancel) is { } entry && catalog.Ledger(entry.LedgerKey) is { } ledger
            && (await units.TreeAsync(cancel)).Find(entry.UnitId) is { } unit ? (entry, ledger, unit) : null;

    async Task<EntryForm> FormAsync(LedgerDefinition ledger, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        return new(ledger, new(catalog, await units.TreeAsync(cancel), today), new(catalog, today));
    }
}
