using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>
/// Undoes a batch. Changed entries become what the audit log says they were before; a number they got stays theirs. New
/// entries are taken out, and the numbers they got are given again, as long as nobody else has a later number of the same
/// ledger, unit and year: the register shows no gap, and the audit log keeps the whole row, voided, as its last line.
/// Where later numbers follow, taking out would leave a gap, so there they are voided with the batch as reason.
/// </summary>
sealed class BatchUndo(
    AppDbContext db, UnitTree tree, IEnumerable<IEntryListener> listeners, Person person, EntryBatch batch, LedgerDefinition ledger, PeriodBook periods, DateTime now)
{
    const int BlockedShown = 50;

    readonly HashSet<int> unitIds = [];
    /// <summary>Counters whose numbers others went on from.</summary>
    HashSet<(int UnitId, int Year)> followed = [];
    int removed, voided, restored;

    public IEnumerable<int> UnitIds => unitIds;

    string Reason => $"撤销：{batch.Sentence}";

    IQueryable<EntryBatchItem> Items => db.EntryBatchItems.AsNoTracking().Where(item => item.BatchId == batch.Id);

    /// <summary>The entries that keep the batch from being undone; null when there are none.</summary>
    public async Task<UndoOutcome?> BlockedAsync(CancellationToken cancel)
    {
        var (items, last, undone) = (Items, batch.LastSequence, db.EntryBatches.AsNoTracking().Where(other => other.UndoneAt != null));
        // Whatever was done to an entry, evidence included, is in the audit log. Merely looking at it changes nothing, nor does
        // a later batch that was undone: its lines lie together, since it had written alone.
        string[] harmless = [.. AuditTrail.Looks, "undo"];
        var events = db.AuditEvents.AsNoTracking().Where(e => e.Subject == "entry" && e.Sequence > last && !harmless.Contains(e.Action)
            && !undone.Any(other => e.Sequence >= other.FirstSequence && e.Sequence <= other.LastSequence));
        var changed = from item in items
                      join entry in db.Entries.AsNoTracking() on item.EntryId equals entry.Id
                      where events.Any(e => e.SubjectId == item.EntryId)
                      orderby entry.Id
                      select entry;
        var count = await changed.CountAsync(cancel);
        if (count > 0) return new UndoOutcome.Blocked(await changed.Take(BlockedShown).ToListAsync(cancel), count);
        var months = await (from item in items join entry in db.Entries on item.EntryId equals entry.Id select new { entry.UnitId, entry.Date.Year, entry.Date.Month })
            .Distinct().ToListAsync(cancel);
        foreach (var month in months)
        {
            if (!person.Sees(tree, month.UnitId) || tree.Find(month.UnitId) is not { } unit) return new UndoOutcome.Refused("这一批里有您单位范围以外的记录，不能撤销");
            if (periods.Closed(person, unit, new(month.Year, month.Month, 1)) is { } closed) return new UndoOutcome.Refused(periods.Sentence(closed));
        }
        return null;
    }

    /// <summary>Refused, with nothing to be committed, where an entry lies in a closed month.</summary>
    public async Task<UndoOutcome> RunAsync(IProgress<int>? progress, CancellationToken cancel)
    {
        await TakeNumbersBackAsync(cancel);
        var (after, done) = (0L, 0);
        while (true)
        {
            var items = await Items.Where(item => item.EntryId > after).OrderBy(item => item.EntryId).Take(EntryBatches.Chunk).ToListAsync(cancel);
            if (items.Count == 0) break;
            after = items[^1].EntryId;
            if (await UndoAsync(items, cancel) is { } closed) return new UndoOutcome.Refused(closed);
            db.ChangeTracker.Clear();
            progress?.Report(done += items.Count);
        }
        (batch.UndoneAt, batch.UndoneBy) = (now, person.Name);
        db.EntryBatches.Update(batch);
        await db.SaveChangesAsync(cancel);
        return new UndoOutcome.Done(batch, removed, voided, restored);
    }

    /// <summary>Finds out where others went on from the batch's numbers, and sets the counters back everywhere else.</summary>
    async Task TakeNumbersBackAsync(CancellationToken cancel)
    {
        var items = Items.Where(item => item.Created);
        var created = from item in items join entry in db.Entries on item.EntryId equals entry.Id select entry;
        var given = await created.Where(e => e.Number != null).GroupBy(e => new { e.UnitId, e.Date.Year })
            .Select(group => new { group.Key.UnitId, group.Key.Year, First = group.Min(e => e.Number!.Value) }).ToListAsync(cancel);
        foreach (var numbers in given)
        {
            var (from, to) = (new DateOnly(numbers.Year, 1, 1), new DateOnly(numbers.Year, 12, 31));
            var others = await db.Entries.Where(e => e.LedgerKey == ledger.Key && e.UnitId == numbers.UnitId && e.Date >= from && e.Date <= to
                && !items.Any(item => item.EntryId == e.Id)).MaxAsync(e => e.Number, cancel) ?? 0;
            if (others > numbers.First) followed.Add((numbers.UnitId, numbers.Year));
            else if (await db.SerialCounters.FindAsync([ledger.Key, numbers.UnitId, numbers.Year], cancel) is { } counter) counter.Last = others;
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    async Task<string?> UndoAsync(IReadOnlyList<EntryBatchItem> items, CancellationToken cancel)
    {
        var ids = items.Select(item => item.EntryId).ToList();
        var entries = await db.Entries.Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, cancel);
        var earlier = await EarlierAsync([.. items.Where(item => !item.Created).Select(item => item.EntryId)], cancel);
        var changes = new List<EntryChange>(items.Count);
        foreach (var item in items)
        {
            var entry = entries[item.EntryId];
            var before = entry.Copy();
            var remove = item.Created && (entry.Number is null || !followed.Contains((entry.UnitId, entry.Date.Year)));
            if (item.Created) (entry.State, entry.StateNote, entry.ApprovedBy) = (EntryState.Voided, Reason.Beginning(500), null);
            else Restore(entry, earlier[entry.Id]);
            if (periods.Refusal(person, before, entry) is { } closed) return closed;
            if (remove) removed++; else if (item.Created) voided++; else restored++;
            entry.Version++;
            entry.UpdatedAt = now;
            unitIds.Add(before.UnitId);
            unitIds.Add(entry.UnitId);
            // Nothing is gained by writing a row that goes at once.
            if (remove) db.Entry(entry).State = EntityState.Detached;
            changes.Add(new(before, entry, ledger, "undo", Reason, person, now) { Removed = remove });
        }
        await db.SaveChangesAsync(cancel);
        foreach (var listener in listeners) await listener.OnChangedAsync(db, tree, changes, cancel);
        await db.SaveChangesAsync(cancel);
        var gone = changes.Where(change => change.Removed).Select(change => change.After.Id).ToList();
        if (gone.Count > 0) await db.Entries.Where(entry => gone.Contains(entry.Id)).ExecuteDeleteAsync(cancel);
        return null;
    }

    /// <summary>The entries as they stood before the batch, out of the audit log.</summary>
    async Task<Dictionary<long, EntrySnapshot>> EarlierAsync(IReadOnlyList<long> ids, CancellationToken cancel)
    {
        var snapshots = new Dictionary<long, EntrySnapshot>();
        if (ids.Count == 0) return snapshots;
        var first = batch.FirstSequence;
        var lines = db.AuditEvents.AsNoTracking().Where(e => e.Subject == "entry" && e.Sequence < first && e.After != null && ids.Contains(e.SubjectId!.Value))
            .OrderBy(e => e.Sequence).Select(e => new { Id = e.SubjectId!.Value, e.After }).AsAsyncEnumerable();
        var newest = new Dictionary<long, string>();
        await foreach (var line in lines.WithCancellation(cancel)) newest[line.Id] = line.After!;
        foreach (var (id, json) in newest) snapshots[id] = EntrySnapshot.Read(json);
        return snapshots;
    }

    static void Restore(Entry entry, EntrySnapshot earlier)
    {
        entry.DefinitionVersion = earlier.Definition;
        entry.UnitId = earlier.Unit;
        entry.Date = earlier.Date;
        entry.Title = earlier.Title;
        entry.State = earlier.State;
        entry.StateNote = earlier.Note;
        entry.Values = earlier.FieldValues;
        entry.ApprovedBy = earlier.ApprovedBy;
        entry.ApprovedValues = earlier.ApprovedValues;
        entry.Backdated = earlier.Backdated == true;
    }
}
