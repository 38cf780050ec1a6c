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
    public async Task<string> CommandAsync(params IEnumerable<string> arguments) =>
        (await Programs.RunAsync(Repository.Executable, [.. arguments, "--data", DataFolder], TimeSpan.FromMinutes(10),
            Path.GetDirectoryName(Repository.Executable), RunningApp.Surroundings(Environment))).Required().Output;

    /// <summary>Puts the data in before the program starts to serve.</summary>
    protected abstract Task FillAsync();
}

/// <summary>The program with the demonstration county of one seed: the same data in every run.</summary>
public class DemoApp : AppFixture
{
    public const int Year = 2026;

    /// <summary>About how many entries are invented; null for the demonstration's own number.</summary>
    protected virtual int? Entries => null;

    protected override Task FillAsync() => CommandAsync(
        ["demo", "--year", Number(Year), "--seed", "1", .. Entries is { } entries ? (IEnumerable<string>)["--entries", Number(entries)] : []]);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The program as it is started for the first time: nothing in the data folder.</summary>
public sealed class EmptyApp : AppFixture
{
    protected override Task FillAsync() => Task.CompletedTask;
}

/// <summary>Tests that look at the demonstration county in one browser and one running program, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoApp>, ICollectionFixture<Chromium>
{
    public const string Name = "The demonstration county in a browser";
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
