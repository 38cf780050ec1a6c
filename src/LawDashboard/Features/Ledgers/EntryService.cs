using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>What came of a change. Expected failures are values, shown where they belong.</summary>
public abstract record EntryResult
{
    public sealed record Done(Entry Entry) : EntryResult;
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : EntryResult;
    /// <summary>Somebody else saved in between; carries the entry as it is now.</summary>
    public sealed record Conflict(Entry Current) : EntryResult;
    /// <summary>Not allowed, or no such entry in the person's scope; says why.</summary>
    public sealed record Refused(string Reason) : EntryResult;
}

/// <summary>An entry as typed. <see cref="Id"/> null for a new one; <see cref="Version"/> is the one that was opened.</summary>
/// <param name="Form">The form it was typed into; sent twice, it is saved once.</param>
public sealed record EntryInput(long? Id, string Ledger, string UnitCode, FieldValues Values, int Version = 0, Guid? Form = null);

/// <summary>
/// Saves and moves entries. Each change is one transaction: the entry, its serial number and whatever the registered
/// <see cref="IEntryListener"/>s write (audit, tallies); all of it or nothing.
/// </summary>
public sealed class EntryService(
    IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, LedgerVersions versions, UnitDirectory units,
    IEnumerable<IEntryListener> listeners, IEnumerable<IEntryFiles> files, EntryNews news, TimeProvider clock)
{
    /// <summary>
    /// Saves without submitting. A new entry becomes a draft, and a draft may be incomplete; an entry under review stays
    /// there and must be complete.
    /// </summary>
    public Task<EntryResult> SaveAsync(Person person, EntryInput input, CancellationToken cancel = default) => WriteAsync(person, input, submit: false, cancel);

    /// <summary>Saves and submits for review in one step.</summary>
    public Task<EntryResult> SubmitAsync(Person person, EntryInput input, CancellationToken cancel = default) => WriteAsync(person, input, submit: true, cancel);

    /// <summary>Submits, approves, returns, unlocks or voids. Returns, unlockings and voidings need a note.</summary>
    public async Task<EntryResult> MoveAsync(Person person, long id, int version, EntryAction action, string? note, CancellationToken cancel = default)
    {
        note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (EntryWorkflow.NeedsNote(action) && note is null)
            return new EntryResult.Invalid([new("note", action == EntryAction.Return ? "请写明退回的原因和需要修改的内容" : $"请写明{EntryWorkflow.Label(action)}的原因")]);
        if (note?.Length > 500) return new EntryResult.Invalid([new("note", "说明最多500字")]);
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var entry = await db.Entries.SingleOrDefaultAsync(e => e.Id == id, cancel);
        if (entry is null || !person.Sees(tree, entry.UnitId) || catalog.Ledger(entry.LedgerKey) is not { } ledger) return NotFound(id);
        if (EntryWorkflow.Refusal(person, entry, action) is { } refusal) return new EntryResult.Refused(refusal);
        if (entry.Version != version) return new EntryResult.Conflict(entry);
        if (action == EntryAction.Submit && await IncompleteAsync(db, ledger, entry, cancel) is { Count: > 0 } errors) return new EntryResult.Invalid(errors);

        var periods = await PeriodBook.ReadAsync(db, tree, Today(), [entry.Date], cancel);
        var (closed, excepted) = periods.Judge(person, ledger, entry, entry);
        if (closed is not null) return new EntryResult.Refused(closed);
        note = string.Join('；', new[] { note, excepted }.OfType<string>()) is { Length: > 0 } told ? told : null;

        var before = entry.Copy();
        entry.ApprovedValues = action switch { EntryAction.Unlock => entry.Values, EntryAction.Approve => null, _ => entry.ApprovedValues };
        entry.State = EntryWorkflow.Next(action);
        entry.StateNote = EntryWorkflow.NeedsNote(action) ? note : null;
        entry.ApprovedBy = action == EntryAction.Approve ? person.Name : null;
        await CommitAsync(db, transaction, tree, new(before, entry, ledger, Name(action), note, person, Now()), cancel);
        return new EntryResult.Done(entry);
    }

    async Task<EntryResult> WriteAsync(Person person, EntryInput input, bool submit, CancellationToken cancel)
    {
        if (!person.CanRecord) return new EntryResult.Refused($"{Person.Label(person.Role)}不能登记台账");
        var tree = await units.TreeAsync(cancel);
        if (catalog.Ledger(input.Ledger) is not { } ledger) return new EntryResult.Refused($"没有台账“{input.Ledger}”");
        if (tree.Find(input.UnitCode) is not { } unit || !person.Sees(tree, unit))
            return new EntryResult.Invalid([new("unit", "请选择您所在单位或其下级单位")]);
        var values = EntryValidator.Clean(ledger, input.Values);

        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var now = Now();
        var form = FormEnding.Submission(input with { Values = values }, submit);
        if (await FormEnding.ReceiptAsync(db, input.Form, cancel) is { } receipt)
        {
            if (receipt.PersonId != person.Id) return new EntryResult.Refused("这份填写属于另一个账号");
            if (receipt.Fingerprint == form!.Fingerprint && await db.Entries.SingleAsync(e => e.Id == receipt.EntryId, cancel) is var saved && person.Sees(tree, saved.UnitId))
                return new EntryResult.Done(saved);
            // The same form, changed since it was saved: it goes on with the entry that it became.
            input = input with { Id = receipt.EntryId, Version = receipt.Version };
        }
        var entry = input.Id is { } id ? await db.Entries.SingleOrDefaultAsync(e => e.Id == id, cancel)
            : new Entry
            {
                LedgerKey = ledger.Key, UnitId = unit.Id, Date = Today(), Title = "", Values = FieldValues.Empty,
                Version = 0, CreatedById = person.Id, CreatedBy = person.Name, CreatedAt = now,
            };
        if (entry is null || !person.Sees(tree, entry.UnitId) || entry.LedgerKey != ledger.Key) return NotFound(input.Id ?? 0);
        if (!EntryWorkflow.CanEdit(person, entry)) return new EntryResult.Refused($"记录现在是“{EntryWorkflow.Label(entry.State)}”，不能修改{(entry.State == EntryState.Approved ? "；确需修改，请审核员或负责人先解除锁定" : "")}");
        if (input.Id is not null && entry.Version != input.Version) return new EntryResult.Conflict(entry);

        var errors = Errors(ledger, entry, unit, values, complete: submit || entry.State == EntryState.Submitted);
        if (submit) errors.AddRange(await files.MissingAsync(db, ledger, values, input.Id, input.Form, cancel));
        if (errors.Count > 0) return new EntryResult.Invalid(errors);

        var before = input.Id is null ? null : entry.Copy();
        entry.UnitId = unit.Id;
        entry.Values = values;
        entry.Date = values.Date(ledger.Date) ?? entry.Date;
        entry.Title = new FieldText(catalog, tree).Title(ledger, values);
        entry.DefinitionVersion = versions.Current(ledger.Key);
        var periods = await PeriodBook.ReadAsync(db, tree, Today(), [entry.Date, before?.Date ?? entry.Date], cancel);
        var (closed, note) = periods.Judge(person, ledger, before, entry);
        if (closed is not null) return new EntryResult.Invalid([new(ledger.Date, closed)]);
        if (submit && entry.State is EntryState.Draft or EntryState.Returned)
        {
            entry.State = EntryState.Submitted;
            entry.StateNote = null;
        }
        if (submit && entry.Number is null) await SerialNumbers.GiveAsync(db, ledger, unit, entry, cancel);
        if (before is null) db.Entries.Add(entry);
        var action = before is null ? "create" : submit && before.State != entry.State ? "submit" : "edit";
        await CommitAsync(db, transaction, tree, new(before, entry, ledger, action, note, person, now) { Form = form }, cancel);
        return new EntryResult.Done(entry);
    }

    /// <summary>Drafts may be incomplete, but what is filled must be right; a number once given keeps its unit and year.</summary>
    List<FieldError> Errors(LedgerDefinition ledger, Entry entry, Unit unit, FieldValues values, bool complete)
    {
        var errors = Validator().Check(ledger, values).Where(error => complete || values.Filled(error.Field)).ToList();
        if (entry.Number is null) return errors;
        if (values.Date(ledger.Date) is { } date && date.Year != entry.Date.Year)
            errors.Add(new(ledger.Date, $"编号{entry.Serial}属于{entry.Date.Year}年，日期不能改到{date.Year}年；请作废后重新登记"));
        if (unit.Id != entry.UnitId)
            errors.Add(new("unit", $"编号{entry.Serial}属于原单位，单位不能再改；请作废后重新登记"));
        return errors;
    }

    async Task<List<FieldError>> IncompleteAsync(AppDbContext db, LedgerDefinition ledger, Entry entry, CancellationToken cancel) =>
        [.. Validator().Check(ledger, entry.Values), .. await files.MissingAsync(db, ledger, entry.Values, entry.Id, null, cancel)];

    async Task CommitAsync(AppDbContext db, WriteTransaction transaction, UnitTree tree, EntryChange change, CancellationToken cancel)
    {
        change.After.Version++;
        change.After.UpdatedAt = change.At;
        // The entry first: listeners need its id.
        await db.SaveChangesAsync(cancel);
        foreach (var listener in listeners) await listener.OnChangedAsync(db, tree, [change], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var unitId in new[] { change.After.UnitId, change.Before?.UnitId ?? change.After.UnitId }.Distinct())
            news.Publish(new(tree[unitId], change.Ledger.Key));
    }

    EntryValidator Validator() => new(catalog, Today());
    DateOnly Today() => ChinaTime.Today(clock);
    DateTime Now() => ChinaTime.Now(clock);
    static EntryResult.Refused NotFound(long id) => new($"没有记录{id}，或不在您的单位范围内");
    static string Name(EntryAction action) => action.ToString().ToLowerInvariant();
}
