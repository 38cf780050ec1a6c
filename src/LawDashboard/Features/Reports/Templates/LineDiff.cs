namespace LawDashboard.Features.Reports.Templates;

/// <summary>What became of a line.</summary>
public enum LineChange { Same, Added, Removed }

/// <summary>A line of two texts held against each other.</summary>
/// <param name="Number">In the text that it stands in: the new one, for removed lines the old one; from 1.</param>
public sealed record DiffLine(LineChange Change, int Number, string Text);

/// <summary>Holds two texts against each other line by line; templates have some hundred lines.</summary>
public static class LineDiff
{
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        string[] a = before.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'), b = after.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var same = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                same[i, j] = a[i] == b[j] ? same[i + 1, j + 1] + 1 : Math.Max(same[i + 1, j], same[i, j + 1]);
        List<DiffLine> lines = [];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add(new(LineChange.Same, j + 1, b[j]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < a.Length && (j == b.Length || same[i + 1, j] >= same[i, j + 1])) lines.Add(new(LineChange.Removed, i + 1, a[i++]));
            else lines.Add(new(LineChange.Added, j + 1, b[j++]));
        }
        return lines;
    }
}
