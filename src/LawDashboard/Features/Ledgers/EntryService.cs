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
    public Task<EntryResult> SaveAsync(Person person, EntryInput input, CancellationToken cancel = default) =>
        UnlessBusyAsync(() => WriteAsync(person, input, submit: false, cancel));

    /// <summary>Saves and submits for review in one step.</summary>
    public Task<EntryResult> SubmitAsync(Person person, EntryInput input, CancellationToken cancel = default) =>
        UnlessBusyAsync(() => WriteAsync(person, input, submit: true, cancel));

    /// <summary>Submits, approves, returns, unlocks or voids. Returns, unlockings and voidings need a note.</summary>
    public Task<EntryResult> MoveAsync(Person person, long id, int version, EntryAction action, string? note, CancellationToken cancel = default) =>
        UnlessBusyAsync(() => MoveNowAsync(person, id, version, action, note, cancel));

    async Task<EntryResult> MoveNowAsync(Person person, long id, int version, EntryAction action, string? note, CancellationToken cancel)
    {
        note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (EntryRules.NoteRefusal(action, note) is { } missing) return missing;
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var entry = await db.Entries.SingleOrDefaultAsync(e => e.Id == id, cancel);
        if (entry is null || !person.Sees(tree, entry.UnitId) || catalog.Ledger(entry.LedgerKey) is not { } ledger) return NotFound(id);
        var before = entry.Copy();
        var rules = await RulesAsync(db, tree, [entry.Date], cancel);
        var missingFiles = action == EntryAction.Submit ? await files.MissingAsync(db, ledger, entry.Values, entry.Id, null, cancel) : [];
        if (rules.Move(person, entry, version, ledger, action, note, out var told, missingFiles) is { } refusal) return refusal;
        await CommitAsync(db, transaction, tree, new(before, entry, ledger, EntryRules.Name(action), told, person, Now()), cancel);
        return new EntryResult.Done(entry);
    }

    /// <summary>Whoever waits behind a large import is told so at last, and keeps what he typed.</summary>
    static async Task<EntryResult> UnlessBusyAsync(Func<Task<EntryResult>> work)
    {
        try
        {
            return await work();
        }
        catch (DatabaseBusyException e)
        {
            return new EntryResult.Refused(e.Message);
        }
    }

    async Task<EntryResult> WriteAsync(Person person, EntryInput input, bool submit, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        if (catalog.Ledger(input.Ledger) is not { } ledger) return new EntryResult.Refused($"没有台账“{input.Ledger}”");
        var unit = tree.Find(input.UnitCode);
        if (EntryRules.Refusal(person, tree, unit) is { } refused) return refused;

        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var now = Now();
        var form = FormEnding.Submission(input with { Values = EntryValidator.Clean(ledger, input.Values) }, submit);
        if (await FormEnding.ReceiptAsync(db, input.Form, cancel) is { } receipt)
        {
            if (receipt.PersonId != person.Id) return new EntryResult.Refused("这份填写属于另一个账号");
            if (receipt.Fingerprint == form!.Fingerprint && await db.Entries.SingleAsync(e => e.Id == receipt.EntryId, cancel) is var saved && person.Sees(tree, saved.UnitId))
                return new EntryResult.Done(saved);
            // The same form, changed since it was saved: it goes on with the entry that it became.
            input = input with { Id = receipt.EntryId, Version = receipt.Version };
        }
        var entry = input.Id is { } id ? await db.Entries.SingleOrDefaultAsync(e => e.Id == id, cancel) : EntryRules.New(person, ledger, unit!, now);
        if (entry is null || !person.Sees(tree, entry.UnitId) || entry.LedgerKey != ledger.Key) return NotFound(input.Id ?? 0);
        var before = input.Id is null ? null : entry.Copy();
        var rules = await RulesAsync(db, tree, [entry.Date, input.Values.Date(ledger.Date) ?? entry.Date], cancel);
        var missingFiles = submit ? await files.MissingAsync(db, ledger, EntryValidator.Clean(ledger, input.Values), input.Id, input.Form, cancel) : [];
        if (rules.Write(person, entry, input.Id is null ? null : input.Version, ledger, unit!, input.Values, submit, out var note, missingFiles) is { } refusal) return refusal;
        if (submit && entry.Number is null) await SerialNumbers.GiveAsync(db, ledger, unit!, entry, cancel);
        if (before is null) db.Entries.Add(entry);
        var action = before is null ? "create" : submit && before.State != entry.State ? "submit" : "edit";
        await CommitAsync(db, transaction, tree, new(before, entry, ledger, action, note, person, now) { Form = form }, cancel);
        return new EntryResult.Done(entry);
    }

    async Task CommitAsync(AppDbContext db, WriteTransaction transaction, UnitTree tree, EntryChange change, CancellationToken cancel)
    {
        change.After.Version++;
        change.After.UpdatedAt = change.At;
        // The entry first: listeners need its id.
        await db.SaveChangesAsync(cancel);
        foreach (var listener in listeners) await listener.OnChangedAsync(db, tree, [change], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        var lines = db.ChangeTracker.Entries<Audit.AuditEvent>().Select(line => line.Entity.Sequence).Order().ToList();
        foreach (var unitId in new[] { change.After.UnitId, change.Before?.UnitId ?? change.After.UnitId }.Distinct())
            news.Publish(new(tree[unitId], change.Ledger.Key) { Lines = lines.Count == 0 ? null : new(lines[0], lines[^1]) });
    }

    async Task<EntryRules> RulesAsync(AppDbContext db, UnitTree tree, IReadOnlyCollection<DateOnly> days, CancellationToken cancel) =>
        new(catalog, versions, tree, await PeriodBook.ReadAsync(db, tree, ChinaTime.Today(clock), days, cancel), ChinaTime.Today(clock));
    DateTime Now() => ChinaTime.Now(clock);
    static EntryResult.Refused NotFound(long id) => new($"没有记录{id}，或不在您的单位范围内");
}
