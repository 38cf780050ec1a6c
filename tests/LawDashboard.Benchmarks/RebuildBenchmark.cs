using System.Diagnostics;
using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Benchmarks;

/// <summary>
/// Counting a changed measure anew over 1,000,000 entries (LAWDASHBOARD_BENCH_ENTRIES for another number): the measure with
/// the most slices over the largest ledger, in the short transactions that leave room for whoever saves.
/// </summary>
static class RebuildBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var size = int.TryParse(Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_ENTRIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1_000_000;
        await using var county = await DemoDatabase.OpenAsync(size);
        await using var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var sizes = await Recount.LedgerSizesAsync(db, default);
        var counter = county.Get<Counters>().All.OrderByDescending(counter => sizes.GetValueOrDefault(counter.Ledger.Key)).ThenByDescending(counter => counter.Measure.Slices.Count).First();
        var (ledger, entries) = (counter.Ledger, sizes[counter.Ledger.Key]);
        var changed = counter.Measure with { Where = new Condition.Filled(ledger.Date, true) };
        var (rules, rebuilder) = (county.Get<TallyRules>(), county.Get<TallyRebuilder>());
        await rules.RebuildAsync([changed]);
        var longest = 0.0;
        var run = await Measured.OnceAsync(async () =>
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                await rebuilder.StepAsync();
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (rebuilder.Progress is null) return;
            }
        });
        var rate = entries / run.Milliseconds * 1_000;
        yield return new($"A changed measure of {ledger.ShortName} with {counter.Measure.Slices.Count} slices counted anew, {entries.ToString("#,##0", CultureInfo.InvariantCulture)} entries", rate, "entries/s",
            rate / 100_000, "at least 100,000 entries/s", 1);
        yield return new("The longest that one step of it keeps others from saving", longest, "ms");
        // Back to the measure as it is defined, for whoever uses the database next.
        await rules.ApplyAsync();
    }
}
