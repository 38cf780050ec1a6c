using System.Globalization;

namespace LawDashboard.Components.Charts;

/// <summary>A value axis from zero whose lines stand at round numbers: 0, 50, 100, 150, 200.</summary>
/// <param name="Top">Where the axis ends; never below the largest value.</param>
public sealed record ChartScale(decimal Top, decimal Step)
{
    /// <param name="most">The largest value shown; 0 or less gives an axis to 1.</param>
    /// <param name="whole">True when what is counted cannot be divided, so that no line stands at 2.5 meetings.</param>
    /// <param name="lines">How many lines above zero there are at most.</param>
    public static ChartScale Of(decimal most, bool whole = true, int lines = 5)
    {
        if (most <= 0) return new(1, 1);
        var least = most / lines;
        var power = whole ? Math.Max(1, Power(least)) : Power(least);
        decimal[] steps = [1, 2, 2.5m, 5, 10];
        var step = steps.Select(factor => factor * power).First(step => step >= least && (!whole || step == decimal.Truncate(step)));
        return new(decimal.Ceiling(most / step) * step, step);
    }

    public IEnumerable<decimal> Lines
    {
        get
        {
            for (decimal line = 0; line <= Top; line += Step) yield return line;
        }
    }

    /// <summary>The value as a part of the axis, 0 to 1.</summary>
    public decimal Share(decimal value) => Math.Clamp(value / Top, 0, 1);

    /// <summary>A share as CSS and SVG write it: 37.5.</summary>
    public static string Percent(decimal share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A line's number in the words of the axis: 1200, 3万, 1.5亿.</summary>
    public static string Text(decimal value) => value switch
    {
        >= 100_000_000 => (value / 100_000_000).ToString("0.##", CultureInfo.InvariantCulture) + "亿",
        >= 10_000 => (value / 10_000).ToString("0.##", CultureInfo.InvariantCulture) + "万",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>The power of ten at or below; below one a tenth, a hundredth, a thousandth.</summary>
    static decimal Power(decimal least)
    {
        decimal power = 1;
        while (power * 10 <= least) power *= 10;
        while (power > least && power > 0.001m) power /= 10;
        return power;
    }

    /// <summary>
    /// Places for labels beside the ends of lines: each as near to its line as possible, none nearer to another than
    /// <paramref name="gap"/>, all between 0 and 1. The order of the lines is kept.
    /// </summary>
    public static IReadOnlyList<decimal> Apart(IReadOnlyList<decimal> places, decimal gap)
    {
        var order = Enumerable.Range(0, places.Count).OrderBy(i => places[i]).ToList();
        var apart = new decimal[places.Count];
        for (var n = 0; n < order.Count; n++)
            apart[order[n]] = n == 0 ? Math.Max(0, places[order[n]]) : Math.Max(places[order[n]], apart[order[n - 1]] + gap);
        // What was pushed over the top comes back down, and pushes the others before it.
        for (var (n, limit) = (order.Count - 1, 1m); n >= 0 && apart[order[n]] > limit; n--, limit -= gap) apart[order[n]] = limit;
        return apart;
    }
}
