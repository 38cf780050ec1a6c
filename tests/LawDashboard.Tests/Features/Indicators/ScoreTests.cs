using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Points by stated rules, and what raises them by how much.</summary>
public sealed class ScoreTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData(ScoringKind.Proportional, 6, 8, 3)]
    [InlineData(ScoringKind.Proportional, 12, 8, 4)]
    [InlineData(ScoringKind.Proportional, 1, 3, 1.33)]
    [InlineData(ScoringKind.Full, 7.99, 8, 0)]
    [InlineData(ScoringKind.Full, 8, 8, 4)]
    [InlineData(ScoringKind.Minimum, 4.7, 8, 0)]
    [InlineData(ScoringKind.Minimum, 4.8, 8, 2.4)]
    [InlineData(ScoringKind.Deduction, 7.5, 8, 3)]
    [InlineData(ScoringKind.Deduction, 2, 8, 0)]
    public void Points_follow_the_stated_rule(ScoringKind kind, decimal value, decimal target, decimal points) =>
        Assert.Equal(points, new ScoringRule { Rule = kind }.Points(4, value, target, Direction.More));

    [Theory]
    [InlineData(ScoringKind.Full, 0, 4)]
    [InlineData(ScoringKind.Full, 1, 0)]
    [InlineData(ScoringKind.Deduction, 3, 1)]
    [InlineData(ScoringKind.Deduction, 9, 0)]
    public void A_limit_that_is_kept_gives_all_points(ScoringKind kind, decimal value, decimal points) =>
        Assert.Equal(points, new ScoringRule { Rule = kind }.Points(4, value, 0, Direction.Less));

    [Fact]
    public void What_has_no_target_or_nothing_under_it_weighs_nothing()
    {
        var score = Score(new() { ["study.lectures"] = (4, null), ["study.filed"] = (6, 90) }, held: 0, filed: 0);
        Assert.All(score.Tasks.Single().Indicators, indicator => Assert.Null(indicator.Points));
        Assert.Null(score.Sum.Percent);
    }

    [Fact]
    public void The_score_equals_an_independent_reckoning_and_each_step_raises_it_by_what_it_promises()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2_000; round++)
        {
            var held = random.Next(0, 30);
            var (filed, heldPending) = (random.Next(0, held + 1), random.Next(0, 5));
            var (lecturePoints, filedPoints) = (random.Next(1, 10), random.Next(1, 10));
            var targets = new Dictionary<string, (int, decimal?)> { ["study.lectures"] = (lecturePoints, random.Next(1, 40)), ["study.filed"] = (filedPoints, random.Next(1, 101)) };
            var score = Score(targets, held, filed, heldPending);

            var expected = Down(lecturePoints * Math.Min(1m, held / targets["study.lectures"].Item2!.Value))
                + (held == 0 ? 0 : Down(filedPoints * Math.Min(1m, filed * 100m / held / targets["study.filed"].Item2!.Value)));
            Assert.Equal(expected, score.Sum.Points);

            foreach (var step in score.Steps)
            {
                var amount = (int)step.Amount;
                var after = step switch
                {
                    { Kind: ScoreStepKind.Approve, Score.Indicator.IsRatio: false } => Score(targets, held + heldPending, filed),
                    { Kind: ScoreStepKind.Log } => Score(targets, held + amount, filed, heldPending),
                    { Kind: ScoreStepKind.Complete } => Score(targets, held, filed + amount, heldPending),
                    _ => null,
                };
                Assert.True(step.Gain > 0);
                if (after is null) continue;
                var (before, now) = (Points(score, step.Score.Indicator.Key), Points(after, step.Score.Indicator.Key));
                Assert.Equal(step.Gain, now - before);
            }
            Assert.Equal(score.Steps.OrderByDescending(step => step.Gain).Select(step => step.Gain), score.Steps.Select(step => step.Gain));
        }

        static decimal Down(decimal points) => decimal.Floor(decimal.Round(points * 100, 6)) / 100;
        static decimal? Points(UnitScore score, string key) => score.Tasks.SelectMany(task => task.Indicators).Single(indicator => indicator.Indicator.Key == key).Points;
    }

    /// <summary>The score of a town with so many lectures held and filed, by indicators with points and target.</summary>
    static UnitScore Score(Dictionary<string, (int Points, decimal? Target)> indicators, int held, int filed, int heldPending = 0)
    {
        var catalog = new IndicatorCatalog(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks, SampleCatalog.Indicators.Measures.Where(measure => !measure.Key.StartsWith("ledger.", StringComparison.Ordinal)),
            SampleCatalog.Indicators.Indicators.Select(indicator => indicator with { Points = indicators[indicator.Key].Points }));
        var unit = new Unit { Id = 2, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, Path = "/1/2/" };
        var book = new TallyBook(unit.Id, [Tally("lectures.held", held), Tally("lectures.filed", filed), Tally("lectures.held", heldPending, EntryState.Submitted)]);
        var targets = indicators.Where(pair => pair.Value.Target is not null).ToDictionary(pair => pair.Key,
            pair => new Target { IndicatorKey = pair.Key, UnitId = unit.Id, Year = 2026, Value = pair.Value.Target!.Value, EffectiveOn = new(2026, 1, 1) });
        return UnitScore.Of(new IndicatorReckoner(catalog), new UnitYear(unit, 2026, Today, book, targets, []));

        Tally Tally(string measure, int count, EntryState state = EntryState.Approved) =>
            new() { MeasureKey = measure, UnitId = unit.Id, Month = 202605, Slice = "", State = state, Count = count };
    }
}
