using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Overview;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Overview;

/// <summary>On the demonstration county: behind every figure's link lie exactly the rows that it counts.</summary>
public sealed class FiguresOpenTheirRowsTests(Demonstration demo) : IClassFixture<Demonstration>
{
    const int Year = 2026;

    static readonly EntryState[] Pending = [EntryState.Submitted], Both = [EntryState.Submitted, EntryState.Approved];

    [Theory]
    [InlineData("NZ", true)]
    [InlineData("FZ", false)]
    [InlineData("FZ02", true)]
    public async Task Every_figure_equals_the_rows_that_its_link_opens(string code, bool headlinesOnly)
    {
        var (facts, links) = await FactsAsync(code);
        var view = demo.Get<OverviewBuilder>().Build(facts, null);
        var wrong = new List<string>();
        foreach (var standing in view.Cards.SelectMany(card => card.Task.Indicators).Where(standing => !headlinesOnly || standing.Indicator.Headline))
        {
            var indicator = standing.Indicator;
            await CheckAsync(indicator.Name, standing.Value.Numerator, links.Value(indicator));
            await CheckAsync(indicator.Name + "待审", standing.Pending.Numerator, links.Value(indicator, null, Pending));
            await CheckAsync(indicator.Name + "去年", standing.LastYear.Numerator, links.Of(Year - 1).Value(indicator));
            if (standing.Value.Denominator is { } under) await CheckAsync(indicator.Name + "分母", under, links.Denominator(indicator));
        }
        foreach (var card in view.Cards.Where(card => card.Columns is not null))
            foreach (var month in card.Months)
                await CheckAsync($"{card.Columns!.Name}{month.Month}月", month.Approved + month.Pending, links.Measure(card.Columns.Key, MonthRange.OfMonth(Year, month.Month), null, Both));
        foreach (var ledger in view.Ledgers)
        {
            await CheckAsync(ledger.Ledger.ShortName, ledger.Total.Approved, links.Measure(ledger.MeasureKey));
            foreach (var month in ledger.Months) await CheckAsync($"{ledger.Ledger.ShortName}{month.Month}月", month.Both, links.Measure(ledger.MeasureKey, MonthRange.OfMonth(Year, month.Month), null, Both));
        }
        foreach (var breakdown in view.Breakdowns)
            foreach (var part in breakdown.Parts)
            {
                await CheckAsync(part.Label, part.Value, links.Measure(breakdown.Measure.Key, null, part.Slice));
                await CheckAsync(part.Label + "待审", part.Pending, links.Measure(breakdown.Measure.Key, null, part.Slice, Pending));
            }
        foreach (var month in view.Trend!.Months)
            await CheckAsync($"{view.Trend.Standing.Indicator.Name}至{month.Month}月", month.ToDate.Numerator, links.Value(view.Trend.Standing.Indicator, new(Year * 100 + 1, Year * 100 + month.Month)));
        foreach (var below in view.Comparison?.Units ?? [])
            await CheckAsync(below.Unit!.Name, below.Value.Numerator, links.Of(below.Unit).Value(view.Comparison!.Indicator));
        if (view.Comparison?.Own is { } own) await CheckAsync("本级", own.Value.Numerator, links.OwnOnly().Value(view.Comparison.Indicator));
        Assert.Empty(wrong);

        async Task CheckAsync(string name, decimal figure, string? href)
        {
            var rows = await RowsAsync(href!);
            if (rows != figure) wrong.Add($"{name}：{figure}，明细{rows}，{href}");
        }
    }

    [Fact]
    public async Task Breakdowns_and_units_below_close_on_their_total()
    {
        foreach (var code in new[] { "NZ", "FZ" })
        {
            var (facts, _) = await FactsAsync(code);
            var reckoner = demo.Get<IndicatorReckoner>();
            Assert.All(demo.Get<OverviewBuilder>().Build(facts, null).Breakdowns.Where(breakdown => !breakdown.Overlaps), breakdown => Assert.Equal(0, breakdown.Unnamed));
            foreach (var indicator in reckoner.Catalog.Indicators)
            {
                var comparison = UnitComparison.Of(reckoner, facts, indicator)!;
                Assert.True(comparison.Own is null || comparison.Own.Value.Numerator >= 0, indicator.Name);
            }
        }
    }

    [Fact]
    public async Task The_newest_entries_are_the_newest_of_all_ledgers()
    {
        foreach (var code in new[] { "NZ", "FZ", "FZ02" })
        {
            var (facts, _) = await FactsAsync(code);
            var rows = await demo.Get<OverviewReader>().RowsAsync(facts);
            var all = await demo.Get<EntryLists>().PageAsync(new()
            {
                Person = Person.Machine, Unit = facts.Unit, From = new(Year, 1, 1), To = facts.Until, States = Both,
            }, 1, rows.Latest.Count);
            Assert.Equal(5, rows.Latest.Count);
            Assert.Equal(all.Select(entry => entry.Id), rows.Latest.Select(entry => entry.Id));
            Assert.All(rows.Waiting, entry => Assert.Equal(EntryState.Submitted, entry.State));
        }
    }

    async Task<(UnitYear Facts, RowLinks Links)> FactsAsync(string code)
    {
        var unit = (await demo.Get<UnitDirectory>().TreeAsync()).Find(code)!;
        return ((await demo.Get<UnitYears>().ReadAsync(Person.Machine, unit, Year))!, new(demo.Get<IndicatorCatalog>(), unit, Year));
    }

    /// <summary>What the list behind an address comes to: its rows, or the sum that its measure takes over them.</summary>
    async Task<decimal> RowsAsync(string href)
    {
        var catalog = demo.Get<IndicatorCatalog>();
        var ledger = catalog.Ledgers.Ledger(href.Split('?')[0].Split('/')[2])!;
        var state = EntryListState.Read(href);
        var query = state.ToQuery(Person.Machine, await demo.Get<UnitDirectory>().TreeAsync(), ledger, demo.Get<IRowRules>(), Year, out var rule)!;
        if (rule!.Sum is not { } sum) return await demo.Get<EntryLists>().CountAsync(query);
        return (decimal)(await demo.Get<EntryLists>().TotalsAsync(query, sum)).Sums[sum] / ledger.Field(sum)!.Steps;
    }
}
