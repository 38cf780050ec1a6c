using System.Text.RegularExpressions;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Writes a phrase about one indicator, with live figures in its places.
/// <list type="bullet">
/// <item>{actual} {target} {last} {gap}: the figure with its unit; {attainment} {yoy}: the figure alone</item>
/// <item>{cases}: （numerator/denominator） of a rate, where known; {cases,target}: the same with its target</item>
/// <item>{name}: the indicator; {name=} joins a value to it; {period}: 全年, or 截至 while the year runs; {period,}: as the head of a sentence</item>
/// <item>{planned}: 不少于 and the target to plan for; {,yoy} {,target}: a clause when there is something to say</item>
/// </list>
/// </summary>
static partial class Phrase
{
    public static void Write(RunWriter writer, string phrase, IndicatorStanding standing, DraftContext context)
    {
        var facts = FigureFacts.Of(standing);
        var end = 0;
        foreach (Match match in Place().Matches(phrase))
        {
            writer.Text(phrase[end..match.Index]);
            WritePlace(writer, match.Groups["name"].Value, standing, facts, context);
            end = match.Index + match.Length;
        }
        writer.Text(phrase[end..]);
    }

    static void WritePlace(RunWriter writer, string place, IndicatorStanding standing, FigureFacts facts, DraftContext context)
    {
        switch (place)
        {
            case "name": writer.Text(Spoken(facts)); break;
            case "name=": writer.Text(Spoken(facts)).Text(NeedsVerb(facts) ? "为" : ""); break;
            case "period": writer.Text(context.Word(OccasionWord.Period)); break;
            case "period,": writer.Text(context.Word(OccasionWord.Period)).Text(context.WholeYear ? "" : "，"); break;
            case "actual": Value(writer, facts, facts is { IsMoney: true, Amount: >= 10000 } ? FigureFormat.TenThousands : FigureFormat.Plain); break;
            case "target": Value(writer, facts, FigureFormat.Target); break;
            case "last": Value(writer, facts, FigureFormat.LastYear); break;
            case "gap": Value(writer, facts, FigureFormat.Gap); break;
            case "attainment": Alone(writer, facts, FigureFormat.Attainment, context); break;
            case "yoy": Alone(writer, facts, FigureFormat.YearOnYear, context); break;
            case "cases": Cases(writer, standing, facts, context, withTarget: false); break;
            case "cases,target": Cases(writer, standing, facts, context, withTarget: true); break;
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

    /// <summary>（14/24，目标100%）; nothing where neither the parts nor a target are known.</summary>
    static void Cases(RunWriter writer, IndicatorStanding standing, FigureFacts facts, DraftContext context, bool withTarget)
    {
        var known = Known(standing.NumeratorKey) & Known(standing.DenominatorKey);
        withTarget &= facts.Target is not null;
        if (!known && !withTarget) return;
        writer.Text("（");
        if (known)
        {
            Alone(writer, context.Facts(standing.NumeratorKey!), FigureFormat.Plain, null);
            Alone(writer.Text("/"), context.Facts(standing.DenominatorKey!), FigureFormat.Plain, null);
        }
        if (withTarget) Value(writer.Text(known ? "，目标" : "目标"), facts, FigureFormat.Target);
        writer.Text("）");

        bool Known(string? key) => key is not null && context.Facts(key).Amount is not null;
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
    static bool NeedsVerb(FigureFacts facts) => facts.IsRatio || Spoken(facts) is [.., '数' or '量' or '率' or '额' or '次'];

    /// <summary>A count's name as it stands before its number: 矛盾纠纷排查85次, not 矛盾纠纷排查次数85次.</summary>
    public static string Spoken(IndicatorStanding standing) => Spoken(FigureFacts.Of(standing));

    static string Spoken(FigureFacts facts)
    {
        if (facts.IsRatio || facts.Unit.Length == 0) return facts.Name;
        // 场次 is never part of another word, 件 is one of 案件.
        var unit = facts.Unit.Length > 1 && facts.Name.EndsWith(facts.Unit, StringComparison.Ordinal) ? facts.Unit : facts.Unit + "数";
        return facts.Name.EndsWith(unit, StringComparison.Ordinal) && facts.Name.Length > unit.Length ? facts.Name[..^unit.Length] : facts.Name;
    }

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Place();
}
