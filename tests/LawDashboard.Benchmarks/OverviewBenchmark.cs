using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Overview;

namespace LawDashboard.Benchmarks;

/// <summary>All data of a town's overview, nothing cached, at 10,000 and at 1,000,000 entries, and against counting the entries.</summary>
static class OverviewBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        double small;
        await using (var county = await DemoDatabase.OpenAsync(10_000))
        {
            small = (await ReadAsync(county)).Milliseconds;
            yield return new("Overview data of a town at 10,000 entries", small, "ms");
        }
        await using var large = await DemoDatabase.OpenAsync(1_000_000);
        var own = await ReadAsync(large);
        yield return new("Overview data of a town at 1,000,000 entries", own.Milliseconds, "ms",
            own.Milliseconds / small, FormattableString.Invariant($"its own time at 10,000, {small:0.0} ms"), 1.5);

        using var connection = large.Connect();
        var grouped = await Measured.BestOfAsync(2, () =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT e.LedgerKey, substr(e.Date, 1, 7), e.State, json_extract(e."Values", '$.disputeType'), COUNT(*)
                FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE e.Date >= '2025-01-01' AND u.Path LIKE (SELECT Path FROM Units WHERE Code = 'FZ') || '%'
                GROUP BY 1, 2, 3, 4
                """;
            using var reader = command.ExecuteReader();
            while (reader.Read()) { }
        });
        yield return new("Overview data at 1,000,000 entries, times faster than one GROUP BY over the entries", own.Milliseconds, "ms",
            grouped.Milliseconds / own.Milliseconds, FormattableString.Invariant($"GROUP BY, {grouped.Milliseconds:0} ms; at least"), 100);
    }

    static async Task<Measured> ReadAsync(DemoDatabase county)
    {
        var town = await county.UnitAsync("FZ");
        return await Measured.BestOfAsync(7, async () =>
        {
            // A new reader each time: the page's own shares what was read with everyone who looks.
            using var years = county.Create<UnitYears>();
            var facts = await years.ReadAsync(Person.Machine, town, DemoDatabase.Year);
            await county.Get<OverviewReader>().RowsAsync(facts!);
        });
    }
}
