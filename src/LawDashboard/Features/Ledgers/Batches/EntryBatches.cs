using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Batches;

/// <summary>
/// Writes many entries in one transaction, as one batch: checked like single edits, told to every <see cref="IEntryListener"/>
/// some thousand at a time, all of it or nothing. Edits are streamed, so memory does not depend on their number.
/// </summary>
public sealed class EntryBatches(
    IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, LedgerVersions versions, UnitDirectory units,
    IEnumerable<IEntryListener> listeners, IEnumerable<IEntryFiles> files, EntryNews news, TimeProvider clock)
{
    /// <summary>Changes told at a time: the more, the fewer tallies are written twice; some megabytes each.</summary>
    internal const int Chunk = 8_000;

    public const int PageSize = 20;

    /// <param name="progress">Told the number of edits looked at, after every some thousand.</param>
    public async Task<BatchOutcome> RunAsync(
        Person person, BatchRequest request, IAsyncEnumerable<BatchEdit> edits, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (EntryRules.Refusal(person, tree, request.Unit) is { } refused)
            return new(null, 0, 0, 0, [new(0, null, BatchDecider.Sentences(refused))], 1);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = request.Trial ? null : await db.BeginWriteAsync(cancel, Providers.LongPatience);
        var today = ChinaTime.Today(clock);
        var rules = new EntryRules(catalog, versions, tree, await PeriodBook.ReadAsync(db, tree, today, null, cancel), today);
        var decider = new BatchDecider(rules, files, tree, person, request, ChinaTime.Now(clock));
        var writer = request.Trial ? null : await BatchWriter.BeginAsync(db, tree, listeners, request, person, decider.Now, cancel);
        var seen = 0;
        await foreach (var chunk in InChunksAsync(edits, cancel))
        {
            // Off the caller's thread: a page that waits for its import still answers.
            var changes = await Task.Run(() => decider.DecideAsync(db, chunk, cancel), cancel);
            // Once a row is refused and none may be left out, the rest is only checked.
            if (writer is not null && (request.SkipFaulty || decider.Faulty == 0)) await writer.WriteAsync(changes, cancel);
            db.ChangeTracker.Clear();
            progress?.Report(seen += chunk.Count);
        }
        var outcome = new BatchOutcome(null, decider.Created, decider.Changed, decider.Unchanged, decider.Errors, decider.Faulty);
        if (writer is null || (decider.Faulty > 0 && !request.SkipFaulty) || decider.Created + decider.Changed == 0) return outcome;
        var batch = await writer.EndAsync(cancel);
        await transaction!.CommitAsync(cancel);
        foreach (var unitId in writer.UnitIds) news.Publish(new(tree[unitId], request.Ledger.Key));
        return outcome with { Batch = batch };
    }

    /// <summary>Batches of units that the person sees, newest first, with one more than a page where there are more. Pages count from 1.</summary>
    public async Task<IReadOnlyList<EntryBatch>> ListAsync(Person person, string kind, int page = 1, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var batches = db.EntryBatches.AsNoTracking().Where(batch => batch.Kind == kind);
        if (person.UnitId is not null)
        {
            var seen = person.Tops(tree).SelectMany(tree.Subtree).Select(unit => unit.Id).ToList();
            batches = batches.Where(batch => seen.Contains(batch.UnitId));
        }
        return await batches.OrderByDescending(batch => batch.Id).Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancel);
    }

    /// <summary>One batch; null when there is none in a unit that the person sees.</summary>
    public async Task<EntryBatch?> FindAsync(Person person, int id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.EntryBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is { } batch
            && person.Sees(await units.TreeAsync(cancel), batch.UnitId) ? batch : null;
    }

    /// <summary>Why the person may not undo the batch; null when he may, as far as can be told without looking at its entries.</summary>
    public static string? UndoRefusal(Person person, EntryBatch batch) =>
        batch.UndoneAt is not null ? $"这一批已由{batch.UndoneBy}撤销"
        : person.CanReview || (person.CanRecord && person.Id == batch.PersonId) ? null
        : "只有本人或审核员可以撤销";

    /// <summary>Brings every entry of the batch back to what it was before, or, when one was changed since, none. See <see cref="BatchUndo"/>.</summary>
    public async Task<UndoOutcome> UndoAsync(Person person, int id, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel, Providers.LongPatience);
        if (await db.EntryBatches.SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } batch || !person.Sees(tree, batch.UnitId)
            || catalog.Ledger(batch.LedgerKey) is not { } ledger) return new UndoOutcome.Refused("没有这一批，或不在您的单位范围内");
        if (UndoRefusal(person, batch) is { } reason) return new UndoOutcome.Refused(reason);
        var periods = await PeriodBook.ReadAsync(db, tree, ChinaTime.Today(clock), null, cancel);
        var undo = new BatchUndo(db, tree, listeners, person, batch, ledger, periods, ChinaTime.Now(clock));
        if (await undo.BlockedAsync(cancel) is { } blocked) return blocked;
        var done = await undo.RunAsync(progress, cancel);
        if (done is not UndoOutcome.Done) return done;
        await transaction.CommitAsync(cancel);
        foreach (var unitId in undo.UnitIds) news.Publish(new(tree[unitId], ledger.Key));
        return done;
    }

    static async IAsyncEnumerable<List<BatchEdit>> InChunksAsync(IAsyncEnumerable<BatchEdit> edits, [EnumeratorCancellation] CancellationToken cancel)
    {
        var chunk = new List<BatchEdit>();
        await foreach (var edit in edits.WithCancellation(cancel))
        {
            chunk.Add(edit);
            if (chunk.Count < Chunk) continue;
            yield return chunk;
            chunk = [];
        }
        if (chunk.Count > 0) yield return chunk;
    }
}
