using System.Diagnostics;
using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Benchmarks;

/// <summary>
/// Counting changed measures anew over 1,000,000 entries (LAWDASHBOARD_BENCH_ENTRIES for another number): of each shape of
/// measure the one over the largest ledger, in the short transactions that leave room for whoever saves. Meanwhile somebody asks
/// for the writer's turn again and again, as a save does; the longest that he waited is what a recount costs the others.
/// </summary>
static class RebuildBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var size = int.TryParse(Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_ENTRIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1_000_000;
        await using var county = await DemoDatabase.OpenAsync(size);
        var catalog = county.Get<IndicatorCatalog>();
        Dictionary<string, long> sizes;
        await using (var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
            sizes = await Recount.LedgerSizesAsync(db, [.. catalog.Ledgers.Ledgers.Select(ledger => ledger.Key)], default);
        foreach (var (shape, counters) in Shapes(county.Get<Counters>()))
        {
            var counter = counters.OrderByDescending(counter => sizes.GetValueOrDefault(counter.Ledger.Key)).ThenByDescending(counter => counter.Measure.Slices.Count).First();
            var ledger = counter.Ledger;
            // One condition more, which every entry meets: each row must be looked into, and the figures stay what they were.
            var more = new Condition.Filled(ledger.Date, true);
            var changed = counter.Measure with { Where = counter.Measure.Where is { } where ? new Condition.All([where, more]) : more };
            // Some rounds before, so that neither compiling nor a cold disk is measured: the office's server has been running since morning.
            for (var round = 0; round < 3; round++)
            {
                await MeasureAsync(county, changed);
                await county.Get<TallyRules>().ApplyAsync();
            }
            var cpu = Environment.CpuUsage.TotalTime;
            var (run, longest) = await MeasureAsync(county, changed);
            var (entries, busy) = (sizes[ledger.Key], (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
            yield return new($"A changed measure of {ledger.ShortName}, {shape}, counted anew, {entries.ToString("#,##0", CultureInfo.InvariantCulture)} entries", entries / run.Milliseconds * 1_000, "entries/s",
                entries / run.Milliseconds * 1_000 / 100_000, "at least 100,000 entries/s", 1);
            // Says on a busy machine what an idle one would do.
            yield return new("Processor time of that, with whoever wants to save", busy, "ms", entries / busy * 1_000 / 100_000, "100,000 entries a second of it", 1);
            yield return new("The longest that somebody waited meanwhile who wanted to save", longest, "ms", longest / 150, "about 150 ms", 1);
            // Back to the measure as it is defined, for whoever comes next.
            await county.Get<TallyRules>().ApplyAsync();
        }
    }

    static IEnumerable<(string Shape, IEnumerable<Counter> Counters)> Shapes(Counters counters)
    {
        var all = counters.All.Where(counter => !counter.Measure.Listed).ToList();
        yield return ("with the most slices", all.Where(counter => counter.Measure.Slices.Count == all.Max(one => one.Measure.Slices.Count)));
        yield return ("with a slice", all.Where(counter => counter.Measure is { Kind: MeasureKind.Count, Slices.Count: 1 }));
        yield return ("with conditions", all.Where(counter => counter.Measure is { Kind: MeasureKind.Count, Slices.Count: 0, Where: Condition.All }));
        yield return ("a sum", all.Where(counter => counter.Measure.Kind == MeasureKind.Sum));
        yield return ("by another date", all.Where(counter => counter.DateField is not null && counter.Measure.Kind != MeasureKind.Level));
        yield return ("of people on a register", all.Where(counter => counter.Measure.Kind == MeasureKind.Level));
    }

    static async Task<(Measured Run, double Longest)> MeasureAsync(DemoDatabase county, MeasureDefinition changed)
    {
        // As after a start: it must find out by itself how much to do in one step.
        var (rules, rebuilder) = (county.Get<TallyRules>(), county.Create<TallyRebuilder>());
        await rules.RebuildAsync([changed]);
        using var done = new CancellationTokenSource();
        var waiting = Task.Run(() => WaitAsync(county, done.Token));
        var run = await Measured.OnceAsync(() => rebuilder.RunAsync());
        await done.CancelAsync();
        return (run, await waiting);
    }

    /// <summary>The longest wait for the writer's turn, in milliseconds.</summary>
    static async Task<double> WaitAsync(DemoDatabase county, CancellationToken done)
    {
        var longest = 0.0;
        while (!done.IsCancellationRequested)
        {
            await using var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(default);
            var started = Stopwatch.GetTimestamp();
            await using (var turn = await db.BeginWriteAsync(default)) longest = Math.Max(longest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(20, CancellationToken.None);
        }
        return longest;
    }
}
