using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>Lines of the audit log, from the first to the last.</summary>
public sealed record LogLines(long First, long Last);

/// <summary>That entries of a unit changed, told once the change is stored.</summary>
/// <param name="Ledger">Key of the ledger; null when several changed, as after an import.</param>
public sealed record EntryNotice(Unit Unit, string? Ledger = null)
{
    /// <summary>Another instance wrote; it need not be told again.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>What the log says of it; null where its writer does not know, as after an import.</summary>
    public LogLines? Lines { get; init; }
}

/// <summary>
/// Tells open pages that entries changed (in contrast to <see cref="IEntryListener"/>, which acts inside the transaction):
/// published after commit, so that whoever then reads finds the change. Where several
/// instances share a database, <see cref="NewsExchange"/> passes it on to the others and publishes theirs here.
/// </summary>
public sealed class EntryNews(ILogger<EntryNews> logger)
{
    event Action<EntryNotice>? Told;

    public void Publish(EntryNotice notice)
    {
        foreach (var listener in Told?.GetInvocationList() ?? [])
            try
            {
                ((Action<EntryNotice>)listener)(notice);
            }
            // The entry is stored; a page that cannot refresh is no reason to tell its writer otherwise.
            catch (Exception e)
            {
                logger.LogError(e, "A listener failed on news of unit {Unit}", notice.Unit.Code);
            }
    }

    /// <summary>Calls the listener on the thread of whoever publishes, so it must only take note; disposing ends it.</summary>
    public IDisposable Subscribe(Action<EntryNotice> listener)
    {
        Told += listener;
        return new Subscription(() => Told -= listener);
    }

    sealed class Subscription(Action end) : IDisposable
    {
        Action? end = end;
        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}
