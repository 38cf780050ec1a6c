using LawDashboard.Commands;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Support;

/// <summary>
/// The demonstration county on SQLite, made once in a run for all tests that only read it; today is 22 November 2026.
/// Classes that take it as <c>IClassFixture&lt;Demonstration&gt;</c> run beside each other and share the one county.
/// </summary>
public sealed class Demonstration : IAsyncLifetime
{
    static readonly Lazy<Task<(TemporaryFolder Folder, ServiceProvider Services)>> Made = new(MakeAsync);

    TemporaryFolder? folder;
    ServiceProvider? services;

    public static string SeedFolder => Path.Combine(Repository.Root, "seed-data");

    public string Folder => folder!.Path;
    public IServiceProvider Services => services!;
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task InitializeAsync() => (folder, services) = await Made.Value;

    static async Task<(TemporaryFolder, ServiceProvider)> MakeAsync()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var services = await OpenAsync(folder.Path, SeedFolder);
        await DemoCommand.RunAsync(services, new DemoOptions(2026));
        return (folder, services);
    }

    /// <summary>The product's services over a data folder and definitions of a test's choice.</summary>
    public static Task<ServiceProvider> OpenAsync(string dataFolder, string seedFolder) => OpenAsync(new DatabaseSettings(dataFolder), seedFolder);

    /// <summary>The same over a database of either kind.</summary>
    public static async Task<ServiceProvider> OpenAsync(DatabaseSettings database, string seedFolder)
    {
        var collection = new ServiceCollection().AddLogging().AddLawDashboard(new(database, seedFolder), Definitions.Load(seedFolder));
        collection.AddSingleton<TimeProvider>(new StoppedClock(new DateTime(2026, 11, 22, 2, 0, 0)));
        var provider = collection.BuildServiceProvider();
        await provider.PrepareAsync();
        return provider;
    }

    /// <summary>A connection of the test's own, past all of the product's code.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "lawdashboard.db")};Mode=ReadOnly");
        connection.Open();
        return connection;
    }

    /// <summary>Other classes go on with it; the folder goes with the test run.</summary>
    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>Tests that read the one demonstration county, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DemonstrationCollection : ICollectionFixture<Demonstration>
{
    public const string Name = "Demonstration";
}
