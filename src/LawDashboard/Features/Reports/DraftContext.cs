namespace LawDashboard.Features.Reports;

/// <summary>For whom, for when and from what a report is drafted.</summary>
/// <param name="Closing">Last day that the figures cover; before 31 December the year still runs.</param>
/// <param name="Dated">Date of the document; the closing date when not given.</param>
public sealed record DraftContext(
    string UnitName, int Year, DateOnly Closing, IFigures Figures, IReadOnlyList<IndicatorStanding> Standings, DateOnly? Dated = null)
{
    public bool WholeYear => Closing >= new DateOnly(Year, 12, 31);

    /// <summary>How much of the year has passed at the closing date, 0..1.</summary>
    public decimal Elapsed => WholeYear ? 1 : Closing.Year < Year ? 0 : (decimal)Closing.DayOfYear / new DateOnly(Year, 12, 31).DayOfYear;

    public FigurePeriod Period => new(new(Year, 1, 1), WholeYear ? new(Year, 12, 31) : Closing);

    /// <summary>The next year's targets are for a period of their own.</summary>
    public FigurePeriod PeriodOf(FigureFormat format) =>
        format == FigureFormat.NextTarget ? new(new(Year + 1, 1, 1), new(Year + 1, 12, 31)) : Period;

    /// <summary>Every word of the occasion as written in the text.</summary>
    public string Word(OccasionWord word) => word switch
    {
        OccasionWord.Unit => UnitName,
        OccasionWord.Year => Numerals.Plain(Year),
        OccasionWord.NextYear => Numerals.Plain(Year + 1),
        OccasionWord.Date => Numerals.Date(Dated ?? Closing),
        OccasionWord.Closing => Numerals.Date(Closing),
        OccasionWord.Period => WholeYear ? "全年" : $"截至{Closing.Month}月{Closing.Day}日",
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    /// <summary>What is known of a key, and of one of its parts.</summary>
    public FigureFacts Facts(string key)
    {
        if (Figures.Value(key) is not { } value) return new(key, key, "", false, false, null);
        var last = Figures.LastYear(key);
        var standing = Standings.FirstOrDefault(standing => standing.Key == key);
        return new(key, value.Name, value.Unit, value.IsRatio, value.IsMoney, value.Amount)
        {
            LastYear = last?.Amount,
            Target = Figures.Target(key),
            NextTarget = standing?.NextTarget,
            LessIsBetter = standing?.LessIsBetter ?? false,
            Cases = value.Denominator ?? standing?.Denominator,
            LastYearCases = last?.Denominator,
        };
    }
}
