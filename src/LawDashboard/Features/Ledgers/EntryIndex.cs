using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>How far the search index is behind: entries that can be found, of all.</summary>
public sealed record IndexProgress(int Done, int Total)
{
    public int Percent => Total == 0 ? 100 : (int)(100L * Done / Total);
    public override string ToString() => $"正在为已有记录建立搜索索引，已完成{Percent}%，结果可能还不全。";
}

/// <summary>Keeps the search index: in the transaction of each change, and of what was loaded past it, afterwards.</summary>
public sealed class EntryIndex(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog) : IEntryListener
{
    const string RulesKey = "search.rules";
    /// <summary>Short enough that whoever saves meanwhile does not notice.</summary>
    const int Chunk = 300;
    const int BulkChunk = 10_000;
    /// <summary>From so many changes on, several processors read them.</summary>
    const int Many = 32;

    readonly EntryText texts = new(catalog);
    volatile IndexProgress? progress;

    /// <summary>Null when every entry can be found.</summary>
    public IndexProgress? Progress => progress;

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        await SearchIndex.RemoveAsync(db, changes.Where(change => change.Removed).Select(change => change.After.Id), cancel);
        var found = changes.Count < Many ? changes.Select(Document) : changes.AsParallel().AsOrdered().Select(Document);
        await SearchIndex.PutAsync(db, [.. found.OfType<SearchDocument>()], cancel);
    }

    /// <summary>
    /// Takes out the entries of ledgers whose fields are searched otherwise than when they were put in, so that a field
    /// that became personal is no longer found; they are put in again as those are that never were.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var before = await db.SettingAsync(RulesKey, cancel) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        var now = catalog.Ledgers.ToDictionary(ledger => ledger.Key, texts.Fingerprint, StringComparer.Ordinal);
        foreach (var (ledger, rules) in now)
            if (before.TryGetValue(ledger, out var old) && old != rules)
                await SearchIndex.RemoveAsync(db, await db.Entries.Where(entry => entry.LedgerKey == ledger).Select(entry => entry.Id).ToListAsync(cancel), cancel);
        if (before.Count != now.Count || before.Any(pair => now.GetValueOrDefault(pair.Key) != pair.Value))
        {
            await db.PutSettingAsync(RulesKey, JsonSerializer.Serialize(now), cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Puts in whatever is missing, a few hundred entries at a time; returns how many.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var total = await db.Entries.CountAsync(cancel);
        if (total == await db.SearchRows.CountAsync(cancel)) return Finished(0);
        var (put, after) = (0, 0L);
        while (true)
        {
            progress = new(await db.SearchRows.CountAsync(cancel), total);
            await using var transaction = await db.BeginWriteAsync(cancel);
            var last = await PutNextAsync(db, after, Chunk, cancel);
            await transaction.CommitAsync(cancel);
            if (last is not var (count, id)) return Finished(put);
            (put, after) = (put + count, id);
            // Who waits for the database gets it now.
            await Task.Delay(10, cancel);
        }
    }

    /// <summary>The same while nobody else works: large pieces, tidied at the end.</summary>
    public async Task<int> FillAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Entries.CountAsync(cancel) == await db.SearchRows.CountAsync(cancel)) return Finished(0);
        await using var load = await BulkLoad.BeginAsync(db, cancel);
        var (put, after) = (0, 0L);
        while (await PutNextAsync(db, after, BulkChunk, cancel) is var (count, id))
        {
            (put, after) = (put + count, id);
            await load.BreatheAsync(count, cancel);
        }
        await SearchIndex.TidyAsync(db, cancel);
        await load.CompleteAsync(cancel);
        return Finished(put);
    }

    /// <summary>What is wrong with the index, in sentences: entries that are missing, outdated or gone; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (missing, outdated) = (new List<long>(), new List<long>());
        var rows = await db.SearchRows.AsNoTracking().ToDictionaryAsync(row => row.EntryId, row => row.Hash, cancel);
        await foreach (var entry in db.Entries.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            if (!rows.Remove(entry.Id, out var hash)) missing.Add(entry.Id);
            else if (hash != SearchHash.Of(texts.Document(entry))) outdated.Add(entry.Id);
        var faults = new List<string>();
        if (missing.Count > 0) faults.Add($"{missing.Count}条记录还没有编入索引（{Some(missing)}）；启动网站后自动补齐");
        if (outdated.Count > 0) faults.Add($"{outdated.Count}条记录的索引与内容不符（{Some(outdated)}）");
        if (rows.Count > 0) faults.Add($"索引中有{rows.Count}条不存在的记录（{Some(rows.Keys)}）");
        if (!await SearchIndex.IsSoundAsync(db, cancel)) faults.Add("索引表已损坏");
        return faults;
    }

    static string Some(IEnumerable<long> ids) => string.Join('、', ids.Order().Take(5));

    /// <summary>The next entries that are not in the index; how many, and the last one's id, or null when there are none.</summary>
    async Task<(int Count, long LastId)?> PutNextAsync(AppDbContext db, long after, int most, CancellationToken cancel)
    {
        var indexed = db.SearchRows;
        var entries = await db.Entries.AsNoTracking().Where(entry => entry.Id > after && !indexed.Any(row => row.EntryId == entry.Id))
            .OrderBy(entry => entry.Id).Take(most).ToListAsync(cancel);
        if (entries.Count == 0) return null;
        await SearchIndex.PutAsync(db, [.. entries.AsParallel().AsOrdered().Select(texts.Document)], cancel);
        return (entries.Count, entries[^1].Id);
    }

    /// <summary>What to put into the index; null when the change makes no difference to what the entry is found by.</summary>
    SearchDocument? Document(EntryChange change)
    {
        if (change.Removed) return null;
        var now = texts.Document(change.After);
        if (change.Before is not { } before) return now;
        var then = texts.Document(before);
        return then.Open == now.Open && then.Personal == now.Personal && then.Scopes.SequenceEqual(now.Scopes) ? null : now;
    }

    int Finished(int put)
    {
        progress = null;
        return put;
    }
}

/// <summary>Lets the index catch up while the website already serves: after an update, or a load past it.</summary>
sealed class EntryIndexing(EntryIndex index, ILogger<EntryIndexing> log) : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                // The database answers synchronously; the start of the website must not wait for it.
                await Task.Run(() => index.CatchUpAsync(stoppingToken), stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "The search index could not catch up; tried again in {Minutes} minute", Again.TotalMinutes);
                await Task.Delay(Again, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }
}
