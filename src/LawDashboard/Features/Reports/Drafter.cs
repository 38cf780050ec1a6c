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
    string section = "";

    public ReportDraft Run()
    {
        foreach (var block in template.Blocks)
        {
            switch (block)
            {
                case HeadingNode heading: Add(heading); break;
                case ParagraphNode paragraph: Add(paragraph); break;
                case DirectiveNode directive: Add(directive.Directive); break;
            }
        }
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
        var assessment = new Assessment(context, ids);
        var (paragraphs, what) = directive switch
        {
            Directive.Highlights => (assessment.Highlights(), "没有明显高于年度目标或上年的指标，突出亮点由起草人补充"),
            Directive.Problems => (assessment.Problems(), "没有未达到目标或超过时限的指标，存在的问题及原因由起草人补充"),
            Directive.Plan => (assessment.Plan(), "没有可对应的问题和下一年度目标值，下一年度主要安排由起草人补充"),
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

        List<FigureMark> unsayable = [.. marks.Where(mark => !CanBeSaid(mark))];
        if (unsayable.Count > 0) List(sentence, unsayable, leftOut: false);
        var writer = new RunWriter(context, ids);
        Write(writer, sentence.Parts);
        return writer.Sentence();
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
                    var comma = writer.IsEmpty && !context.WholeYear && !next.StartsWith('，') && !next.StartsWith('共');
                    writer.Text(context.Word(OccasionWord.Period)).Text(comma ? "，" : "");
                    break;
                case WordPart word: writer.Text(context.Word(word.Word)); break;
                case OptionalClause clause when Holds(clause): Write(writer, clause.Parts); break;
                case NumberMark number: Write(writer, number); break;
                case BreakdownMark breakdown: Write(writer, breakdown); break;
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

    /// <summary>Falls away when a figure has no value, or when it counts and all its counts are zero; a rate of 0% stands.</summary>
    bool Holds(OptionalClause clause)
    {
        List<FigureMark> marks = [.. clause.Parts.OfType<FigureMark>()];
        return marks.All(CanBeSaid) && !marks.All(mark => CountsNothing(mark) && !context.Facts(mark.Key).IsRatio);
    }

    /// <summary>Whatever the format, it is the figure itself that counts: a target is no work done.</summary>
    bool CountsNothing(FigureMark mark) => !CanBeSaid(mark) || mark is NumberMark number && Facts(number).CountsNothing;

    bool CanBeSaid(FigureMark mark) => mark switch
    {
        NumberMark number => Facts(number).Print(number.Format, context.WholeYear) is not null,
        BreakdownMark breakdown => Parts(breakdown).Count > 0,
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

    void List(TemplateSentence sentence, IReadOnlyList<FigureMark> figures, bool leftOut)
    {
        var words = string.Concat(sentence.Parts.Select(part => part switch
        {
            TextPart text => text.Text,
            WordPart word => context.Word(word.Word),
            FigureMark => "＿＿",
            _ => "",
        }));
        missing.Add(new(section, words,
            [.. figures.Select(mark => mark is NumberMark number ? Facts(number).Name : context.Facts(mark.Key).Name + "分项").Distinct()], leftOut));
    }
}
