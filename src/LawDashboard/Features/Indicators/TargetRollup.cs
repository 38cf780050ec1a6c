using System.Globalization;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// A county sets targets for its towns and none for itself. What all of them are to reach together is then its own
/// target: amounts add up; a share is only taken over when it is the same for all, because shares do not add up.
/// </summary>
public static class TargetRollup
{
    public const string Source = "所辖各单位目标合计";

    /// <summary>The unit's own targets, completed from those of the units below where each of them has one.</summary>
    public static IReadOnlyDictionary<string, Target> Complete(
        IndicatorCatalog catalog, int unitId, int year, IReadOnlyDictionary<string, Target> own, IReadOnlyCollection<IReadOnlyDictionary<string, Target>> below)
    {
        var all = new Dictionary<string, Target>(own, StringComparer.Ordinal);
        if (below.Count == 0) return all;
        foreach (var indicator in catalog.Indicators.Where(indicator => !own.ContainsKey(indicator.Key)))
        {
            var parts = below.Select(targets => targets.GetValueOrDefault(indicator.Key)).OfType<Target>().ToList();
            if (parts.Count < below.Count || Together(indicator, parts) is not { } value) continue;
            all[indicator.Key] = new Target
            {
                IndicatorKey = indicator.Key, UnitId = unitId, Year = year, Value = value, Document = Source,
                EffectiveOn = parts.Max(part => part.EffectiveOn), Spread = Spread(parts),
            };
        }
        return all;
    }

    /// <summary>The same for every day on which one of the parts was revised, so that each month keeps the target of its time.</summary>
    public static IReadOnlyDictionary<string, TargetSeries> Complete(
        IndicatorCatalog catalog, int unitId, int year, IReadOnlyDictionary<string, TargetSeries> own, IReadOnlyCollection<IReadOnlyDictionary<string, TargetSeries>> below)
    {
        var days = below.SelectMany(part => part.Values).SelectMany(series => series.Revisions).Select(target => target.EffectiveOn).Distinct().Order().ToList();
        var sums = days.SelectMany(day => Complete(catalog, unitId, year, new Dictionary<string, Target>(), [.. below.Select(part => TargetSeries.On(part, day))]).Values);
        var all = sums.Where(sum => !own.ContainsKey(sum.IndicatorKey)).GroupBy(sum => sum.IndicatorKey, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new TargetSeries(group.DistinctBy(sum => sum.EffectiveOn)), StringComparer.Ordinal);
        foreach (var (key, series) in own) all[key] = series;
        return all;
    }

    static decimal? Together(IndicatorDefinition indicator, List<Target> parts) =>
        !indicator.IsRatio ? parts.Sum(part => part.Value) : parts.TrueForAll(part => part.Value == parts[0].Value) ? parts[0].Value : null;

    /// <summary>Each month's weight is what all parts together are due in it.</summary>
    static string Spread(List<Target> parts)
    {
        if (parts.TrueForAll(part => part.Spread == parts[0].Spread)) return parts[0].Spread;
        var months = new decimal[12];
        foreach (var part in parts)
        {
            var weights = Pace.Weights(part.Spread);
            var whole = weights.Sum();
            for (var i = 0; i < 12; i++) months[i] += part.Value * weights[i] / whole;
        }
        return string.Join(' ', months.Select(month => decimal.Round(month, 4).ToString(CultureInfo.InvariantCulture)));
    }
}
