using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>A stored time limit that does not agree with its entry; one of the two is missing where the rows do not match at all.</summary>
public sealed record ClockDifference(EntryClock? Stored, EntryClock? Reckoned)
{
    public long EntryId => (Stored ?? Reckoned)!.EntryId;
    public string ClockKey => (Stored ?? Reckoned)!.ClockKey;
}

/// <summary>Works out the time limits again from the entries: rebuilds those of a ledger, and compares them all.</summary>
public static class ClockRecount
{
    /// <summary>Throws the stored limits of a ledger away and makes them again. Runs within the caller's transaction.</summary>
    public static async Task RebuildAsync(AppDbContext db, ClockKeeper keeper, string ledger, CancellationToken cancel)
    {
        await db.EntryClocks.Where(clock => clock.LedgerKey == ledger).ExecuteDeleteAsync(cancel);
        await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
        {
            db.EntryClocks.AddRange(entries.SelectMany(keeper.RowsOf));
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Every stored limit that differs from what its entry says; empty when all agree.</summary>
    public static async Task<IReadOnlyList<ClockDifference>> DifferencesAsync(AppDbContext db, ClockKeeper keeper, ClockCatalog catalog, CancellationToken cancel)
    {
        var differences = new List<ClockDifference>();
        var matched = 0;
        foreach (var ledger in catalog.Ledgers)
            await foreach (var entries in EntryPages.OfLedgerAsync(db, ledger, cancel))
            {
                var (first, last) = (entries[0].Id, entries[^1].Id);
                var stored = (await db.EntryClocks.AsNoTracking().Where(clock => clock.LedgerKey == ledger && clock.EntryId >= first && clock.EntryId <= last).ToListAsync(cancel))
                    .ToDictionary(clock => (clock.EntryId, clock.ClockKey));
                matched += stored.Count;
                foreach (var row in entries.SelectMany(keeper.RowsOf))
                    if (!stored.Remove((row.EntryId, row.ClockKey), out var old) || !old.Same(row)) differences.Add(new(old, row));
                differences.AddRange(stored.Values.Select(left => new ClockDifference(left, null)));
            }
        // Whatever no entry was read for belongs to nothing that is there.
        if (await db.EntryClocks.CountAsync(cancel) is var all && all > matched)
        {
            var (known, present) = (catalog.Ledgers.ToList(), db.Entries);
            var strays = await db.EntryClocks.AsNoTracking().Where(clock => !known.Contains(clock.LedgerKey)
                || !present.Any(entry => entry.Id == clock.EntryId && entry.LedgerKey == clock.LedgerKey)).Take(1000).ToListAsync(cancel);
            differences.AddRange(strays.Select(stray => new ClockDifference(stray, null)));
        }
        return [.. differences.DistinctBy(difference => (difference.EntryId, difference.ClockKey))];
    }
}
