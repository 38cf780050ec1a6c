namespace LawDashboard.Features.Reports;

/// <summary>
/// Official phrases for what stands out. Each kind has several, taken in turn, so that a list doesn't repeat itself. Every
/// judgement stands beside its figure.
/// </summary>
static class HighlightWording
{
    static readonly Dictionary<HighlightKind, string[]> Phrases = new()
    {
        [HighlightKind.AboveTarget] =
        [
            "{name}超额完成年度目标，{period}实际完成{actual}，为目标{target}的{attainment}{,yoy}",
            "{name}高于年度目标，目标{target}，实际完成{actual}，完成率{attainment}{,yoy}",
        ],
        [HighlightKind.Grown] = ["{name}{yoy}，由{last}增至{actual}", "{period,}{name=}{actual}，{yoy}"],
        [HighlightKind.RateRisen] = ["{name}达到{actual}{cases}，{yoy}{,target}", "{name}{yoy}，达到{actual}{cases}{,target}"],
        [HighlightKind.RateAboveTarget] = ["{name}达到{actual}{cases}，比年度目标{target}高{gap}", "{name}高于年度目标{target}，实际为{actual}{cases}，高出{gap}"],
        [HighlightKind.Fallen] = ["{name}{yoy}，由{last}降至{actual}"],
        [HighlightKind.RateFallen] = ["{name}降至{actual}{cases}，{yoy}"],
    };

    /// <param name="turn">How many of the kind have been written before.</param>
    public static void Write(RunWriter writer, Highlight highlight, int turn, DraftContext context)
    {
        var phrases = Phrases[highlight.Kind];
        Phrase.Write(writer, phrases[turn % phrases.Length], highlight.Standing, context);
    }
}
