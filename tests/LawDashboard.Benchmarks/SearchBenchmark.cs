using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Benchmarks;

/// <summary>
/// The search box over all ledgers at 100,000 entries (LAWDASHBOARD_BENCH_SEARCH=1000000 for a million): what is shown
/// while one types, against raw SQL on the same index for the newest finds; and a searched list of one ledger.
/// </summary>
static class SearchBenchmark
{
    const string Floor = """
        SELECT e.* FROM "__SearchIndex" s JOIN Entries e ON e.Id = s.rowid WHERE s."__SearchIndex" MATCH $match AND e.State <> 'Voided' ORDER BY s.rowid DESC LIMIT 60
        """;

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var entries = int.TryParse(Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_SEARCH"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 100_000;
        await using var county = await DemoDatabase.OpenAsync(entries, searched: true);
        var search = county.Get<EntrySearch>();
        using var connection = county.Connect();
        var at = $"at {entries.ToString("#,##0", CultureInfo.InvariantCulture)} entries";
        foreach (var (what, text, match) in ((string, string, string)[])
        [
            ("a word of two characters in very many entries", "纠纷", "\"纠纷\""),
            ("a word of two characters in some", "排水", "\"排水\""),
            ("a serial number", "fz01-rmtj-2026-0001", "\"fz01 z01\uE12D 01\uE12Dr 1\uE12Drm \uE12Drmt rmtj\""),
            ("two words", "法镇 宪法", "\"法镇\" AND \"宪法\""),
            ("a single character", "雷", "\"雷\" *"),
        ])
        {
            var query = new EntryQuery { Person = new(1, "bench", "样例", Role.Reviewer, null), Search = text };
            var own = await Measured.BestOfAsync(7, () => search.FirstAsync(query, 3, 7));
            var floor = await Measured.BestOfAsync(7, () => Raw(Floor, match));
            yield return new($"Search box, {what}, {at}", own.Milliseconds, "ms", own.Milliseconds / floor.Milliseconds,
                FormattableString.Invariant($"the newest 60 finds by raw SQL, {floor.Milliseconds:0.0} ms"));
            var counts = await Measured.BestOfAsync(3, () => county.Get<EntryLists>().CountsByLedgerAsync(query));
            yield return new($"Count of all finds by ledger, {what}, {at}", counts.Milliseconds, "ms");
        }
        var list = new EntryQuery
        {
            Person = Person.Machine, Ledger = county.Get<LedgerCatalog>().Ledger("mediation")!, Unit = await county.UnitAsync("FZ"),
            From = new(DemoDatabase.Year, 1, 1), To = new(DemoDatabase.Year, 12, 31), Search = "邻里",
        };
        var page = await Measured.BestOfAsync(7, () => county.Get<EntryLists>().PageAsync(list, 1, 50));
        yield return new($"Page of 50 rows of a searched ledger, {at}", page.Milliseconds, "ms");
        yield return await WriteAsync(county, at);
        Raw("DELETE FROM SearchRows", "");
        Raw("INSERT INTO \"__SearchIndex\"(\"__SearchIndex\") VALUES ('delete-all')", "");
        var filled = await Measured.OnceAsync(() => county.Get<EntryIndex>().FillAsync());
        yield return new($"Filling the index, {at}", entries / filled.Milliseconds * 1000, "entries/s");
        yield return new($"Size of the index, {at}", Number("SELECT SUM(length(block)) FROM \"__SearchIndex_data\"") / 1e6, "MB", 0,
            FormattableString.Invariant($"the entries, {Number("SELECT SUM(length(\"Values\") + length(Title)) FROM Entries") / 1e6:0} million characters"));

        void Raw(string sql, string match)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (match.Length > 0) command.Parameters.AddWithValue("$match", match);
            using var reader = command.ExecuteReader();
            var cells = new object[reader.FieldCount];
            while (reader.Read()) reader.GetValues(cells);
        }

        double Number(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What the index adds to a save: a transaction that changes one row, with and without putting the entry in anew.</summary>
    static async Task<BenchmarkLine> WriteAsync(DemoDatabase county, string at)
    {
        await using var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var entry = await db.Entries.AsNoTracking().OrderBy(e => e.Id).FirstAsync();
        var document = new EntryText(county.Get<LedgerCatalog>()).Document(entry);
        var bare = await Measured.BestOfAsync(40, () => SaveAsync(null));
        var indexed = await Measured.BestOfAsync(40, () => SaveAsync(document));
        return new($"What the index adds to the saving of one entry, {at}", indexed.Milliseconds - bare.Milliseconds, "ms", indexed.Milliseconds / bare.Milliseconds,
            FormattableString.Invariant($"a transaction that changes one row, {bare.Milliseconds:0.00} ms"));

        async Task SaveAsync(SearchDocument? put)
        {
            await using var transaction = await db.BeginWriteAsync();
            await db.Entries.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version + 1));
            if (put is not null) await SearchIndex.PutAsync(db, [put], default);
            await transaction.CommitAsync();
        }
    }
}
