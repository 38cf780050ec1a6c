using System.Globalization;
using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports;

/// <summary>A report ready to be written, and its name as a file; the ending tells in which form.</summary>
public sealed record ReportFile(string Name, ReportDraft Draft, OfficialDocumentOptions Options);

/// <summary>The report as a file to take along: its newest version, or the draft while nobody works on it. Every download is in the audit log.</summary>
public sealed class ReportDownload(ReportService reports, ReportDesk desk, ReportLives lives, SourceTable sources, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <param name="address">
    /// Names unit and year as the page's own address does; optionally the version, the form (docx, html, txt), whether the
    /// document bears no seal, its number and signer, and the appendix of sources.
    /// </param>
    /// <returns>Null when the address names what nobody knows, what the person may not see, or a unit that has no report of its own.</returns>
    public async Task<ReportFile?> PrepareAsync(Person person, string address, CancellationToken cancel = default)
    {
        var work = WorkContext.Read(address, person, await units.TreeAsync(cancel), ChinaTime.Today(clock)).Work;
        if (work is null || work.NoUnits || !ReportService.Reports(work.Unit)) return null;
        var asked = QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        string? Asked(string key) => asked.TryGetValue(key, out var text) && text.ToString() is { Length: > 0 } value ? value : null;
        var version = int.TryParse(Asked("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        if (await reports.ReadAsync(person, work.Unit, ReportKey.Of(work), cancel) is not { } report) return null;
        var open = await desk.OpenAsync(person, work.Unit, ReportKey.Of(work), version, cancel);
        await LogAsync(person, work, report.Choice, cancel);
        var text = open?.Document ?? report.Draft;
        // A version that was begun has official parts of its own; what the address asks for goes before them.
        var form = open is null ? new() : (await lives.ReadAsync(person, work.Unit, open.Key, open.ReportId, cancel)).FormOf(open.Number);
        var options = new OfficialDocumentOptions(
            ListMissing: open is null, Sealed: Asked("unsealed") is null && !form.Unsealed, Origin: new(work.Unit.Code, work.Year, open?.Number ?? 0, report.Choice.Name),
            Head: Asked("number") is { } mark && OfficialHead.NumberProblem(mark) is null ? new(work.Unit.OfficialName + "文件", mark, Asked("signer")) : form.Head,
            Attachments: form.Attachments, Imprint: form.Imprint,
            Sources: Asked("sources") is null ? null : sources.Of(report, text));
        var ending = Asked("form") is "html" or "txt" ? Asked("form") : "docx";
        return new($"{work.Unit.Name}{report.Choice.FileName}{(open is null ? "" : $"（第{open.Number}版）")}.{ending}", text, options);
    }

    Task LogAsync(Person person, WorkContext work, ReportChoice choice, CancellationToken cancel) =>
        contexts.NoteAsync(new(ChinaTime.Now(clock), person.Id, person.Name, "export", "report", UnitId: work.Unit.Id, Note: $"{work.Unit.Name}{choice.FileName}"), cancel);
}
