using LawDashboard.Commands;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Benchmarks;

/// <summary>
/// The demonstration county of about so many entries on SQLite, with the product's own services. Filling a large one takes
/// minutes: set LAWDASHBOARD_BENCH_DATA to a folder to keep them between runs.
/// </summary>
sealed class DemoDatabase : IAsyncDisposable
{
    public const int Year = 2026;

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
        if (await DemoCommand.IsPossibleAsync(provider)) await DemoCommand.RunAsync(provider, new DemoOptions(Year, entries));
        return new(provider, folder, kept is null ? folder : null);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (throwAway is not null) Directory.Delete(throwAway, recursive: true);
    }
}
