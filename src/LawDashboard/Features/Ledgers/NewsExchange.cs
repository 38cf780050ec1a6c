using System.Globalization;
using System.Threading.Channels;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Passes news on between instances that share a database, so that a save on one shows on pages that are open on another.
/// What happens within a moment goes out as one word, however many entries an import brings.
/// </summary>
public sealed class NewsExchange(InstanceSignals signals, EntryNews news, UnitDirectory units, ILogger<NewsExchange> log) : BackgroundService
{
    static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(200), Again = TimeSpan.FromSeconds(5);
    const string Everything = "*", UnitsWord = "units";

    readonly Channel<string> going = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once news of other instances is heard.</summary>
    public Task Listening => listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!signals.IsShared) return;
        using var subscription = news.Subscribe(notice =>
        {
            if (!notice.Elsewhere) going.Writer.TryWrite(notice.Unit.Id.ToString(CultureInfo.InvariantCulture));
        });
        void UnitsChanged() => going.Writer.TryWrite(UnitsWord);
        units.Changed += UnitsChanged;
        try
        {
            await Task.WhenAll(KeepAsync(SendAsync, stoppingToken), KeepAsync(ListenAsync, stoppingToken));
        }
        finally
        {
            units.Changed -= UnitsChanged;
        }
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

    async Task SendAsync(CancellationToken cancel)
    {
        while (await going.Reader.WaitToReadAsync(cancel))
        {
            await Task.Delay(Gathered, cancel);
            var words = new HashSet<string>(StringComparer.Ordinal);
            while (going.Reader.TryRead(out var word)) words.Add(word);
            var text = string.Join(' ', words);
            await signals.SendAsync(text.Length < InstanceSignals.Longest ? text : $"{Everything}{(words.Contains(UnitsWord) ? " " + UnitsWord : "")}", cancel);
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
