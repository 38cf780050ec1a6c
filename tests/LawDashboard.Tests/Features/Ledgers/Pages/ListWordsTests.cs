using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Ledgers.Pages;

public sealed class ListWordsTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", "2026年1月1日至11月22日")]
    [InlineData("2025-01-01", "2025-12-31", "2025年1月1日至12月31日")]
    [InlineData("2026-03-05", "2026-03-05", "2026年3月5日")]
    [InlineData("2025-12-01", "2026-01-31", "2025年12月1日至2026年1月31日")]
    [InlineData(null, "2026-12-31", "截至2026年11月22日")]
    [InlineData("2026-12-01", "2026-12-31", "2026年12月1日至12月31日")]
    public void A_period_that_is_still_running_ends_today(string? from, string to, string words) =>
        Assert.Equal(words, ListWords.Period(from is null ? null : DateOnly.Parse(from), DateOnly.Parse(to), Today));

    [Fact]
    public void Counts_name_approved_and_waiting_always_and_others_when_there_are_any()
    {
        var totals = new EntryTotals(new Dictionary<EntryState, int> { [EntryState.Approved] = 1412, [EntryState.Returned] = 2 }, new Dictionary<string, long>());
        Assert.Equal("已审1,412条，待审0条，退回2条", ListWords.Counts(totals, []));
        Assert.Equal("待审0条", ListWords.Counts(totals, [EntryState.Submitted]));
    }

    [Fact]
    public void Filters_are_said_in_the_words_of_their_dictionary()
    {
        string Words(string key, params string[] values) => ListWords.Filter(SampleCatalog.Ledgers, UnitTree.Empty, SampleCatalog.Lectures.Field(key)!, values);
        Assert.Equal("类别：领导干部、校园", Words("kind", "cadre", "school"));
        Assert.Equal("是否考试：否或未填", Words("exam", "no"));
    }

    [Theory]
    [InlineData("attended", 12340L, "12,340人")]
    [InlineData("cost", 123456L, "1,234.56元")]
    [InlineData("hours", 15L, "1.5")]
    public void Sums_are_shown_in_the_unit_of_their_field(string key, long steps, string words) =>
        Assert.Equal(words, ListWords.Sum(SampleCatalog.Lectures.Field(key)!, steps));

    [Fact]
    public void Every_month_belongs_to_one_quarter_and_one_half()
    {
        var periods = ListPeriod.OfYear(2028);
        Assert.Equal(1 + 2 + 4 + 12, periods.Count);
        Assert.Contains(new ListPeriod("2月", new(2028, 2, 1), new(2028, 2, 29)), periods);
        Assert.Single(periods, period => period.Matches(new EntryListState { From = new(2028, 4, 1), To = new(2028, 6, 30) }));
        Assert.Equal("全年", periods.Single(period => period.Matches(new EntryListState())).Name);
    }
}
