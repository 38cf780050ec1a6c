using System.Runtime.CompilerServices;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>All entries of a ledger whatever their unit, some thousands at a time: for rebuilding and verifying what is kept beside entries, not for showing.</summary>
public static class EntryPages
{
    const int Size = 2000;

    /// <summary>In the order of their ids; no page is empty. Whoever reads may write through the same context between two pages.</summary>
    public static async IAsyncEnumerable<List<Entry>> OfLedgerAsync(AppDbContext db, string ledger, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var entries = await db.Entries.AsNoTracking().Where(entry => entry.LedgerKey == ledger && entry.Id > from).OrderBy(entry => entry.Id).Take(Size).ToListAsync(cancel);
            if (entries.Count == 0) yield break;
            yield return entries;
            after = entries[^1].Id;
        }
    }
}
