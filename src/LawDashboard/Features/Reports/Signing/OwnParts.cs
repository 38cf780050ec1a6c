using LawDashboard.Data;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Versions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>
/// Knows the official parts that this program wrote into a document again when it comes back: they have a form of their own and
/// are no new sentences. What somebody changed in them is left in, so that it is shown.
/// </summary>
static class OwnParts
{
    public static async Task<DocumentText> WithoutAsync(AppDbContext db, int report, DocumentText content, CancellationToken cancel) =>
        await db.ReportForms.AsNoTracking().FirstOrDefaultAsync(f => f.ReportId == report, cancel) is { } form ? Without(content, ReportText.Read<OfficialForm>(form.Content)) : content;

    public static DocumentText Without(DocumentText content, OfficialForm form)
    {
        var lines = Attachments(form.Attachments).Select(Bare).ToHashSet(StringComparer.Ordinal);
        var imprint = form.Imprint is { } foot ? Bare((foot.Copies.Count > 0 ? $"抄送：{string.Join("，", foot.Copies)}。" : "") + foot.Printer + Numerals.Date(foot.PrintedOn) + "印发") : null;
        return content with
        {
            Paragraphs = [.. content.Paragraphs.Where(paragraph => !lines.Contains(Bare(paragraph.Text)))],
            NotTaken = [.. content.NotTaken.Where(what => imprint is null || !IsImprint(what))],
        };

        // Long tables are named by their beginning.
        bool IsImprint(string what) => what.StartsWith("表格：", StringComparison.Ordinal) && imprint.StartsWith(Bare(what["表格：".Length..].TrimEnd('…')), StringComparison.Ordinal);
    }

    /// <summary>The lines of the 附件说明 as they are printed.</summary>
    public static IEnumerable<string> Attachments(IReadOnlyList<string> names) => names.Select((name, i) => (i == 0 ? "附件：" : "") + (names.Count > 1 ? $"{i + 1}." : "") + name);

    static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
