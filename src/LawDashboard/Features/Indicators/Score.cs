using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>The points of one indicator (得分) as it stands today against the whole year's target.</summary>
/// <param name="Points">Null when it cannot be judged; <see cref="Why"/> says why, and it then weighs nothing.</param>
/// <param name="AtYearEnd">The points that the forecast comes to; null when there is no forecast.</param>
public sealed record IndicatorScore(Standing Standing, decimal? Points, decimal? AtYearEnd, string? Why)
{
    public IndicatorDefinition Indicator => Standing.Indicator;
    public decimal Full => Indicator.Points;
    public decimal Lost => Full - (Points ?? Full);

    public static IndicatorScore Of(Standing standing, Forecast? forecast)
    {
        if (standing.Target is null) return new(standing, null, null, "未设目标，不计分");
        if (standing.Value.OnTargetScale is not { } value) return new(standing, null, null, "尚无数据，暂不计分");
        return new(standing, For(standing, value), forecast is null ? For(standing, value) : For(standing, forecast.Value), null);
    }

    /// <summary>The points that the indicator would have with another value.</summary>
    public static decimal For(Standing standing, decimal value) =>
        standing.Indicator.Rule.Points(standing.Indicator.Points, value, standing.Target!.Value, standing.Indicator.Better);
}

/// <summary>Points of several indicators together; those that cannot be judged weigh nothing.</summary>
public sealed record ScoreSum(decimal Points, decimal Full, decimal AtYearEnd)
{
    /// <summary>Out of a hundred, rounded down to hundredths; null when nothing can be judged.</summary>
    public decimal? Percent => Of100(Points);
    public decimal? PercentAtYearEnd => Of100(AtYearEnd);

    public static ScoreSum Of(IEnumerable<IndicatorScore> scores) =>
        scores.Where(score => score.Points is not null).Aggregate(new ScoreSum(0, 0, 0),
            (sum, score) => new(sum.Points + score.Points!.Value, sum.Full + score.Full, sum.AtYearEnd + score.AtYearEnd!.Value));

    decimal? Of100(decimal points) => Full == 0 ? null : decimal.Round(points / Full * 100, 2, MidpointRounding.ToZero);
}

/// <summary>A year task with the points of its indicators.</summary>
public sealed record TaskScore(TaskDefinition Task, IReadOnlyList<IndicatorScore> Indicators, ScoreSum Sum);

/// <summary>The assessment of one unit and year (考核得分): every indicator that carries points, its tasks, and the whole.</summary>
public sealed record UnitScore(IReadOnlyList<TaskScore> Tasks, ScoreSum Sum, IReadOnlyList<ScoreStep> Steps)
{
    public static UnitScore Of(IndicatorReckoner reckoner, UnitYear facts)
    {
        var standings = new Standings(reckoner, facts);
        var tasks = reckoner.Catalog.Tasks.Select(task => (task, scores: reckoner.Catalog.OfTask(task.Key).Where(indicator => indicator.Points > 0)
                .Select(standings.Of).Select(standing => IndicatorScore.Of(standing, Forecast.Of(reckoner, facts, standing))).ToList()))
            .Where(task => task.scores.Count > 0).Select(task => new TaskScore(task.task, task.scores, ScoreSum.Of(task.scores))).ToList();
        var all = tasks.SelectMany(task => task.Indicators).ToList();
        return new(tasks, ScoreSum.Of(all), [.. all.SelectMany(score => ScoreStep.For(reckoner, score)).OrderByDescending(step => step.Gain).ThenBy(step => step.Kind).ThenBy(step => step.Amount)]);
    }
}
