namespace LawDashboard.Features.Indicators;

/// <summary>How an indicator stands against where it should be today: 超前, 正常, 滞后, 严重滞后; or no target.</summary>
public enum PaceLevel { NoTarget, Ahead, OnTrack, Behind, FarBehind }

/// <summary>Where an indicator should stand on a day, and how far it has come.</summary>
/// <param name="Expected">The part of the target due by the day; the whole target for ratios and levels.</param>
/// <param name="Ratio">Actual over expected (or its inverse when less is better); null when nothing can be said.</param>
public sealed record Pace(decimal? Target, decimal? Expected, decimal? Ratio, PaceLevel Level)
{
    public const decimal AheadFrom = 1.10m, OnTrackFrom = 0.90m, BehindFrom = 0.70m;

    public static readonly Pace None = new(null, null, null, PaceLevel.NoTarget);

    /// <param name="spread"><c>even</c> or twelve monthly weights.</param>
    /// <param name="accrues">True for counts and sums that build up over the year; false for ratios and levels.</param>
    public static Pace Of(decimal? actual, decimal? target, string spread, DateOnly today, int year, bool accrues, bool lessIsBetter)
    {
        if (target is not { } goal) return None;
        var expected = accrues ? goal * Share(spread, today, year) : goal;
        if (actual is not { } value) return new(goal, expected, null, PaceLevel.NoTarget);
        // A limit is not something to fill up: it is kept or it is not, at any time of the year.
        if (lessIsBetter) return new(goal, goal, null, value <= goal ? PaceLevel.OnTrack : PaceLevel.FarBehind);
        if (expected <= 0) return new(goal, expected, null, value > 0 ? PaceLevel.Ahead : PaceLevel.OnTrack);
        var ratio = value / expected;
        // A share of 100 % cannot be exceeded by a tenth: reaching the target is all that can be asked of it.
        var level = ratio >= AheadFrom ? PaceLevel.Ahead : ratio >= OnTrackFrom && (accrues || ratio >= 1 || ratio >= 0.97m) ? PaceLevel.OnTrack
            : ratio >= BehindFrom ? PaceLevel.Behind : PaceLevel.FarBehind;
        return new(goal, expected, ratio, level);
    }

    public static PaceLevel LevelOf(decimal ratio) =>
        ratio >= AheadFrom ? PaceLevel.Ahead : ratio >= OnTrackFrom ? PaceLevel.OnTrack : ratio >= BehindFrom ? PaceLevel.Behind : PaceLevel.FarBehind;

    /// <summary>The share of a year's target that is due by the end of a day: 0 before the year, 1 after it.</summary>
    public static decimal Share(string spread, DateOnly day, int year)
    {
        if (day.Year < year) return 0;
        if (day.Year > year) return 1;
        var weights = Weights(spread);
        var total = weights.Sum();
        if (total <= 0) return (decimal)day.DayOfYear / (DateTime.IsLeapYear(year) ? 366 : 365);
        var done = weights.Take(day.Month - 1).Sum() + weights[day.Month - 1] * day.Day / DateTime.DaysInMonth(year, day.Month);
        return done / total;
    }

    /// <summary>The twelve monthly weights; for <c>even</c> the days of the months.</summary>
    public static decimal[] Weights(string spread)
    {
        var parts = spread.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 12 && Array.TrueForAll(parts, part => decimal.TryParse(part, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _)))
            return [.. parts.Select(part => decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        return [31, 28.25m, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    }

    public static string Label(PaceLevel level) => level switch
    {
        PaceLevel.Ahead => "超前",
        PaceLevel.OnTrack => "正常",
        PaceLevel.Behind => "滞后",
        PaceLevel.FarBehind => "严重滞后",
        _ => "未设目标",
    };
}
