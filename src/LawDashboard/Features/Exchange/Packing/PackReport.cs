using System.IO.Compression;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Versions;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>The yearly report in a pack: its newest version, or the draft while nobody works on it.</summary>
public sealed class PackReport(ReportService reports, ReportDesk desk)
{
    internal const string Name = "00-年度报告.docx";

    /// <summary>Null for a unit that makes no report of its own, and where it is not wanted.</summary>
    internal async Task<ReportDraft?> ReadAsync(Person person, PackPlan plan, CancellationToken cancel)
    {
        if (!plan.Request.Report || !ReportService.Reports(plan.Unit)) return null;
        if (await desk.OpenAsync(person, plan.Unit, plan.Request.Year, cancel: cancel) is { } open) return open.Document;
        return (await reports.ReadAsync(person, plan.Unit, plan.Request.Year, cancel))?.Draft;
    }

    internal static async Task WriteAsync(PackArchive archive, ReportDraft report, IReadOnlyList<(string Value, string Mask)>? hidden, CancellationToken cancel) =>
        await archive.AddAsync(Name, CompressionLevel.NoCompression, stream => OfficialDocument.WriteAsync(stream, hidden is null ? report : Hide(report, hidden), ct: cancel), cancel);

    /// <summary>The same report without the names of parties, wherever somebody wrote them into it.</summary>
    static ReportDraft Hide(ReportDraft report, IReadOnlyList<(string Value, string Mask)> hidden)
    {
        string Clean(string text) => PersonalScrub.Hide(text, hidden);
        return report with
        {
            Title = [.. report.Title.Select(Clean)],
            Blocks = [.. report.Blocks.Select<ReportBlock, ReportBlock>(block => block switch
            {
                HeadingBlock heading => heading with { Text = Clean(heading.Text) },
                ParagraphBlock paragraph => new ParagraphBlock([.. paragraph.Sentences.Select(sentence =>
                    new ReportSentence([.. sentence.Runs.Select(run => run.Figure is null ? run with { Text = Clean(run.Text) } : run)]))]),
                _ => block,
            })],
        };
    }
}
