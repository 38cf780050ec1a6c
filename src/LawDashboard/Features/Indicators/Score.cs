using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Judging;

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

/// <summary>The points of a judged indicator: the grade's share of them; none, and no weight, until somebody has judged.</summary>
public sealed record JudgedScore(JudgedIndicator Indicator, Judgement? Judgement, decimal? Points)
{
    public const string Unjudged = "尚未评定";

    public static JudgedScore Of(JudgedIndicator indicator, Judgement? judgement) => new(indicator, judgement,
        indicator.Grade(judgement?.Grade) is { } grade ? decimal.Round(indicator.Points * grade.Share / 100, 2, MidpointRounding.ToZero) : null);
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

    /// <summary>With judged indicators; what is judged stands as it is at the year's end.</summary>
    public static ScoreSum Of(IEnumerable<IndicatorScore> scores, IEnumerable<JudgedScore> judged) =>
        judged.Where(score => score.Points is not null).Aggregate(Of(scores), (sum, score) => new(sum.Points + score.Points!.Value, sum.Full + score.Indicator.Points, sum.AtYearEnd + score.Points!.Value));

    decimal? Of100(decimal points) => Full == 0 ? null : decimal.Round(points / Full * 100, 2, MidpointRounding.ToZero);
}

/// <summary>A year task with the points of its indicators; with an indicator tree in force, a first level of it.</summary>
public sealed record TaskScore(TaskDefinition Task, IReadOnlyList<IndicatorScore> Indicators, IReadOnlyList<JudgedScore> Judged, ScoreSum Sum)
{
    public int Unscored => Indicators.Count(score => score.Points is null) + Judged.Count(score => score.Points is null);
}

/// <summary>The assessment of one unit and year (考核得分): every indicator that carries points, its tasks, and the whole.</summary>
public sealed record UnitScore(IReadOnlyList<TaskScore> Tasks, ScoreSum Sum, IReadOnlyList<ScoreStep> Steps)
{
    public static UnitScore Of(IndicatorReckoner reckoner, UnitYear facts)
    {
        var (standings, catalog) = (new Standings(reckoner, facts), reckoner.Catalog);
        var tasks = Parts(catalog, facts.Year).Select(part => Of(part.Task, part.Indicators, part.Judged)).Where(task => task.Indicators.Count + task.Judged.Count > 0).ToList();
        var all = tasks.SelectMany(task => task.Indicators).ToList();
        return new(tasks, ScoreSum.Of(all, tasks.SelectMany(task => task.Judged)),
            [.. ScoreStep.For(reckoner, all).OrderByDescending(step => step.Gain).ThenBy(step => step.Kind).ThenBy(step => step.Amount)]);

        TaskScore Of(TaskDefinition task, IEnumerable<IndicatorDefinition> indicators, IEnumerable<JudgedIndicator> judged)
        {
            var scores = indicators.Select(standings.Of).Where(standing => standing.Indicator.Points > 0).Select(standing => IndicatorScore.Of(standing, Forecast.Of(reckoner, facts, standing))).ToList();
            var grades = judged.Select(indicator => catalog.InYear(indicator, facts.Year)).Where(indicator => indicator.Points > 0)
                .Select(indicator => JudgedScore.Of(indicator, facts.Judgements.GetValueOrDefault(indicator.Key))).ToList();
            return new(task, scores, grades, ScoreSum.Of(scores, grades));
        }
    }

    /// <summary>What is scored together: the indicators of each task, or those of each first level of the year's tree.</summary>
    static IEnumerable<(TaskDefinition Task, IEnumerable<IndicatorDefinition> Indicators, IEnumerable<JudgedIndicator> Judged)> Parts(IndicatorCatalog catalog, int year) =>
        catalog.Assessment(year) is not { } tree ? catalog.Tasks.Select(task => (task, catalog.OfTask(task.Key), catalog.JudgedOf(task.Key)))
        : tree.Groups.Select((group, index) => (new TaskDefinition { Key = $"tree-{index + 1}", Name = group.Key, Heading = group.Key },
            group.Select(leaf => catalog.Indicator(leaf.Key)).OfType<IndicatorDefinition>(), group.Select(leaf => catalog.JudgedIndicator(leaf.Key)).OfType<JudgedIndicator>()));
}
