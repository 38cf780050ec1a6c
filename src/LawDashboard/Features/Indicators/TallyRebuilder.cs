using System.Diagnostics;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>How far the recount is: entries counted, of all that the changed measures look at.</summary>
/// <param name="Measures">Keys of the measures that are not done yet.</param>
public sealed record RecountProgress(IReadOnlyList<string> Measures, long Done, long Total)
{
    public int Percent => Total == 0 ? 0 : (int)Math.Min(99, 100 * Done / Total);

    /// <summary>正在重新统计：法治讲座、经费等5个口径，已完成45%。……</summary>
    public string Sentence(IndicatorCatalog catalog)
    {
        var names = Measures.Select(key => catalog.Measure(key)?.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var some = string.Join('、', names.Take(2)) + (names.Count > 2 ? $"等{names.Count}个口径" : "");
        return $"正在重新统计：{some}，已完成{Percent}%。完成前显示的是按原口径统计的数，新登记的暂不计入。";
    }
}

/// <summary>
/// Counts changed measures anew while people go on writing: a stretch of days at a time, each within one short write
/// transaction that also notes how far it came. So it can be stopped anywhere and gone on with, also by another instance:
/// those that work at the same time share the stretches.
/// </summary>
public sealed class TallyRebuilder(
    IDbContextFactory<AppDbContext> contexts, UnitDirectory units, CountingRules rules, EntryNews news)
{
    /// <summary>How long one transaction should last: short enough that whoever saves meanwhile hardly notices.</summary>
    static readonly TimeSpan Held = TimeSpan.FromMilliseconds(150);
    const int LeastEntries = 1_000, MostEntries = 500_000;

    readonly SemaphoreSlim awake = new(0, 1);
    volatile RecountProgress? progress;

    /// <summary>Entries of the next step; follows how long the last one took.</summary>
    internal int Stretch { get; set; } = 10_000;

    /// <summary>Null when nothing is being counted anew.</summary>
    public RecountProgress? Progress => progress;

    /// <summary>Lets the background go on at once; to be called after a recount was begun.</summary>
    public void Wake()
    {
        if (awake.CurrentCount > 0) return;
        try { awake.Release(); }
        catch (SemaphoreFullException) { } // somebody else was faster
    }

    internal Task SleepAsync(TimeSpan longest, CancellationToken cancel) => awake.WaitAsync(longest, cancel);

    /// <summary>Counts until nothing is left.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        // Who waits for the database gets it between two steps: it is given in the order of asking.
        while (await StepAsync(cancel)) await Task.Yield();
    }

    /// <summary>Entries that are still to be looked at; reads how far the recount is.</summary>
    public async Task<long> LeftAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await NoteAsync(db, cancel) is { } left ? Math.Max(1, left.Total - left.Done) : 0;
    }

    /// <summary>One transaction's work; false when there was nothing left to do.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (worked, switched, started) = (false, false, Stopwatch.GetTimestamp());
        await using (var transaction = await db.BeginWriteAsync(cancel, Providers.LongPatience))
        {
            started = Stopwatch.GetTimestamp();
            // Many small measures fit into one transaction.
            while (Stopwatch.GetElapsedTime(started) < Held / 2 && await NextAsync(db, cancel) is { } rebuild)
            {
                worked = true;
                switched |= await CountAsync(db, tree, rebuild, cancel);
            }
            if (worked) await transaction.CommitAsync(cancel);
        }
        var left = await NoteAsync(db, cancel);
        // Each unit's figures changed, so that every open page is told.
        if (switched)
            foreach (var unit in tree.All) news.Publish(new(unit));
        return worked && left is not null;
    }

    static Task<TallyRebuild?> NextAsync(AppDbContext db, CancellationToken cancel) =>
        db.TallyRebuilds.AsTracking().Where(rebuild => !rebuild.Switched).OrderBy(rebuild => rebuild.Since).ThenBy(rebuild => rebuild.MeasureKey).FirstOrDefaultAsync(cancel);

    /// <summary>Counts the next stretch of days; true when it was the last and the new tallies are in force.</summary>
    async Task<bool> CountAsync(AppDbContext db, UnitTree tree, TallyRebuild rebuild, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var entries = Recount.After(db, rebuild.LedgerKey, rebuild.Through);
        var until = await entries.OrderBy(entry => entry.Date).Skip(Stretch - 1).Select(entry => (DateOnly?)entry.Date).FirstOrDefaultAsync(cancel);
        if (until is { } last) entries = entries.Where(entry => entry.Date <= last);
        var counted = await entries.LongCountAsync(cancel);
        var state = new CountingRules.State(rebuild.MeasureKey, rebuild.LedgerKey, rebuild.Fingerprint, rebuild.Through, rebuild.Switched);
        if (await rules.FindAsync(db, state, cancel) is { } counter)
            await TallyKeeper.AddRecountedAsync(db, (await Recount.BySqlAsync(entries, counter, counter.Measure.Slices, cancel)).Spread(tree), cancel);
        rebuild.Through = until ?? DateOnly.MaxValue;
        rebuild.Done += counted;
        if (until is null) await SwitchAsync(db, rebuild, cancel);
        await db.SaveChangesAsync(cancel);
        if (counted >= Math.Max(Stretch, LeastEntries)) Stretch = (int)Math.Clamp(Stretch * (Held / Stopwatch.GetElapsedTime(started)), LeastEntries, MostEntries);
        return until is null;
    }

    static async Task SwitchAsync(AppDbContext db, TallyRebuild rebuild, CancellationToken cancel)
    {
        await db.Tallies.Where(tally => tally.MeasureKey == rebuild.MeasureKey).ExecuteDeleteAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Tallies" ("UnitId","Month","MeasureKey","Slice","State","Count","Sum")
            SELECT "UnitId","Month","MeasureKey","Slice","State","Count","Sum" FROM "RecountedTallies" WHERE "MeasureKey" = {rebuild.MeasureKey} AND ("Count" <> 0 OR "Sum" <> 0)
            """, cancel);
        await db.RecountedTallies.Where(tally => tally.MeasureKey == rebuild.MeasureKey).ExecuteDeleteAsync(cancel);
        rebuild.Switched = true;
        db.TallyRules.Add(new() { MeasureKey = rebuild.MeasureKey, Fingerprint = rebuild.Fingerprint });
    }

    /// <summary>Notes how far all recounts are, those of other instances as well.</summary>
    async Task<RecountProgress?> NoteAsync(AppDbContext db, CancellationToken cancel)
    {
        var running = await db.TallyRebuilds.AsNoTracking().Where(rebuild => !rebuild.Switched).OrderBy(rebuild => rebuild.Since).ThenBy(rebuild => rebuild.MeasureKey)
            .Select(rebuild => new { rebuild.MeasureKey, rebuild.Done, rebuild.Total, rebuild.Since }).ToListAsync(cancel);
        if (running.Count == 0) return progress = null;
        // What was begun together and is done already belongs to it.
        var since = running[0].Since;
        var done = await db.TallyRebuilds.Where(rebuild => rebuild.Switched && rebuild.Since >= since).SumAsync(rebuild => rebuild.Done, cancel);
        return progress = new([.. running.Select(rebuild => rebuild.MeasureKey)], done + running.Sum(rebuild => rebuild.Done), done + running.Sum(rebuild => Math.Max(rebuild.Done, rebuild.Total)));
    }
}

/// <summary>Counts changed measures anew while the website already serves, and follows what other instances count.</summary>
sealed class TallyRebuilding(TallyRebuilder rebuilder, ILogger<TallyRebuilding> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                // SQLite answers synchronously; the start of the website must not wait for it.
                await Task.Run(() => RunAsync(stoppingToken), stoppingToken);
                await rebuilder.SleepAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "Tallies could not be counted anew; tried again in {Seconds} seconds", Look.TotalSeconds);
                await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    async Task RunAsync(CancellationToken cancel)
    {
        if (await rebuilder.LeftAsync(cancel) is not (> 0 and var left)) return;
        log.LogInformation("{Measures} measures are counted anew, {Entries} entries", rebuilder.Progress?.Measures.Count, left);
        var (started, told) = (Stopwatch.GetTimestamp(), 0);
        while (await rebuilder.StepAsync(cancel))
        {
            if (rebuilder.Progress is { } progress && progress.Percent / 10 > told / 10) log.LogInformation("Counted anew: {Percent} %", told = progress.Percent);
            await Task.Yield();
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        log.LogInformation("Measures are counted anew: {Entries} entries in {Seconds:0.0} seconds, {Rate:0} a second", left, seconds, left / seconds);
    }
}
