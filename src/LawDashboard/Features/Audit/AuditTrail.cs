using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Audit;

/// <summary>What is to be written into the audit log; sequence and hash are given by <see cref="AuditTrail"/>.</summary>
public sealed record AuditRecord(
    DateTime At, int PersonId, string PersonName, string Action, string Subject, long? SubjectId = null,
    string? LedgerKey = null, int? UnitId = null, string? After = null, string? Note = null);

/// <summary>Appends to the audit log and checks its chain.</summary>
public static class AuditTrail
{
    /// <summary>Actions that leave what they are done to as it is: somebody looked at it, or took a copy away.</summary>
    public static readonly IReadOnlyList<string> Looks = ["reveal", "export", "original"];

    const string Genesis = "";
    static readonly PerModel<Func<AppDbContext, CancellationToken, Task<AuditEvent?>>> Newest = new(() => EF.CompileAsyncQuery((AppDbContext db, CancellationToken cancel) =>
        db.Set<AuditEvent>().AsNoTracking().OrderByDescending(a => a.Sequence).FirstOrDefault()));
    /// <summary>From so many records on they are written in bulk.</summary>
    const int Many = 64;

    /// <summary>
    /// Adds the records to the context in order, chained to the last line. Must run inside the single write
    /// transaction (<see cref="Providers.BeginWriteAsync"/>): two writers at once would fork the chain.
    /// </summary>
    public static async Task AppendAsync(AppDbContext db, IEnumerable<AuditRecord> records, CancellationToken cancel)
    {
        if (records is IReadOnlyCollection<AuditRecord> { Count: >= Many } many)
        {
            await AppendManyAsync(db, many, cancel);
            return;
        }
        var last = await LastAsync(db, cancel);
        foreach (var record in records)
            db.AuditEvents.Add(last = Chain(last, record));
    }

    /// <summary>Writes a line by itself: what changes nothing and must be known all the same, such as an export.</summary>
    public static async Task NoteAsync(this IDbContextFactory<AppDbContext> contexts, AuditRecord record, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AppendAsync(db, [record], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A batch's lines go to the database at once, past the context, which would spend more time on them than all else.</summary>
    static async Task AppendManyAsync(AppDbContext db, IReadOnlyCollection<AuditRecord> records, CancellationToken cancel)
    {
        // Lines that only the context has so far come first.
        await db.SaveChangesAsync(cancel);
        var last = await LastAsync(db, cancel);
        await using var writer = new BulkWriter<AuditEvent>(db);
        foreach (var record in records) await writer.AddAsync(last = Chain(last, record), cancel);
        await writer.FlushAsync(cancel);
        // What the context still tracks is older than what was just written.
        foreach (var tracked in db.ChangeTracker.Entries<AuditEvent>().ToList()) tracked.State = EntityState.Detached;
    }

    /// <summary>The newest line, also one that is only in this context so far.</summary>
    public static async Task<AuditEvent?> LastAsync(AppDbContext db, CancellationToken cancel) =>
        db.ChangeTracker.Entries<AuditEvent>().Select(entry => entry.Entity).MaxBy(a => a.Sequence)
        ?? await Newest.For(db)(db, cancel);

    /// <summary>The line that follows <paramref name="previous"/>.</summary>
    public static AuditEvent Chain(AuditEvent? previous, AuditRecord record)
    {
        // Databases keep microseconds at best; more digits would change the hash on reading back.
        var at = new DateTime(record.At.Ticks / 10 * 10, DateTimeKind.Utc);
        var line = new AuditEvent
        {
            Sequence = (previous?.Sequence ?? 0) + 1, At = at, PersonId = record.PersonId, PersonName = record.PersonName,
            Action = record.Action, Subject = record.Subject, SubjectId = record.SubjectId, LedgerKey = record.LedgerKey,
            UnitId = record.UnitId, After = record.After, Note = record.Note, Hash = "",
        };
        line.Hash = Hash(previous?.Hash ?? Genesis, line);
        return line;
    }

    /// <summary>Reads the whole log and returns the sequence of the first line that does not fit, or null when all do.</summary>
    public static async Task<long?> FirstBrokenAsync(AppDbContext db, CancellationToken cancel)
    {
        var (hash, expected) = (Genesis, 1L);
        await foreach (var line in db.AuditEvents.AsNoTracking().OrderBy(a => a.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (line.Sequence != expected || line.Hash != Hash(hash, line)) return expected;
            (hash, expected) = (line.Hash, expected + 1);
        }
        return null;
    }

    static string Hash(string previous, AuditEvent line)
    {
        // Lengths before texts: no two different lines give the same bytes.
        var text = new StringBuilder(256 + (line.After?.Length ?? 0));
        foreach (var part in (string?[])[previous, line.Sequence.ToString(CultureInfo.InvariantCulture),
            line.At.Ticks.ToString(CultureInfo.InvariantCulture), line.PersonId.ToString(CultureInfo.InvariantCulture), line.PersonName,
            line.Action, line.Subject, line.SubjectId?.ToString(CultureInfo.InvariantCulture), line.LedgerKey,
            line.UnitId?.ToString(CultureInfo.InvariantCulture), line.After, line.Note])
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
