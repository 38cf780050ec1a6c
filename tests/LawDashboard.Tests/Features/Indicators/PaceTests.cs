using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>What is due on a day, and how what was done stands against it; the rules hold for any target and spread.</summary>
public sealed class PaceTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void The_share_due_grows_day_by_day_from_nothing_to_the_whole()
    {
        var random = new Random(1);
        for (var run = 0; run < 40; run++)
        {
            var (spread, year) = (Spread(random), random.Next(2023, 2029));
            Assert.Equal(0, Pace.Share(spread, new(year - 1, 12, 31), year));
            var last = 0m;
            for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            {
                var share = Pace.Share(spread, day, year);
                Assert.InRange(share, last, 1.0000001m);
                last = share;
            }
            Assert.Equal(1, last, 12);
            Assert.Equal(1, Pace.Share(spread, new(year + 1, 1, 1), year));
        }
    }

    [Fact]
    public void More_done_is_never_a_worse_pace()
    {
        var random = new Random(2);
        for (var run = 0; run < 2_000; run++)
        {
            var (target, spread, accrues) = (random.Next(1, 500), Spread(random), random.Next(2) == 0);
            var day = new DateOnly(2026, 1, 1).AddDays(random.Next(365));
            decimal less = random.Next(0, 600), more = less + random.Next(0, 50);
            Assert.True(Rank(Of(more)) >= Rank(Of(less)), $"{less} → {Of(less)}, {more} → {Of(more)} of {target} on {day}");

            PaceLevel Of(decimal actual) => Pace.Of(actual, target, spread, day, 2026, accrues, lessIsBetter: false).Level;
        }

        static int Rank(PaceLevel level) => level switch { PaceLevel.Ahead => 3, PaceLevel.OnTrack => 2, PaceLevel.Behind => 1, PaceLevel.FarBehind => 0, _ => throw new ArgumentOutOfRangeException(nameof(level)) };
    }

    [Theory]
    [InlineData(30, 50, Direction.More, "到11月22日应达44.6场，实际为应达的67%，还差14.6场；不足70%，严重滞后。")]
    [InlineData(35, 50, Direction.More, "到11月22日应达44.6场，实际为应达的78%，还差9.6场；在70%至90%之间，滞后。")]
    [InlineData(44, 50, Direction.More, "到11月22日应达44.6场，实际为应达的98%，还差0.6场；在90%至110%之间，正常。")]
    [InlineData(50, 50, Direction.More, "到11月22日应达44.6场，实际为应达的111%；达到110%，超前。")]
    [InlineData(3, 4, Direction.More, "到11月22日应达3.5场，实际为应达的83%，还差0.5场；相差不足1场，正常。")]
    [InlineData(2, 3, Direction.Less, "没有突破上限3场，正常。")]
    [InlineData(5, 3, Direction.Less, "突破上限3场，超出2场，严重滞后。")]
    public void The_level_says_what_was_due_and_by_which_threshold_it_was_given(int value, int target, Direction better, string words)
    {
        var indicator = SampleCatalog.Indicators.Indicator("study.lectures")! with { Better = better };
        Assert.Equal(words, PaceWords.Of(Stands(indicator, value, target), Today));
        Assert.Null(PaceWords.Of(Stands(indicator, value, null), Today));
    }

    static Standing Stands(IndicatorDefinition indicator, decimal value, decimal? target)
    {
        var (amount, nothing) = (new IndicatorValue(indicator, value, null), new IndicatorValue(indicator, 0, null));
        return new(indicator, true, amount, nothing, null, Pace.Of(value, target, "even", Today, 2026, accrues: true, indicator.Better is Direction.Less), nothing, null);
    }

    [Fact]
    public void Nothing_is_behind_that_lacks_less_than_one_whole_thing()
    {
        var random = new Random(3);
        for (var run = 0; run < 2_000; run++)
        {
            var (target, day) = (random.Next(1, 30), new DateOnly(2026, 1, 1).AddDays(random.Next(365)));
            var due = decimal.Floor(target * Pace.Share("even", day, 2026));
            Assert.Contains(Pace.Of(due, target, "even", day, 2026, accrues: true, lessIsBetter: false).Level, new[] { PaceLevel.OnTrack, PaceLevel.Ahead });
        }
    }

    [Theory]
    [InlineData(0, 4, "2026-02-10", PaceLevel.OnTrack)]
    [InlineData(0, 4, "2026-06-01", PaceLevel.Behind)]
    [InlineData(0, 12, "2026-06-01", PaceLevel.FarBehind)]
    [InlineData(4, 4, "2026-11-22", PaceLevel.Ahead)]
    [InlineData(90, 100, "2026-11-22", PaceLevel.OnTrack)]
    [InlineData(75, 100, "2026-11-22", PaceLevel.Behind)]
    [InlineData(50, 100, "2026-11-22", PaceLevel.FarBehind)]
    [InlineData(99, 100, "2027-01-05", PaceLevel.OnTrack)]
    public void A_count_is_held_against_the_share_that_is_due(int actual, int target, string day, PaceLevel level) =>
        Assert.Equal(level, Pace.Of(actual, target, "even", DateOnly.Parse(day), 2026, accrues: true, lessIsBetter: false).Level);

    [Theory]
    [InlineData(96, PaceLevel.OnTrack)]
    [InlineData(94, PaceLevel.OnTrack)]
    [InlineData(90, PaceLevel.Behind)]
    [InlineData(60, PaceLevel.FarBehind)]
    public void A_ratio_is_held_against_the_whole_target_all_year(int actual, PaceLevel level)
    {
        foreach (var day in new[] { new DateOnly(2026, 1, 2), Today })
            Assert.Equal(level, Pace.Of(actual, 96, "even", day, 2026, accrues: false, lessIsBetter: false).Level);
    }

    [Fact]
    public void A_limit_is_kept_or_broken()
    {
        Assert.Equal((PaceLevel.OnTrack, 1m), LevelAndRatio(0));
        Assert.Equal((PaceLevel.FarBehind, 0m), LevelAndRatio(1));

        static (PaceLevel, decimal?) LevelAndRatio(decimal fires)
        {
            var pace = Pace.Of(fires, 0, "even", Today, 2026, accrues: true, lessIsBetter: true);
            return (pace.Level, pace.Ratio);
        }
    }

    [Fact]
    public void Without_target_or_without_cases_there_is_no_judgement()
    {
        Assert.Equal(PaceLevel.NoTarget, Pace.Of(5, null, "even", Today, 2026, accrues: true, lessIsBetter: false).Level);
        Assert.Equal(PaceLevel.NoData, Pace.Of(null, 95, "even", Today, 2026, accrues: false, lessIsBetter: false).Level);
    }

    [Fact]
    public void A_spread_that_cannot_be_read_is_even()
    {
        foreach (var spread in new[] { "", "even", "1 2 3", "1 1 1 1 1 1 1 1 1 1 1 x", "0 0 0 0 0 0 0 0 0 0 0 0", "-1 1 1 1 1 1 1 1 1 1 1 1" })
            Assert.Equal(Pace.Weights("even"), Pace.Weights(spread));
    }

    static string Spread(Random random) => random.Next(3) == 0 ? "even" : string.Join(' ', Enumerable.Range(0, 12).Select(month => month == 5 ? 1 : random.Next(0, 20)));
}
