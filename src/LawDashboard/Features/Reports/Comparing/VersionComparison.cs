using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;

namespace LawDashboard.Features.Reports.Comparing;

/// <summary>How a sentence stands in two versions.</summary>
public enum ComparedKind { Same, Changed, Added, Removed }

/// <summary>A stretch of a sentence; marked where the other version says something else.</summary>
public sealed record ComparedRun(string Text, bool Marked, bool IsFigure);

/// <summary>A sentence, heading or line in two versions; one side is empty where it was added or removed.</summary>
public sealed record ComparedRow(ComparedKind Kind, PartKind Part, IReadOnlyList<ComparedRun> Before, IReadOnlyList<ComparedRun> After);

/// <summary>A figure that says something else in the later version.</summary>
public sealed record ComparedFigure(string Id, string Name, string Before, string After);

/// <summary>A section with its sentences side by side.</summary>
public sealed record ComparedSection(string Heading, IReadOnlyList<ComparedRow> Rows)
{
    public int Changes => Rows.Count(row => row.Kind != ComparedKind.Same);
}

/// <summary>Two versions of a report side by side, sentence by sentence. Pure.</summary>
public sealed record VersionComparison(IReadOnlyList<ComparedSection> Sections, IReadOnlyList<ComparedFigure> Figures)
{
    /// <summary>Beyond so many pieces a side, two sentences are marked as wholes: nobody reads such a patchwork.</summary>
    const int MostPieces = 600;

    public int Count(ComparedKind kind) => Sections.Sum(section => section.Rows.Count(row => row.Kind == kind));

    public static VersionComparison Of(ReportDraft before, ReportDraft after)
    {
        var (from, to) = (TextUnits.Of(before), TextUnits.Of(after));
        var match = Alignment.Of(from, to, unit => unit.Text);
        List<ComparedSection> sections = [];
        List<ComparedRow> rows = [];
        var (heading, next) = ("", 0);
        for (var i = 0; i <= from.Count; i++)
        {
            if (i < from.Count && match[i] < 0)
            {
                Take(from[i], null);
                continue;
            }
            // What was added stands before the next sentence that both have.
            for (var end = i < from.Count ? match[i] : to.Count; next < end; next++) Take(null, to[next]);
            if (i < from.Count) Take(from[i], to[next++]);
        }
        Close("");
        var now = after.Figures.DistinctBy(figure => figure.Id).ToDictionary(figure => figure.Id, StringComparer.Ordinal);
        return new(sections, [.. before.Figures.DistinctBy(figure => figure.Id).Where(figure => now.TryGetValue(figure.Id, out var later) && later.Text != figure.Text)
            .Select(figure => new ComparedFigure(figure.Id, figure.Name, figure.Text, now[figure.Id].Text))]);

        void Take(TextUnit? old, TextUnit? changed)
        {
            var unit = changed ?? old!;
            if (unit.Kind == PartKind.Heading) Close(unit.Text.TrimEnd('。'));
            rows.Add(Row(old, changed));
        }

        void Close(string following)
        {
            if (rows.Count > 0) sections.Add(new(heading, [.. rows]));
            rows.Clear();
            heading = following;
        }
    }

    static ComparedRow Row(TextUnit? before, TextUnit? after)
    {
        var part = (after ?? before)!.Kind;
        if (before is null) return new(ComparedKind.Added, part, [], Runs(Pieces(after!), null));
        if (after is null) return new(ComparedKind.Removed, part, Runs(Pieces(before), null), []);
        var (from, to) = (Pieces(before), Pieces(after));
        if (before.Text == after.Text) return new(ComparedKind.Same, part, Runs(from, [.. from.Select(_ => true)]), Runs(to, [.. to.Select(_ => true)]));
        var (left, right) = from.Count > MostPieces || to.Count > MostPieces ? (new bool[from.Count], new bool[to.Count]) : Common(from, to);
        return new(ComparedKind.Changed, part, Runs(from, left), Runs(to, right));
    }

    /// <summary>Figures as wholes, words by character.</summary>
    static List<(string Text, bool IsFigure)> Pieces(TextUnit unit) =>
        [.. unit.Runs.SelectMany(run => run.Figure is not null ? [(run.Text, true)] : run.Text.Select(c => (c.ToString(), false)))];

    /// <summary>Which pieces both have, in order: the longest common sequence.</summary>
    static (bool[] From, bool[] To) Common(List<(string, bool)> from, List<(string, bool)> to)
    {
        var length = new int[from.Count + 1, to.Count + 1];
        for (var i = from.Count - 1; i >= 0; i--)
            for (var j = to.Count - 1; j >= 0; j--)
                length[i, j] = from[i] == to[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        var (left, right) = (new bool[from.Count], new bool[to.Count]);
        for (int i = 0, j = 0; i < from.Count && j < to.Count;)
        {
            if (from[i] == to[j]) left[i++] = right[j++] = true;
            else if (length[i + 1, j] >= length[i, j + 1]) i++;
            else j++;
        }
        return (left, right);
    }

    /// <param name="same">Which pieces the other side has; none where there is no other side to compare with.</param>
    static IReadOnlyList<ComparedRun> Runs(List<(string Text, bool IsFigure)> pieces, bool[]? same)
    {
        List<ComparedRun> runs = [];
        for (var i = 0; i < pieces.Count; i++)
        {
            var marked = same is not null && !same[i];
            if (!pieces[i].IsFigure && runs is [.., { IsFigure: false } last] && last.Marked == marked) runs[^1] = last with { Text = last.Text + pieces[i].Text };
            else runs.Add(new(pieces[i].Text, marked, pieces[i].IsFigure));
        }
        return runs;
    }
}
