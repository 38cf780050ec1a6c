using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Official phrases for what the standings show. Each kind has several, taken in turn, so that a list doesn't repeat
/// itself; a problem and the plan that answers it take the same turn. Every judgement stands beside its figure.
/// <list type="bullet">
/// <item>{actual} {target} {last} {gap}: the figure with its unit; {attainment} {yoy}: the figure alone</item>
/// <item>{name}: the indicator; {name=} joins a value to it; {period} {before} {nextYear}: words of the occasion</item>
/// <item>{planned}: 不少于 and the target to plan for; {,yoy} {,target}: a clause when there is something to say</item>
/// </list>
/// </summary>
static partial class Wording
{
    static readonly Dictionary<HighlightKind, string[]> Highlights = new()
    {
        [HighlightKind.AboveTarget] =
        [
            "{name}超额完成年度目标，{period}实际完成{actual}，为目标{target}的{attainment}{,yoy}",
            "{name}高于年度目标，目标{target}，实际完成{actual}，完成率{attainment}{,yoy}",
        ],
        [HighlightKind.Grown] =
        [
            "{name}{yoy}，由{before}{last}增至{actual}",
            "{period}{name=}{actual}，{before}为{last}，{yoy}",
        ],
        [HighlightKind.RateRisen] = ["{name}达到{actual}，{yoy}{,target}", "{name}由{before}{last}升至{actual}，{yoy}{,target}"],
        [HighlightKind.RateAboveTarget] = ["{name}达到{actual}，比年度目标{target}高{gap}", "{name}高于年度目标{target}，实际为{actual}，高出{gap}"],
        [HighlightKind.Fallen] = ["{name}{yoy}，由{before}{last}降至{actual}"],
        [HighlightKind.RateFallen] = ["{name}降至{actual}，{yoy}"],
    };

    static readonly Dictionary<ProblemKind, string[]> Problems = new()
    {
        [ProblemKind.Behind] =
        [
            "{name}进度滞后，{period}实际完成{actual}，完成年度目标{target}的{attainment}",
            "{name}未达到年度目标，目标{target}，实际完成{actual}，完成率{attainment}",
            "{name}与年度目标有差距，{period}实际完成{actual}，为目标{target}的{attainment}，相差{gap}",
        ],
        [ProblemKind.Unrecorded] = ["{name}没有台账记录，年度目标{target}，台账登记{actual}"],
        [ProblemKind.Low] =
        [
            "{name}未达到年度目标，实际为{actual}，比目标值{target}低{gap}",
            "{name}低于年度目标值{target}，实际为{actual}，相差{gap}",
        ],
        [ProblemKind.Exceeded] = ["{name}超出年度控制数，控制数为{target}，实际{actual}，超出{gap}"],
        [ProblemKind.High] = ["{name}高于年度控制值，实际为{actual}，比控制值{target}高{gap}"],
        [ProblemKind.Late] = ["个别事项超过规定时限，{name=}{actual}"],
    };

    /// <summary>While the year runs a count isn't missed yet, only late against the calendar.</summary>
    static readonly string[] BehindSchedule =
    [
        "{name}进度滞后，{period}实际完成{actual}，完成年度目标{target}的{attainment}，低于时序进度",
        "{name}低于时序进度，年度目标{target}，{period}实际完成{actual}，完成率{attainment}",
    ];

    static readonly string[] PlansBehindSchedule =
    [
        "针对{name}进度滞后的问题，将全年任务分解到月、责任落实到人，{nextYear}年{name}{planned}",
        "针对{name}低于时序进度的问题，按月对照台账检查进度，对滞后的及时补上，{nextYear}年{name}{planned}",
    ];

    static readonly Dictionary<ProblemKind, string[]> Plans = new()
    {
        [ProblemKind.Behind] =
        [
            "针对{name}进度滞后的问题，将全年任务分解到月、责任落实到人，{nextYear}年{name}{planned}",
            "针对{name}未达到目标的问题，年初制定工作安排，按季对照台账检查进度，{nextYear}年{name}{planned}",
            "针对{name}与目标有差距的问题，逐月通报完成情况，对滞后的及时补上，{nextYear}年{name}{planned}",
        ],
        [ProblemKind.Unrecorded] = ["针对{name}没有台账记录的问题，明确责任人，做到一事一记，{nextYear}年{name}{planned}"],
        [ProblemKind.Low] =
        [
            "针对{name}未达到目标的问题，逐件分析原因，制定整改措施，{nextYear}年{name}{planned}",
            "针对{name}低于目标值的问题，按季通报未达标事项，督促责任单位整改，{nextYear}年{name}{planned}",
        ],
        [ProblemKind.Exceeded] = ["针对{name}超出控制数的问题，从源头排查原因，逐件落实措施，{nextYear}年{name}{planned}"],
        [ProblemKind.High] = ["针对{name}高于控制值的问题，逐件分析原因，制定整改措施，{nextYear}年{name}{planned}"],
        [ProblemKind.Late] = ["针对{name}所反映的超过时限问题，对临近期限的事项提前提醒，到期未办结的逐件督办，{nextYear}年做到按期办结"],
    };

    public static void Write(RunWriter writer, Highlight highlight, int turn, DraftContext context) =>
        Write(writer, Turn(Highlights[highlight.Kind], turn), highlight.Standing, context);

    public static void Write(RunWriter writer, Problem problem, int turn, DraftContext context) =>
        Write(writer, Turn(IsBehindSchedule(problem, context) ? BehindSchedule : Problems[problem.Kind], turn), problem.Standing, context);

    public static void WritePlan(RunWriter writer, Problem problem, int turn, DraftContext context) =>
        Write(writer, Turn(IsBehindSchedule(problem, context) ? PlansBehindSchedule : Plans[problem.Kind], turn), problem.Standing, context);

    public static void WriteTarget(RunWriter writer, IndicatorStanding standing, DraftContext context) =>
        Write(writer, "{name}{planned}", standing, context);

    static bool IsBehindSchedule(Problem problem, DraftContext context) => problem.Kind == ProblemKind.Behind && !context.WholeYear;

    static string Turn(string[] phrases, int turn) => phrases[turn % phrases.Length];

    static void Write(RunWriter writer, string phrase, IndicatorStanding standing, DraftContext context)
    {
        var facts = FigureFacts.Of(standing);
        var end = 0;
        foreach (Match match in Place().Matches(phrase))
        {
            writer.Text(phrase[end..match.Index]);
            WritePlace(writer, match.Groups["name"].Value, facts, context);
            end = match.Index + match.Length;
        }
        writer.Text(phrase[end..]);
    }

    static void WritePlace(RunWriter writer, string place, FigureFacts facts, DraftContext context)
    {
        switch (place)
        {
            case "name": writer.Text(facts.Name); break;
            case "name=": writer.Text(facts.Name).Text(NeedsVerb(facts) ? "为" : ""); break;
            case "period": writer.Text(context.Word(OccasionWord.Period)); break;
            case "before": writer.Text(context.WholeYear ? "上年" : "上年同期"); break;
            case "nextYear": writer.Text(context.Word(OccasionWord.NextYear)); break;
            case "actual": Value(writer, facts, facts is { IsMoney: true, Amount: >= 10000 } ? FigureFormat.TenThousands : FigureFormat.Plain); break;
            case "target": Value(writer, facts, FigureFormat.Target); break;
            case "last": Value(writer, facts, FigureFormat.LastYear); break;
            case "gap": Value(writer, facts, FigureFormat.Gap); break;
            case "attainment": Alone(writer, facts, FigureFormat.Attainment, context); break;
            case "yoy": Alone(writer, facts, FigureFormat.YearOnYear, context); break;
            case ",yoy" when facts.Print(FigureFormat.YearOnYear, context.WholeYear) is { Amount: > 0 }:
                writer.Text("，");
                Alone(writer, facts, FigureFormat.YearOnYear, context);
                break;
            case ",target" when facts.Target < facts.Amount:
                writer.Text("，高于年度目标");
                Value(writer, facts, FigureFormat.Target);
                break;
            case "planned": Planned(writer, facts); break;
        }
    }

    /// <summary>The next year's target, or this year's while the next is not set.</summary>
    static void Planned(RunWriter writer, FigureFacts facts)
    {
        var bound = (facts.LessIsBetter, facts.NextTarget ?? facts.Target, facts.IsRatio) switch
        {
            (true, 0, _) => "为",
            (true, _, true) => "不高于",
            (true, _, false) => "不超过",
            (false, 1, true) => "达到",
            (false, _, true) => "不低于",
            (false, _, false) => "不少于",
        };
        Value(writer.Text(bound), facts, facts.NextTarget is null ? FigureFormat.Target : FigureFormat.NextTarget);
    }

    static void Value(RunWriter writer, FigureFacts facts, FigureFormat format)
    {
        Alone(writer, facts, format, null);
        writer.Text((facts.IsRatio, format) switch
        {
            (true, FigureFormat.Gap) => "个百分点",
            (true, _) => "",
            (false, FigureFormat.TenThousands) => "万元",
            _ => facts.Unit,
        });
    }

    static void Alone(RunWriter writer, FigureFacts facts, FigureFormat format, DraftContext? context)
    {
        if (facts.Print(format, context?.WholeYear ?? true) is { } printed) writer.Figure(facts, format, printed);
        else writer.Gap(facts.Name);
    }

    /// <summary>法治讲座9场, but 调解成功率为97.8%.</summary>
    static bool NeedsVerb(FigureFacts facts) => facts.IsRatio || facts.Name is [.., '数' or '量' or '率' or '额' or '次'];

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Place();
}
