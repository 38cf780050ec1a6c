namespace LawDashboard.Features.Reports;

/// <summary>A heading of a draft with what is still missing under it.</summary>
/// <param name="Block">Which block of the draft it is; names its place on the page.</param>
/// <param name="Short">The heading up to its first comma, for a narrow outline.</param>
public sealed record OutlineItem(int Block, int Level, string Text, string Short, int Missing)
{
    public string Anchor => AnchorOf(Block);
    public static string AnchorOf(int block) => $"section-{block}";
}

/// <summary>The sections of a draft, each with a mark: complete, or how much is missing (待补).</summary>
public static class ReportOutline
{
    public static IReadOnlyList<OutlineItem> Of(ReportDraft draft)
    {
        var missing = draft.Missing.CountBy(sentence => sentence.Section).ToDictionary(StringComparer.Ordinal);
        return [.. draft.Blocks.Index().Where(block => block.Item is HeadingBlock).Select(block =>
        {
            var heading = (HeadingBlock)block.Item;
            var text = heading.Text.TrimEnd('。');
            return new OutlineItem(block.Index, heading.Level, text, text.Split('，')[0], missing.GetValueOrDefault(text));
        })];
    }
}
