using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>The rule for an indicator's points as it is written in a tree's table (计分办法), both ways.</summary>
public static partial class ScoringWords
{
    public const string Judged = "评议", Choices = "按比例、达标得分、最低线60%、每少1扣0.5分、评议";

    public static string Of(ScoringRule rule) => rule.Rule switch
    {
        ScoringKind.Full => "达标得分",
        ScoringKind.Minimum => $"最低线{Number(rule.Floor)}%",
        ScoringKind.Deduction => $"每少1扣{Number(rule.Each)}分",
        _ => "按比例",
    };

    /// <summary>The rule; null for what is none of them.</summary>
    public static ScoringRule? Read(string text)
    {
        var plain = Blank().Replace(text, "");
        if (plain.Contains("比例", StringComparison.Ordinal) && !plain.Contains("低于", StringComparison.Ordinal)) return new() { Rule = ScoringKind.Proportional };
        if (Floor().Match(plain) is { Success: true } floor) return Checked(new() { Rule = ScoringKind.Minimum, Floor = Number(floor.Groups[1].Value) });
        if (Each().Match(plain) is { Success: true } each) return Checked(new() { Rule = ScoringKind.Deduction, Each = Number(each.Groups[1].Value) });
        return plain.Contains("达标", StringComparison.Ordinal) || plain.Contains("达到目标得满分", StringComparison.Ordinal) || plain.Contains("不超过上限", StringComparison.Ordinal) ? new() { Rule = ScoringKind.Full } : null;
    }

    static ScoringRule? Checked(ScoringRule rule) => rule.Problems().Any() ? null : rule;
    static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
    static decimal Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?:最低线|低于目标的?)(\d{1,3}(?:\.\d{1,4})?)[%％]")]
    private static partial Regex Floor();

    [GeneratedRegex(@"每(?:少|超过?|差)(?:1|一)\D{0,4}扣(\d{1,3}(?:\.\d{1,4})?)分?")]
    private static partial Regex Each();
}
