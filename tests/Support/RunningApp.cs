using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LawDashboard.TestSupport;

/// <summary>
/// The program as a process of its own, on a free port of 127.0.0.1, until it is disposed. It is ended by its own handle;
/// nothing else on the machine is touched.
/// </summary>
sealed class RunningApp : IAsyncDisposable
{
    readonly Process process;
    readonly StringBuilder output = new();

    RunningApp(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Where it answers, for example <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address { get; }

    /// <summary>What it has written to the console so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>
    /// Starts the program and waits until it answers. <paramref name="arguments"/> gets the address to listen on: a free one,
    /// or <paramref name="at"/>, where an earlier run of it answered.
    /// Throws with the program's own words when it ends early or stays silent for <paramref name="patience"/>.
    /// </summary>
    public static async Task<RunningApp> StartAsync(
        string executable, Func<string, IEnumerable<string>> arguments, string environment, TimeSpan? patience = null, Uri? at = null)
    {
        var address = at?.GetLeftPart(UriPartial.Authority) ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var process = Programs.Prepare(executable, arguments(address), Path.GetDirectoryName(executable), Surroundings(environment));
        var app = new RunningApp(process, new(address));
        Programs.Collect(process, app.output, app.output);
        try
        {
            await app.WaitUntilItAnswersAsync(patience ?? TimeSpan.FromMinutes(3));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    /// <summary>
    /// The variables of a program under test: its environment's name, and none of the settings that the machine may hold,
    /// a container's for instance, which would decide where it listens and keeps its data.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Surroundings(string environment)
    {
        string[] settings = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "LAWDASHBOARD_URLS", "LAWDASHBOARD_DATA", "LAWDASHBOARD_CONNECTION", "LAWDASHBOARD_SEEDDATA"];
        return new Dictionary<string, string?>(settings.Select(name => KeyValuePair.Create(name, (string?)null)))
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["DOTNET_ENVIRONMENT"] = environment,
        };
    }

    /// <summary>A port that was free a moment ago, from the range that the system hands out.</summary>
    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    async Task WaitUntilItAnswersAsync(TimeSpan patience)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < patience)
        {
            if (process.HasExited) throw new InvalidOperationException($"{Programs.Describe(process.StartInfo)} ended with {process.ExitCode}.\n{Output}");
            try
            {
                using var answer = await client.GetAsync(Address);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException($"{Programs.Describe(process.StartInfo)} did not answer within {patience}.\n{Output}");
    }
}
