using System.Collections.Concurrent;
using System.Globalization;

namespace LawDashboard.BrowserTests.Support;

/// <summary>
/// The built program as a process of its own, with a temporary data folder. One fixture serves the tests of a collection,
/// one after the other.
/// </summary>
public abstract class AppFixture : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    RunningApp? app;

    /// <summary>Where the program answers.</summary>
    public Uri Address => app!.Address;

    public string DataFolder => folder["data"];

    /// <summary>What the program has written to its console, for instance the one-time token of the set-up page.</summary>
    public string Output => app!.Output;

    /// <summary>Production, as users have it, unless a test is about the other.</summary>
    protected virtual string Environment => "Production";

    public virtual async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return; // every test of the collection is skipped
        if (!File.Exists(Repository.Executable)) throw new FileNotFoundException("Build src/LawDashboard first.", Repository.Executable);
        Directory.CreateDirectory(DataFolder);
        await FillAsync();
        await StartAsync(null);
    }

    /// <summary>Ends the program at once, as a power cut would.</summary>
    public async Task KillAsync() => await app!.DisposeAsync();

    /// <summary>Starts it again where it was, with the same data.</summary>
    public Task StartAgainAsync() => StartAsync(Address);

    async Task StartAsync(Uri? at) =>
        app = await RunningApp.StartAsync(Repository.Executable, address => ["serve", "--data", DataFolder, "--urls", address], Environment, at: at);

    public virtual async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Runs a command of the program on the data folder, before or while it serves; throws when it does not end well.</summary>
    public Task<string> CommandAsync(params IEnumerable<string> arguments) => CommandAsync(DataFolder, Environment, arguments);

    private protected static async Task<string> CommandAsync(string dataFolder, string environment, IEnumerable<string> arguments) =>
        (await Programs.RunAsync(Repository.Executable, [.. arguments, "--data", dataFolder], TimeSpan.FromMinutes(10),
            Path.GetDirectoryName(Repository.Executable), RunningApp.Surroundings(environment))).Required().Output;

    /// <summary>Puts the data in before the program starts to serve.</summary>
    protected abstract Task FillAsync();
}

/// <summary>
/// The program with the demonstration county of one seed: the same data in every run. The county is made once; each
/// program gets a copy of its own to write in.
/// </summary>
public class DemoApp : AppFixture
{
    public const int Year = 2026;

    static readonly ConcurrentDictionary<int, Lazy<Task<TemporaryFolder>>> Counties = new();

    /// <summary>About how many entries are invented; null for the demonstration's own number.</summary>
    protected virtual int? Entries => null;

    protected override async Task FillAsync()
    {
        var county = (await Counties.GetOrAdd(Entries ?? 0, _ => new(MakeAsync)).Value).Path;
        foreach (var file in Directory.EnumerateFiles(county, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(DataFolder, Path.GetRelativePath(county, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    async Task<TemporaryFolder> MakeAsync()
    {
        var county = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => county.Dispose();
        await CommandAsync(county.Path, Environment,
            ["demo", "--year", Number(Year), "--seed", "1", .. Entries is { } entries ? (IEnumerable<string>)["--entries", Number(entries)] : []]);
        return county;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The program as it is started for the first time: nothing in the data folder.</summary>
public sealed class EmptyApp : AppFixture
{
    protected override Task FillAsync() => Task.CompletedTask;
}

// Collections run beside each other, each with a browser and a program of its own; the tests of one run one after the other.

/// <summary>Logging, to-do lists and whatever has no reason to be elsewhere, in the demonstration county.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoApp>, ICollectionFixture<Chromium>
{
    public const string Name = "The demonstration county in a browser";
}

/// <summary>Reviewing and watching the year, in another copy of the demonstration county.</summary>
[CollectionDefinition(Name)]
public sealed class ReviewingCollection : ICollectionFixture<DemoApp>, ICollectionFixture<Chromium>
{
    public const string Name = "Reviewing in a browser";
}

/// <summary>Finding, taking over and handing on, in another copy of the demonstration county.</summary>
[CollectionDefinition(Name)]
public sealed class PaperCollection : ICollectionFixture<DemoApp>, ICollectionFixture<Chromium>
{
    public const string Name = "Files and reports in a browser";
}

/// <summary>Tests of the first start, in one browser and one running program, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EmptyCollection : ICollectionFixture<EmptyApp>, ICollectionFixture<Chromium>
{
    public const string Name = "An empty data folder in a browser";
}

/// <summary>A small county of its own for tests that log entries, cut connections and end the program in the middle.</summary>
public sealed class RecordingApp : DemoApp
{
    protected override int? Entries => 300;
}

/// <summary>Tests of recording, in one browser and one running program, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RecordingCollection : ICollectionFixture<RecordingApp>, ICollectionFixture<Chromium>
{
    public const string Name = "Recording in a browser";
}
