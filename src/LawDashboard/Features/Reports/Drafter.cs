namespace LawDashboard.Features.Reports;

/// <summary>
/// Drafts a report from a template and counted data. Pure: the same template and data give the same draft. Nothing is
/// invented: a sentence whose figures count nothing is left out and listed, a missing value inside a sentence is marked
/// 〔待补：…〕.
/// </summary>
public static class Drafter
{
    public static ReportDraft Draft(ReportTemplate template, DraftContext context) => new Drafting(template, context).Run();
}

/// <summary>The drafting of one report.</summary>
sealed class Drafting(ReportTemplate template, DraftContext context)
{
    readonly FigureIds ids = new();
    readonly List<ReportBlock> blocks = [];
    readonly List<MissingSentence> missing = [];
    readonly List<Exhibit> exhibits = [];
    string section = "";

    public ReportDraft Run()
    {
        Add(template.Blocks);
        FillEmptySection(nextLevel: 1);
        var addressee = Words(template.To).TrimEnd('：', ':');
        return new()
        {
            UnitName = context.UnitName,
            Year = context.Year,
            Closing = context.Closing,
            Title = [.. template.Title.Select(Words)],
            Addressee = addressee.Length > 0 ? addressee + "：" : "",
            Blocks = blocks,
            Signature = Words(template.Signature),
            Date = Words(template.Date),
            Missing = missing,
            Exhibits = exhibits,
        };
    }

    void Add(IReadOnlyList<TemplateBlock> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case HeadingNode heading: Add(heading); break;
                case ParagraphNode paragraph: Add(paragraph); break;
                case DirectiveNode directive: Add(directive.Directive); break;
                case ExhibitNode exhibit: Add(exhibit); break;
                case ConditionNode condition: Add(Holds(condition.If) ? condition.Then : condition.Else); break;
            }
        }
    }

    void Add(ExhibitNode node)
    {
        var title = Words(node.Title);
        var table = node.Style == ExhibitStyle.Table;
        var id = ids.Next($"exhibit.{(table ? "table" : "chart")}.{node.Axis}.{node.Keys[0]}", null, FigureFormat.Plain);
        if (Exhibits.Of(node, id, title, context) is not { } exhibit)
        {
            missing.Add(new(section, $"{(table ? "表" : "图")}：{title}", [.. node.Keys.Select(key => context.Facts(key).Name)], LeftOut: true));
            return;
        }
        exhibits.Add(exhibit);
        blocks.Add(new ParagraphBlock([new RunWriter(context, ids).Caption($"{(table ? "表" : "图")}{exhibits.Count(other => other.IsTable == table)}", id, title).Sentence()]));
    }

    bool Holds(TemplateCondition condition)
    {
        if (condition.Key is not { } key) return !context.IsComplete;
        var facts = context.Facts(key);
        if (condition.Operator is null) return !facts.CountsNothing;
        var against = condition.Against switch { ComparedWith.Target => facts.Target, ComparedWith.LastYear => facts.LastYear, _ => condition.Number };
        if (facts.Amount is not { } amount || against is not { } limit) return false;
        return condition.Operator switch
        {
            ">" => amount > limit, ">=" => amount >= limit, "<" => amount < limit, "<=" => amount <= limit, "=" => amount == limit, _ => amount != limit,
        };
    }

    void Add(HeadingNode heading)
    {
        FillEmptySection(heading.Level);
        var text = Words(heading.Parts);
        section = text.TrimEnd('。');
        blocks.Add(new HeadingBlock(heading.Level, text));
    }

    void Add(ParagraphNode paragraph)
    {
        List<ReportSentence> kept = [.. paragraph.Sentences.Select(Draft).OfType<ReportSentence>()];
        if (kept.Count > 0) blocks.Add(new ParagraphBlock(Punctuation.Close(kept, someLeftOut: kept.Count < paragraph.Sentences.Count)));
    }

    void Add(Directive directive)
    {
        var assessment = new Assessment(context.ToDate ?? context, ids);
        var (paragraphs, what) = directive switch
        {
            Directive.Highlights => (assessment.Highlights(), "没有明显高于年度目标或上年的指标，突出亮点由起草人补充"),
            Directive.Problems => (assessment.Problems(), "没有未达到目标或超过时限的指标，存在的问题及原因由起草人补充"),
            Directive.Plan => (assessment.Plan(), "没有可对应的问题和下一年度目标值，下一年度主要安排由起草人补充"),
            Directive.Progress => (assessment.Progress(), "没有设定年度目标值，目标完成进度由起草人补充"),
            _ => throw new ArgumentOutOfRangeException(nameof(directive), directive, null),
        };
        blocks.AddRange(paragraphs);
        if (paragraphs.Count == 0) AddGap(what);
        else if (directive == Directive.Plan && assessment.TargetsTakenOver is > 0 and var taken)
            missing.Add(new(section, $"{context.Year + 1}年目标值没有录入，本部分{taken}项暂按本年度目标值起草", [], LeftOut: false));
    }

    /// <summary>A heading with nothing beneath is marked, so that it isn't overlooked.</summary>
    void FillEmptySection(int nextLevel)
    {
        if (blocks is not [.., HeadingBlock last] || last.Level < nextLevel) return;
        if (missing.Any(sentence => sentence.Section == section)) blocks.Add(GapParagraph("本部分没有可引用的台账数据"));
        else AddGap("本部分没有内容");
    }

    void AddGap(string what)
    {
        blocks.Add(GapParagraph(what));
        missing.Add(new(section, what, [], LeftOut: false));
    }

    ParagraphBlock GapParagraph(string what) => new([new RunWriter(context, ids).Gap(what).Sentence()]);

    string Words(IReadOnlyList<TemplatePart> parts) => string.Concat(parts.Select(part => part switch
    {
        TextPart text => text.Text,
        WordPart word => context.Word(word.Word),
        PolicyPart word => context.Word(word) ?? "",
        _ => "",
    }));

    /// <summary>The sentence, or null when it is left out.</summary>
    ReportSentence? Draft(TemplateSentence sentence)
    {
        List<FigureMark> marks = [.. sentence.Parts.OfType<FigureMark>()];
        List<FigureMark> empty = [.. marks.Where(CountsNothing)];
        if (marks.Count > 0 && empty.Count == marks.Count)
        {
            List(sentence, empty, leftOut: true);
            return null;
        }

        // A sentence that only tells of judgements waits for them like one that only counts.
        List<JudgedPart> unjudged = [.. sentence.Parts.OfType<JudgedPart>().Where(part => context.Word(part) is null)];
        if (marks.Count == 0 && unjudged.Count > 0)
        {
            missing.Add(new(section, Told(sentence), [.. unjudged.Select(NameOf).Distinct()], LeftOut: true));
            return null;
        }

        List<FigureMark> unsayable = [.. marks.Where(mark => !CanBeSaid(mark))];
        if (unsayable.Count > 0) List(sentence, unsayable, leftOut: false);
        foreach (var gap in sentence.Parts.OfType<GapPart>()) missing.Add(new(section, gap.What, [], LeftOut: false));
        var writer = new RunWriter(context, ids);
        Write(writer, sentence.Parts);
        return writer.IsEmpty ? null : writer.Sentence();
    }

    void Write(RunWriter writer, IReadOnlyList<TemplatePart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i])
            {
                case TextPart text: writer.Text(text.Text); break;
                case WordPart { Word: OccasionWord.Period }:
                    var next = parts.ElementAtOrDefault(i + 1) is TextPart { Text: var words } ? words : "";
                    // 截至11月30日 at the head of a sentence is a clause of its own, unless the sentence goes on from it.
                    var comma = writer.IsEmpty && !context.IsComplete && !next.StartsWith('，') && !next.StartsWith('共');
                    writer.Text(context.Word(OccasionWord.Period)).Text(comma ? "，" : "");
                    break;
                case WordPart word: writer.Text(context.Word(word.Word)); break;
                case PolicyPart word when context.Word(word) is { } known: writer.Text(known); break;
                case PolicyPart word: writer.Gap(word.Name switch { PolicyWord.PlanName => "普法规划名称", PolicyWord.Outline => "法治政府建设纲要名称", _ => "年度政策提法" }); break;
                case JudgedPart part when context.Word(part) is { } judged: writer.Text(judged); break;
                case JudgedPart part: writer.Gap(NameOf(part)); break;
                case GapPart gap: writer.Gap(gap.What); break;
                case OptionalClause clause when Holds(clause): Write(writer, clause.Parts); break;
                case NumberMark number: Write(writer, number); break;
                case BreakdownMark breakdown: Write(writer, breakdown); break;
                case RankMark rank: Write(writer, rank); break;
            }
        }
    }

    void Write(RunWriter writer, NumberMark mark)
    {
        var facts = Facts(mark);
        var slice = mark.Slice is null ? null : new FigureSlice(mark.Slice, mark.Code, []);
        if (facts.Print(mark.Format, context.WholeYear) is { } printed) writer.Figure(facts, mark.Format, printed, slice);
        else writer.Gap(facts.Name);
    }

    void Write(RunWriter writer, BreakdownMark mark)
    {
        var facts = context.Facts(mark.Key);
        var parts = Parts(mark);
        if (parts.Count == 0) writer.Gap(facts.Name + "分项");
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var of = facts with { Name = $"{facts.Name}（{part.Label}）", Amount = part.Amount };
            writer.Text(i == 0 ? part.Label : "、" + part.Label).Figure(of, FigureFormat.Plain, of.Print(FigureFormat.Plain)!, part.Slice).Text(facts.Unit);
        }
    }

    /// <summary>The best or the weakest unit with its figure; several that are even stand together.</summary>
    void Write(RunWriter writer, RankMark mark)
    {
        var facts = context.Facts(mark.Key);
        if (Ranked(mark) is not { Count: > 0 } ranked)
        {
            writer.Gap(facts.Name + "分单位数据");
            return;
        }
        var of = facts with { Name = $"{facts.Name}（{ranked[0].Label}）", Amount = ranked[0].Amount, Cases = ranked[0].Cases };
        writer.Text(string.Join("、", ranked.Select(part => part.Label)) + "（")
            .Figure(of, FigureFormat.Plain, of.Print(FigureFormat.Plain)!, new(ReportTemplate.UnitAxis, ranked[0].Code, [])).Text((facts.IsRatio ? "" : facts.Unit) + "）");
    }

    /// <summary>Empty where all are even or fewer than two can be compared: then none is best.</summary>
    List<FigurePart> Ranked(RankMark mark)
    {
        var facts = context.Facts(mark.Key);
        List<FigurePart> parts = [.. context.Figures.Parts(mark.Key, ReportTemplate.UnitAxis).Where(part => !facts.IsRatio || part.Cases >= FigureFacts.FewestCases)];
        if (parts.Count < 2 || parts.TrueForAll(part => part.Amount == parts[0].Amount)) return [];
        var end = mark.Best != facts.LessIsBetter ? parts.Max(part => part.Amount) : parts.Min(part => part.Amount);
        return parts.FindAll(part => part.Amount == end);
    }

    /// <summary>Falls away when a figure has no value, or when it counts and all its counts are zero; a rate of 0% stands.</summary>
    bool Holds(OptionalClause clause)
    {
        if (clause.Parts.OfType<PolicyPart>().Any(word => context.Word(word) is null) || clause.Parts.OfType<JudgedPart>().Any(part => context.Word(part) is null)) return false;
        List<FigureMark> marks = [.. clause.Parts.OfType<FigureMark>()];
        return marks.Count == 0 || marks.All(CanBeSaid) && !marks.All(mark => CountsNothing(mark) && !context.Facts(mark.Key).IsRatio);
    }

    /// <summary>Whatever the format, it is the figure itself that counts: a target is no work done.</summary>
    bool CountsNothing(FigureMark mark) => !CanBeSaid(mark) || mark is NumberMark number && Facts(number).CountsNothing;

    bool CanBeSaid(FigureMark mark) => mark switch
    {
        NumberMark number => Facts(number).Print(number.Format, context.WholeYear) is not null,
        BreakdownMark breakdown => Parts(breakdown).Count > 0,
        RankMark rank => Ranked(rank).Count > 0,
        _ => false,
    };

    FigureFacts Facts(NumberMark mark)
    {
        var facts = context.Facts(mark.Key);
        if (mark.Slice is null) return facts;
        var part = context.Figures.Parts(mark.Key, mark.Slice).FirstOrDefault(part => part.Code == mark.Code);
        return facts with { Name = $"{facts.Name}（{part?.Label ?? mark.Code}）", Amount = part?.Amount ?? 0 };
    }

    IReadOnlyList<BreakdownPart> Parts(BreakdownMark mark) => context.Facts(mark.Key) is { IsRatio: false, Amount: { } total }
        ? Breakdown.Of(total, context.Figures.Parts(mark.Key, mark.Slice), mark.Slice, mark.Top) : [];

    void List(TemplateSentence sentence, IReadOnlyList<FigureMark> figures, bool leftOut) => missing.Add(new(section, Told(sentence),
        [.. figures.Select(mark => mark is NumberMark number ? Facts(number).Name : context.Facts(mark.Key).Name + "分项").Distinct()], leftOut));

    string NameOf(JudgedPart part) => $"“{context.Judged.GetValueOrDefault(part.Key)?.Name ?? part.Key}”的评定";

    /// <summary>The sentence with blanks in the places of its figures.</summary>
    string Told(TemplateSentence sentence) => string.Concat(sentence.Parts.Select(part => part switch
        {
            TextPart text => text.Text,
            WordPart word => context.Word(word.Word),
            PolicyPart word => context.Word(word) ?? "",
            JudgedPart judged => context.Word(judged) ?? "＿＿",
            FigureMark => "＿＿",
            _ => "",
        }));
}
