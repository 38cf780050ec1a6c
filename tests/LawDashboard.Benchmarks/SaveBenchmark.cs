using System.Data;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Benchmarks;

/// <summary>
/// Saving one entry, against raw SQL that reads what must be read and writes the same rows: entry, serial number, audit line,
/// tallies, time limits, case file gaps, search index. The floor's statements are prepared once on a connection that stays
/// open, and all its values are made beforehand: it checks nothing and works nothing out.
/// </summary>
static class SaveBenchmark
{
    const int Rounds = 150;

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        await using var county = await DemoDatabase.OpenAsync(10_000);
        foreach (var ledger in (string[])["publicity", "mediation"])
        {
            var village = await county.UnitAsync("FZ01");
            var recorder = new Person(1, "bench", "样例", Role.Recorder, village.Id);
            await using var db = await county.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            var sample = await db.Entries.AsNoTracking().Where(e => e.LedgerKey == ledger && e.State == EntryState.Approved && e.UnitId == village.Id).FirstAsync();
            var input = new EntryInput(null, sample.LedgerKey, village.Code, sample.Values);
            using var floor = await RawSave.PrepareAsync(county, sample);
            // In turns, so that whatever disturbs the machine disturbs both.
            var (own, raw) = await Measured.InTurnsAsync(Rounds, async () =>
            {
                if (await county.Get<EntryService>().SubmitAsync(recorder, input) is not EntryResult.Done) throw new InvalidOperationException("The sample entry was not saved.");
            }, floor.Save);
            var name = county.Get<LedgerCatalog>().Ledger(ledger)!.ShortName;
            yield return new($"One entry of {name} saved, {floor.Rows} rows", own, "ms", own / raw,
                FormattableString.Invariant($"the same rows by raw SQL in one transaction, {raw:0.00} ms"), 4);
        }
    }

    /// <summary>The rows of one save, written again and again by prepared statements.</summary>
    sealed class RawSave : IDisposable
    {
        readonly SqliteConnection connection;
        readonly List<SqliteCommand> reads = [];
        readonly List<(SqliteCommand Command, object[][] Rows)> writes = [];
        readonly SqliteCommand sequence, entry, audit;
        readonly Guid run = Guid.NewGuid();
        int number;

        RawSave(SqliteConnection connection, Entry sample, object[][] tallies, object[][] clocks, object[][] gaps, string tokens)
        {
            this.connection = connection;
            reads.Add(Command("SELECT * FROM PeriodLocks WHERE Month = 202605"));
            reads.Add(Command("SELECT * FROM DifferentEvents WHERE EntryId IS NULL AND PersonId = 1 AND LedgerKey = 'bench'"));
            reads.Add(Command("SELECT MeasureKey, LedgerKey, Fingerprint, Through, Switched FROM TallyRebuilds"));
            sequence = Command("SELECT Sequence, Hash FROM AuditEvents ORDER BY Sequence DESC LIMIT 1");
            entry = Command("""
                INSERT INTO Entries (LedgerKey, DefinitionVersion, UnitId, Date, Number, Serial, Title, State, "Values", Version, CreatedById, CreatedBy, CreatedAt, UpdatedAt, Backdated)
                VALUES ('bench', 1, $unit, $date, $number, $serial, $title, 'Submitted', $values, 1, 1, 'bench', '2026-05-01 00:00:00', '2026-05-01 00:00:00', 0) RETURNING Id
                """, ("$unit", sample.UnitId), ("$date", FieldValues.Iso(sample.Date)), ("$number", 0), ("$serial", ""), ("$title", sample.Title), ("$values", sample.Values.Json));
            audit = Command("""
                INSERT INTO AuditEvents (Sequence, At, PersonId, PersonName, Action, Subject, SubjectId, LedgerKey, UnitId, After, Hash)
                VALUES ($sequence, '2026-05-01 00:00:00', 1, 'bench', 'create', 'entry', $id, 'bench', $unit, $after, $hash)
                """, ("$sequence", 0L), ("$id", 0L), ("$unit", sample.UnitId), ("$after", EntrySnapshot.Write(sample)), ("$hash", new string('0', 64)));
            writes.Add((Command("INSERT INTO SerialCounters (LedgerKey, UnitId, Year, Last) VALUES ('bench', $0, 2026, 1) ON CONFLICT DO UPDATE SET Last = Last + 1", ("$0", 0)), [[sample.UnitId]]));
            writes.Add((Command("""
                INSERT INTO Tallies (UnitId, Month, MeasureKey, Slice, State, Count, Sum) VALUES ($0, $1, $2, $3, 'Submitted', 1, $4)
                ON CONFLICT DO UPDATE SET Count = Count + 1, Sum = Sum + excluded.Sum
                """, ("$0", 0), ("$1", 0), ("$2", ""), ("$3", ""), ("$4", 0L)), tallies));
            writes.Add((Command("""
                INSERT INTO EntryClocks (EntryId, ClockKey, UnitId, LedgerKey, Draft, Force, Start, Due, Stopped, Unknown, OpenDue)
                VALUES ($id, $0, $1, 'bench', 0, $2, $3, $4, 0, 0, $4)
                """, ("$0", ""), ("$1", 0), ("$2", ""), ("$3", ""), ("$4", ""), ("$id", 0L)), clocks));
            writes.Add((Command("INSERT INTO CaseFileGaps (EntryId, ItemKey, UnitId, LedgerKey, FileField) VALUES ($id, $0, $1, 'bench', $2)", ("$0", ""), ("$1", 0), ("$2", ""), ("$id", 0L)), gaps));
            writes.Add((Command("INSERT OR REPLACE INTO \"__SearchIndex\" (rowid, Tokens) VALUES ($id, $0)", ("$0", ""), ("$id", 0L)), [[tokens]]));
            writes.Add((Command("INSERT INTO SearchRows (EntryId, Hash) VALUES ($id, $0)", ("$0", 0L), ("$id", 0L)), [[long.MaxValue]]));
        }

        public int Rows => 2 + writes.Sum(write => write.Rows.Length);

        public static async Task<RawSave> PrepareAsync(DemoDatabase county, Entry sample)
        {
            var entry = sample.Copy();
            (entry.State, entry.ApprovedBy) = (EntryState.Submitted, null);
            var sum = new TallySum();
            sum.Add(county.Get<Counters>().OfLedger(entry.LedgerKey), entry);
            var tallies = sum.Spread(await county.Get<UnitDirectory>().TreeAsync()).Amounts.Select(pair => new object[] { pair.Key.UnitId, pair.Key.Month, pair.Key.MeasureKey, pair.Key.Slice, pair.Value.Sum });
            var clocks = county.Get<ClockKeeper>().RowsOf(entry).Select(row => new object[] { row.ClockKey, row.UnitId, row.Force.ToString(), FieldValues.Iso(row.Start), row.Due is { } due ? FieldValues.Iso(due) : DBNull.Value });
            var gaps = county.Get<CaseFileKeeper>().RowsOf(entry).Select(row => new object[] { row.ItemKey, row.UnitId, row.FileField });
            var tokens = string.Join(' ', SearchHash.TokensOf(new EntryText(county.Get<LedgerCatalog>()).Document(entry)));
            return new(county.Connect(), entry, [.. tallies], [.. clocks], [.. gaps], tokens);
        }

        public void Save()
        {
            using var transaction = connection.BeginTransaction(IsolationLevel.Serializable);
            foreach (var read in reads)
                using (var reader = Ready(read, transaction).ExecuteReader())
                    while (reader.Read()) { }
            var last = (long)Ready(sequence, transaction).ExecuteScalar()!;
            entry.Parameters["$number"].Value = ++number;
            entry.Parameters["$serial"].Value = FormattableString.Invariant($"{run}-{number:00000}");
            var id = (long)Ready(entry, transaction).ExecuteScalar()!;
            (audit.Parameters["$sequence"].Value, audit.Parameters["$id"].Value) = (last + 1, id);
            Ready(audit, transaction).ExecuteNonQuery();
            foreach (var (command, rows) in writes)
            {
                Ready(command, transaction);
                if (command.Parameters.Contains("$id")) command.Parameters["$id"].Value = id;
                foreach (var row in rows)
                {
                    for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i];
                    command.ExecuteNonQuery();
                }
            }
            transaction.Commit();
        }

        public void Dispose()
        {
            foreach (var command in (SqliteCommand[])[.. reads, .. writes.Select(write => write.Command), sequence, entry, audit]) command.Dispose();
            connection.Dispose();
        }

        static SqliteCommand Ready(SqliteCommand command, SqliteTransaction transaction)
        {
            command.Transaction = transaction;
            return command;
        }

        SqliteCommand Command(string sql, params (string Name, object Value)[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
            command.Prepare();
            return command;
        }
    }
}
