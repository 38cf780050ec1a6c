using System.Linq.Expressions;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>A row that a room keeps beside an entry and that follows from the entry alone.</summary>
public interface IEntryRow<in TRow>
{
    long EntryId { get; }

    /// <summary>Tells it from the other rows of its entry.</summary>
    string Key { get; }

    /// <summary>Whether both say the same of the same entry.</summary>
    bool Same(TRow other);
}

/// <summary>A kept row that does not agree with its entry; one of the two is missing where the rows do not match at all.</summary>
public sealed record EntryRowDifference<TRow>(TRow? Stored, TRow? Reckoned) where TRow : class, IEntryRow<TRow>
{
    public long EntryId => (Stored ?? Reckoned)!.EntryId;
    public string Key => (Stored ?? Reckoned)!.Key;
}

/// <summary>
/// Keeps the rows that a room works out of entries, such as time limits, missing documents and pointers: in the transaction of
/// each entry, made anew at start for ledgers whose rules changed, and worked out again to be verified.
/// </summary>
public abstract class EntryRows<TRow>(IDbContextFactory<AppDbContext> contexts) : IEntryListener where TRow : class, IEntryRow<TRow>
{
    /// <summary>Ids in one DELETE, below either database's limit of parameters.</summary>
    const int Batch = 500;
    /// <summary>Rows that belong to nothing are named up to so many.</summary>
    const int MostStrays = 1000;

    /// <summary>Under which setting it is noted by which rules the rows were made.</summary>
    protected abstract string SettingKey { get; }

    /// <summary>What is kept of an entry, always in the same order; empty for entries of which nothing is.</summary>
    public abstract IReadOnlyList<TRow> RowsOf(Entry entry);

    /// <summary>The ledgers that have rows, each with a text that changes when its rows must be made anew.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string>> Rules();

    /// <summary>Which rows are a ledger's.</summary>
    protected abstract Expression<Func<TRow, bool>> OfLedger(string ledger);

    /// <summary>Adds new rows; they are in the database at the latest when the context is saved.</summary>
    protected virtual Task AddAsync(AppDbContext db, IEnumerable<TRow> rows, CancellationToken cancel)
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    }

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var stale = new List<long>();
        var fresh = new List<TRow>();
        // An entry that changed several times counts as it was first and became last.
        foreach (var entry in changes.GroupBy(change => change.After.Id))
        {
            var (before, after) = (entry.First().Before is { } old ? RowsOf(old) : [], RowsOf(entry.Last().After));
            // Most changes leave the rows alone, and then there is nothing to write.
            if (before.Count == after.Count && before.Zip(after).All(pair => pair.First.Same(pair.Second))) continue;
            if (before.Count > 0) stale.Add(entry.Key);
            fresh.AddRange(after);
        }
        // What this context wrote before is replaced by statement, so it must not go on following it.
        foreach (var followed in db.ChangeTracker.Entries<TRow>().Where(row => stale.Contains(row.Entity.EntryId)).ToList()) followed.State = EntityState.Detached;
        foreach (var ids in stale.Chunk(Batch)) await db.Set<TRow>().Where(row => ids.Contains(row.EntryId)).ExecuteDeleteAsync(cancel);
        await AddAsync(db, fresh, cancel);
    }

    /// <summary>Brings what is stored in line with the rules; returns the ledgers whose rows were made anew.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(await db.SettingAsync(SettingKey, cancel) ?? "{}")!;
        var wanted = new SortedDictionary<string, string>(new Dictionary<string, string>(Rules()), StringComparer.Ordinal);
        var changed = wanted.Where(rule => known.GetValueOrDefault(rule.Key) != rule.Value).Select(rule => rule.Key).ToList();
        foreach (var ledger in known.Keys.Where(ledger => !wanted.ContainsKey(ledger)).Concat(changed))
            await db.Set<TRow>().Where(OfLedger(ledger)).ExecuteDeleteAsync(cancel);
        foreach (var ledger in changed)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
            {
                await AddAsync(db, entries.SelectMany(RowsOf), cancel);
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            }
        await db.PutSettingAsync(SettingKey, JsonSerializer.Serialize(wanted), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return changed;
    }

    /// <summary>Every stored row that differs from what its entry says, or belongs to none; empty when all agree.</summary>
    public async Task<IReadOnlyList<EntryRowDifference<TRow>>> DifferencesAsync(AppDbContext db, CancellationToken cancel = default)
    {
        var differences = new List<EntryRowDifference<TRow>>();
        var ledgers = Rules().Select(rule => rule.Key).ToList();
        var (rows, present, matched) = (db.Set<TRow>().AsNoTracking(), db.Entries, 0);
        foreach (var ledger in ledgers)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
            {
                var (first, last) = (entries[0].Id, entries[^1].Id);
                var stored = (await rows.Where(row => row.EntryId >= first && row.EntryId <= last && present.Any(entry => entry.Id == row.EntryId && entry.LedgerKey == ledger)).ToListAsync(cancel))
                    .ToDictionary(row => (row.EntryId, row.Key));
                matched += stored.Count;
                foreach (var row in entries.SelectMany(RowsOf))
                    if (!stored.Remove((row.EntryId, row.Key), out var old) || !old.Same(row)) differences.Add(new(old, row));
                differences.AddRange(stored.Values.Select(left => new EntryRowDifference<TRow>(left, null)));
            }
        // Whatever no entry was read for belongs to nothing that is there.
        if (await rows.CountAsync(cancel) > matched)
        {
            var strays = await rows.Where(row => !present.Any(entry => entry.Id == row.EntryId && ledgers.Contains(entry.LedgerKey))).Take(MostStrays).ToListAsync(cancel);
            differences.AddRange(strays.Select(stray => new EntryRowDifference<TRow>(stray, null)));
        }
        return differences;
    }
}
