namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>How points are given for an indicator against its target.</summary>
public enum ScoringKind
{
    /// <summary>按比例: the part of the target that is reached; of a limit that is broken, the limit's part of the value.</summary>
    Proportional,
    /// <summary>达标得分: all when the target is reached or the limit kept, nothing otherwise.</summary>
    Full,
    /// <summary>设最低线: nothing below <see cref="ScoringRule.Floor"/> of the target, in proportion from there.</summary>
    Minimum,
    /// <summary>扣分: <see cref="ScoringRule.Each"/> off for every unit short of the target or beyond the limit, a begun one as a whole.</summary>
    Deduction,
}

/// <summary>
/// The rule by which an indicator's points are given (计分办法). Points are rounded down to hundredths: an assessment
/// never says more than was earned.
/// </summary>
public sealed record ScoringRule
{
    public ScoringKind Rule { get; init; }
    /// <summary>For <see cref="ScoringKind.Minimum"/>: percent of the target.</summary>
    public decimal Floor { get; init; } = 60;
    /// <summary>For <see cref="ScoringKind.Deduction"/>: points off for each unit of the indicator.</summary>
    public decimal Each { get; init; } = 1;

    /// <summary>What holds where nothing is said: more is judged in proportion, a limit is kept or it is not.</summary>
    public static ScoringRule Default(Direction better) => new() { Rule = better is Direction.Less ? ScoringKind.Full : ScoringKind.Proportional };

    /// <summary>The points for a value, both value and target on the scale of the target; between 0 and <paramref name="points"/>.</summary>
    public decimal Points(decimal points, decimal value, decimal target, Direction better)
    {
        var lacking = Math.Max(0, better is Direction.Less ? value - target : target - value);
        var share = lacking == 0 ? 1 : better is Direction.Less ? Part(target, value) : Part(value, target);
        var given = Rule switch
        {
            ScoringKind.Full => lacking == 0 ? points : 0,
            ScoringKind.Minimum => share * 100 < Floor ? 0 : points * share,
            ScoringKind.Deduction => points - Each * decimal.Ceiling(lacking),
            _ => points * share,
        };
        // First what a division left behind in the last places, or 2.999…9 would lose a hundredth that was earned.
        return decimal.Round(decimal.Round(Math.Clamp(given, 0, points), 9), 2, MidpointRounding.ToZero);
    }

    /// <summary>The rule in words, as it stands beside the points.</summary>
    public string Words(Direction better, string unit) => Rule switch
    {
        ScoringKind.Full => better is Direction.Less ? "不超过上限得满分，超过不得分" : "达到目标得满分，未达到不得分",
        ScoringKind.Minimum => $"按完成比例得分，低于目标的{Number(Floor)}%不得分",
        ScoringKind.Deduction => $"{(better is Direction.Less ? "每超过" : "每少")}1{unit}扣{Number(Each)}分，扣完为止",
        _ => "按完成比例得分，不超过满分",
    };

    /// <summary>What is wrong with the rule, in Chinese.</summary>
    public IEnumerable<string> Problems()
    {
        if (Floor is < 0 or > 100) yield return "计分最低线（floor）应在0至100之间";
        if (Each <= 0) yield return "每单位扣分（each）应大于0";
    }

    static decimal Part(decimal part, decimal whole) => whole <= 0 ? 0 : Math.Max(0, part) / whole;
    static string Number(decimal number) => number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
