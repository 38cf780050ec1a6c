using LawDashboard.Data;
using LawDashboard.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Past;

/// <summary>
/// The lines of the audit log that carry an entry as it became. Whoever asks of a stretch of the log pays for what changed
/// in it, not for all there is.
/// </summary>
public static class EntryLog
{
    /// <summary>
    /// Lines within (from, to]. They are told by their ledger rather than their subject: the planner would otherwise take the
    /// index that begins with the subject, and read every change there ever was.
    /// </summary>
    public static IQueryable<AuditEvent> Within(AppDbContext db, long from, long to = long.MaxValue) =>
        db.AuditEvents.AsNoTracking().Where(line => line.Sequence > from && line.Sequence <= to && line.LedgerKey != null && line.SubjectId != null && line.After != null);

    /// <summary>The entries changed within (from, to] as they were at its end: the last line of each.</summary>
    public static IQueryable<AuditEvent> Became(AppDbContext db, long from, long to)
    {
        var last = Within(db, from, to).GroupBy(line => line.SubjectId).Select(group => group.Max(line => line.Sequence));
        return db.AuditEvents.AsNoTracking().Where(line => last.Contains(line.Sequence));
    }

    /// <summary>The entries changed within (from, to] as they were before; those that did not exist are missing.</summary>
    public static IQueryable<AuditEvent> Were(AppDbContext db, long from, long to) => Were(db, from, Within(db, from, to).Select(line => line.SubjectId!.Value));

    /// <summary>A few entries as they were at a line; those that did not exist are missing.</summary>
    public static IQueryable<AuditEvent> Were(AppDbContext db, long at, IReadOnlyCollection<long> ids)
    {
        var last = db.AuditEvents.Where(line => line.Subject == "entry" && line.Sequence <= at && line.After != null && ids.Contains(line.SubjectId!.Value))
            .GroupBy(line => line.SubjectId).Select(group => group.Max(line => line.Sequence));
        return db.AuditEvents.AsNoTracking().Where(line => last.Contains(line.Sequence));
    }

    static IQueryable<AuditEvent> Were(AppDbContext db, long at, IQueryable<long> ids)
    {
        // As numbers, not perhaps-numbers: those would be asked for row by row instead of by the index.
        var last = db.AuditEvents.Where(line => line.Subject == "entry" && line.Sequence <= at && line.After != null && line.SubjectId != null && ids.Contains(line.SubjectId.Value))
            .GroupBy(line => line.SubjectId).Select(group => group.Max(line => line.Sequence));
        return db.AuditEvents.AsNoTracking().Where(line => last.Contains(line.Sequence));
    }
}
