using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Pointers;

/// <summary>Keeps the pointers to entries, in the entry's transaction, and makes them anew when a rule changed.</summary>
public sealed class EntryPointers(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, IEnumerable<IPointerRule> rules) : IEntryListener
{
    const string SettingKey = "pointers.rules";
    /// <summary>Ids in one DELETE, below either database's limit of parameters.</summary>
    const int Batch = 500;

    readonly IPointerRule[] rules = [.. rules];

    public static string Key(string ledger, string name) => $"{ledger}/{name}";

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var stale = new List<long>();
        var fresh = new List<EntryPointer>();
        // An entry that changed several times counts as it was first and became last.
        foreach (var entry in changes.GroupBy(change => change.After.Id))
        {
            var (before, after) = (entry.First().Before is { } old ? RowsOf(old) : [], RowsOf(entry.Last().After));
            // Most changes leave the pointers alone, and then there is nothing to write.
            if (before.Select(Told).SequenceEqual(after.Select(Told))) continue;
            if (before.Count > 0) stale.Add(entry.Key);
            fresh.AddRange(after);
        }
        foreach (var ids in stale.Chunk(Batch)) await db.EntryPointers.Where(pointer => ids.Contains(pointer.EntryId)).ExecuteDeleteAsync(cancel);
        await WriteAsync(db, fresh, cancel);
    }

    /// <summary>What points to the entry.</summary>
    public IReadOnlyList<EntryPointer> RowsOf(Entry entry)
    {
        if (entry.State == EntryState.Voided) return [];
        List<EntryPointer>? rows = null;
        foreach (var rule in rules)
            foreach (var (name, order) in rule.Of(entry))
                (rows ??= []).Add(new() { EntryId = entry.Id, Key = Key(entry.LedgerKey, name), UnitId = entry.UnitId, Order = order });
        return rows ?? (IReadOnlyList<EntryPointer>)[];
    }

    /// <summary>Brings what is stored in line with the rules; returns the ledgers whose pointers were made anew.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = JsonSerializer.Deserialize<Dictionary<string, string>>(await db.SettingAsync(SettingKey, cancel) ?? "{}")!;
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var ledger in catalog.Ledgers)
            if (string.Join('|', rules.Select(rule => rule.Fingerprint(ledger.Key))) is var print && print.Trim('|').Length > 0) wanted[ledger.Key] = print;
        var changed = wanted.Where(rule => known.GetValueOrDefault(rule.Key) != rule.Value).Select(rule => rule.Key).ToList();
        foreach (var ledger in known.Keys.Where(ledger => !wanted.ContainsKey(ledger)).Concat(changed))
            if (Key(ledger, "") is var prefix) await db.EntryPointers.Where(pointer => pointer.Key.StartsWith(prefix)).ExecuteDeleteAsync(cancel);
        foreach (var ledger in changed)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
                await WriteAsync(db, entries.SelectMany(RowsOf), cancel);
        if (changed.Count > 0 || known.Count != wanted.Count) await db.PutSettingAsync(SettingKey, JsonSerializer.Serialize(wanted), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return changed;
    }

    /// <summary>How many entries' stored pointers differ from what their values say, and pointers to nothing.</summary>
    public async Task<int> DifferencesAsync(AppDbContext db, CancellationToken cancel)
    {
        var (different, matched) = (0, 0);
        foreach (var ledger in catalog.Ledgers)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger.Key, cancel))
            {
                var (first, last, prefix) = (entries[0].Id, entries[^1].Id, Key(ledger.Key, ""));
                var stored = (await db.EntryPointers.AsNoTracking().Where(pointer => pointer.EntryId >= first && pointer.EntryId <= last && pointer.Key.StartsWith(prefix)).ToListAsync(cancel))
                    .ToLookup(pointer => pointer.EntryId, Told);
                matched += stored.Sum(pointers => pointers.Count());
                different += entries.Count(entry => !stored[entry.Id].ToHashSet().SetEquals(RowsOf(entry).Select(Told)));
            }
        return different + Math.Max(0, await db.EntryPointers.CountAsync(cancel) - matched);
    }

    static async Task WriteAsync(AppDbContext db, IEnumerable<EntryPointer> pointers, CancellationToken cancel)
    {
        BulkWriter<EntryPointer>? writer = null;
        try
        {
            foreach (var pointer in pointers) await (writer ??= new(db)).AddAsync(pointer, cancel);
            if (writer is not null) await writer.FlushAsync(cancel);
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }

    static (string, int, long) Told(EntryPointer pointer) => (pointer.Key, pointer.UnitId, pointer.Order);
}
