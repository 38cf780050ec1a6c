using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>Says why an indicator stands as it does (进度说明): what was due by a day, how much of it there is, and the threshold that decides.</summary>
public static class PaceWords
{
    /// <summary>One sentence; null where there is nothing to be held against.</summary>
    /// <param name="until">The last day counted.</param>
    public static string? Of(Standing standing, DateOnly until)
    {
        var (indicator, pace) = (standing.Indicator, standing.Pace);
        if (pace is not { Target: { } target, Expected: { } expected, Ratio: { } ratio } || standing.Value.OnTargetScale is not { } value) return null;
        var level = Pace.Label(pace.Level);
        if (indicator.Better is Direction.Less)
            return value <= target ? $"没有突破上限{Amount(target)}，{level}。" : $"突破上限{Amount(target)}，超出{Gap(value - target)}，{level}。";
        if (expected <= 0) return $"到{until.Month}月{until.Day}日还没有应达的数，{level}。";
        var whole = standing.Accrues ? $"到{until.Month}月{until.Day}日应达{Amount(decimal.Round(expected, 1, MidpointRounding.ToZero))}，实际为应达的" : "实际为目标的";
        var missing = value < expected ? $"，还差{Gap(Math.Max(decimal.Round(expected - value, 1, MidpointRounding.ToZero), 0.1m))}" : "";
        return $"{whole}{decimal.Floor(ratio * 100):0}%{missing}；{Why(standing, ratio)}，{level}。";

        string Amount(decimal number) => IndicatorValue.Print(number, indicator.IsRatio) + indicator.Unit;
        string Gap(decimal number) => IndicatorValue.Print(number, indicator.IsRatio) + (indicator.IsRatio ? "个百分点" : indicator.Unit);
    }

    static string Why(Standing standing, decimal ratio)
    {
        var level = standing.Pace.Level;
        if (standing.Accrues && level != Pace.LevelOf(ratio)) return $"相差不足{(level is PaceLevel.Behind ? 2 : 1)}{standing.Indicator.Unit}";
        var onTrack = standing.Accrues ? Pace.OnTrackFrom : Pace.StandingOnTrackFrom;
        return level switch
        {
            PaceLevel.Ahead => $"达到{Pace.AheadFrom * 100:0}%",
            PaceLevel.OnTrack => $"在{onTrack * 100:0}%至{Pace.AheadFrom * 100:0}%之间",
            PaceLevel.Behind => $"在{Pace.BehindFrom * 100:0}%至{onTrack * 100:0}%之间",
            _ => $"不足{Pace.BehindFrom * 100:0}%",
        };
    }
}
