using LawDashboard.Features.Reports.Checking;

namespace LawDashboard.Features.Reports;

/// <summary>What was judged of an indicator that cannot be counted.</summary>
/// <param name="Grade">优秀; null while it is not judged, then without a text too.</param>
/// <param name="Text">The grounds, without the full stop at their end: the sentence around them has its own.</param>
public sealed record JudgedWords(string Name, string? Grade, string? Text)
{
    /// <summary>Lines of the grounds are run together: a sentence has none.</summary>
    public static JudgedWords Of(string name, string grade, string text) =>
        new(name, grade, string.Join("；", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('。', '；'))));
}

/// <summary>For whom, for when and from what a report is drafted.</summary>
/// <param name="Closing">Last day that the figures cover; before the term's end it still runs.</param>
/// <param name="Dated">Date of the document; the closing date when not given.</param>
public sealed record DraftContext(
    string UnitName, int Year, DateOnly Closing, IFigures Figures, IReadOnlyList<IndicatorStanding> Standings, DateOnly? Dated = null)
{
    /// <summary>The stretch of the year that is reported on; the whole of it unless given.</summary>
    public ReportTerm Term { get => field ?? new(Year); init; }

    /// <summary>The same from January on, against which the year's targets are held; null where that is the term itself.</summary>
    public DraftContext? ToDate { get; init; }

    /// <summary>Name of the government above; the unit's own where there is none.</summary>
    public string Above { get => field ?? UnitName; init; }

    /// <summary>Words of the policy in force in the year; null where none are known.</summary>
    public PolicyYear? Policy { get; init; }

    /// <summary>Entries worth telling of, the most telling first.</summary>
    public IReadOnlyList<NotedEntry> Noted { get; init; } = [];

    /// <summary>What was judged of the year, by key of the judged indicator; those not judged yet have no grade.</summary>
    public IReadOnlyDictionary<string, JudgedWords> Judged { get; init; } = new Dictionary<string, JudgedWords>();

    /// <summary>Indicators that missed their target last year, by key: those that miss it again are told so.</summary>
    public IReadOnlySet<string> MissedLastYear { get; init; } = new HashSet<string>();

    /// <summary>What is past a statutory limit and not done, by ledger.</summary>
    public IReadOnlyList<LateCases> Late { get; init; } = [];

    /// <summary>Why indicators fall short, as clauses by key, as far as the data show it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Causes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Set apart in their ids are the figures from January on in a report on a part of the year.</summary>
    public string Mark { get; init; } = "";

    /// <summary>The term is over, so that it may be spoken of as a whole.</summary>
    public bool IsComplete => Closing >= Term.To;

    /// <summary>A whole year, to be compared with the whole year before.</summary>
    public bool WholeYear => Term.IsYear && IsComplete;

    /// <summary>How much of the year has passed at the closing date, 0..1.</summary>
    public decimal Elapsed => WholeYear ? 1 : Closing.Year < Year ? 0 : (decimal)Closing.DayOfYear / new DateOnly(Year, 12, 31).DayOfYear;

    public FigurePeriod Period => new(Term.From, IsComplete ? Term.To : Closing);

    /// <summary>The next year's targets are for a period of their own.</summary>
    public FigurePeriod PeriodOf(FigureFormat format) =>
        format == FigureFormat.NextTarget ? new(new(Year + 1, 1, 1), new(Year + 1, 12, 31)) : Period;

    /// <summary>Every word of the occasion as written in the text.</summary>
    public string Word(OccasionWord word) => word switch
    {
        OccasionWord.Unit => UnitName,
        OccasionWord.Above => Above,
        OccasionWord.Year => Numerals.Plain(Year),
        OccasionWord.NextYear => Numerals.Plain(Year + 1),
        OccasionWord.Term => Term.FullName,
        OccasionWord.TermName => Term.IsYear ? "年度" : Term.Name,
        OccasionWord.Date => Numerals.Date(Dated ?? Closing),
        OccasionWord.Closing => Numerals.Date(Closing),
        OccasionWord.Period => IsComplete ? Term.Name : $"截至{Closing.Month}月{Closing.Day}日",
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    /// <summary>A word of the year's policy; null where none is in force.</summary>
    public string? Word(PolicyPart word) => word.Name switch
    {
        PolicyWord.PlanName => Policy?.PlanName,
        PolicyWord.Outline => Policy?.Outline,
        _ => Policy?.Slogans.ElementAtOrDefault((word.Slogan ?? 1) - 1),
    };

    /// <summary>Null while it is not judged.</summary>
    public string? Word(JudgedPart part) => Judged.GetValueOrDefault(part.Key) is not { } judged ? null : part.Grade ? judged.Grade : judged.Text;

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
