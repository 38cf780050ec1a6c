using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>What kind of work raises a score; the quickest first.</summary>
public enum ScoreStepKind
{
    /// <summary>Review what waits.</summary>
    Approve,
    /// <summary>Bring entries that are counted under a ratio into its numerator.</summary>
    Complete,
    /// <summary>Do and log more.</summary>
    Log,
}

/// <summary>Something that raises the score (提分事项), and by how much when it is done and nothing else changes.</summary>
/// <param name="Amount">How much more is needed, in shown units of the indicator's measure; for a review the entries' own amount.</param>
/// <param name="Value">What the indicator then comes to, on the scale of its target.</param>
/// <param name="Gain">Points of the whole score, above 0: other indicators that count the same entries gain or lose with it.</param>
public sealed record ScoreStep(ScoreStepKind Kind, IndicatorScore Score, decimal Amount, decimal Value, decimal Gain)
{
    /// <summary>Whatever would raise the score, in no particular order.</summary>
    public static IEnumerable<ScoreStep> For(IndicatorReckoner reckoner, IReadOnlyList<IndicatorScore> all) => new ScoreSteps(reckoner, all).Find();
}

/// <summary>Looks for what raises a score, and reckons what each would make of the whole.</summary>
sealed class ScoreSteps(IndicatorReckoner reckoner, IReadOnlyList<IndicatorScore> all)
{
    /// <summary>Work that is done: how much it adds to which measures.</summary>
    /// <param name="Anew">New entries, which count in a ratio's denominator as well as in its numerator.</param>
    /// <param name="Reviewed">What waited is approved: of a ratio whose denominator grows so, what waited above it too.</param>
    sealed record Work(IReadOnlyDictionary<string, decimal> Added, bool Anew = false, bool Reviewed = false);

    public IEnumerable<ScoreStep> Find() => all.Where(score => score.Points is not null && score.Lost > 0)
        .SelectMany(score => new[] { Approve(score), Complete(score), Log(score) }).OfType<ScoreStep>().Where(step => step.Gain > 0);

    ScoreStep? Approve(IndicatorScore score)
    {
        var (indicator, pending) = (score.Indicator, score.Standing.Pending);
        if (!score.Standing.HasPending) return null;
        return Step(ScoreStepKind.Approve, score, pending.Numerator, score.Standing.Value + pending,
            indicator.IsRatio ? new(new Dictionary<string, decimal> { [indicator.Numerator!] = pending.Numerator, [indicator.Denominator!] = pending.Denominator ?? 0 }, Reviewed: true)
                : new(new Dictionary<string, decimal> { [indicator.Measure!] = pending.Numerator }, Reviewed: true));
    }

    /// <summary>As many of those that the numerator leaves out as the target needs; none when even all of them would not do.</summary>
    ScoreStep? Complete(IndicatorScore score)
    {
        var (value, target) = (score.Standing.Value, score.Standing.Target!.Value);
        if (value.Denominator is not { } under || score.Indicator.Better is Direction.Less) return null;
        var more = decimal.Ceiling(target / 100 * under - value.Numerator);
        return more <= 0 || value.Numerator + more > under ? null
            : Step(ScoreStepKind.Complete, score, more, value with { Numerator = value.Numerator + more }, new(new Dictionary<string, decimal> { [score.Indicator.Numerator!] = more }));
    }

    ScoreStep? Log(IndicatorScore score)
    {
        var (value, target) = (score.Standing.Value, score.Standing.Target!.Value);
        if (score.Indicator.IsRatio || score.Indicator.Better is Direction.Less || reckoner.Catalog.Measure(score.Indicator.Measure) is not { } measure) return null;
        // Money and hours come in parts; meetings and people do not.
        var more = reckoner.Steps(measure) == 1 ? decimal.Ceiling(target - value.Numerator) : target - value.Numerator;
        return more <= 0 ? null : Step(ScoreStepKind.Log, score, more, value with { Numerator = value.Numerator + more }, new(new Dictionary<string, decimal> { [measure.Key] = more }, Anew: true));
    }

    ScoreStep? Step(ScoreStepKind kind, IndicatorScore score, decimal amount, IndicatorValue value, Work done) => value.OnTargetScale is not { } reached ? null
        : new(kind, score, amount, reached, all.Sum(other => ReferenceEquals(other, score) ? Gain(score, value) : After(other, done) is { } after ? Gain(other, after) : 0));

    /// <summary>What the work makes of another indicator; null when it does not concern it.</summary>
    static IndicatorValue? After(IndicatorScore other, Work done)
    {
        var (indicator, value) = (other.Indicator, other.Standing.Value);
        if (!indicator.IsRatio) return done.Added.TryGetValue(indicator.Measure!, out var more) ? value with { Numerator = value.Numerator + more } : null;
        var (above, below) = (Added(indicator.Numerator!), Added(indicator.Denominator!));
        if (above is null && below is null) return null;
        if (done.Reviewed && above is null) above = other.Standing.Pending.Numerator;
        if (done.Anew && below is null) below = above;
        return value with { Numerator = value.Numerator + (above ?? 0), Denominator = value.Denominator + (below ?? 0) };

        decimal? Added(string measure) => done.Added.TryGetValue(measure, out var more) ? more : null;
    }

    static decimal Gain(IndicatorScore score, IndicatorValue after) => score.Standing.Target is not null && after.OnTargetScale is { } value ? IndicatorScore.For(score.Standing, value) - (score.Points ?? 0) : 0;
}
