using System.Globalization;

namespace LawDashboard.Features.Indicators;

/// <summary>How an indicator stands against where it should be today: 超前, 正常, 滞后, 严重滞后; or why nothing can be said.</summary>
public enum PaceLevel
{
    NoTarget,
    /// <summary>A ratio with nothing under it yet.</summary>
    NoData,
    Ahead, OnTrack, Behind, FarBehind,
}

/// <summary>Where an indicator should stand on a day, and how far it has come.</summary>
/// <param name="Expected">The part of the target due by the day; the whole target for ratios and levels.</param>
/// <param name="Ratio">
/// Actual over expected, 0 or more; 1 for a limit that is kept, 0 for one that is broken. Null when nothing can be said.
/// </param>
public sealed record Pace(decimal? Target, decimal? Expected, decimal? Ratio, PaceLevel Level)
{
    public const decimal AheadFrom = 1.10m, OnTrackFrom = 0.90m, BehindFrom = 0.70m;

    /// <summary>
    /// Ratios and levels do not grow with the year, so there is no time left to make up a tenth: they are on track from
    /// 97 % of their target.
    /// </summary>
    public const decimal StandingOnTrackFrom = 0.97m;

    public static readonly Pace None = new(null, null, null, PaceLevel.NoTarget);

    public bool IsLate => Level is PaceLevel.Behind or PaceLevel.FarBehind;

    /// <param name="spread"><c>even</c> or twelve monthly weights.</param>
    /// <param name="accrues">True for counts and sums that build up over the year; false for ratios and levels.</param>
    public static Pace Of(decimal? actual, decimal? target, string spread, DateOnly today, int year, bool accrues, bool lessIsBetter)
    {
        if (target is not { } goal) return None;
        if (actual is not { } value) return new(goal, null, null, PaceLevel.NoData);
        // A limit is not something to fill up: it is kept or it is not, at any time of the year.
        if (lessIsBetter) return value <= goal ? new(goal, goal, 1, PaceLevel.OnTrack) : new(goal, goal, 0, PaceLevel.FarBehind);
        var expected = accrues ? goal * Share(spread, today, year) : goal;
        if (expected <= 0) return new(goal, expected, 1, value > 0 ? PaceLevel.Ahead : PaceLevel.OnTrack);
        var ratio = Math.Max(value, 0) / expected;
        return new(goal, expected, ratio, accrues ? Accruing(value, goal, expected, ratio) : Standing(ratio));
    }

    public static PaceLevel LevelOf(decimal ratio) =>
        ratio >= AheadFrom ? PaceLevel.Ahead : ratio >= OnTrackFrom ? PaceLevel.OnTrack : ratio >= BehindFrom ? PaceLevel.Behind : PaceLevel.FarBehind;

    static PaceLevel Standing(decimal ratio) => LevelOf(ratio) is PaceLevel.OnTrack && ratio < StandingOnTrackFrom ? PaceLevel.Behind : LevelOf(ratio);

    /// <summary>
    /// Meetings and lectures cannot be held in part: of a target of four a year, half a one due in February is none due.
    /// So nothing is behind that lacks less than one, nor far behind that lacks less than two, nor ahead by less than one.
    /// </summary>
    static PaceLevel Accruing(decimal value, decimal goal, decimal expected, decimal ratio) => LevelOf(ratio) switch
    {
        PaceLevel.Behind or PaceLevel.FarBehind when expected - value < 1 => PaceLevel.OnTrack,
        PaceLevel.FarBehind when expected - value < 2 => PaceLevel.Behind,
        PaceLevel.Ahead when value - expected < 1 && value < goal => PaceLevel.OnTrack,
        var level => level,
    };

    /// <summary>The share of a year's target that is due by the end of a day: 0 before the year, 1 after it.</summary>
    public static decimal Share(string spread, DateOnly day, int year)
    {
        if (day.Year < year) return 0;
        if (day.Year > year) return 1;
        var weights = Weights(spread);
        var done = weights.Take(day.Month - 1).Sum() + weights[day.Month - 1] * day.Day / DateTime.DaysInMonth(year, day.Month);
        return done / weights.Sum();
    }

    /// <summary>The twelve monthly weights, none below 0 and not all 0; for <c>even</c>, or what cannot be read as such, the days of the months.</summary>
    public static IReadOnlyList<decimal> Weights(string spread)
    {
        var parts = spread.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 12) return Even;
        var weights = new decimal[12];
        for (var i = 0; i < 12; i++)
            if (!decimal.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weights[i])) return Even;
        return weights.Sum() > 0 ? weights : Even;
    }

    static readonly decimal[] Even = [31, 28.25m, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static string Label(PaceLevel level) => level switch
    {
        PaceLevel.Ahead => "超前",
        PaceLevel.OnTrack => "正常",
        PaceLevel.Behind => "滞后",
        PaceLevel.FarBehind => "严重滞后",
        PaceLevel.NoData => "暂无数据",
        _ => "未设目标",
    };
}
