using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Supervision;
using LawDashboard.Tests.Support;

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

    static bool Missed(IndicatorReckoner reckoner, UnitYear facts, IndicatorDefinition indicator)
    {
        if (facts.Targets.GetValueOrDefault(indicator.Key) is not { } target) return false;
        var value = reckoner.Indicator(facts.Book, indicator, MonthRange.OfYear(facts.Year)).OnTargetScale;
        return value is { } reached && (indicator.Better is Direction.Less ? reached > target.Value : reached < target.Value);
    }
}
