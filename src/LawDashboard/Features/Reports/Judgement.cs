using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Reports;

/// <summary>In which way an indicator falls short.</summary>
public enum ProblemKind
{
    /// <summary>A count below its target.</summary>
    Behind,
    /// <summary>A count with a target and no entry at all.</summary>
    Unrecorded,
    /// <summary>A rate below its target.</summary>
    Low,
    /// <summary>A count above what it should stay under.</summary>
    Exceeded,
    /// <summary>A rate above what it should stay under.</summary>
    High,
    /// <summary>Overdue cases with no target of their own, or within what the target allows.</summary>
    Late,
}

/// <summary>In which way an indicator stands out.</summary>
public enum HighlightKind { AboveTarget, Grown, RateRisen, RateAboveTarget, Fallen, RateFallen }

/// <summary>What a report tells as one problem, in the order in which it tells them.</summary>
public enum ProblemGroup
{
    /// <summary>Work that has not come as far as it should.</summary>
    Progress,
    /// <summary>Rates below their target.</summary>
    Quality,
    /// <summary>Time limits that were not kept, whether or not there is a target for it.</summary>
    Late,
    /// <summary>More than was to be allowed.</summary>
    Limit,
    /// <summary>Targets with nothing logged for them.</summary>
    Unrecorded,
}

/// <summary>An indicator that falls short.</summary>
public sealed record Problem(IndicatorStanding Standing, ProblemKind Kind)
{
    public ProblemGroup Group => Kind switch
    {
        ProblemKind.Behind => ProblemGroup.Progress,
        ProblemKind.Unrecorded => ProblemGroup.Unrecorded,
        ProblemKind.Low => Judgement.SpeaksOfTime(Standing) ? ProblemGroup.Late : ProblemGroup.Quality,
        ProblemKind.Late => ProblemGroup.Late,
        _ => ProblemGroup.Limit,
    };
}

/// <summary>An indicator that stands out, and by how much.</summary>
public sealed record Highlight(IndicatorStanding Standing, HighlightKind Kind, decimal Margin);

/// <summary>
/// Judges the standings: what missed its target or its time limit, and what clearly stands out. A rate from fewer than
/// <see cref="FigureFacts.FewestCases"/> cases is not judged.
/// </summary>
public static class Judgement
{
    /// <summary>A count stands out from a tenth above target or last year, a rate from one percentage point.</summary>
    const decimal ClearlyMore = 0.1m;
    const decimal ClearlyHigher = 0.01m;
    const int MostHighlights = 6;
    const int MostHighlightsPerTask = 2;

    /// <summary>Missed indicators by group, the worst of each group first.</summary>
    public static IReadOnlyList<Problem> Problems(DraftContext context) =>
        [.. context.Standings.Select(standing => (standing, kind: Shortfall(standing, context.Elapsed)))
            .Where(judged => judged.kind is not null)
            .Select(judged => new Problem(judged.standing, judged.kind!.Value))
            .OrderBy(problem => problem.Group).ThenBy(problem => Reached(problem.Standing))];

    /// <summary>Keys of the indicators that ended a year short of their target.</summary>
    internal static IReadOnlySet<string> Missed(IndicatorReckoner reckoner, TallyBook book, IReadOnlyDictionary<string, Target> targets, int year) =>
        reckoner.Catalog.Indicators.Where(indicator => targets.GetValueOrDefault(indicator.Key) is { } target
            && reckoner.Indicator(book, indicator, MonthRange.OfYear(year)) is { OnTargetScale: { } value } reckoned && !(indicator.IsRatio && reckoned.Denominator < FigureFacts.FewestCases)
            && (indicator.Better == Direction.Less ? value > target.Value : value < target.Value))
            .Select(indicator => indicator.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Counts with a target that keep up with it, the furthest first of each task: what a brief tells of the year's progress.</summary>
    public static IReadOnlyList<IndicatorStanding> OnCourse(DraftContext context) =>
        [.. context.Standings.Where(standing => standing is { IsRatio: false, LessIsBetter: false, Target: > 0, Actual: > 0 } && Shortfall(standing, context.Elapsed) is null)
            .GroupBy(standing => standing.Task).Select(task => task.MaxBy(standing => standing.Actual / standing.Target)!).OrderByDescending(standing => standing.Actual / standing.Target)];

    /// <summary>The clearest few, of as many kinds as there are: of each kind its best, then the second best. Not more than two of one task.</summary>
    public static IReadOnlyList<Highlight> Highlights(DraftContext context) =>
        [.. context.Standings.Where(standing => Shortfall(standing, context.Elapsed) is null)
            .Select(Merit).OfType<Highlight>()
            .OrderByDescending(highlight => highlight.Margin)
            .GroupBy(highlight => highlight.Standing.Task).SelectMany(task => task.Take(MostHighlightsPerTask))
            .GroupBy(highlight => highlight.Kind).SelectMany(kind => kind.OrderByDescending(highlight => highlight.Margin).Index())
            .OrderBy(ranked => ranked.Index).ThenByDescending(ranked => ranked.Item.Margin)
            .Take(MostHighlights)
            .OrderBy(ranked => ranked.Index).ThenBy(ranked => ranked.Item.Kind).Select(ranked => ranked.Item)];

    /// <summary>True when the whole target is due by now: at the year's end, and at any time for what doesn't build up over the year.</summary>
    public static bool IsDueInFull(IndicatorStanding standing, decimal elapsed) => elapsed >= 1 || standing.TargetToDate >= standing.Target;

    /// <summary>Short of what is due by less than a tenth, which is still called on track elsewhere.</summary>
    public static bool IsNearlyDue(IndicatorStanding standing, decimal elapsed) =>
        standing is { Actual: { } actual, Target: { } target } && actual >= Pace.OnTrackFrom * Due(standing, target, elapsed);

    /// <summary>Known by its official name: 按期办结率 should be whole.</summary>
    public static bool SpeaksOfTime(IndicatorStanding standing) => Named(standing, "按期", "按时", "及时", "超期", "逾期", "超时");

    /// <param name="elapsed">Share of the year that has passed: a count is behind only against what was due by now.</param>
    static ProblemKind? Shortfall(IndicatorStanding standing, decimal elapsed)
    {
        if (standing.Actual is not { } actual || TooFewCases(standing)) return null;
        if (standing.Target is not { } target) return IsLate(standing, actual) ? ProblemKind.Late : null;
        return standing switch
        {
            { LessIsBetter: true } => actual <= target ? null : standing.IsRatio ? ProblemKind.High : ProblemKind.Exceeded,
            { IsRatio: true } => actual < target ? ProblemKind.Low
                // A target of 91% allows what the law does not.
                : IsLate(standing, actual) ? ProblemKind.Late : null,
            // Nothing is held in part: while the year runs, half a lecture due is none due.
            _ when actual >= (elapsed < 1 && !IsDueInFull(standing, elapsed) ? Math.Floor(Due(standing, target, elapsed)) : target) => null,
            _ => actual == 0 ? ProblemKind.Unrecorded : ProblemKind.Behind,
        };
    }

    static decimal Due(IndicatorStanding standing, decimal target, decimal elapsed) =>
        elapsed < 1 ? Math.Min(target, standing.TargetToDate ?? target * elapsed) : target;

    static Highlight? Merit(IndicatorStanding standing)
    {
        if (standing.Actual is not { } actual || TooFewCases(standing)) return null;
        var overTarget = standing.Target is { } target and > 0 ? standing.IsRatio ? actual - target : actual / target - 1 : 0;
        var growth = standing.LastYear is not { } last ? 0
            : standing.IsRatio ? standing.LastYearDenominator < FigureFacts.FewestCases ? 0 : actual - last
            : last < FigureFacts.FewestCases ? 0 : actual / last - 1;
        return standing switch
        {
            { IsRatio: false, LessIsBetter: false } when overTarget >= ClearlyMore => new(standing, HighlightKind.AboveTarget, overTarget),
            { IsRatio: false, LessIsBetter: false } when growth >= ClearlyMore => new(standing, HighlightKind.Grown, growth),
            { IsRatio: false, LessIsBetter: true } when -growth >= ClearlyMore => new(standing, HighlightKind.Fallen, -growth),
            { IsRatio: true, LessIsBetter: false } when growth >= ClearlyHigher => new(standing, HighlightKind.RateRisen, growth * 10),
            { IsRatio: true, LessIsBetter: false } when overTarget >= ClearlyHigher => new(standing, HighlightKind.RateAboveTarget, overTarget * 10),
            { IsRatio: true, LessIsBetter: true } when -growth >= ClearlyHigher => new(standing, HighlightKind.RateFallen, -growth * 10),
            _ => null,
        };
    }

    static bool TooFewCases(IndicatorStanding standing) => standing.IsRatio && standing.Denominator < FigureFacts.FewestCases;

    /// <summary>超期办结 should not happen at all, 按期办结率 should be whole.</summary>
    static bool IsLate(IndicatorStanding standing, decimal actual) =>
        SpeaksOfTime(standing) && (standing.LessIsBetter ? actual > 0 : standing.IsRatio && actual < 1);

    static bool Named(IndicatorStanding standing, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (standing.Name.Contains(word, StringComparison.Ordinal)) return true;
        return false;
    }

    static decimal Reached(IndicatorStanding standing) =>
        standing is { Actual: { } actual, Target: { } target and > 0 } ? standing.LessIsBetter ? -actual / target : actual / target
        : standing.LessIsBetter ? -(standing.Actual ?? 0) : standing.Actual ?? 0;
}
