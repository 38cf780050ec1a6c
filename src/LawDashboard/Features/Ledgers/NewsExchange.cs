using System.Globalization;
using System.Threading.Channels;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Passes news on between instances that share a database, so that a save on one shows on pages that are open on another.
/// Sent by a <see cref="NewsSender"/>, of a command too.
/// </summary>
public sealed class NewsExchange(InstanceSignals signals, EntryNews news, UnitDirectory units, ILogger<NewsExchange> log) : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    const string Everything = NewsSender.Everything, UnitsWord = NewsSender.UnitsWord;

    readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once news of other instances is heard.</summary>
    public Task Listening => listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!signals.IsShared) return;
        await using var sender = new NewsSender(signals, news, units);
        await Task.WhenAll(KeepAsync(sender.RunAsync, stoppingToken), KeepAsync(ListenAsync, stoppingToken));
    }

    async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                await work(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning(e, "News between instances are interrupted; tried again in {Seconds} seconds", Again.TotalSeconds);
                await Task.Delay(Again, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    Task ListenAsync(CancellationToken cancel)
    {
        // Heard on the connection's thread, which must go on; reading the units may take a while.
        var heard = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });
        var telling = TellAsync(heard.Reader, cancel);
        return Task.WhenAll(telling, ListenThenEndAsync());

        async Task ListenThenEndAsync()
        {
            try
            {
                await signals.ListenAsync(() =>
                {
                    // What was said before is lost.
                    if (!listening.TrySetResult()) heard.Writer.TryWrite($"{Everything} {UnitsWord}");
                }, word => heard.Writer.TryWrite(word), cancel);
            }
            finally
            {
                heard.Writer.TryComplete();
            }
        }
    }

    async Task TellAsync(ChannelReader<string> heard, CancellationToken cancel)
    {
        await foreach (var text in heard.ReadAllAsync(cancel))
        {
            var words = text.Split(' ');
            if (words.Contains(UnitsWord, StringComparer.Ordinal)) units.Forget();
            var tree = await units.TreeAsync(cancel);
            var changed = words.Contains(Everything, StringComparer.Ordinal) ? tree.All
                : words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? tree.Find(id) : null).OfType<Unit>();
            foreach (var unit in changed) news.Publish(new(unit) { Elsewhere = true });
        }
    }
}
