using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Pages that keep themselves up to date stay usable while fifty entries a second are saved, and end with all of them.</summary>
[Collection(RecordingCollection.Name)]
public sealed class LiveTests(RecordingApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const int PerSecond = 50;
    const string At = "unit=FZ&year=2026";

    /// <summary>How long the saves last; the full form is long enough to fall behind in.</summary>
    static TimeSpan Lasting => TimeSpan.FromSeconds(TestScale.Of(5, 60));

    /// <summary>The promise is two seconds and an answer at once; a machine that runs other tests beside this one takes longer.</summary>
    static TimeSpan Patience => TimeSpan.FromSeconds(TestScale.Of(30, 5));

    [BrowserFact]
    public async Task Open_pages_answer_while_fifty_entries_a_second_are_saved_and_then_show_them_all()
    {
        await SignInAsync("fz.recorder");
        await using var savers = await Savers.SignInAsync(App.Address, "Demo@2026law", "fz.recorder", "fz01.recorder", "fz.reviewer");
        var traffic = new Dictionary<string, int>();
        var overview = await WatchAsync("overview", $"/?{At}", traffic);
        var wall = await WatchAsync("wall", $"/wall?{At}", traffic);
        var indicator = await WatchAsync("indicator", $"/indicators/publicity.eventsHeld?{At}", traffic);
        var form = await WatchAsync("form", $"/ledgers/lectures/new?{At}", traffic);
        var before = await PendingAsync(overview);

        using var stop = new CancellationTokenSource(Lasting);
        var saving = savers.RunAsync(PerSecond, new(2026, 1, 5), stop.Token);
        var (answers, typed) = (0, "");
        while (!saving.IsCompleted)
        {
            await ToggleAsync(overview, Page => Page.GetByRole(AriaRole.Button, new() { Name = "调整版面" }), "aria-expanded");
            await ToggleAsync(wall, Page => Page.Locator(".wall-tools button").First, "aria-pressed");
            typed += "字";
            await form.Locator("#f-topic").FillAsync(typed, new() { Timeout = (float)Patience.TotalMilliseconds });
            answers++;
        }
        await saving;
        Assert.Empty(savers.Refused.Take(3));
        Assert.True(savers.Saved > 0 && answers > 0);

        // Every one of them, without anybody going anywhere; what was typed meanwhile stands as it was typed.
        await Assertions.Expect(overview.Locator(".overview-line")).ToContainTextAsync(Pending(before + savers.Saved), new() { Timeout = (float)Patience.TotalMilliseconds });
        await Assertions.Expect(form.Locator("#f-topic")).ToHaveValueAsync(typed);
        await Assertions.Expect(indicator.Locator("h1")).ToBeVisibleAsync();
        // A telling a second of what changed in the page: far less than the page itself for each of fifty saves.
        Assert.All(traffic, page => Assert.True(page.Value < 150_000 * (Lasting.TotalSeconds + 10), $"{page.Key} was sent {page.Value} bytes."));
    }

    async Task<IPage> WatchAsync(string name, string path, Dictionary<string, int> traffic)
    {
        var page = await NewPageAsync();
        traffic[name] = 0;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (traffic) traffic[name] += frame.Binary?.Length ?? frame.Text?.Length ?? 0;
        };
        await OpenAsync(path, page);
        return page;
    }

    /// <summary>A click is answered: the button says so itself.</summary>
    static async Task ToggleAsync(IPage page, Func<IPage, ILocator> find, string state)
    {
        var button = find(page);
        var was = await button.GetAttributeAsync(state);
        // Dispatched, since a page in the background draws nothing that a click could wait for.
        await button.DispatchEventAsync("click");
        await Assertions.Expect(button).ToHaveAttributeAsync(state, was == "true" ? "false" : "true", new() { Timeout = (float)Patience.TotalMilliseconds });
    }

    static async Task<int> PendingAsync(IPage page) =>
        int.Parse(Regex.Match(await page.Locator(".overview-line").InnerTextAsync(), @"待审([\d,]+)条").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    static string Pending(int count) => $"待审{count.ToString("#,##0", CultureInfo.InvariantCulture)}条";
}
