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
        var input = new EntryInput(Opened?.Id, form.Ledger.Key, Unit.Code, form.Values, Opened?.Version ?? 0);
        var result = submit ? await service.SubmitAsync(person, input, cancel) : await service.SaveAsync(person, input, cancel);
        switch (result)
        {
            case EntryResult.Done(var entry):
                (Opened, stored, storedUnit) = (entry, form.Values, Unit);
                break;
            case EntryResult.Invalid(var refused):
                form.Refuse(refused);
                break;
            case EntryResult.Conflict(var theirs):
                Conflict = new(theirs, EntryMerge.Compare(form.Ledger, stored, form.Values, theirs.Values), theirs.UnitId != Unit.Id);
                break;
        }
        return result;
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
    public async Task<EntryEditor> NewAsync(Person person, LedgerDefinition ledger, Unit unit, CancellationToken cancel = default)
    {
        var form = await FormAsync(ledger, cancel);
        form.LoadDefaults();
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

    async Task<(Entry, LedgerDefinition, Unit)?> FindAsync(Person person, long id, CancellationToken cancel) =>
        await lists.FindAsync(person, id, cancel) is { } entry && catalog.Ledger(entry.LedgerKey) is { } ledger
            && (await units.TreeAsync(cancel)).Find(entry.UnitId) is { } unit ? (entry, ledger, unit) : null;

    async Task<EntryForm> FormAsync(LedgerDefinition ledger, CancellationToken cancel)
    {
        var today = ChinaTime.Today(clock);
        return new(ledger, new(catalog, await units.TreeAsync(cancel), today), new(catalog, today));
    }
}
