using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Deadlines;

/// <summary>Keeps the stored time limits of entries, in the entry's transaction.</summary>
public sealed class ClockKeeper(ClockReckoner reckoner) : IEntryListener
{
    /// <summary>Ids in one DELETE, below either database's limit of parameters.</summary>
    const int Batch = 500;

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var stale = new List<long>();
        var fresh = new List<EntryClock>();
        // An entry that changed several times counts as it was first and became last.
        foreach (var entry in changes.GroupBy(change => change.After.Id))
        {
            var (before, after) = (entry.First().Before is { } old ? RowsOf(old) : [], RowsOf(entry.Last().After));
            // Most changes leave the limits alone, and then there is nothing to write.
            if (before.Count == after.Count && before.Zip(after).All(pair => pair.First.Same(pair.Second))) continue;
            if (before.Count > 0) stale.Add(entry.Key);
            fresh.AddRange(after);
        }
        // What this context wrote before is replaced by statement, so it must not go on following it.
        foreach (var followed in db.ChangeTracker.Entries<EntryClock>().Where(row => stale.Contains(row.Entity.EntryId)).ToList()) followed.State = EntityState.Detached;
        foreach (var ids in stale.Chunk(Batch)) await db.EntryClocks.Where(clock => ids.Contains(clock.EntryId)).ExecuteDeleteAsync(cancel);
        db.EntryClocks.AddRange(fresh);
    }

    /// <summary>What is to be stored of an entry: the limits that have started, by key.</summary>
    public IReadOnlyList<EntryClock> RowsOf(Entry entry)
    {
        if (entry.State == EntryState.Voided) return [];
        List<EntryClock>? rows = null;
        foreach (var clock in reckoner.Of(entry.LedgerKey, entry.Values))
            if (clock.Start is not null) (rows ??= []).Add(Row(entry, clock));
        return rows is null ? [] : [.. rows.OrderBy(row => row.ClockKey, StringComparer.Ordinal)];
    }

    static EntryClock Row(Entry entry, Clock clock) => new()
    {
        EntryId = entry.Id, ClockKey = clock.Definition.Key, UnitId = entry.UnitId, LedgerKey = entry.LedgerKey, Draft = entry.State == EntryState.Draft,
        Force = clock.Definition.Force, Start = clock.Start!.Value, Due = clock.Due, StoppedOn = clock.StoppedOn, Stopped = clock.Stopped,
        PausedSince = clock.Stopped ? null : clock.PausedSince, Unknown = !clock.Stopped && clock.Problem is not null,
        OpenDue = !clock.Stopped && clock.PausedSince is null && clock.Definition.Reminds ? clock.Due : null,
    };
}
