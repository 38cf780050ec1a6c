using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Sees what commands write into the SQLite file that the website serves, such as an import at the command line, and tells
/// open pages of it within <see cref="Look"/>. The log says whose entries changed; what this process wrote itself is known and
/// told already. On PostgreSQL commands send word themselves, see <see cref="NewsSender"/>.
/// </summary>
public sealed class NewsOfFile(DatabaseSettings settings, IDbContextFactory<AppDbContext> contexts, EntryNews news, UnitDirectory units, ILogger<NewsOfFile> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Again = TimeSpan.FromSeconds(10);

    readonly ConcurrentQueue<LogLines> written = new();
    /// <summary>The last line of the log that was looked at.</summary>
    long seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IsPostgres) return;
        using var subscription = news.Subscribe(notice =>
        {
            if (notice is { Elsewhere: false, Lines: { } lines }) written.Enqueue(lines);
        });
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await Task.Run(() => WatchAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning(e, "The database file cannot be watched; tried again in {Seconds} seconds", Again.TotalSeconds);
                await Task.Delay(Again, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    async Task WatchAsync(CancellationToken cancel)
    {
        using var file = new FileChanges(settings);
        await using (var db = await contexts.CreateDbContextAsync(cancel)) seen = Math.Max(seen, await LastAsync(db, cancel));
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(cancel))
            if (file.Any()) await TellAsync(cancel);
    }

    async Task TellAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (from, last) = (seen, await LastAsync(db, cancel));
        var own = 0L;
        while (written.TryDequeue(out var lines)) own += Math.Max(0, Math.Min(lines.Last, last) - Math.Max(lines.First, from + 1) + 1);
        seen = last;
        // All of it was written here, and pages are told already.
        if (own >= last - from) return;
        var ids = await db.AuditEvents.Where(line => line.Sequence > from && line.Sequence <= last && line.LedgerKey != null && line.UnitId != null)
            .Select(line => line.UnitId!.Value).Distinct().ToListAsync(cancel);
        var tree = await units.TreeAsync(cancel);
        if (ids.Exists(id => tree.Find(id) is null))
        {
            units.Forget();
            tree = await units.TreeAsync(cancel);
        }
        foreach (var unit in ids.Select(tree.Find).OfType<Unit>()) news.Publish(new(unit) { Elsewhere = true });
    }

    static async Task<long> LastAsync(AppDbContext db, CancellationToken cancel) => await db.AuditEvents.MaxAsync(line => (long?)line.Sequence, cancel) ?? 0;
}
