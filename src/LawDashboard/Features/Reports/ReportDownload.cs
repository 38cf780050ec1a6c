using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports;

/// <summary>A report ready to be written, and its name as a file.</summary>
public sealed record ReportFile(string Name, ReportDraft Draft);

/// <summary>The drafted report as a file to take along. Every download is in the audit log.</summary>
public sealed class ReportDownload(ReportService reports, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <param name="address">Names unit and year as the page's own address does.</param>
    /// <returns>Null when the address names what nobody knows, what the person may not see, or a unit that has no report of its own.</returns>
    public async Task<ReportFile?> PrepareAsync(Person person, string address, CancellationToken cancel = default)
    {
        var work = WorkContext.Read(address, person, await units.TreeAsync(cancel), ChinaTime.Today(clock)).Work;
        if (work is null || work.NoUnits || !ReportService.Reports(work.Unit)) return null;
        if (await reports.ReadAsync(person, work.Unit, work.Year, cancel) is not { } report) return null;
        await LogAsync(person, work, cancel);
        return new($"{work.Unit.Name}{work.Year}年度法治政府建设情况报告.docx", report.Draft);
    }

    async Task LogAsync(Person person, WorkContext work, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "export", "report", UnitId: work.Unit.Id, Note: $"{work.Unit.Name}{work.Year}年度报告")], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
