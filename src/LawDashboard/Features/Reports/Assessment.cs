namespace LawDashboard.Features.Reports;

/// <summary>Writes what the standings show: highlights, problems, and the plan that answers each problem.</summary>
sealed class Assessment(DraftContext context, FigureIds ids)
{
    const int MostTargets = 8;

    readonly IReadOnlyList<Problem> problems = Judgement.Problems(context);

    /// <summary>A paragraph each.</summary>
    public IReadOnlyList<ParagraphBlock> Highlights()
    {
        var turns = Turns<HighlightKind>();
        return [.. Enumerated(Judgement.Highlights(context), (writer, highlight) =>
            Wording.Write(writer, highlight, turns(highlight.Kind), context)).Select(sentence => new ParagraphBlock([sentence]))];
    }

    public IReadOnlyList<ParagraphBlock> Problems()
    {
        var turns = Turns<ProblemKind>();
        return Paragraph([.. Enumerated(problems, (writer, problem) => Wording.Write(writer, problem, turns(problem.Kind), context))]);
    }

    /// <summary>A sentence a problem, then the targets set for the next year.</summary>
    public IReadOnlyList<ParagraphBlock> Plan()
    {
        var turns = Turns<ProblemKind>();
        var answers = Enumerated(problems, (writer, problem) => Wording.WritePlan(writer, problem, turns(problem.Kind), context));
        return [.. Paragraph([.. answers]), .. Paragraph(Targets())];
    }

    /// <summary>Names of the indicators whose plan had to take this year's target.</summary>
    public IReadOnlyList<string> ProblemsWithoutNextTarget() =>
        [.. problems.Select(problem => problem.Standing).Where(standing => standing is { NextTarget: null, Target: not null }).Select(standing => standing.Name)];

    IReadOnlyList<ReportSentence> Targets()
    {
        var set = context.Standings.Where(standing => standing.NextTarget is not null && problems.All(problem => problem.Standing != standing)).Take(MostTargets).ToList();
        if (set.Count == 0) return [];
        var writer = new RunWriter(context, ids).Text($"{context.Word(OccasionWord.NextYear)}年主要目标安排为：");
        for (var i = 0; i < set.Count; i++)
        {
            if (i > 0) writer.Text("，");
            Wording.WriteTarget(writer, set[i], context);
        }
        return [writer.Text("。").Sentence()];
    }

    /// <summary>一是…。二是…。; a single item stands without a number.</summary>
    IEnumerable<ReportSentence> Enumerated<T>(IReadOnlyList<T> items, Action<RunWriter, T> write)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var writer = new RunWriter(context, ids).Text(items.Count > 1 ? Numerals.Chinese(i + 1) + "是" : "");
            write(writer, items[i]);
            yield return writer.Text("。").Sentence();
        }
    }

    static IReadOnlyList<ParagraphBlock> Paragraph(IReadOnlyList<ReportSentence> sentences) => sentences.Count > 0 ? [new(sentences)] : [];

    /// <summary>Counts how often each kind has been written, to take its phrases in turn.</summary>
    static Func<TKind, int> Turns<TKind>() where TKind : struct
    {
        var seen = new Dictionary<TKind, int>();
        return kind => (seen[kind] = seen.GetValueOrDefault(kind) + 1) - 1;
    }
}
