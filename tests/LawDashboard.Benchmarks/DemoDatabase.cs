using System.Globalization;
using LawDashboard.Commands;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Benchmarks;

/// <summary>
/// The demonstration county of about so many entries on SQLite, with the product's own services. Beyond 100,000 the entries of
/// that many are written several times over, with all that is kept beside each: time limits, gaps of case files, serial
/// numbers, and where it is searched the index, by the product's own way of filling it. The tallies are multiplied. So
/// it is the same county with figures many times larger; only the audit log stays that of the first 100,000, which nothing that
/// is measured reads but by its last line. Set LAWDASHBOARD_BENCH_DATA to a folder to keep the databases between runs.
/// </summary>
sealed class DemoDatabase : IAsyncDisposable
{
    public const int Year = 2026;
    /// <summary>So many entries are invented one by one.</summary>
    const int Invented = 100_000;

    readonly ServiceProvider services;
    readonly string? throwAway;

    DemoDatabase(ServiceProvider services, string folder, string? throwAway)
    {
        (this.services, Folder, this.throwAway) = (services, folder, throwAway);
    }

    public string Folder { get; }
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
    /// <summary>A new instance over the services, with nothing in its caches.</summary>
    public T Create<T>() => ActivatorUtilities.CreateInstance<T>(services);
    public async Task<Unit> UnitAsync(string code) => (await Get<UnitDirectory>().TreeAsync()).Find(code)!;

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "lawdashboard.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112;";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <param name="searched">Every entry can be found by the search index, which takes longer to make than all else.</param>
    public static async Task<DemoDatabase> OpenAsync(int entries, bool searched = false)
    {
        var kept = Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_DATA");
        var folder = Path.Combine(kept ?? Path.GetTempPath(), FormattableString.Invariant($"lawdashboard-bench-{entries}{(kept is null ? "-" + Guid.NewGuid().ToString("N") : "")}"));
        var seed = Path.Combine(AppContext.BaseDirectory, "seed-data");
        var provider = new ServiceCollection().AddLogging().AddLawDashboard(new(new DatabaseSettings(folder), seed), Definitions.Load(seed)).BuildServiceProvider();
        await provider.PrepareAsync();
        var county = new DemoDatabase(provider, folder, kept is null ? folder : null);
        if (await DemoCommand.IsPossibleAsync(provider))
        {
            await DemoCommand.RunAsync(provider, new DemoOptions(Year, Math.Min(entries, Invented)));
            if (entries > Invented) county.Multiply(entries / Invented);
            SqliteConnection.ClearAllPools();
        }
        if (searched) await county.Get<EntryIndex>().FillAsync();
        return county;
    }

    /// <summary>
    /// Writes every entry so many times in all. Indexes are made at the end, and nothing is logged for the case that the power
    /// fails: ten million entries take minutes so, and the file is what it would have become row by row.
    /// </summary>
    void Multiply(int times)
    {
        // Whoever still has the file open would keep its journal.
        SqliteConnection.ClearAllPools();
        using var connection = Connect();
        Run("PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE");
        var step = Convert.ToInt64(Read("SELECT MAX(Id) FROM Entries").Single(), CultureInfo.InvariantCulture);
        (string Table, string Key, string[] Shifted)[] copied =
        [
            ("Entries", "Id", ["Id", "OriginId"]), ("EntryClocks", "EntryId", ["EntryId"]), ("CaseFileGaps", "EntryId", ["EntryId"]),
            ("EntryPointers", "EntryId", ["EntryId"]),
        ];
        var names = string.Join(',', copied.Select(table => $"'{table.Table}'"));
        var indexes = Read($"SELECT name || char(10) || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})").ConvertAll(index => index.Split('\n', 2));
        foreach (var index in indexes) Run($"DROP INDEX \"{index[0]}\"");
        foreach (var (table, key, shifted) in copied)
        {
            var columns = Read($"SELECT name FROM pragma_table_info('{table}')");
            for (var copy = 1; copy < times; copy++)
            {
                var values = columns.Select(name => name switch
                {
                    _ when shifted.Contains(name) => FormattableString.Invariant($"\"{name}\" + {copy * step}"),
                    // Numbers go on from copy to copy, as if all had been given one after the other.
                    "Number" => FormattableString.Invariant($"Number + {copy} * (SELECT c.Last FROM SerialCounters c WHERE c.LedgerKey = e.LedgerKey AND c.UnitId = e.UnitId AND c.Year = CAST(substr(e.Date, 1, 4) AS INTEGER))"),
                    "Serial" => FormattableString.Invariant($"Serial || '-{copy}'"),
                    _ => $"\"{name}\"",
                });
                Run(FormattableString.Invariant($"INSERT INTO {table} ({string.Join(',', columns.Select(name => $"\"{name}\""))}) SELECT {string.Join(',', values)} FROM {table} e WHERE {key} <= {step} ORDER BY {key}"));
            }
        }
        foreach (var index in indexes) Run(index[1]);
        Run(FormattableString.Invariant($"UPDATE Tallies SET Count = Count * {times}, Sum = Sum * {times}; UPDATE SerialCounters SET Last = Last * {times}"));
        Run("PRAGMA journal_mode=DELETE; PRAGMA journal_mode=WAL");

        List<string> Read(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read()) rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
            return rows;
        }

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = (sql, 0);
            command.ExecuteNonQuery();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (throwAway is not null) Directory.Delete(throwAway, recursive: true);
    }
}
