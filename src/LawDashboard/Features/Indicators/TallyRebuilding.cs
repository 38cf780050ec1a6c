using System.Diagnostics;

namespace LawDashboard.Features.Indicators;

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
