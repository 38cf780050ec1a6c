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
        return
        [
            .. Enumerated(Judgement.Highlights(context), (writer, highlight) =>
            {
                var turn = seen[highlight.Kind] = seen.GetValueOrDefault(highlight.Kind) + 1;
                HighlightWording.Write(writer, highlight, turn - 1, context);
            }),
            .. Noted(),
        ];
    }

    /// <summary>What was logged as a highlight, or is the largest of its kind, in one paragraph.</summary>
    IReadOnlyList<ParagraphBlock> Noted() => context.Noted.Count == 0 ? []
        : [new([new RunWriter(context, ids).Text((context.Noted[0].Why == NotedFor.Marked ? "列为亮点的工作有：" : "规模较大的活动有：") + string.Join("；", context.Noted.Select(noted => noted.Sentence)) + "。").Sentence()])];

    /// <summary>How far the year's targets have come where nothing is amiss; what lags is told as a problem.</summary>
    public IReadOnlyList<ParagraphBlock> Progress()
    {
        var all = Judgement.OnCourse(context);
        if (all.Count == 0) return [];
        var writer = new RunWriter(context, ids).Text(context.IsComplete && context.Term.IsYear ? "对照年度目标，全年" : $"对照年度目标，截至{context.Closing.Month}月{context.Closing.Day}日，");
        for (var i = 0; i < all.Count; i++) Phrase.Write(writer.Text(i > 0 ? "；" : ""), "{name=}{actual}，完成目标{target}的{attainment}", all[i], context);
        return [new([writer.Text("。").Sentence()])];
    }

    /// <summary>A group a paragraph: what it is, the worst in full, the others in a short list; then what is past a statutory limit.</summary>
    public IReadOnlyList<ParagraphBlock> Problems() => Enumerated(Told, (writer, group) =>
    {
        if (group is null) LateWording.Write(writer.Text(LateWording.Head + "。"), context);
        else ProblemWording.Write(writer.Text(ProblemWording.Head(group, context) + "。"), group, context);
    });

    /// <summary>An answer a group, then the targets set for the next year where nothing is amiss.</summary>
    public IReadOnlyList<ParagraphBlock> Plan() =>
    [
        .. Enumerated(Told, (writer, group) =>
        {
            if (group is null) writer.Text($"针对{LateWording.Head}的问题，{LateWording.Plan}");
            else ProblemWording.WritePlan(writer, group, context);
        }),
        .. OtherTargets(),
    ];

    /// <summary>The groups in their order; null is what is past a statutory limit, which no indicator tells.</summary>
    IReadOnlyList<IReadOnlyList<Problem>?> Told =>
        [.. groups.Where(group => group[0].Group <= ProblemGroup.Late), .. Enumerable.Repeat<IReadOnlyList<Problem>?>(null, context.Late.Count > 0 ? 1 : 0), .. groups.Where(group => group[0].Group > ProblemGroup.Late)];

    /// <summary>How many targets the plan had to take over from this year.</summary>
    public int TargetsTakenOver => ProblemWording.IsWithinYear(context) ? 0 : groups.SelectMany(ProblemWording.Planned).Count(problem => problem.Standing.NextTarget is null);

    IReadOnlyList<ParagraphBlock> OtherTargets()
    {
        var problems = groups.SelectMany(group => group).Select(problem => problem.Standing).ToHashSet();
        var set = context.Standings.Where(standing => standing.NextTarget is not null && !problems.Contains(standing)).Take(MostTargets).ToList();
        if (set.Count == 0 || ProblemWording.IsWithinYear(context)) return [];
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
