using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Overview;

namespace LawDashboard.Benchmarks;

/// <summary>
/// All data of a town's overview, nothing cached, at 10,000, 100,000 and 1,000,000 entries (LAWDASHBOARD_BENCH_TEN_MILLION=1
/// for 10,000,000 as well), against its own time at 10,000 and against counting the entries; and the first page of the rows
/// behind a figure.
/// </summary>
static class OverviewBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        int[] sizes = [10_000, 100_000, 1_000_000, .. Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_TEN_MILLION") is null ? (int[])[] : [10_000_000]];
        var counties = new List<DemoDatabase>();
        try
        {
            foreach (var size in sizes) counties.Add(await DemoDatabase.OpenAsync(size));
            var overviews = await Measured.BestInTurnsAsync(15, counties.ConvertAll(county => (Func<Task>)(() => ReadAsync(county))));
            var small = overviews[0].Milliseconds;
            foreach (var (size, county, own) in sizes.Zip(counties, overviews))
            {
                var at = $"at {size.ToString("#,##0", CultureInfo.InvariantCulture)} entries";
                yield return new($"Overview data of a town {at}", own.Milliseconds, "ms", own.Milliseconds / small, FormattableString.Invariant($"its own time at 10,000, {small:0.0} ms"), 1.5);
                var page = await DrillDownAsync(county);
                yield return new($"First page of 50 rows behind a figure of that overview {at}", page.Milliseconds, "ms", page.Milliseconds / 100, "at most 100 ms", 1);
                if (size < 1_000_000) continue;
                var grouped = await Measured.BestOfAsync(size > 1_000_000 ? 1 : 3, () => Group(county));
                yield return new($"Overview data {at}, times faster than one GROUP BY over the entries", own.Milliseconds, "ms",
                    grouped.Milliseconds / own.Milliseconds, FormattableString.Invariant($"GROUP BY, {grouped.Milliseconds:0} ms; at least"), 100);
            }
        }
        finally
        {
            foreach (var county in counties) await county.DisposeAsync();
        }
    }

    static void Group(DemoDatabase county)
    {
        using var connection = county.Connect();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """
            SELECT e.LedgerKey, substr(e.Date, 1, 7), e.State, json_extract(e."Values", '$.disputeType'), COUNT(*)
            FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE e.Date >= '2025-01-01' AND u.Path LIKE (SELECT Path FROM Units WHERE Code = 'FZ') || '%'
            GROUP BY 1, 2, 3, 4
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read()) { }
    }

    /// <summary>The rows that the mediations of the year open.</summary>
    static async Task<Measured> DrillDownAsync(DemoDatabase county)
    {
        var query = new EntryQuery { Person = Person.Machine, Unit = await county.UnitAsync("FZ"), From = new(DemoDatabase.Year, 1, 1), To = new(DemoDatabase.Year, 12, 31), States = [EntryState.Approved] };
        var rows = county.Get<IRowRules>().Find(query, "mediation.accepted", null) ?? throw new InvalidOperationException("There is no such measure.");
        return await Measured.BestOfAsync(7, () => county.Get<EntryLists>().PageAsync(rows.Query, 1, 50));
    }

    static async Task ReadAsync(DemoDatabase county)
    {
        // A new reader each time: the page's own shares what was read with everyone who looks.
        using var years = county.Create<UnitYears>();
        var facts = await years.ReadAsync(Person.Machine, await county.UnitAsync("FZ"), DemoDatabase.Year);
        await county.Get<OverviewReader>().RowsAsync(facts!);
    }
}
