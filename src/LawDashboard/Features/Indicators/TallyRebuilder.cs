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
/// Counts changed measures anew while people go on writing, a stretch of days at a time: read beside the writers, added in one
/// short write transaction that also notes how far it came (<see cref="RecountStep"/>). So it can be stopped anywhere and gone
/// on with, also by another instance: of those that work at the same time one adds a stretch, and the others leave it to that one
/// for a while.
/// </summary>
public sealed class TallyRebuilder(
    IDbContextFactory<AppDbContext> contexts, UnitDirectory units, CountingRules rules, EntryNews news)
{
    /// <summary>How long one transaction should last: short enough that whoever saves meanwhile hardly notices.</summary>
    internal TimeSpan Held { get; set; } = TimeSpan.FromMilliseconds(100);
    /// <summary>How long one reading should last: the database keeps what others write meanwhile apart for so long.</summary>
    internal TimeSpan Reading { get; set; } = TimeSpan.FromMilliseconds(800);
    // A slow disk makes every transaction long, however little it writes: steps smaller than these would only be more of them.
    const int LeastEntries = 10_000, MostEntries = 500_000, LeastRows = 2_000, MostRows = 50_000;
    /// <summary>A reading that others overtook is thrown away so many times before it is used all the same.</summary>
    const int MostReadings = 3;

    /// <summary>A recount of so many entries is worth waiting for.</summary>
    const int Soon = 20_000;

    readonly SemaphoreSlim awake = new(0, 1);
    volatile RecountProgress? progress;
    int rows = 5_000;

    /// <summary>Entries of the next step; follows how long the last one took.</summary>
    internal int Stretch { get; set; } = 30_000;

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

    /// <summary>Counts what is soon counted before it returns, and leaves more than that to the background.</summary>
    public async Task RunSoonAsync(CancellationToken cancel = default)
    {
        if (await LeftAsync(cancel) <= Soon) await RunAsync(cancel); else Wake();
    }

    /// <summary>Entries that are still to be looked at; reads how far the recount is.</summary>
    public async Task<long> LeftAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await NoteAsync(db, cancel) is { } left ? Math.Max(1, left.Total - left.Done) : 0;
    }

    /// <summary>One stretch of days of one measure, or of several small ones; false when there was nothing left to do.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (worked, switched, lost) = await CountAsync(db, tree, cancel);
        var left = await NoteAsync(db, cancel);
        if (left is null) await TidyAsync(db, cancel);
        // Each unit's figures changed, so that every open page is told.
        if (switched)
            foreach (var unit in tree.All) news.Publish(new(unit));
        if (lost) await Task.Delay(Reading, cancel);
        return worked && left is not null;
    }

    /// <summary>Reads until what was read can be used, and adds it.</summary>
    async Task<(bool Worked, bool Switched, bool Lost)> CountAsync(AppDbContext db, UnitTree tree, CancellationToken cancel)
    {
        for (var reading = 1; ; reading++)
        {
            await using var then = await contexts.CreateDbContextAsync(cancel);
            await using var moment = await then.BeginReadAsync(cancel);
            var (step, started) = (new RecountStep(then, tree, rules), Stopwatch.GetTimestamp());
            await step.CountAsync(Stretch, Reading / 2, rows, cancel);
            if (step.IsNothing) return default;
            var read = Stopwatch.GetElapsedTime(started);
            await using var transaction = await db.BeginWriteAsync(cancel, Providers.LongPatience);
            started = Stopwatch.GetTimestamp();
            if (await step.IsStaleAsync(db, cancel) && reading < MostReadings) continue;
            var (complete, lost) = await step.AddAsync(db, cancel);
            foreach (var rebuild in complete) await SwitchAsync(db, rebuild, cancel);
            // The database cannot put away what was written while somebody still reads what was before.
            await moment.DisposeAsync();
            await then.Database.CloseConnectionAsync();
            await transaction.CommitAsync(cancel);
            Follow(step, read, Stopwatch.GetElapsedTime(started));
            return (true, complete.Count > 0, lost);
        }
    }

    /// <summary>Makes the next step as large as the last one's times allow.</summary>
    void Follow(RecountStep step, TimeSpan read, TimeSpan held)
    {
        if (held <= TimeSpan.Zero || read <= TimeSpan.Zero) return;
        var (reading, holding) = (Reading / read, Held / held);
        if (step.Rows >= rows || holding < 1) rows = (int)Math.Clamp(rows * Math.Clamp(holding, 0.25, 2), LeastRows, MostRows);
        if (step.Entries >= Math.Max(Stretch, LeastEntries)) Stretch = (int)Math.Clamp(Stretch * Math.Clamp(Math.Min(reading, holding), 0.25, 3), LeastEntries, MostEntries);
    }

    /// <summary>Puts the new tallies in force: only rows that differ are written, since whoever saves waits for that.</summary>
    static async Task SwitchAsync(AppDbContext db, TallyRebuild rebuild, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM "Tallies" WHERE "MeasureKey" = {rebuild.MeasureKey} AND NOT EXISTS (SELECT 1 FROM "RecountedTallies" AS r
            WHERE r."MeasureKey" = "Tallies"."MeasureKey" AND r."UnitId" = "Tallies"."UnitId" AND r."Month" = "Tallies"."Month" AND r."Slice" = "Tallies"."Slice" AND r."State" = "Tallies"."State"
            AND (r."Count" <> 0 OR r."Sum" <> 0))
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Tallies" ("UnitId","Month","MeasureKey","Slice","State","Count","Sum")
            SELECT "UnitId","Month","MeasureKey","Slice","State","Count","Sum" FROM "RecountedTallies" WHERE "MeasureKey" = {rebuild.MeasureKey} AND ("Count" <> 0 OR "Sum" <> 0)
            ON CONFLICT ("MeasureKey","UnitId","Month","Slice","State") DO UPDATE SET "Count" = excluded."Count", "Sum" = excluded."Sum"
            WHERE "Tallies"."Count" <> excluded."Count" OR "Tallies"."Sum" <> excluded."Sum"
            """, cancel);
        rebuild.Switched = true;
        db.TallyRules.Add(new() { MeasureKey = rebuild.MeasureKey, Fingerprint = rebuild.Fingerprint });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Takes away the copies of what is in force by now, in transactions as short as those before.</summary>
    async Task TidyAsync(AppDbContext db, CancellationToken cancel)
    {
        var rebuilds = db.TallyRebuilds;
        var done = db.RecountedTallies.Where(tally => !rebuilds.Any(rebuild => rebuild.MeasureKey == tally.MeasureKey && !rebuild.Switched));
        while (await done.AnyAsync(cancel))
        {
            await using var transaction = await db.BeginWriteAsync(cancel, Providers.LongPatience);
            var started = Stopwatch.GetTimestamp();
            // Of one measure and unit at least, or it would never end.
            do
            {
                if (await done.Select(tally => new { tally.MeasureKey, tally.UnitId }).FirstOrDefaultAsync(cancel) is not { } next) break;
                await done.Where(tally => tally.MeasureKey == next.MeasureKey && tally.UnitId == next.UnitId).ExecuteDeleteAsync(cancel);
            }
            while (Stopwatch.GetElapsedTime(started) < Held / 2);
            await transaction.CommitAsync(cancel);
        }
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
