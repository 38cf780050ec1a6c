using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>
/// The versions that were looked at last, each read once for all who have it open: whenever a ledger changes, every open report
/// page asks for its version again, and the texts of a version never change.
/// </summary>
sealed class OpenVersions
{
    const int Most = 16;

    readonly Lock gate = new();
    /// <summary>The one used last stands last.</summary>
    readonly List<OpenReport> kept = [];

    /// <summary>The version; read from the database unless the very one that stands there was read before.</summary>
    public async Task<OpenReport?> ReadAsync(AppDbContext db, int report, int number, Func<Task<OpenReport?>> read, CancellationToken cancel)
    {
        // A database put back from a backup may hold another version of the same number.
        var now = await db.ReportVersions.AsNoTracking().Where(version => version.ReportId == report && version.Number == number)
            .Select(version => new { version.At, version.AuditSequence, version.Author }).FirstOrDefaultAsync(cancel);
        if (now is null) return null;
        lock (gate)
        {
            var at = kept.FindIndex(version => version.ReportId == report && version.Number == number && version.At == now.At && version.AuditSequence == now.AuditSequence && version.Author == now.Author);
            if (at >= 0)
            {
                var found = kept[at];
                kept.RemoveAt(at);
                kept.Add(found);
                return found;
            }
        }
        if (await read() is not { } open) return null;
        lock (gate)
        {
            kept.RemoveAll(version => version.ReportId == report && version.Number == number);
            kept.Add(open);
            if (kept.Count > Most) kept.RemoveAt(0);
        }
        return open;
    }
}
