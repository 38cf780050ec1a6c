namespace LawDashboard.Features.Reports;

/// <summary>
/// Official phrases for a group of problems and for the plan that answers it. The worst are told in full; the others follow
/// in a short list, so that every missed target is named and the text stays readable.
/// </summary>
static class ProblemWording
{
    internal const int MostInFull = 5;

    /// <summary>How the indicators of a kind are told: in full, and in the short list.</summary>
    static readonly Dictionary<ProblemKind, (string Full, string Brief)> Items = new()
    {
        [ProblemKind.Behind] = ("{name=}{actual}，完成年度目标{target}的{attainment}", "{name}完成{attainment}"),
        [ProblemKind.Unrecorded] = ("{name}（年度目标{target}）", "{name}（年度目标{target}）"),
        [ProblemKind.Low] = ("{name=}{actual}{cases}，比目标值{target}低{gap}", "{name}{actual}{cases,target}"),
        [ProblemKind.Exceeded] = ("{name=}{actual}，比控制数{target}多{gap}", "{name}{actual}（控制数{target}）"),
        [ProblemKind.High] = ("{name=}{actual}{cases}，比控制值{target}高{gap}", "{name}{actual}（控制值{target}）"),
        [ProblemKind.Late] = ("{name=}{actual}{cases}", "{name}{actual}{cases}"),
    };

    static readonly Dictionary<ProblemGroup, string> Measures = new()
    {
        [ProblemGroup.Progress] = "年初把全年任务分解到月、责任落实到人，逐月对照台账检查进度，滞后的限期补上",
        [ProblemGroup.Quality] = "逐件分析没有达标的原因，制定整改措施，按季通报整改情况",
        [ProblemGroup.Late] = "对临近期限的事项提前提醒，到期没有办结的逐件督办",
        [ProblemGroup.Limit] = "从源头排查原因，逐件落实措施",
        [ProblemGroup.Unrecorded] = "明确责任人，做到一事一记、及时登记",
    };

    /// <summary>What the group is about in a few words; the plan takes up the same words.</summary>
    public static string Head(IReadOnlyList<Problem> problems, DraftContext context)
    {
        var some = problems.Count > 1 ? "部分" : "个别";
        return problems[0].Group switch
        {
            ProblemGroup.Progress => some + (context.WholeYear ? "任务没有完成年度目标" : "任务进度滞后"),
            ProblemGroup.Quality => some + "质量指标没有达到目标",
            ProblemGroup.Late => "个别事项超过规定时限",
            ProblemGroup.Limit => some + "指标超出控制数",
            _ => some + "任务没有台账记录",
        };
    }

    /// <summary>The sentences after the head: the worst in full, then the rest.</summary>
    public static void Write(RunWriter writer, IReadOnlyList<Problem> problems, DraftContext context)
    {
        if (problems[0].Group == ProblemGroup.Unrecorded)
        {
            List(writer, problems, "、", context);
            writer.Text(problems.Count > 1 ? "在台账中均没有登记" : "在台账中没有登记");
            return;
        }
        if (problems[0].Group == ProblemGroup.Progress) writer.Text(context.WholeYear ? "" : $"{context.Word(OccasionWord.Period)}，");
        List(writer, [.. problems.Take(MostInFull)], "；", context, full: true);
        Again(writer, problems, context);
        if (problems.Skip(MostInFull).ToList() is not { Count: > 0 } rest) return;
        writer.Text("。另有");
        var parts = rest.GroupBy(problem => Tail(problem, context)).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) writer.Text("；");
            List(writer, [.. parts[i]], "、", context);
            writer.Text(parts[i].Key);
        }
    }

    /// <summary>Of those told in full, what was a problem last year already is said to be unresolved.</summary>
    static void Again(RunWriter writer, IReadOnlyList<Problem> problems, DraftContext context)
    {
        var again = problems.Take(MostInFull).Where(problem => context.MissedLastYear.Contains(problem.Standing.Key)).Select(problem => Phrase.Spoken(problem.Standing)).ToList();
        if (again.Count > 0) writer.Text($"。其中{string.Join("、", again)}上年也没有达到目标，整改还不到位");
    }

    /// <summary>Why, where the data show it.</summary>
    static void Causes(RunWriter writer, Problem problem, DraftContext context)
    {
        foreach (var cause in context.Causes.GetValueOrDefault(problem.Standing.Key) ?? []) writer.Text("，" + cause);
    }

    /// <summary>针对…的问题, what is to be done, and the next year's targets of the worst.</summary>
    public static void WritePlan(RunWriter writer, IReadOnlyList<Problem> problems, DraftContext context)
    {
        var measure = problems[0].Group == ProblemGroup.Progress && IsWithinYear(context) ? "把剩余任务分解到月、责任落实到人，每月对照台账检查进度" : Measures[problems[0].Group];
        writer.Text($"针对{Head(problems, context)}的问题，{measure}");
        var targets = Planned(problems);
        var others = problems[0].Group == ProblemGroup.Late && problems.Any(problem => !HasPlan(problem));
        if (targets.Count == 0 && !others) return;
        writer.Text(IsWithinYear(context) ? "，年底前" : $"，{context.Word(OccasionWord.NextYear)}年");
        for (var i = 0; i < targets.Count; i++)
            Phrase.Write(writer.Text(i > 0 ? "、" : ""), "{name}{planned}", IsWithinYear(context) ? targets[i].Standing with { NextTarget = null } : targets[i].Standing, context);
        if (others) writer.Text(targets.Count > 0 ? "，其他事项按期办结" : "各类事项按期办结");
    }

    /// <summary>A brief plans for the rest of its own year; a yearly report for the next.</summary>
    public static bool IsWithinYear(DraftContext context) => context is { Mark.Length: > 0, WholeYear: false };

    /// <summary>The problems whose target the plan states.</summary>
    public static IReadOnlyList<Problem> Planned(IEnumerable<Problem> problems) =>
        [.. problems.Where(HasPlan).Take(MostInFull)];

    /// <summary>A time limit that was broken although its target is met is to be kept in every case: the target would promise less.</summary>
    static bool HasPlan(Problem problem) => problem.Standing is not { Target: null, NextTarget: null } && !(problem.Kind == ProblemKind.Late && problem.Standing.Target is not null);

    static void List(RunWriter writer, IReadOnlyList<Problem> problems, string joint, DraftContext context, bool full = false)
    {
        for (var i = 0; i < problems.Count; i++)
        {
            var (inFull, brief) = Items[problems[i].Kind];
            Phrase.Write(writer.Text(i > 0 ? joint : ""), full ? inFull : brief, problems[i].Standing, context);
            if (full) Causes(writer, problems[i], context);
        }
    }

    static string Tail(Problem problem, DraftContext context) => problem.Group switch
    {
        ProblemGroup.Progress when Judgement.IsDueInFull(problem.Standing, context.Elapsed) => "，未达到年度目标",
        ProblemGroup.Progress when Judgement.IsNearlyDue(problem.Standing, context.Elapsed) => "，略低于时序进度",
        ProblemGroup.Progress => "，低于时序进度",
        ProblemGroup.Quality => "，也未达到目标",
        ProblemGroup.Limit => "，也超出控制数",
        _ => "",
    };
}
