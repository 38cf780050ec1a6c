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
/// <param name="Gain">Points, above 0.</param>
public sealed record ScoreStep(ScoreStepKind Kind, IndicatorScore Score, decimal Amount, decimal Value, decimal Gain)
{
    public static IEnumerable<ScoreStep> For(IndicatorReckoner reckoner, IndicatorScore score) =>
        score.Points is null || score.Lost == 0 ? [] : new[] { Approve(score), Complete(score), Log(reckoner, score) }.OfType<ScoreStep>().Where(step => step.Gain > 0);

    static ScoreStep? Approve(IndicatorScore score) =>
        score.Standing.HasPending && (score.Standing.Value + score.Standing.Pending).OnTargetScale is { } value
            ? Step(ScoreStepKind.Approve, score, score.Standing.Pending.Numerator, value) : null;

    /// <summary>As many of those that the numerator leaves out as the target needs; none when even all of them would not do.</summary>
    static ScoreStep? Complete(IndicatorScore score)
    {
        var (value, target) = (score.Standing.Value, score.Standing.Target!.Value);
        if (value.Denominator is not { } under || score.Indicator.Better is Direction.Less) return null;
        var more = decimal.Ceiling(target / 100 * under - value.Numerator);
        return more <= 0 || value.Numerator + more > under ? null
            : Step(ScoreStepKind.Complete, score, more, (value with { Numerator = value.Numerator + more }).OnTargetScale!.Value);
    }

    static ScoreStep? Log(IndicatorReckoner reckoner, IndicatorScore score)
    {
        var (value, target) = (score.Standing.Value, score.Standing.Target!.Value);
        if (score.Indicator.IsRatio || score.Indicator.Better is Direction.Less || reckoner.Catalog.Measure(score.Indicator.Measure) is not { } measure) return null;
        // Money and hours come in parts; meetings and people do not.
        var more = reckoner.Steps(measure) == 1 ? decimal.Ceiling(target - value.Numerator) : target - value.Numerator;
        return more <= 0 ? null : Step(ScoreStepKind.Log, score, more, value.Numerator + more);
    }

    static ScoreStep Step(ScoreStepKind kind, IndicatorScore score, decimal amount, decimal value) =>
        new(kind, score, amount, value, IndicatorScore.For(score.Standing, value) - score.Points!.Value);
}
