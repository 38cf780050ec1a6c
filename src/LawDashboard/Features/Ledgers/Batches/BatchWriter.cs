using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>Writes decided changes inside the batch's transaction: entries, serial numbers, what the listeners keep, and the batch itself.</summary>
sealed class BatchWriter
{
    readonly AppDbContext db;
    readonly UnitTree tree;
    readonly IReadOnlyList<IEntryListener> listeners;
    readonly BatchRequest request;
    readonly EntryBatch batch;
    readonly HashSet<int> unitIds = [];

    BatchWriter(AppDbContext db, UnitTree tree, IEnumerable<IEntryListener> listeners, BatchRequest request, EntryBatch batch) =>
        (this.db, this.tree, this.listeners, this.request, this.batch) = (db, tree, [.. listeners], request, batch);

    /// <summary>Units whose entries were written.</summary>
    public IEnumerable<int> UnitIds => unitIds;

    public static async Task<BatchWriter> BeginAsync(
        AppDbContext db, UnitTree tree, IEnumerable<IEntryListener> listeners, BatchRequest request, Person person, DateTime now, CancellationToken cancel)
    {
        var batch = new EntryBatch
        {
            Kind = request.Kind, Sentence = request.Sentence.Shortened(500), LedgerKey = request.Ledger.Key,
            UnitId = request.Unit.Id, PersonId = person.Id, PersonName = person.Name, At = now,
            FirstSequence = ((await AuditTrail.LastAsync(db, cancel))?.Sequence ?? 0) + 1,
        };
        db.EntryBatches.Add(batch);
        foreach (var ((code, year), number) in request.BroughtNumbers)
            if (tree.Find(code) is { } unit) await SerialNumbers.TakeAsync(db, request.Ledger, unit.Id, year, number, cancel);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return new(db, tree, listeners, request, batch);
    }

    public async Task WriteAsync(IReadOnlyList<DecidedChange> decided, CancellationToken cancel)
    {
        if (decided.Count == 0) return;
        foreach (var (change, needsNumber) in decided)
        {
            var (entry, unit) = (change.After, tree[change.After.UnitId]);
            if (needsNumber) await SerialNumbers.GiveAsync(db, request.Ledger, unit, entry, cancel);
            else if (change.Before is null && entry.Number is { } number) await SerialNumbers.TakeAsync(db, request.Ledger, unit.Id, entry.Date.Year, number, cancel);
            entry.Version++;
            entry.UpdatedAt = change.At;
            unitIds.Add(entry.UnitId);
        }
        // New entries go past the context, which would spend more time on them than the database; changed ones it tracks.
        await InsertAsync([.. decided.Where(d => d.Change.Before is null).Select(d => d.Change.After)], cancel);
        await db.SaveChangesAsync(cancel);
        EntryChange[] changes = [.. decided.Select(d => d.Change)];
        foreach (var listener in listeners) await listener.OnChangedAsync(db, tree, changes, cancel);
        await db.SaveChangesAsync(cancel);
        await NoteAsync(changes, cancel);
    }

    /// <summary>Completes the batch's own row; the caller commits.</summary>
    public async Task<EntryBatch> EndAsync(CancellationToken cancel)
    {
        batch.LastSequence = (await AuditTrail.LastAsync(db, cancel))?.Sequence ?? 0;
        db.EntryBatches.Update(batch);
        await db.SaveChangesAsync(cancel);
        return batch;
    }

    async Task InsertAsync(IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        if (entries.Count == 0) return;
        await using var writer = new BulkWriter<Entry>(db);
        var id = await writer.TakeKeysAsync(entries.Count, cancel);
        foreach (var entry in entries)
        {
            entry.Id = id++;
            await writer.AddAsync(entry, cancel);
        }
        await writer.FlushAsync(cancel);
    }

    async Task NoteAsync(IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        await using var writer = new BulkWriter<EntryBatchItem>(db);
        foreach (var change in changes)
        {
            var created = change.Before is null;
            if (created) batch.Created++; else batch.Changed++;
            await writer.AddAsync(new() { BatchId = batch.Id, EntryId = change.After.Id, Version = change.After.Version, Created = created }, cancel);
        }
        await writer.FlushAsync(cancel);
    }
}
