using System.Globalization;
using System.Threading.Channels;
using LawDashboard.Data;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Sends what this process writes to the instances that share its PostgreSQL database. What happens within a moment goes out
/// as one word, however many entries an import brings. A command that writes holds one while it works; disposing it sends
/// what is left.
/// </summary>
public sealed class NewsSender : IAsyncDisposable
{
    internal const string Everything = "*", UnitsWord = "units";
    static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(200);

    readonly Channel<string> going = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    readonly InstanceSignals signals;
    readonly UnitDirectory units;
    readonly IDisposable subscription;

    public NewsSender(InstanceSignals signals, EntryNews news, UnitDirectory units)
    {
        (this.signals, this.units) = (signals, units);
        subscription = news.Subscribe(notice =>
        {
            if (!notice.Elsewhere) going.Writer.TryWrite(notice.Unit.Id.ToString(CultureInfo.InvariantCulture));
        });
        units.Changed += UnitsChanged;
    }

    void UnitsChanged() => going.Writer.TryWrite(UnitsWord);

    /// <summary>Sends until cancelled. Where sending fails it throws, and what was to be sent is lost.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (await going.Reader.WaitToReadAsync(cancel))
        {
            await Task.Delay(Gathered, cancel);
            await SendAsync(cancel);
        }
    }

    async Task SendAsync(CancellationToken cancel)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (going.Reader.TryRead(out var word)) words.Add(word);
        if (words.Count == 0) return;
        var text = string.Join(' ', words);
        await signals.SendAsync(text.Length < InstanceSignals.Longest ? text : $"{Everything}{(words.Contains(UnitsWord) ? " " + UnitsWord : "")}", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        units.Changed -= UnitsChanged;
        try
        {
            await SendAsync(CancellationToken.None);
        }
        // What was written is written; others find it when they next look.
        catch (Npgsql.NpgsqlException) { }
    }
}
