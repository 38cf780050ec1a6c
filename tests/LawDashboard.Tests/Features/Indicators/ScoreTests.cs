using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;

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
                // The whole score, and not only the indicator's: a lecture more lowers the share of those that are filed.
                Assert.Equal(step.Gain, after.Sum.Points - score.Sum.Points);
            }
            Assert.Equal(score.Steps.OrderByDescending(step => step.Gain).Select(step => step.Gain), score.Steps.Select(step => step.Gain));
        }

        static decimal Down(decimal points) => decimal.Floor(decimal.Round(points * 100, 6)) / 100;
    }

    /// <summary>
    /// The same over entries that people save, by generated rules, points and targets: the score of the stored entries equals one
    /// reckoned from the rows themselves, and whoever carries out the first step finds the score raised by what it promised.
    /// </summary>
    [DatabaseTheory, Databases]
    public async Task Carrying_out_the_first_step_raises_the_score_by_what_it_promised(DatabaseKind kind)
    {
        var carried = new HashSet<ScoreStepKind>();
        for (var seed = 1; seed <= (TestScale.Full ? 40 : 6); seed++)
        {
            var random = new Random(seed);
            var rules = SampleCatalog.Indicators.Indicators.ToDictionary(indicator => indicator.Key, _ => Rule(random));
            var catalog = new IndicatorCatalog(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks, SampleCatalog.Indicators.Measures.Where(measure => !measure.Key.StartsWith("ledger.", StringComparison.Ordinal)),
                SampleCatalog.Indicators.Indicators.Select(indicator => indicator with { Points = random.Next(1, 12), Scoring = rules[indicator.Key] }));
            await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, catalog);
            var targets = await TargetsAsync(bench, catalog, random);
            for (var i = random.Next(2, 9); i > 0; i--) await LectureAsync(bench, filed: random.Next(2) == 0, approve: random.Next(3) > 0);
            for (var rounds = 0; rounds < 3; rounds++)
            {
                var score = await OfAsync(bench);
                Assert.Equal(await ReckonedAsync(bench, catalog, rules, targets), score.Sum.Points);
                if (score.Steps.FirstOrDefault() is not { } step) break;
                await CarryOutAsync(bench, step);
                carried.Add(step.Kind);
                Assert.Equal((seed, step, score.Sum.Points + step.Gain), (seed, step, (await OfAsync(bench)).Sum.Points));
            }
        }
        Assert.Equal(Enum.GetValues<ScoreStepKind>().Length, carried.Count);
    }

    static ScoringRule Rule(Random random) => new() { Rule = (ScoringKind)random.Next(4), Floor = random.Next(0, 101), Each = random.Next(1, 8) / 4m };

    static async Task<Dictionary<string, decimal>> TargetsAsync(Workbench bench, IndicatorCatalog catalog, Random random)
    {
        var targets = new Dictionary<string, decimal>();
        foreach (var indicator in catalog.Indicators)
        {
            targets[indicator.Key] = indicator.IsRatio ? random.Next(20, 101) : random.Next(2, 12);
            Assert.Empty(await bench.Get<TargetService>().SetAsync(bench.Person(Role.Reviewer, "NZ"), indicator, 2026,
                new("样政发〔2026〕1号", new(2026, 1, 1), new(2026, 1, 1), null, TargetSpreads.Even), [new(bench.Unit("FZ"), targets[indicator.Key])]));
        }
        return targets;
    }

    static async Task<UnitScore> OfAsync(Workbench bench) =>
        UnitScore.Of(bench.Get<IndicatorReckoner>(), (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Leader, "FZ"), bench.Unit("FZ"), 2026))!);

    static async Task LectureAsync(Workbench bench, bool filed, bool approve)
    {
        var saved = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ"),
            new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-05-20", ("filedOn", filed ? "2026-05-30" : null))))).Entry;
        if (approve) await ApproveAsync(bench, saved);
    }

    static async Task ApproveAsync(Workbench bench, Entry entry) =>
        Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 2), entry.Id, entry.Version, EntryAction.Approve, null));

    static async Task CarryOutAsync(Workbench bench, ScoreStep step)
    {
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2));
        var rows = await bench.Lists.PageAsync(new() { Person = recorder, Ledger = SampleCatalog.Lectures }, 1, 200);
        switch (step.Kind)
        {
            case ScoreStepKind.Approve:
                foreach (var row in rows.Where(row => row.State is EntryState.Submitted)) await ApproveAsync(bench, row);
                break;
            case ScoreStepKind.Log:
                for (var i = 0; i < step.Amount; i++) await LectureAsync(bench, filed: false, approve: true);
                break;
            default:
                foreach (var row in rows.Where(row => row.State is EntryState.Approved && !row.Values.Filled("filedOn")).Take((int)step.Amount))
                {
                    var open = Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(reviewer, row.Id, row.Version, EntryAction.Unlock, "补登归档")).Entry;
                    var filed = SampleCatalog.Complete("2026-05-20", ("filedOn", "2026-05-30"));
                    await ApproveAsync(bench, Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(recorder, new(row.Id, "lectures", "FZ01", filed, open.Version))).Entry);
                }
                break;
        }
    }

    /// <summary>From the rows and the rules' words alone.</summary>
    static async Task<decimal> ReckonedAsync(Workbench bench, IndicatorCatalog catalog, Dictionary<string, ScoringRule> rules, Dictionary<string, decimal> targets)
    {
        await using var db = bench.Context();
        var rows = (await db.Entries.AsNoTracking().Where(entry => entry.State == EntryState.Approved).ToListAsync());
        var (held, filed) = (rows.Count, rows.Count(row => row.Values.Filled("filedOn")));
        return Given("study.lectures", held) + (held == 0 ? 0 : Given("study.filed", 100m * filed / held));

        decimal Given(string key, decimal value)
        {
            var (full, target, rule) = (catalog.Indicator(key)!.Points, targets[key], rules[key]);
            var points = value >= target ? full : rule.Rule switch
            {
                ScoringKind.Full => 0,
                ScoringKind.Minimum => 100 * value / target < rule.Floor ? 0 : full * value / target,
                ScoringKind.Deduction => Math.Max(0, full - rule.Each * Math.Ceiling(target - value)),
                _ => full * value / target,
            };
            return Math.Floor(Math.Round(points * 100, 6)) / 100;
        }
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
