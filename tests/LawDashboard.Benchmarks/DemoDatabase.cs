using LawDashboard.Commands;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Benchmarks;

/// <summary>
/// The demonstration county of about so many entries on SQLite, with the product's own services. Beyond 100,000 the entries of
/// that many are written several times over, with what is kept beside each, and the tallies are multiplied: the same
/// figures, many times larger. Set LAWDASHBOARD_BENCH_DATA to a folder to keep the databases between runs.
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
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static async Task<DemoDatabase> OpenAsync(int entries)
    {
        var kept = Environment.GetEnvironmentVariable("LAWDASHBOARD_BENCH_DATA");
        var folder = Path.Combine(kept ?? Path.GetTempPath(), FormattableString.Invariant($"lawdashboard-bench-{entries}{(kept is null ? "-" + Guid.NewGuid().ToString("N") : "")}"));
        var seed = Path.Combine(AppContext.BaseDirectory, "seed-data");
        var provider = new ServiceCollection().AddLogging().AddLawDashboard(new(new DatabaseSettings(folder), seed), Definitions.Load(seed)).BuildServiceProvider();
        await provider.PrepareAsync();
        var county = new DemoDatabase(provider, folder, kept is null ? folder : null);
        if (!await DemoCommand.IsPossibleAsync(provider)) return county;
        await DemoCommand.RunAsync(provider, new DemoOptions(Year, Math.Min(entries, Invented)));
        if (entries > Invented) county.Multiply(entries / Invented);
        return county;
    }

    /// <summary>Writes every entry so many times in all. The audit log and the search index stay those of the first.</summary>
    void Multiply(int times)
    {
        using var connection = Connect();
        Run("PRAGMA synchronous=OFF");
        var step = Number("SELECT MAX(Id) FROM Entries");
        string entries = Columns("Entries"), clocks = Columns("EntryClocks"), gaps = Columns("CaseFileGaps"), pointers = Columns("EntryPointers");
        for (var copy = 1; copy < times; copy++)
        {
            var shift = FormattableString.Invariant($"+ {copy * step}");
            Run("BEGIN");
            Run($"INSERT INTO Entries ({entries}) SELECT {entries.Replace("\"Id\"", $"Id {shift}").Replace("\"Serial\"", $"Serial || '-{copy}'").Replace("\"OriginId\"", $"OriginId {shift}")} FROM Entries WHERE Id <= {step}");
            Run($"INSERT INTO EntryClocks ({clocks}) SELECT {clocks.Replace("\"EntryId\"", $"EntryId {shift}")} FROM EntryClocks WHERE EntryId <= {step}");
            Run($"INSERT INTO CaseFileGaps ({gaps}) SELECT {gaps.Replace("\"EntryId\"", $"EntryId {shift}")} FROM CaseFileGaps WHERE EntryId <= {step}");
            Run($"INSERT INTO EntryPointers ({pointers}) SELECT {pointers.Replace("\"EntryId\"", $"EntryId {shift}")} FROM EntryPointers WHERE EntryId <= {step}");
            Run("COMMIT");
        }
        Run(FormattableString.Invariant($"UPDATE Tallies SET Count = Count * {times}, Sum = Sum * {times}"));
        Run("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");

        string Columns(string table)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('{table}')";
            return (string)command.ExecuteScalar()!;
        }

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = (sql, 0);
            command.ExecuteNonQuery();
        }

        long Number(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (throwAway is not null) Directory.Delete(throwAway, recursive: true);
    }
}
