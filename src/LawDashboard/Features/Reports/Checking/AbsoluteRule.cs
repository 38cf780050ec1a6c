namespace LawDashboard.Features.Reports.Checking;

/// <summary>Absolute claims (未发生, 零, 全部, 100%) against the entries: contradicted, unsupported, or borne out.</summary>
static class AbsoluteRule
{
    public static IEnumerable<ClaimFinding> Check(CheckedReport report)
    {
        foreach (var (paragraph, _, range, text) in report.Sentences)
        {
            var seen = new HashSet<int>();
            foreach (var claim in report.Words.Absolute.Where(claim => claim.Topics.Count == 0 || claim.Topics.Any(topic => text.Contains(topic, StringComparison.Ordinal))))
                foreach (var word in claim.Words)
                    for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
                    {
                        var start = range.Start + at;
                        // The first claim that knows the topic decides; a live figure is its own proof; 1100% is no 100%.
                        if (!seen.Add(start) || paragraph.Source.Figures.Any(figure => figure.Start < start + word.Length && start < figure.End)
                            || word.StartsWith('1') && at > 0 && char.IsAsciiDigit(text[at - 1])) continue;
                        if (Reason(report, claim) is { } found)
                            yield return report.At(ClaimRules.Absolute, found.Severity, paragraph, start, Math.Max(word.Length, Clause(text, at) - at), found.Reason, "改为具体数据，或删去。");
                    }
        }
    }

    static (ClaimSeverity Severity, string Reason)? Reason(CheckedReport report, AbsoluteClaim claim)
    {
        if (report.Facts is not { HasEntries: true } facts || claim.None.Count + claim.Whole.Count == 0) return (ClaimSeverity.Warning, "这一绝对化表述没有台账依据。");
        foreach (var measure in claim.None)
        {
            if (facts.Counted(measure) is not { } counted) return (ClaimSeverity.Warning, $"本年度没有登记相关台账，不能证明“{facts.NameOf(measure)}”为零。");
            if (counted > 0) return (ClaimSeverity.Error, $"台账中“{facts.NameOf(measure)}”有{Numerals.Plain(counted)}，与表述不符。");
        }
        foreach (var indicator in claim.Whole)
        {
            if (facts.Ratio(indicator) is not { } ratio) return (ClaimSeverity.Warning, $"台账中“{facts.NameOf(indicator)}”没有数据。");
            if (ratio < 1) return (ClaimSeverity.Error, $"台账中“{facts.NameOf(indicator)}”为{Numerals.Percent(ratio)}，不是全部。");
        }
        return null;
    }

    /// <summary>Where the clause of the claim ends: what did not happen stands behind 未发生.</summary>
    static int Clause(string text, int at)
    {
        var end = text.IndexOfAny(['，', '。', '；', '！', '？'], at);
        return end < 0 ? text.Length : end;
    }
}
