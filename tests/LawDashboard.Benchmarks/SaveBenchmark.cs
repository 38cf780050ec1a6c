using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Benchmarks;

/// <summary>Saving one entry (entry, serial number, audit line, tallies), against the same rows by raw SQL in one transaction.</summary>
static class SaveBenchmark
{
    const int Rounds = 60;

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        await using var county = await DemoDatabase.OpenAsync(10_000);
        var village = await county.UnitAsync("FZ01");
        var recorder = new Person(1, "bench", "样例", Role.Recorder, village.Id);
        await using var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var sample = await db.Entries.AsNoTracking().Where(e => e.LedgerKey == "publicity" && e.State == EntryState.Approved && e.UnitId == village.Id).FirstAsync();
        var input = new EntryInput(null, sample.LedgerKey, village.Code, sample.Values);
        using var connection = county.Connect();
        var tallies = await TouchedAsync(county, sample);
        var own = await Measured.BestOfAsync(Rounds, async () =>
        {
            if (await county.Get<EntryService>().SubmitAsync(recorder, input) is not EntryResult.Done) throw new InvalidOperationException("The sample entry was not saved.");
        });
        var floor = await Measured.BestOfAsync(Rounds, () => Raw(connection, sample, village.Id, tallies));
        yield return new("One entry saved with serial number, audit line and tallies", own.Milliseconds, "ms",
            own.Milliseconds / floor.Milliseconds, FormattableString.Invariant($"the same rows by raw SQL in one transaction, {floor.Milliseconds:0.00} ms"), 4);
    }

    /// <summary>How many tally rows one such entry adds to, its own unit's and those above.</summary>
    static async Task<int> TouchedAsync(DemoDatabase county, Entry sample)
    {
        var sum = new TallySum();
        sum.Add(county.Get<Counters>().OfLedger(sample.LedgerKey), sample);
        return sum.Spread(await county.Get<UnitDirectory>().TreeAsync()).Amounts.Count();
    }

    static void Raw(SqliteConnection connection, Entry sample, int unit, int tallies)
    {
        using var transaction = connection.BeginTransaction();
        Run("INSERT INTO Entries (LedgerKey, DefinitionVersion, UnitId, Date, Title, State, \"Values\", Version, CreatedById, CreatedBy, CreatedAt, UpdatedAt) VALUES ('bench', 1, $unit, '2026-05-01', $title, 'Submitted', $values, 1, 1, 'bench', '2026-05-01', '2026-05-01')",
            ("$unit", unit), ("$title", sample.Title), ("$values", sample.Values.Json));
        Run("INSERT INTO SerialCounters (LedgerKey, UnitId, Year, Last) VALUES ('bench', $unit, 2026, 1) ON CONFLICT DO UPDATE SET Last = Last + 1", ("$unit", unit));
        Run("INSERT INTO AuditEvents (Sequence, At, PersonId, PersonName, Action, Subject, After, Hash) SELECT MAX(Sequence) + 1, '2026-05-01', 1, 'bench', 'create', 'bench', $after, 'x' FROM AuditEvents",
            ("$after", sample.Values.Json));
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "INSERT INTO Tallies (UnitId, Month, MeasureKey, Slice, State, Count, Sum) VALUES ($unit, 202605, $key, '', 'Submitted', 1, 0) ON CONFLICT DO UPDATE SET Count = Count + 1";
            command.Parameters.AddWithValue("$unit", unit);
            var key = command.Parameters.AddWithValue("$key", "");
            for (var i = 0; i < tallies; i++)
            {
                key.Value = FormattableString.Invariant($"bench{i}");
                command.ExecuteNonQuery();
            }
        }
        transaction.Commit();

        void Run(string sql, params (string Name, object Value)[] parameters)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
            command.ExecuteNonQuery();
        }
    }
}
