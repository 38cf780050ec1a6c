namespace LawDashboard.Features.Reports;

/// <summary>A figure as printed, with the exact value behind it.</summary>
public sealed record PrintedFigure(string Text, decimal Amount);

/// <summary>
/// All that is known about one indicator or measure, and what may be said of it. Ratios lie in 0..1, money is in yuan.
/// </summary>
public sealed record FigureFacts(string Key, string Name, string Unit, bool IsRatio, bool IsMoney, decimal? Amount)
{
    /// <summary>A rate from fewer cases says nothing, nor does a growth on a smaller base.</summary>
    public const int FewestCases = 5;

    public decimal? LastYear { get; init; }
    public decimal? Target { get; init; }
    public decimal? NextTarget { get; init; }
    public bool LessIsBetter { get; init; }
    /// <summary>Cases under a ratio, and the same for the year before; null when not known.</summary>
    public decimal? Cases { get; init; }
    public decimal? LastYearCases { get; init; }

    /// <summary>The entries have nothing to show: no value, or a zero.</summary>
    public bool CountsNothing => Amount is null or 0;

    /// <summary>The value in this format; null when there is nothing that may be said.</summary>
    /// <param name="wholeYear">False while the year runs: comparisons are then with the same stretch of the year before.</param>
    public PrintedFigure? Print(FigureFormat format, bool wholeYear = true) => format switch
    {
        FigureFormat.Plain => Own(Plain),
        FigureFormat.Roundly => Own(IsRatio ? Plain : Numerals.Roundly),
        FigureFormat.TenThousands => Own(IsMoney ? Numerals.TenThousands : Plain),
        FigureFormat.YearOnYear => YearOnYear(wholeYear ? "上年" : "上年同期"),
        FigureFormat.Target => Given(Target),
        FigureFormat.NextTarget => Given(NextTarget),
        FigureFormat.LastYear => IsRatio && LastYearCases < FewestCases ? null : Given(LastYear),
        FigureFormat.Attainment => Attainment(),
        FigureFormat.Gap => Gap(),
        FigureFormat.Exhibit => null,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    bool TooFewCases => IsRatio && Cases < FewestCases;

    string Plain(decimal amount) => IsRatio ? Numerals.Percent(amount) : Numerals.Plain(amount);

    PrintedFigure? Own(Func<decimal, string> write) => Amount is { } amount && !TooFewCases ? new(write(amount), amount) : null;

    PrintedFigure? Given(decimal? amount) => amount is { } value ? new(Plain(value), value) : null;

    PrintedFigure? YearOnYear(string before)
    {
        if (Amount is not { } amount || LastYear is not { } last || TooFewCases) return null;
        if (IsRatio ? LastYearCases < FewestCases : last < FewestCases) return null;
        var change = IsRatio ? amount - last : (amount - last) / last;
        if (change == 0) return new($"与{before}持平", 0);
        if (Numerals.OneDecimal(change * 100) == 0) return new($"与{before}基本持平", change);
        var text = (IsRatio, change > 0) switch
        {
            (true, true) => $"较{before}提高{Numerals.Points(change)}个百分点",
            (true, false) => $"较{before}下降{Numerals.Points(change)}个百分点",
            (false, true) => $"较{before}增长{Numerals.Percent(change)}",
            (false, false) => $"较{before}下降{Numerals.Percent(-change)}",
        };
        return new(text, change);
    }

    /// <summary>Where less is better, the share of a target reached would praise the wrong thing.</summary>
    PrintedFigure? Attainment() => Amount is { } amount && Target is { } target and > 0 && !LessIsBetter && !TooFewCases
        ? new(Numerals.Percent(amount / target), amount / target) : null;

    PrintedFigure? Gap()
    {
        if (Amount is not { } amount || Target is not { } target || TooFewCases) return null;
        var gap = Math.Abs(amount - target);
        // A gap that rounds to nothing would contradict the sentence that speaks of it.
        if (IsRatio) return new(gap > 0 && Numerals.Points(gap) == "0" ? "不足0.1" : Numerals.Points(gap), gap);
        return new(Numerals.Plain(gap), gap);
    }

    public static FigureFacts Of(IndicatorStanding standing) =>
        new(standing.Key, standing.Name, standing.Unit, standing.IsRatio, standing.Unit == "元", standing.Actual)
        {
            LastYear = standing.LastYear,
            Target = standing.Target,
            NextTarget = standing.NextTarget,
            LessIsBetter = standing.LessIsBetter,
            Cases = standing.Denominator,
            LastYearCases = standing.LastYearDenominator,
        };
}
