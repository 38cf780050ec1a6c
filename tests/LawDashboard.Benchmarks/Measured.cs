using System.Diagnostics;

namespace LawDashboard.Benchmarks;

/// <summary>The cost of some work: the time of its fastest run, and what that run allocated.</summary>
/// <param name="Milliseconds">Wall-clock time.</param>
/// <param name="Megabytes">All that was allocated on the managed heap meanwhile, in MB of 10⁶ bytes.</param>
public sealed record Measured(double Milliseconds, double Megabytes)
{
    /// <summary>Runs the work once to warm up and then <paramref name="rounds"/> times: what disturbs a run only ever slows it.</summary>
    public static async Task<Measured> BestOfAsync(int rounds, Func<Task> work)
    {
        await work();
        var best = await OnceAsync(work);
        for (var round = 1; round < rounds; round++)
        {
            var measured = await OnceAsync(work);
            if (measured.Milliseconds < best.Milliseconds) best = measured;
        }
        return best;
    }

    public static Task<Measured> BestOfAsync(int rounds, Action work) => BestOfAsync(rounds, () =>
    {
        work();
        return Task.CompletedTask;
    });

    /// <summary>
    /// The fastest run of each of several works, done in turns after some rounds to warm up: what slows the machine for a
    /// while slows all of them, and code is compiled for good by then, as it is on a server that has run since morning.
    /// </summary>
    public static async Task<IReadOnlyList<Measured>> BestInTurnsAsync(int rounds, IReadOnlyList<Func<Task>> works)
    {
        var best = new Measured[works.Count];
        for (var round = -30; round < rounds; round++)
            foreach (var (at, work) in works.Index())
                if (await OnceAsync(work) is var measured && round >= 0 && (best[at] is not { } before || measured.Milliseconds < before.Milliseconds)) best[at] = measured;
        return best;
    }

    /// <summary>Runs the work once, without a warm-up: for what is too long to repeat.</summary>
    public static async Task<Measured> OnceAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await work();
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new(elapsed.TotalMilliseconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6);
    }

    /// <summary>
    /// Two works in turns after some rounds to warm up; the median milliseconds of each. For what is short and writes to the
    /// disk: its fastest run is luck, and a machine that is busy now and idle later would favour one of them.
    /// </summary>
    public static async Task<(double Own, double Floor)> InTurnsAsync(int rounds, Func<Task> own, Action floor)
    {
        var (owns, floors) = (new List<double>(), new List<double>());
        for (var round = -20; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await own();
            var between = Stopwatch.GetTimestamp();
            floor();
            if (round < 0) continue;
            owns.Add(Stopwatch.GetElapsedTime(started, between).TotalMilliseconds);
            floors.Add(Stopwatch.GetElapsedTime(between).TotalMilliseconds);
        }
        return (Median(owns), Median(floors));
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
