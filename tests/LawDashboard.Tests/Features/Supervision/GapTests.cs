using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Supervision;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Supervision;

/// <summary>The gap list names in time what the year's end will show.</summary>
public sealed class GapTests(Demonstration demonstration) : IClassFixture<Demonstration>
{
    [Theory]
    [InlineData("FZ")]
    [InlineData("DH")]
    public async Task Every_target_that_a_year_missed_was_named_sixty_days_before_its_end(string code)
    {
        const int year = 2025;
        var (reckoner, gaps) = (demonstration.Get<IndicatorReckoner>(), demonstration.Get<TargetGaps>());
        var unit = (await demonstration.Get<LawDashboard.Features.Units.UnitDirectory>().TreeAsync()).Find(code)!;
        var end = (await demonstration.Get<UnitYears>().ReadAsync(Person.Machine, unit, year))!;
        var missed = reckoner.Catalog.Indicators.Where(indicator => Missed(reckoner, end, indicator)).Select(indicator => indicator.Key).ToList();
        Assert.NotEmpty(missed);

        // The tallies of what was dated until then; the year before is not in the demonstration, so there is no season to go by.
        var sixtyDaysBefore = new DateOnly(year, 12, 31).AddDays(-61);
        var book = await demonstration.Get<TallyReader>().BookAsync(Person.Machine, unit, new((year - 1) * 100 + 1, year * 100 + sixtyDaysBefore.Month));
        var named = gaps.Find(end with { Today = sixtyDaysBefore, Book = book }).Select(gap => gap.Key.Split(':')[^1]).ToList();
        Assert.Equal([], missed.Except(named));
    }

    [Fact]
    public async Task The_list_is_ranked_and_every_line_leads_somewhere()
    {
        var unit = (await demonstration.Get<LawDashboard.Features.Units.UnitDirectory>().TreeAsync()).Find("FZ")!;
        var facts = (await demonstration.Get<UnitYears>().ReadAsync(Person.Machine, unit, 2026))!;
        var gaps = await demonstration.Get<GapList>().ReadAsync(facts);
        Assert.NotEmpty(gaps);
        Assert.Equal(gaps.OrderByDescending(gap => gap.Weight).Select(gap => gap.Weight), gaps.Select(gap => gap.Weight));
        Assert.All(gaps, gap => Assert.StartsWith("/", gap.Href, StringComparison.Ordinal));
        Assert.Equal(gaps.Count, gaps.Select(gap => gap.Key).Distinct().Count());
    }

    /// <summary>
    /// Towns log through a year at a pace of their own against generated targets; what the list said sixty days before the end,
    /// as it was then, is held against what the end showed.
    /// </summary>
    [DatabaseTheory, Databases]
    public async Task In_a_seeded_year_each_missed_target_was_named_at_least_sixty_days_before_its_end(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddSingleton<TargetGaps>());
        var (reviewer, missed, kept) = (bench.Person(Role.Reviewer, "NZ", 2), 0, 0);
        var end = new DateOnly(2026, 12, 31);
        // How many a year, how many were asked for, and whether they are filed in time: far behind, a little behind, as planned, early done, stopped in summer, nothing at all.
        foreach (var (code, year, target, stops) in new[] { ("FZ", 6, 24, 12), ("FZ01", 20, 24, 12), ("FZ02", 24, 22, 12), ("DH", 30, 12, 12), ("DH01", 14, 24, 7), ("NZ", 0, 4, 12) })
        {
            var paper = new TargetPaper("样政发〔2026〕1号", new(2026, 1, 5), new(2026, 1, 1), null, TargetSpreads.Even);
            foreach (var (indicator, value) in new[] { ("study.lectures", (decimal)target), ("study.filed", 90m) })
                Assert.Empty(await bench.Get<TargetService>().SetAsync(reviewer, SampleCatalog.Indicators.Indicator(indicator)!, 2026, paper, [new(bench.Unit(code), value)]));
            for (var i = 0; i < year; i++)
            {
                var day = new DateOnly(2026, 1, 3).AddDays(i * (stops * 30 - 10) / year);
                bench.Clock.Utc = day.ToDateTime(new(12, 0), DateTimeKind.Utc);
                var values = SampleCatalog.Complete(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ("filedOn", i % 4 == 0 ? null : day));
                var saved = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, code), new(null, "lectures", code, values))).Entry;
                Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(reviewer, saved.Id, saved.Version, EntryAction.Approve, null));
            }
        }
        bench.Clock.Utc = end.ToDateTime(new(12, 0), DateTimeKind.Utc);
        foreach (var unit in bench.Tree.All)
        {
            var facts = (await bench.Get<UnitYears>().ReadAsync(Person.Machine, unit, 2026))!;
            var early = end.AddDays(-60);
            // Of the same year only what was there by then.
            var then = facts with { Today = early, Book = await BookAsync(bench, unit, early) };
            var named = bench.Get<TargetGaps>().Find(then).Select(gap => gap.Key.Split(':')[^1]).ToList();
            var open = SampleCatalog.Indicators.Indicators.Where(indicator => Missed(bench.Get<IndicatorReckoner>(), facts, indicator)).Select(indicator => indicator.Key).ToList();
            Assert.Equal((unit.Code, ""), (unit.Code, string.Join(',', open.Except(named))));
            (missed, kept) = (missed + open.Count, kept + SampleCatalog.Indicators.Indicators.Count() - open.Count);
        }
        Assert.True(missed >= 4 && kept >= 2, $"{missed} missed, {kept} kept");

        static async Task<TallyBook> BookAsync(Workbench bench, LawDashboard.Features.Units.Unit unit, DateOnly day)
        {
            var sum = await bench.Get<StretchReader>().ReadAsync(Person.Machine, unit, new(2026, 1, 1), day);
            return new(unit.Id, sum);
        }
    }

    [Fact]
    public async Task Missing_evidence_limits_of_this_week_and_silent_villages_stand_in_the_list_in_their_order()
    {
        var unit = (await demonstration.Get<LawDashboard.Features.Units.UnitDirectory>().TreeAsync()).Find("FZ")!;
        var facts = (await demonstration.Get<UnitYears>().ReadAsync(Person.Machine, unit, 2026))!;
        var gaps = await demonstration.Get<GapList>().ReadAsync(facts);
        int At(Predicate<string> key) => gaps.Select(gap => gap.Key).ToList().FindIndex(key);
        int[] order = [At(key => key.EndsWith(":overdue", StringComparison.Ordinal)), At(key => key.EndsWith(":week", StringComparison.Ordinal)),
            At(key => key.StartsWith("silent:", StringComparison.Ordinal)), At(key => key.EndsWith(":evidence", StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        // What a week still allows and who logs nothing is on the leader's one page; the evidence is named with where it is missing.
        Assert.All(order.Take(3), at => Assert.InRange(at, 0, 14));
        Assert.Contains("件", gaps[order[3]].Why, StringComparison.Ordinal);
    }

    static bool Missed(IndicatorReckoner reckoner, UnitYear facts, IndicatorDefinition indicator)
    {
        if (facts.Targets.GetValueOrDefault(indicator.Key) is not { } target) return false;
        var value = reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(facts.Year)).OnTargetScale;
        return value is { } reached && (indicator.Better is Direction.Less ? reached > target.Value : reached < target.Value);
    }
}
