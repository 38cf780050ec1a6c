using System.Diagnostics;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// One step of a recount. Entries are read and counted as of one moment, and nobody who writes is kept waiting for that.
/// Then, in a short write transaction, what was changed since that moment is looked up in the audit log, where every change of
/// an entry stands, and counted by its difference: so the sum is exact as of the transaction, from which on whoever changes
/// an entry of these days changes the new tallies too.
/// </summary>
/// <param name="then">In a reading transaction, which holds the moment.</param>
sealed class RecountStep(AppDbContext then, UnitTree tree, CountingRules rules)
{
    /// <summary>Where more entries than that were changed meanwhile, reading again takes less of the others' time.</summary>
    const int MostChanged = 2_000;

    /// <summary>The days of a measure that were read, and what they count.</summary>
    /// <param name="Through">The last day that was counted before; null for none.</param>
    /// <param name="Until">The last day of the stretch; null when no later one has entries.</param>
    /// <param name="Counter">Null when the ledger no longer exists.</param>
    /// <param name="Sum">Spread over units.</param>
    sealed record Stretch(TallyRebuild Rebuild, DateOnly? Through, DateOnly? Until, long Entries, Counter? Counter, TallySum Sum)
    {
        public bool Holds(DateOnly day) => !(day <= Through) && !(day > Until);
    }

    readonly List<Stretch> stretches = [];
    long sequence;
    IReadOnlyList<long> changedSince = [];

    /// <summary>Entries that the largest stretch holds.</summary>
    public long Entries => stretches.Select(stretch => stretch.Entries).DefaultIfEmpty().Max();
    public bool IsNothing => stretches.Count == 0;
    /// <summary>Rows of tallies to be written.</summary>
    public int Rows { get; private set; }

    /// <summary>Counts a stretch of about so many entries of each measure, until that took so long or came to so many rows.</summary>
    public async Task CountAsync(int most, TimeSpan enough, int rows, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        sequence = await then.AuditEvents.MaxAsync(line => (long?)line.Sequence, cancel) ?? 0;
        var rebuilds = await then.TallyRebuilds.AsNoTracking().Where(rebuild => !rebuild.Switched).OrderBy(rebuild => rebuild.Since).ThenBy(rebuild => rebuild.MeasureKey).ToListAsync(cancel);
        foreach (var rebuild in rebuilds)
        {
            var stretch = await CountAsync(rebuild, most, cancel);
            stretches.Add(stretch);
            Rows += stretch.Sum.Amounts.Count();
            if (Rows >= rows || Stopwatch.GetElapsedTime(started) >= enough) return;
        }
    }

    async Task<Stretch> CountAsync(TallyRebuild rebuild, int most, CancellationToken cancel)
    {
        var entries = Recount.After(then, rebuild.LedgerKey, rebuild.Through);
        var until = await entries.OrderBy(entry => entry.Date).Skip(most - 1).Select(entry => (DateOnly?)entry.Date).FirstOrDefaultAsync(cancel);
        if (until is { } last) entries = entries.Where(entry => entry.Date <= last);
        var counter = await rules.FindAsync(then, new(rebuild.MeasureKey, rebuild.LedgerKey, rebuild.Fingerprint, rebuild.Through, rebuild.Switched), cancel);
        var sum = counter is null ? new() : await SumAsync(entries, counter, cancel);
        return new(rebuild, rebuild.Through, until, await entries.LongCountAsync(cancel), counter, sum.Spread(tree));
    }

    /// <summary>
    /// Counted here and not by the database: it would look into the values of a row again for each field, where they are read once.
    /// </summary>
    async Task<TallySum> SumAsync(IQueryable<Entry> entries, Counter counter, CancellationToken cancel)
    {
        Counter[] counters = [counter];
        var counting = new ParallelCount(counters, (sum, entry) => sum.Add(counters, entry));
        await foreach (var row in TallyRow.ReadAsync(then, entries, cancel)) await counting.AddAsync(row);
        return await counting.SumAsync();
    }

    /// <summary>
    /// Looks up what was changed since the reading, within the write transaction. True when that is so much that the reading is
    /// better thrown away.
    /// </summary>
    public async Task<bool> IsStaleAsync(AppDbContext now, CancellationToken cancel)
    {
        // Only where lines begin is asked of the database: if it were told more, it would look through an index over all lines of entries.
        var lines = await now.AuditEvents.Where(line => line.Sequence > sequence).Select(line => new { line.Subject, line.SubjectId, line.LedgerKey }).ToListAsync(cancel);
        var ledgers = stretches.Select(stretch => stretch.Rebuild.LedgerKey).ToHashSet(StringComparer.Ordinal);
        changedSince = [.. lines.Where(line => line.Subject == EntryAuditor.Subject && line.LedgerKey is { } ledger && ledgers.Contains(ledger)).Select(line => line.SubjectId).OfType<long>().Distinct()];
        return changedSince.Count > MostChanged;
    }

    /// <summary>
    /// Adds what was counted to the new tallies, and by its difference what <see cref="IsStaleAsync"/> found changed, within the
    /// same write transaction. Returns the measures whose last day that was, and whether another instance counted any of these
    /// days meanwhile, so that they were left out.
    /// </summary>
    public async Task<(IReadOnlyList<TallyRebuild> Complete, bool Lost)> AddAsync(AppDbContext now, CancellationToken cancel)
    {
        var (complete, lost) = (new List<TallyRebuild>(), false);
        var keys = stretches.ConvertAll(stretch => stretch.Rebuild.MeasureKey);
        var rows = await now.TallyRebuilds.AsTracking().Where(rebuild => keys.Contains(rebuild.MeasureKey)).ToDictionaryAsync(rebuild => rebuild.MeasureKey, StringComparer.Ordinal, cancel);
        var changed = await ChangedAsync(now, cancel);
        foreach (var stretch in stretches)
        {
            if (rows.GetValueOrDefault(stretch.Rebuild.MeasureKey) is not { Switched: false } rebuild || rebuild.Fingerprint != stretch.Rebuild.Fingerprint
                || rebuild.Since != stretch.Rebuild.Since || rebuild.Through != stretch.Through)
            {
                lost = true;
                continue;
            }
            await TallyKeeper.AddRecountedAsync(now, stretch.Sum, cancel);
            if (changed.Count > 0) await TallyKeeper.AddRecountedAsync(now, Difference(stretch, changed).Spread(tree), cancel);
            rebuild.Through = stretch.Until ?? DateOnly.MaxValue;
            rebuild.Done += stretch.Entries;
            if (stretch.Until is null) complete.Add(rebuild);
        }
        await now.SaveChangesAsync(cancel);
        return (complete, lost);
    }

    static TallySum Difference(Stretch stretch, IReadOnlyList<(Entry Entry, int Sign)> changed)
    {
        var sum = new TallySum();
        if (stretch.Counter is { } counter)
            foreach (var (entry, sign) in changed)
                if (stretch.Holds(entry.Date)) sum.Add([counter], entry, sign);
        return sum;
    }

    /// <summary>The entries that were changed since the reading: as they were read, to be taken away, and as they are now.</summary>
    async Task<List<(Entry, int)>> ChangedAsync(AppDbContext now, CancellationToken cancel)
    {
        var changed = new List<(Entry, int)>();
        foreach (var some in changedSince.Chunk(500))
        {
            changed.AddRange((await Recount.OfIdsAsync(then, some, cancel)).Select(entry => (entry, -1)));
            changed.AddRange((await Recount.OfIdsAsync(now, some, cancel)).Select(entry => (entry, 1)));
        }
        return changed;
    }
}
