using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Benchmarks;

/// <summary>A page of 50 rows of a filtered ledger at 1,000,000 entries, against raw SQL for the same rows.</summary>
static class ListBenchmark
{
    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        await using var county = await DemoDatabase.OpenAsync(1_000_000);
        var ledger = county.Get<LedgerCatalog>().Ledger("mediation")!;
        var query = new EntryQuery
        {
            Person = Person.Machine, Ledger = ledger, Unit = await county.UnitAsync("FZ"), From = new(2026, 1, 1), To = new(2026, 12, 31), States = [EntryState.Approved],
            Filters = new Dictionary<string, IReadOnlyList<string>> { ["disputeType"] = ["neighbour"] },
        };
        using var connection = county.Connect();
        var floor = await Measured.BestOfAsync(7, () =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT * FROM Entries WHERE LedgerKey = 'mediation' AND Date BETWEEN '2026-01-01' AND '2026-12-31' AND State = 'Approved'
                AND UnitId IN (SELECT Id FROM Units WHERE Path LIKE (SELECT Path FROM Units WHERE Code = 'FZ') || '%')
                AND json_extract("Values", '$.disputeType') = 'neighbour' ORDER BY Date DESC, Id DESC LIMIT 50
                """;
            using var reader = command.ExecuteReader();
            var cells = new object[reader.FieldCount];
            while (reader.Read()) reader.GetValues(cells);
        });
        var page = await Measured.BestOfAsync(7, () => county.Get<EntryLists>().PageAsync(query, 1, 50));
        yield return new("Ledger page of 50 rows, filtered, at 1,000,000 entries", page.Milliseconds, "ms",
            page.Milliseconds / floor.Milliseconds, FormattableString.Invariant($"raw SQL for the same rows, {floor.Milliseconds:0.0} ms"), 3);
        var totals = await Measured.BestOfAsync(3, () => county.Get<EntryLists>().TotalsAsync(query));
        yield return new("Count and sums under that list", totals.Milliseconds, "ms");
    }
}
