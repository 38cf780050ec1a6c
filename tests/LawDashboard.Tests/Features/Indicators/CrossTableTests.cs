using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Breakdowns close, and every place of them opens as many rows as it says.</summary>
public sealed class CrossTableTests
{
    [DatabaseTheory, Databases]
    public async Task Every_cell_and_total_of_every_breakdown_opens_as_many_rows_as_it_says(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await LogAsync(bench);
        var person = bench.Person(Role.Inspector, "NZ");
        foreach (var code in new[] { "NZ", "FZ", "FZ01" })
        {
            var facts = (await bench.Get<UnitYears>().ReadAsync(person, bench.Unit(code), 2026))!;
            foreach (var indicator in SampleCatalog.Indicators.Indicators)
            {
                var axes = CrossAxis.Of(SampleCatalog.Indicators, indicator, facts.Below.Count > 0);
                // Of the two fields one is tallied and one is not for the ratio's numerator: both ways of reading are asked.
                Assert.Equal(facts.Below.Count > 0 ? ["month", "unit", "kind", "laws"] : ["month", "kind", "laws"], axes.Select(axis => axis.Key));
                foreach (var (rows, columns) in axes.SelectMany(a => axes.Where(b => a != b && (a.Field is null || b.Field is null)).Select(b => (a, b))))
                {
                    var table = await bench.Get<CrossReader>().ReadAsync(facts, indicator, rows, columns);
                    Assert.Empty(table.Unclosed);
                    foreach (var row in table.Rows.Append(table.All))
                        foreach (var column in table.Columns.Append(table.All))
                        {
                            var value = table.Value(row, column);
                            Assert.Equal(value.Numerator, await RowsAsync(bench, table.Href(new(SampleCatalog.Indicators, facts.Unit, 2026), row, column)!));
                            if (value.Denominator is { } under) Assert.Equal(under, await RowsAsync(bench, table.Href(new(SampleCatalog.Indicators, facts.Unit, 2026), row, column, denominator: true)!));
                        }
                }
            }
        }
    }

    /// <summary>Month, unit and field at once: two of them as rows and columns, the third as what the table is narrowed to.</summary>
    [DatabaseTheory, Databases]
    public async Task A_table_narrowed_to_a_month_or_a_value_opens_the_rows_of_its_cells_and_all_of_them_make_the_whole(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        await LogAsync(bench);
        var facts = (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("NZ"), 2026))!;
        var (indicator, links) = (SampleCatalog.Indicators.Indicator("study.lectures")!, new RowLinks(SampleCatalog.Indicators, facts.Unit, 2026));
        var axes = CrossAxis.Of(SampleCatalog.Indicators, indicator, hasUnitsBelow: true);
        foreach (var (rows, columns, third) in new[] { ("month", "unit", "kind"), ("unit", "month", "laws"), ("unit", "kind", "month"), ("laws", "unit", "month") })
        {
            var (down, across) = CrossAxis.Choose(axes, rows, columns);
            var sum = 0m;
            foreach (var only in CrossOnly.Of(SampleCatalog.Indicators, axes, down, across).Where(only => only.Axis.Key == third))
            {
                Assert.Equal(only, CrossOnly.Find(SampleCatalog.Indicators, axes, down, across, only.Text));
                var table = await bench.Get<CrossReader>().ReadAsync(facts, indicator, down, across, only);
                Assert.Empty(table.Unclosed);
                sum += table.Value(table.All, table.All).Numerator;
                foreach (var row in table.Rows.Append(table.All))
                    foreach (var column in table.Columns.Append(table.All))
                        Assert.Equal(table.Value(row, column).Numerator, await RowsAsync(bench, table.Href(links, row, column)!));
            }
            var whole = await bench.Get<CrossReader>().ReadAsync(facts, indicator, down, across);
            // An entry that names two laws counts under both of them.
            if (third != "laws") Assert.Equal(whole.Value(whole.All, whole.All).Numerator, sum);
        }
    }

    [Theory]
    [InlineData("month", "unit", "kind=cadre", "类别为“领导干部”")]
    [InlineData("month", "unit", "kind=", "未填“类别”")]
    [InlineData("month", "unit", "laws=civil", "法律法规含“民法典”")]
    [InlineData("unit", "kind", "5", "5月")]
    [InlineData("unit", "kind", "13", null)]
    [InlineData("unit", "kind", "laws=civil", null)]
    [InlineData("month", "unit", "5", null)]
    [InlineData("month", "unit", "kind=nobody", null)]
    [InlineData("month", "unit", "speaker=x", null)]
    public void A_table_is_narrowed_by_what_is_neither_its_rows_nor_its_columns(string rows, string columns, string asked, string? words)
    {
        var axes = CrossAxis.Of(SampleCatalog.Indicators, SampleCatalog.Indicators.Indicators.First(), hasUnitsBelow: true);
        var (down, across) = CrossAxis.Choose(axes, rows, columns);
        Assert.Equal(words, CrossOnly.Find(SampleCatalog.Indicators, axes, down, across, asked)?.Words);
    }

    [DatabaseTheory, Databases]
    public async Task Ratios_of_eighty_and_of_a_hundred_percent_are_told_apart_by_their_shade(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "NZ", 2));
        // In FZ01 four of five are filed in time, in FZ02 both, in DH01 none.
        foreach (var (unit, filed) in new[] { ("FZ01", true), ("FZ01", true), ("FZ01", true), ("FZ01", true), ("FZ01", false), ("FZ02", true), ("FZ02", true) })
        {
            var values = SampleCatalog.Complete("2026-03-02", ("filedOn", filed ? "2026-03-05" : null));
            var saved = (EntryResult.Done)await bench.Entries.SubmitAsync(recorder, new(null, "lectures", unit, values));
            await bench.Entries.MoveAsync(reviewer, saved.Entry.Id, saved.Entry.Version, EntryAction.Approve, null);
        }
        var facts = (await bench.Get<UnitYears>().ReadAsync(recorder, bench.Unit("FZ"), 2026))!;
        var table = await bench.Get<CrossReader>().ReadAsync(facts, SampleCatalog.Indicators.Indicator("study.filed")!, CrossAxis.Unit, CrossAxis.Month);
        var march = table.Columns.Single(column => column.Month == 3);
        var shades = table.Rows.Where(row => row.Unit is not null).Select(row => (table.Value(row, march).Text, table.Shade(row, march))).ToList();
        Assert.Equal([("80", 0.1m), ("100", 1m)], shades);
        Assert.All(table.Rows, row => Assert.Equal(0, table.Shade(row, table.All)));
    }

    [Theory]
    [InlineData(null, null, "month", "unit")]
    [InlineData("kind", null, "kind", "month")]
    [InlineData("unit", "unit", "unit", "month")]
    [InlineData("kind", "laws", "kind", "month")]
    [InlineData("nonsense", "kind", "month", "kind")]
    public void Axes_that_cannot_be_had_together_fall_back_to_months(string? rows, string? columns, string row, string column)
    {
        var chosen = CrossAxis.Choose(CrossAxis.Of(SampleCatalog.Indicators, SampleCatalog.Indicators.Indicators.First(), hasUnitsBelow: true), rows, columns);
        Assert.Equal((row, column), (chosen.Rows.Key, chosen.Columns.Key));
    }

    /// <summary>Follows the link as the list page does and counts its rows.</summary>
    static async Task<int> RowsAsync(Workbench bench, string href)
    {
        var query = EntryListState.Read(href).ToQuery(bench.Person(Role.Inspector, "NZ"), bench.Tree, SampleCatalog.Lectures, bench.Get<IRowRules>(), 2026, out _);
        return await bench.Lists.CountAsync(query!);
    }

    static async Task LogAsync(Workbench bench)
    {
        var random = new Random(42);
        var (recorder, reviewer) = (bench.Person(Role.Recorder, "NZ"), bench.Person(Role.Reviewer, "NZ", 2));
        for (var i = 0; i < 60; i++)
        {
            var on = new DateOnly(2025, 12, 1).AddDays(random.Next(330));
            var values = SampleCatalog.Values(("heldOn", on), ("topic", "讲座" + i), ("kind", Pick("cadre", "school", "village")), ("laws", Laws()),
                ("filedOn", random.Next(3) == 0 ? null : on.AddDays(random.Next(45))));
            var saved = (EntryResult.Done)await bench.Entries.SubmitAsync(recorder, new(null, "lectures", Pick("NZ", "FZ", "FZ01", "FZ02", "DH", "DH01"), values));
            if (random.Next(5) > 0) await bench.Entries.MoveAsync(reviewer, saved.Entry.Id, saved.Entry.Version, EntryAction.Approve, null);
        }

        string Pick(params string[] of) => of[random.Next(of.Length)];
        string[]? Laws() => random.Next(4) == 0 ? null : [.. new[] { "constitution", "civil", "petition" }.Where(_ => random.Next(2) == 0)];
    }
}
