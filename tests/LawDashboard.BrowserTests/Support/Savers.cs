using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace LawDashboard.BrowserTests.Support;

/// <summary>
/// Several people who log lectures over plain HTTP as the phone's form does, each with an account and a session of his own,
/// so many a second whether the answers come or not.
/// </summary>
sealed partial class Savers : IAsyncDisposable
{
    /// <summary>More than this are not under way at once: a server that cannot follow would only be buried.</summary>
    const int MostUnderWay = 100;

    sealed record Saver(HttpClient Client, int Person, string Token, string Audience, string Lecturer);

    readonly List<Saver> savers = [];
    int saved;

    /// <summary>Entries accepted so far.</summary>
    public int Saved => saved;

    /// <summary>What was refused, in the program's own words.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public static async Task<Savers> SignInAsync(Uri address, string password, params IEnumerable<string> accounts)
    {
        var all = new Savers();
        foreach (var account in accounts) all.savers.Add(await SignInAsync(address, account, password));
        return all;
    }

    static async Task<Saver> SignInAsync(Uri address, string account, string password)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new(), UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        var login = await client.GetStringAsync("account/login");
        using var form = new FormUrlEncodedContent(Hidden().Matches(login).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))
            .Append(new("account", account)).Append(new("password", password)));
        using var answer = await client.PostAsync("account/login", form);
        var page = await client.GetStringAsync("quick/lectures");
        return new(client, int.Parse(Person().Match(page).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), await client.GetStringAsync("form-token"),
            Choice(page, "f-audience"), Choice(page, "f-lecturerKind"));
    }

    /// <summary>Saves so many a second until cancelled, and waits for the answers of all that were sent.</summary>
    public async Task RunAsync(int perSecond, DateOnly on, CancellationToken stop)
    {
        var (started, sent, underWay) = (Stopwatch.GetTimestamp(), 0, new List<Task>());
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            await beat.WaitForNextTickAsync(CancellationToken.None);
            underWay.RemoveAll(save => save.IsCompleted);
            for (var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond); sent < due; sent++)
                if (underWay.Count < MostUnderWay) underWay.Add(SaveAsync(savers[sent % savers.Count], on));
        }
        await Task.WhenAll(underWay);
    }

    async Task SaveAsync(Saver saver, DateOnly on)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"quick/lectures/{Guid.NewGuid()}");
        request.Headers.Add("RequestVerificationToken", saver.Token);
        request.Content = JsonContent.Create(new
        {
            person = saver.Person, submit = true,
            fields = new Dictionary<string, string>
            {
                ["heldOn"] = on.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["audience"] = saver.Audience,
                ["topic"] = "连续登记" + Guid.NewGuid().ToString("N")[..8], ["lecturerKind"] = saver.Lecturer, ["attended"] = "12",
            },
        });
        using var answer = await saver.Client.SendAsync(request);
        if (answer.IsSuccessStatusCode) Interlocked.Increment(ref saved);
        else Refused.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    static string Choice(string page, string name) => Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]+)\"|value=\"([^\"]+)\"[^>]*name=\"{name}\"") is { Success: true } match
        ? match.Groups[1].Value + match.Groups[2].Value : throw new InvalidOperationException($"The form has no choice {name}.");

    public ValueTask DisposeAsync()
    {
        foreach (var saver in savers) saver.Client.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("data-person=\"(\\d+)\"")]
    private static partial Regex Person();
}
