using System.Collections.Concurrent;
using System.Globalization;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Audit;

/// <summary>Finds the line of the audit log up to which a point in the past reaches, by halving: some twenty lines are read, however long the log is.</summary>
public sealed class AuditMoments(IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    const int Remembered = 200;

    /// <summary>Points that no line can be added to any more.</summary>
    readonly ConcurrentDictionary<string, PastPoint> found = new(StringComparer.Ordinal);

    /// <summary>The point that was typed or stands in an address; or, in words, why there is none.</summary>
    public async Task<(PastPoint? Point, string? Problem)> ResolveAsync(string typed, CancellationToken cancel = default)
    {
        var (asOf, problem) = AsOf.Parse(typed, clock);
        if (asOf is null) return (null, problem);
        if (found.TryGetValue(asOf.Text, out var known)) return (known, null);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var last = await db.AuditEvents.MaxAsync(line => (long?)line.Sequence, cancel) ?? 0;
        if (asOf.Sequence > last) return (null, $"操作日志没有第{asOf.Sequence}号，最后一号是{last}");
        var point = asOf.Sequence is { } sequence
            ? await OfLineAsync(db, asOf, sequence, cancel) : Of(asOf, asOf.Before!.Value, await LastBeforeAsync(db, asOf.Before.Value, last, cancel));
        if (found.Count >= Remembered) found.Clear();
        if (asOf.Before is null || asOf.Before < ChinaTime.Now(clock)) found[asOf.Text] = point;
        return (point, null);
    }

    static async Task<PastPoint> OfLineAsync(AppDbContext db, AsOf asOf, long sequence, CancellationToken cancel)
    {
        var at = await db.AuditEvents.Where(line => line.Sequence == sequence).Select(line => line.At).SingleAsync(cancel);
        var local = ChinaTime.Local(at);
        var day = DateOnly.FromDateTime(local);
        return new(asOf.Text, sequence, day, at.AddTicks(10), $"操作日志第{sequence}号（{AsOf.Words(day)}{local.ToString("H:mm", CultureInfo.InvariantCulture)}）");
    }

    static PastPoint Of(AsOf asOf, DateTime before, long sequence)
    {
        // The end of a day is the next one's first moment.
        var local = ChinaTime.Local(before.AddTicks(-10));
        var day = DateOnly.FromDateTime(local);
        return new(asOf.Text, sequence, day, before, AsOf.Words(day) + (asOf.Text.Contains('T') ? local.ToString("H:mm", CultureInfo.InvariantCulture) : ""));
    }

    /// <summary>
    /// The line before the first change of an entry that was written at the moment or later. Only lines of entries are looked
    /// at: they are written one after the other, while a county's set-up may carry any time.
    /// </summary>
    static async Task<long> LastBeforeAsync(AppDbContext db, DateTime moment, long last, CancellationToken cancel)
    {
        var (low, high) = (1L, last + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var line = await db.AuditEvents.AsNoTracking().Where(line => line.Sequence >= middle && line.Sequence < high && line.LedgerKey != null && line.After != null)
                .OrderBy(line => line.Sequence).Select(line => new { line.Sequence, line.At }).FirstOrDefaultAsync(cancel);
            if (line is null || line.At >= moment) high = middle;
            else low = line.Sequence + 1;
        }
        return low - 1;
    }
}
