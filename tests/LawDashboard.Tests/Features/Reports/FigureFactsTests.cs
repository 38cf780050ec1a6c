using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class FigureFactsTests
{
    static string? Print(FigureFacts facts, FigureFormat format, bool wholeYear = true) => facts.Print(format, wholeYear)?.Text;
    static FigureFacts Count(decimal? amount, decimal? last = null) => new("k", "n", "件", false, false, amount) { LastYear = last };
    static FigureFacts Ratio(decimal? amount, decimal? cases = 100, decimal? last = null, decimal? lastCases = 100) =>
        new("k", "n", "%", true, false, amount) { LastYear = last, Cases = cases, LastYearCases = lastCases };

    [Theory]
    [InlineData(110, 100, "较上年增长10%")]
    [InlineData(88, 100, "较上年下降12%")]
    [InlineData(100, 100, "与上年持平")]
    [InlineData(100001, 100000, "与上年基本持平")]
    [InlineData(0, 5, "较上年下降100%")]
    public void A_count_is_compared_in_percent(decimal amount, decimal last, string text) =>
        Assert.Equal(text, Print(Count(amount, last), FigureFormat.YearOnYear));

    [Theory]
    [InlineData(0.978, 0.962, "较上年提高1.6个百分点")]
    [InlineData(0.95, 0.97, "较上年下降2个百分点")]
    [InlineData(0.95, 0.95, "与上年持平")]
    public void A_rate_is_compared_in_percentage_points(decimal amount, decimal last, string text) =>
        Assert.Equal(text, Print(Ratio(amount, last: last), FigureFormat.YearOnYear));

    [Fact]
    public void While_the_year_runs_the_comparison_is_with_the_same_period() =>
        Assert.Equal("较上年同期增长10%", Print(Count(110, 100), FigureFormat.YearOnYear, wholeYear: false));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Nothing_grows_from_fewer_than_five(decimal last) => Assert.Null(Print(Count(40, last), FigureFormat.YearOnYear));

    [Fact]
    public void Without_last_year_there_is_no_comparison() => Assert.Null(Print(Count(40), FigureFormat.YearOnYear));

    [Fact]
    public void A_rate_from_fewer_than_five_cases_is_not_stated()
    {
        Assert.Null(Print(Ratio(0.75m, cases: 4), FigureFormat.Plain));
        Assert.Equal("80%", Print(Ratio(0.8m, cases: 5), FigureFormat.Plain));
    }

    [Fact]
    public void A_rate_is_not_compared_with_one_from_fewer_than_five_cases() =>
        Assert.Null(Print(Ratio(0.9m, last: 0.5m, lastCases: 4), FigureFormat.YearOnYear));

    [Fact]
    public void A_ratio_with_nothing_under_it_says_nothing() => Assert.Null(Print(Ratio(null), FigureFormat.Plain));

    [Fact]
    public void A_missed_target_is_never_reached_by_rounding() =>
        Assert.Equal("99.9%", Print(Count(99_999) with { Target = 100_000 }, FigureFormat.Attainment));

    [Fact]
    public void Where_less_is_better_no_share_of_the_target_is_stated() =>
        Assert.Null(Print(Count(8) with { Target = 6, LessIsBetter = true }, FigureFormat.Attainment));

    [Fact]
    public void The_gap_of_a_rate_is_in_percentage_points() =>
        Assert.Equal("1.5", Print(Ratio(0.965m) with { Target = 0.98m }, FigureFormat.Gap));

    [Fact]
    public void The_exact_value_stays_behind_the_print()
    {
        Assert.Equal(6258, Count(6258).Print(FigureFormat.Roundly)!.Amount);
        Assert.Equal(182m / 186, Ratio(182m / 186).Print(FigureFormat.Plain)!.Amount);
    }
}
