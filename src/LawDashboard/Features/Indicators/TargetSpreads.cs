using System.Globalization;
using LawDashboard.Data;

namespace LawDashboard.Features.Indicators;

/// <summary>A way to spread a year's target over the months, by name: 森林防火期, 民法典宣传月.</summary>
/// <param name="Weights">Twelve, none below 0, not all 0.</param>
public sealed record TargetSpread(string Key, string Name, IReadOnlyList<decimal> Weights)
{
    /// <summary>As targets keep it.</summary>
    public string Text => Join(Weights);

    internal static string Join(IEnumerable<decimal> weights) => string.Join(' ', weights.Select(weight => decimal.Round(weight, 2).ToString("0.##", CultureInfo.InvariantCulture)));
}

/// <summary>The named spreads of <c>seed-data/target-spreads.json</c>, and words for any spread.</summary>
public sealed class TargetSpreads(IReadOnlyList<TargetSpread> named)
{
    const string File = "target-spreads.json";
    public const string Even = "even";

    public IReadOnlyList<TargetSpread> Named => named;

    public static TargetSpreads Load(SeedFolder seed)
    {
        var all = seed.Read<List<TargetSpread>>(File) ?? [];
        foreach (var spread in all.Where(spread => spread.Weights.Count != 12 || spread.Weights.Any(weight => weight < 0) || spread.Weights.Sum() <= 0))
            seed.Report(File, spread.Key, "应有12个月的权重，均不小于0且不全为0");
        foreach (var twice in all.GroupBy(spread => spread.Key).Where(group => group.Count() > 1)) seed.Report(File, twice.Key, "代码重复");
        return new(all);
    }

    /// <summary>The months as last year's went; even when last year had nothing.</summary>
    public static string LikeLastYear(IndicatorMonths trend)
    {
        decimal[] sums = [.. trend.Months.Select(month => Math.Max(0, month.LastYearToDate.Numerator))];
        decimal[] months = [.. sums.Select((sum, index) => Math.Max(0, sum - (index == 0 ? 0 : sums[index - 1])))];
        return months.Sum() <= 0 ? Even : TargetSpread.Join(months);
    }

    public string Words(string spread) => named.FirstOrDefault(known => known.Text == spread) is { } known ? $"按{known.Name}"
        : spread == Even ? "按天平均" : $"按月份权重（{string.Join('、', spread.Split(' ').Select((weight, month) => (weight, month)).Where(part => part.weight != "0").Select(part => $"{part.month + 1}月{part.weight}"))}）";

    /// <summary>Reads twelve weights as typed; null when they are not that.</summary>
    public static string? Parse(string text)
    {
        var parts = text.Split([' ', ',', '，', '、', '　', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var weights = parts.Select(part => decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : -1).ToList();
        return weights.Count == 12 && weights.TrueForAll(weight => weight is >= 0 and < 100_000) && weights.Sum() > 0 ? TargetSpread.Join(weights) : null;
    }
}
