namespace LawDashboard.Features.Reports;

/// <summary>Writes what the standings show: highlights, problems by group, and the plan that answers each group.</summary>
sealed class Assessment(DraftContext context, FigureIds ids)
{
    const int MostTargets = 8;

    readonly IReadOnlyList<IReadOnlyList<Problem>> groups =
        [.. Judgement.Problems(context).GroupBy(problem => problem.Group).Select(group => group.ToList())];

    public IReadOnlyList<ParagraphBlock> Highlights()
    {
        var seen = new Dictionary<HighlightKind, int>();
        return Enumerated(Judgement.Highlights(context), (writer, highlight) =>
        {
            var turn = seen[highlight.Kind] = seen.GetValueOrDefault(highlight.Kind) + 1;
            HighlightWording.Write(writer, highlight, turn - 1, context);
        });
    }

    /// <summary>A group a paragraph: what it is, the worst in full, the others in a short list.</summary>
    public IReadOnlyList<ParagraphBlock> Problems() => Enumerated(groups, (writer, group) =>
        ProblemWording.Write(writer.Text(ProblemWording.Head(group, context) + "。"), group, context));

    /// <summary>An answer a group, then the targets set for the next year where nothing is amiss.</summary>
    public IReadOnlyList<ParagraphBlock> Plan() =>
        [.. Enumerated(groups, (writer, group) => ProblemWording.WritePlan(writer, group, context)), .. OtherTargets()];

    /// <summary>How many targets the plan had to take over from this year.</summary>
    public int TargetsTakenOver => groups.SelectMany(ProblemWording.Planned).Count(problem => problem.Standing.NextTarget is null);

    IReadOnlyList<ParagraphBlock> OtherTargets()
    {
        var problems = groups.SelectMany(group => group).Select(problem => problem.Standing).ToHashSet();
        var set = context.Standings.Where(standing => standing.NextTarget is not null && !problems.Contains(standing)).Take(MostTargets).ToList();
        if (set.Count == 0) return [];
        var writer = new RunWriter(context, ids).Text($"{context.Word(OccasionWord.NextYear)}年{(problems.Count > 0 ? "其他" : "")}主要目标安排为：");
        for (var i = 0; i < set.Count; i++) Phrase.Write(writer.Text(i > 0 ? "，" : ""), "{name}{planned}", set[i], context);
        return [new([writer.Text("。").Sentence()])];
    }

    /// <summary>一是…。 二是…。, a paragraph each; a single item stands without a number.</summary>
    IReadOnlyList<ParagraphBlock> Enumerated<T>(IReadOnlyList<T> items, Action<RunWriter, T> write) => [.. items.Select((item, i) =>
    {
        var writer = new RunWriter(context, ids).Text(items.Count > 1 ? Numerals.Chinese(i + 1) + "是" : "");
        write(writer, item);
        return new ParagraphBlock([writer.Text("。").Sentence()]);
    })];
}
