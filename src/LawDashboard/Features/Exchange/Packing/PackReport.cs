using System.IO.Compression;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>The report of a pack with its official parts.</summary>
sealed record PackedReport(ReportDraft Text, OfficialDocumentOptions Options);

/// <summary>The yearly report in a pack: as it was signed, else its newest version, or the draft while nobody works on it.</summary>
public sealed class PackReport(ReportService reports, ReportDesk desk, ReportLives lives)
{
    internal const string Name = "00-年度报告.docx";

    /// <summary>Null for a unit that makes no report of its own, and where it is not wanted.</summary>
    internal async Task<PackedReport?> ReadAsync(Person person, PackPlan plan, CancellationToken cancel)
    {
        if (!plan.Request.Report || !ReportService.Reports(plan.Unit)) return null;
        var of = await desk.AnnualAsync(plan.Unit, plan.Request.Year, cancel);
        if (await desk.OpenAsync(person, plan.Unit, of, cancel: cancel) is not { } newest)
            return (await reports.ReadAsync(person, plan.Unit, of, cancel))?.Draft is { } draft ? new(draft, new()) : null;
        var life = await lives.ReadAsync(person, plan.Unit, of, newest.ReportId, cancel);
        var shown = life.Signature is { } signature ? await desk.OpenAsync(person, plan.Unit, of, signature.Version, cancel) ?? newest : newest;
        var form = life.FormOf(shown.Number);
        return new(shown.Document, new(Sealed: !form.Unsealed, Head: form.Head, Attachments: form.Attachments, Imprint: form.Imprint));
    }

    internal static async Task WriteAsync(PackArchive archive, PackedReport report, IReadOnlyList<(string Value, string Mask)>? hidden, CancellationToken cancel) =>
        await archive.AddAsync(Name, CompressionLevel.NoCompression, stream => OfficialDocument.WriteAsync(stream, hidden is null ? report.Text : Hide(report.Text, hidden), report.Options, cancel), cancel);

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
