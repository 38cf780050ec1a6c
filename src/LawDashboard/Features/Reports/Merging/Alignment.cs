namespace LawDashboard.Features.Reports.Merging;

/// <summary>Which unit of one text became which unit of another, in order: first those whose words are the same, then between them the most alike.</summary>
static class Alignment
{
    /// <summary>Less alike than this, a sentence is a new one rather than a changed one.</summary>
    const double Alike = 0.45;

    /// <param name="said">What of a unit is compared: its pattern, or its text where the marks of figures may be lost.</param>
    /// <returns>For each unit of the base its place in the other text; −1 where it has none.</returns>
    public static int[] Of(IReadOnlyList<TextUnit> from, IReadOnlyList<TextUnit> to, Func<TextUnit, string> said)
    {
        var match = new int[from.Count];
        Array.Fill(match, -1);
        Best(0, from.Count, 0, to.Count, (i, j) => from[i].Kind == to[j].Kind && said(from[i]) == said(to[j]) ? 1 : 0);
        var (a, b) = (0, 0);
        for (var i = 0; i <= from.Count; i++)
        {
            if (i < from.Count && match[i] < 0) continue;
            var end = i < from.Count ? match[i] : to.Count;
            if (a < i && b < end) Best(a, i, b, end, (x, y) => Likeness(from[x], to[y], said));
            (a, b) = (i + 1, end + 1);
        }
        return match;

        // The pairing in order with the greatest sum.
        void Best(int from0, int from1, int to0, int to1, Func<int, int, double> score)
        {
            var (rows, columns) = (from1 - from0, to1 - to0);
            var sum = new double[rows + 1, columns + 1];
            var scores = new double[rows, columns];
            for (var i = rows - 1; i >= 0; i--)
                for (var j = columns - 1; j >= 0; j--)
                {
                    scores[i, j] = score(from0 + i, to0 + j);
                    sum[i, j] = Math.Max(Math.Max(sum[i + 1, j], sum[i, j + 1]), scores[i, j] > 0 ? sum[i + 1, j + 1] + scores[i, j] : 0);
                }
            for (int i = 0, j = 0; i < rows && j < columns;)
            {
                if (scores[i, j] > 0 && sum[i, j] == sum[i + 1, j + 1] + scores[i, j]) match[from0 + i++] = to0 + j++;
                else if (sum[i, j] == sum[i + 1, j]) i++;
                else j++;
            }
        }
    }

    static double Likeness(TextUnit a, TextUnit b, Func<TextUnit, string> said)
    {
        if (a.Kind != b.Kind || a.Kind == Documents.PartKind.Heading && a.Level != b.Level) return 0;
        var (x, y) = (Pieces(said(a)), Pieces(said(b)));
        if (x.Count + y.Count == 0) return 0;
        var likeness = 2.0 * x.Intersect(y).Count() / (x.Count + y.Count);
        // Title, signature and the like stand once: whatever became of them, it is the same thing.
        return likeness >= Alike ? likeness : a.Kind is Documents.PartKind.Heading or Documents.PartKind.Body ? 0 : 0.1;
    }

    static HashSet<(char, char)> Pieces(string text) => [.. text.Zip(text.Skip(1))];
}
