using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports;

/// <summary>A report ready to be written, and its name as a file.</summary>
public sealed record ReportFile(string Name, ReportDraft Draft, OfficialDocumentOptions Options);

/// <summary>The report as a file to take along: its newest version, or the draft while nobody works on it. Every download is in the audit log.</summary>
public sealed class ReportDownload(ReportService reports, ReportDesk desk, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <param name="address">Names unit and year as the page's own address does.</param>
    /// <returns>Null when the address names what nobody knows, what the person may not see, or a unit that has no report of its own.</returns>
    public async Task<ReportFile?> PrepareAsync(Person person, string address, CancellationToken cancel = default)
    {
        var work = WorkContext.Read(address, person, await units.TreeAsync(cancel), ChinaTime.Today(clock)).Work;
        if (work is null || work.NoUnits || !ReportService.Reports(work.Unit)) return null;
        var name = $"{work.Unit.Name}{work.Year}年度法治政府建设情况报告";
        if (await desk.OpenAsync(person, work.Unit, work.Year, Number(address), cancel) is { } open)
        {
            await LogAsync(person, work, cancel);
            return new($"{name}（第{open.Number}版）.docx", open.Document, new(Origin: new(work.Unit.Code, work.Year, open.Number)));
        }
        if (await reports.ReadAsync(person, work.Unit, work.Year, cancel) is not { } report) return null;
        await LogAsync(person, work, cancel);
        return new(name + ".docx", report.Draft, new(ListMissing: true));
    }

    /// <summary>The version that the address asks for; null for the newest.</summary>
    static int? Number(string address) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..]).TryGetValue("version", out var text)
        && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    async Task LogAsync(Person person, WorkContext work, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "export", "report", UnitId: work.Unit.Id, Note: $"{work.Unit.Name}{work.Year}年度报告")], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
