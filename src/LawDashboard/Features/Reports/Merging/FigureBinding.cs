namespace LawDashboard.Features.Reports.Merging;

/// <summary>
/// Finds the figures of a sentence again that lost their marks on the way, as when a program that knows no content controls
/// saved the document: the same number with the same words beside it is the same figure.
/// </summary>
static class FigureBinding
{
    /// <summary>So many characters on one side must be as they were.</summary>
    const int Beside = 2;

    public static TextUnit Rebind(TextUnit mine, TextUnit old)
    {
        var known = mine.Figures.Select(figure => figure.Id).ToHashSet(StringComparer.Ordinal);
        var lost = old.Figures.Where(figure => !known.Contains(figure.Id)).ToList();
        if (lost.Count == 0) return mine;
        if (mine.Typed is null && mine.Text == old.Text) return mine with { Runs = old.Runs };
        List<ReportRun> runs = [.. mine.Runs];
        foreach (var (figure, before, after) in Places(old).Where(place => lost.Contains(place.Figure)))
        {
            for (var i = 0; i < runs.Count; i++)
            {
                if (runs[i].Figure is not null || runs[i].Gap || Find(runs[i].Text, figure.Text, before, after) is not (>= 0 and var at)) continue;
                var text = runs[i].Text;
                runs.RemoveAt(i);
                runs.InsertRange(i, new ReportRun[] { new(text[..at]), new(figure.Text, figure), new(text[(at + figure.Text.Length)..]) }.Where(run => run.Text.Length > 0));
                break;
            }
        }
        return mine.Typed is null ? mine with { Runs = runs } : mine;
    }

    static IEnumerable<(Figure Figure, string Before, string After)> Places(TextUnit unit)
    {
        var (text, at) = (unit.Text, 0);
        foreach (var run in unit.Runs)
        {
            if (run.Figure is { } figure)
                yield return (figure, text[Math.Max(0, at - Beside)..at], text[(at + run.Text.Length)..Math.Min(text.Length, at + run.Text.Length + Beside)]);
            at += run.Text.Length;
        }
    }

    static int Find(string text, string number, string before, string after)
    {
        for (var at = text.IndexOf(number, StringComparison.Ordinal); at >= 0; at = text.IndexOf(number, at + 1, StringComparison.Ordinal))
        {
            var end = at + number.Length;
            // 18 is not the 18 in 186.
            if (at > 0 && char.IsAsciiDigit(text[at - 1]) || end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) continue;
            if (before.Length > 0 && text[..at].EndsWith(before, StringComparison.Ordinal) || after.Length > 0 && text[end..].StartsWith(after, StringComparison.Ordinal)) return at;
        }
        return -1;
    }
}
