using System.Globalization;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>A test with a small phone in hand, and what a person does on it to the form of a lecture.</summary>
public abstract class PhoneTest(RecordingApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    /// <summary>A small phone, held upright.</summary>
    protected static readonly ViewportSize Small = new() { Width = 360, Height = 740 };

    protected override ViewportSize Screen => Small;

    protected override void Adapt(BrowserNewContextOptions options)
    {
        (options.IsMobile, options.HasTouch, options.DeviceScaleFactor) = (true, true, 2);
        options.UserAgent = "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // What the browser says while network or server are away, and of a form that was refused.
        foreach (var words in (string[])["Failed to load resource", "net::ERR", "WebSocket", "Failed to complete negotiation", "Failed to start the connection", "Connection disconnected", "Failed to fetch", "FetchEvent", "There was an error"])
            ExpectErrors(words);
    }

    /// <summary>Does it, and returns when the first piece of a file has arrived.</summary>
    protected static Task AfterPieceAsync(IPage page, Func<Task> act) =>
        page.RunAndWaitForResponseAsync(act, answer => answer.Request.Method == "PUT" && answer.Url.Contains("/uploads/", StringComparison.Ordinal));

    protected static string Topic() => "速记" + Guid.NewGuid().ToString("N")[..10];

    protected static async Task ReadyAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Assertions.Expect(page.Locator("[data-quick][data-ready]")).ToHaveCountAsync(1);
    }

    protected static async Task FillAsync(IPage page, string topic, string attended = "42")
    {
        await page.Locator("label:has(input[name='f-audience'])").Nth(2).TapAsync();
        await page.Locator("#f-topic").FillAsync(topic);
        await page.Locator("label:has(input[name='f-lecturerKind'])").Nth(1).TapAsync();
        await page.Locator("#f-attended").FillAsync(attended);
    }

    protected static Task ChooseAsync(IPage page, params FilePayload[] photos) => page.Locator("input[name=photos]").Nth(1).SetInputFilesAsync(photos);
}

/// <summary>The quick log in a village recorder's hand: few taps, and nothing lost whatever becomes of network, page and server.</summary>
[Collection(RecordingCollection.Name)]
public sealed class QuickTests(RecordingApp app, Chromium chromium) : PhoneTest(app, chromium)
{
    int taps;

    [BrowserFact]
    public async Task An_event_with_two_photos_takes_at_most_twelve_taps()
    {
        await SignInAsync("fz.recorder");
        await Assertions.Expect(Page.Locator(".phone-new")).ToBeVisibleAsync();
        var topic = Topic();
        FilePayload[] photos = [Photos.File("现场一.jpg", 1), Photos.File("现场二.jpg", 2)];

        await TapAsync(".phone-new");
        await TapAsync("a.tile[href='/quick/lectures']");
        await TapAsync("label:has(input[name='f-audience']) >> nth=2");
        await TypeAsync("#f-topic", topic);
        await TapAsync("label:has(input[name='f-lecturerKind']) >> nth=1");
        await TypeAsync("#f-attended", "42");
        var picker = await Page.RunAndWaitForFileChooserAsync(() => TapAsync("label:has(input[name=photos]) >> nth=1"));
        await picker.SetFilesAsync(photos);
        taps += photos.Length + 1; // each photo in the phone's gallery, and 完成
        await TapAsync("button[value=submit]");

        await Assertions.Expect(Page.GetByText("已提交审核")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await ScreenshotAsync("quick-done", wholePage: false);
        Assert.InRange(taps, 1, 12);
        var entry = Assert.Single(Recorded.Entries(App.DataFolder, topic));
        Assert.Equal("Submitted", entry.State);
        Assert.Equal(photos.Select(Photos.Sha256).Order(), entry.Files.Order());
    }

    [BrowserFact]
    public async Task Without_a_connection_it_waits_in_the_browser_and_goes_once_when_there_is_one()
    {
        await SignInAsync("fz.recorder");
        await ReadyAsync(Page, "/quick/lectures");
        await Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 1500)))");
        var (first, second) = (Topic(), Topic());
        await Context.SetOfflineAsync(true);
        await FillAsync(Page, first);
        await ChooseAsync(Page, Photos.File("离线.jpg", 3));
        await Page.Locator("button[value=submit]").TapAsync();
        await Assertions.Expect(Page.Locator("#message")).ToContainTextAsync("已存在本机");
        await Assertions.Expect(Page.Locator("#outbox")).ToContainTextAsync("未发送 1 条，联网后自动发送");

        // A second one right away, and a third on a page opened without a connection.
        await FillAsync(Page, second);
        await Page.Locator("button[value=submit]").TapAsync();
        await Assertions.Expect(Page.Locator("#outbox")).ToContainTextAsync("未发送 2 条");
        await ScreenshotAsync("quick-offline", wholePage: false);
        await Page.GotoAsync("/quick/lectures");
        await Assertions.Expect(Page.Locator("#outbox")).ToContainTextAsync("未发送 2 条");
        var third = Topic();
        await FillAsync(Page, third);
        await Page.Locator("button[value=submit]").TapAsync();
        await Assertions.Expect(Page.Locator("#outbox")).ToContainTextAsync("未发送 3 条");
        await Page.CloseAsync();

        await Context.SetOfflineAsync(false);
        var page = await NewPageAsync();
        await page.GotoAsync("/quick");
        await Assertions.Expect(page.Locator("#outbox")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await page.ReloadAsync();
        foreach (var topic in (string[])[first, second, third])
            Assert.Equal(topic == first ? 1 : 0, Assert.Single(Recorded.Entries(App.DataFolder, topic)).Files.Count);
    }

    [BrowserFact]
    public async Task Whatever_breaks_on_the_way_no_file_and_no_field_is_lost_and_none_arrives_twice()
    {
        await SignInAsync("fz.recorder");
        var random = new Random(20261122);
        for (var round = 0; round < TestScale.Of(5, 100); round++)
        {
            var (topic, attended) = (Topic(), random.Next(1, 500).ToString(CultureInfo.InvariantCulture));
            FilePayload[] photos = [Photos.File("大.jpg", (round * 2) + 100, 2_600_000), Photos.File("小.jpg", (round * 2) + 101, 40_000)];
            var page = await NewPageAsync();
            await ReadyAsync(page, "/quick/lectures");
            await FillAsync(page, topic, attended);
            await TroubleAsync((Trouble)(round % 5), page, photos, random);
            if (page.IsClosed)
            {
                page = await NewPageAsync();
                await ReadyAsync(page, "/quick");
                await page.Locator(".unfinished a", new() { HasText = topic }).First.TapAsync();
                await Assertions.Expect(page.Locator("#f-topic")).ToHaveValueAsync(topic);
            }
            await page.Locator("button[value=submit]").TapAsync();
            await Assertions.Expect(page.GetByText("已提交审核")).ToBeVisibleAsync(new() { Timeout = 40_000 });
            var entry = Assert.Single(Recorded.Entries(App.DataFolder, topic));
            Assert.True(photos.Select(Photos.Sha256).Order().SequenceEqual(entry.Files.Order()), $"Round {round}: {entry.Files.Count} files of {photos.Length}");
            Assert.Contains($"\"attended\":{attended}", entry.Values.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            await page.CloseAsync();
        }
    }

    enum Trouble { CutDuringUpload, CutInPicker, KilledBetweenPieces, KilledInPicker, PageKilled }

    async Task TroubleAsync(Trouble trouble, IPage page, FilePayload[] photos, Random random)
    {
        switch (trouble)
        {
            case Trouble.CutDuringUpload:
                await AfterPieceAsync(page, () => ChooseAsync(page, photos));
                await Context.SetOfflineAsync(true);
                await Task.Delay(random.Next(100, 900));
                await Context.SetOfflineAsync(false);
                break;
            case Trouble.CutInPicker:
                var picker = await page.RunAndWaitForFileChooserAsync(() => page.Locator("label:has(input[name=photos])").Nth(1).TapAsync());
                await Context.SetOfflineAsync(true);
                await Task.Delay(random.Next(100, 500));
                await picker.SetFilesAsync(photos);
                await Task.Delay(random.Next(100, 500));
                await Context.SetOfflineAsync(false);
                break;
            case Trouble.KilledBetweenPieces:
                await AfterPieceAsync(page, () => ChooseAsync(page, photos));
                await App.KillAsync();
                await App.StartAgainAsync();
                break;
            case Trouble.KilledInPicker:
                var open = await page.RunAndWaitForFileChooserAsync(() => page.Locator("label:has(input[name=photos])").Nth(1).TapAsync());
                await App.KillAsync();
                await open.SetFilesAsync(photos);
                await App.StartAgainAsync();
                break;
            default:
                await AfterPieceAsync(page, () => ChooseAsync(page, photos));
                await Assertions.Expect(page.Locator("[data-saved=saved]")).ToBeVisibleAsync();
                await page.CloseAsync();
                break;
        }
    }

    [BrowserFact]
    public async Task What_is_begun_on_the_phone_goes_on_at_the_desk()
    {
        await SignInAsync("fz.recorder");
        await ReadyAsync(Page, "/quick/lectures");
        var topic = Topic();
        await Page.Locator("#f-topic").FillAsync(topic);
        await Assertions.Expect(Page.Locator("[data-saved=saved]")).ToContainTextAsync("草稿已保存");
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await OpenAsync("/ledgers/lectures/new?unit=FZ&year=2026");
        var offered = Page.Locator(".notice", new() { HasText = topic });
        await Assertions.Expect(offered).ToContainTextAsync("来自手机");
        await offered.Locator("li", new() { HasText = topic }).GetByRole(AriaRole.Link, new() { Name = "继续" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync(topic);
    }

    [BrowserFact]
    public async Task What_is_wrong_is_said_at_its_field_and_everything_stays()
    {
        await SignInAsync("fz.recorder");
        await ReadyAsync(Page, "/quick/lectures");
        var topic = Topic();
        await Page.Locator("#f-topic").FillAsync(topic);
        await Page.Locator("#f-attended").FillAsync("很多人");
        await ChooseAsync(Page, Photos.File("现场.jpg", 9));
        await Page.Locator("button[value=submit]").TapAsync();
        await Assertions.Expect(Page.Locator("[data-field=attended] .field-error")).ToHaveTextAsync("请填数字");
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync(topic);
        await Assertions.Expect(Page.Locator("#f-attended")).ToHaveValueAsync("很多人");
        await Assertions.Expect(Page.Locator(".photo-list li")).ToHaveCountAsync(1);
        await Page.Locator("button[value=save]").TapAsync();
        await Assertions.Expect(Page.Locator("[data-field=attended] .field-error")).ToHaveTextAsync("请填数字");
        await Page.Locator("#f-attended").FillAsync("30");
        await Page.Locator("button[value=save]").TapAsync();
        await Assertions.Expect(Page.GetByText("已存为草稿")).ToBeVisibleAsync();
        Assert.Equal("Draft", Assert.Single(Recorded.Entries(App.DataFolder, topic)).State);
    }

    [AxeFact]
    public async Task Everything_is_within_reach_of_a_thumb_and_of_a_screen_reader()
    {
        await SignInAsync("fz.recorder");
        foreach (var (name, path) in ((string, string)[])[("quick", "/quick"), ("quick-lectures", "/quick/lectures"), ("quick-mediation", "/quick/mediation"), ("quick-fire", "/quick/fire")])
            foreach (var screen in (ViewportSize[])[Small, Phone])
            {
                await Page.SetViewportSizeAsync(screen.Width, screen.Height);
                await ReadyAsync(Page, path);
                await Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                await AssertFitsAsync(screen);
                await AxeAsync();
                var small = await Page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
                      .map(e => ({ e, box: (e.closest('label') ?? e).getBoundingClientRect() }))
                      .filter(({ e, box }) => e.checkVisibility() && box.width > 0 && (box.height < 43.5 || box.width < 43.5))
                      .map(({ e, box }) => `${e.tagName} ${e.id || e.textContent.trim()} ${Math.round(box.width)}×${Math.round(box.height)}`)
                    """);
                Assert.True(small.Length == 0, $"{path}: {string.Join('；', small)}");
                await ScreenshotAsync(name);
            }
    }

    async Task TapAsync(string what)
    {
        taps++;
        await Page.Locator(what).First.TapAsync();
    }

    async Task TypeAsync(string what, string text)
    {
        await TapAsync(what);
        await Page.Locator(what).PressSequentiallyAsync(text);
    }
}

/// <summary>The form before its script has come: on a slow phone, people are the faster ones.</summary>
[Collection(RecordingCollection.Name)]
public sealed class QuickEarlyTests(RecordingApp app, Chromium chromium) : PhoneTest(app, chromium)
{
    protected override void Adapt(BrowserNewContextOptions options)
    {
        base.Adapt(options);
        options.ServiceWorkers = ServiceWorkerPolicy.Block; // Its requests would pass by the test.
    }

    [BrowserFact]
    public async Task Whoever_is_faster_than_the_script_loses_neither_words_nor_photos()
    {
        await SignInAsync("fz.recorder");
        await ReadyAsync(Page, "/quick/lectures");
        var topic = Topic();
        // Nothing that is typed reaches the server, but the photos do: the form is found again as it was typed.
        await Page.RouteAsync("**/drafts/*", route => route.AbortAsync());
        await FillAsync(Page, topic);
        await AfterPieceAsync(Page, () => ChooseAsync(Page, Photos.File("大.jpg", 21, 2_600_000), Photos.File("小.jpg", 22)));
        await Assertions.Expect(Page.Locator(".photo-list li")).ToHaveCountAsync(2);
        var held = new TaskCompletionSource();
        await Context.RouteAsync("**/quick.js", async route => { await held.Task; await route.ContinueAsync(); });
        await Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await Page.Locator("button[value=submit]").TapAsync();
        await Assertions.Expect(Page.Locator("[data-saved]")).ToHaveTextAsync("请稍候……");
        held.SetResult();
        await Assertions.Expect(Page.GetByText("已提交审核")).ToBeVisibleAsync();
        Assert.Equal(2, Assert.Single(Recorded.Entries(App.DataFolder, topic)).Files.Count);
    }
}

/// <summary>The same page where scripts are switched off: a plain form.</summary>
[Collection(RecordingCollection.Name)]
public sealed class QuickWithoutScriptTests(RecordingApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    protected override void Adapt(BrowserNewContextOptions options) => options.JavaScriptEnabled = false;

    [BrowserFact]
    public async Task The_quick_log_is_a_plain_form_too()
    {
        await SignInAsync("fz.recorder");
        await OpenAsync("/quick/lectures");
        var topic = "无脚本" + Guid.NewGuid().ToString("N")[..8];
        await Page.Locator("#f-topic").FillAsync(topic);
        await Page.Locator("input[name=photos]").Nth(1).SetInputFilesAsync([Photos.File("甲.jpg", 11), Photos.File("乙.jpg", 12)]);
        await Page.Locator("button[value=submit]").ClickAsync();
        await Assertions.Expect(Page.Locator("#f-attended-error")).ToContainTextAsync("请填写实到");
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync(topic);
        await Page.Locator("input[name='f-audience']").First.CheckAsync(new() { Force = true });
        await Page.Locator("input[name='f-lecturerKind']").First.CheckAsync(new() { Force = true });
        await Page.Locator("#f-attended").FillAsync("12");
        await Page.Locator("button[value=submit]").ClickAsync();
        await Assertions.Expect(Page.GetByText("已提交审核")).ToBeVisibleAsync();
        Assert.Equal(2, Assert.Single(Recorded.Entries(App.DataFolder, topic)).Files.Count);
    }
}
