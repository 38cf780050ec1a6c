using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>The form at a desk: what is typed lies on the server, whatever happens to page, circuit or server; two people at one entry lose nothing.</summary>
[Collection(RecordingCollection.Name)]
public sealed partial class FormTests(RecordingApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // What the browser says while the server is away.
        foreach (var words in (string[])["Failed to load resource", "net::ERR", "WebSocket", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Failed to fetch", "There was an error", "Cannot send data if the connection", "Circuit not initialized"])
            ExpectErrors(words);
    }

    [BrowserFact]
    public async Task What_is_typed_survives_a_killed_page_and_a_restarted_server()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/publicity/new?{At}");
        await Page.Locator("#f-theme").FillAsync("反诈宣传进村");
        await Page.Locator("#f-audience").FillAsync("四十人左右");
        await Page.Locator("#f-remark").PressSequentiallyAsync("没有离开的字段");
        await SavedAsync(Page);
        await App.KillAsync();
        await Page.CloseAsync();
        await App.StartAgainAsync();

        var page = await NewPageAsync();
        await OpenAsync($"/ledgers/publicity/new?{At}", page);
        await Assertions.Expect(page.GetByText("有一份未完成的填写（今天")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "继续" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#f-theme")).ToHaveValueAsync("反诈宣传进村");
        await Assertions.Expect(page.Locator("#f-audience")).ToHaveValueAsync("四十人左右");
        await Assertions.Expect(page.Locator("#f-audience-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#f-remark")).ToHaveValueAsync("没有离开的字段");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#f-theme")).ToHaveValueAsync("反诈宣传进村");
        await page.GetByRole(AriaRole.Button, new() { Name = "放弃填写" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "放弃", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(ListAddress());
        await OpenAsync($"/ledgers/publicity/new?{At}", page);
        await Assertions.Expect(page.Locator("#f-theme")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByText("未完成的填写")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_is_typed_while_the_server_is_away_is_kept_when_it_is_back()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync("宪法宣讲");
        await SavedAsync(Page);
        await App.KillAsync();
        await Page.Locator("#f-topic").FillAsync("宪法宣讲进校园", new() { Force = true });
        await Assertions.Expect(Page.Locator("[data-saved=failed]").First).ToContainTextAsync("暂时连不上服务器");
        await App.StartAgainAsync();
        await SavedAsync(Page);
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync("宪法宣讲进校园");
    }

    [BrowserFact]
    public async Task Leaving_the_form_loses_nothing_and_pressing_submit_twice_makes_one_entry()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        var topic = "双击提交" + Guid.NewGuid().ToString("N")[..8];
        await Page.Locator("#f-topic").FillAsync(topic);
        await Page.GetByRole(AriaRole.Link, new() { Name = "总览" }).First.ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync("总览");
        await Page.GoBackAsync();
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync(topic);
        foreach (var field in (string[])["audience", "lecturerKind"])
        {
            await Page.Locator($"#f-{field}").ClickAsync();
            await Page.Locator("[role=option]:visible").First.ClickAsync();
        }
        await Page.Locator("#f-attended").FillAsync("30");
        await Page.Locator("#f-attended").PressAsync("Tab");
        await Page.GetByRole(AriaRole.Button, new() { Name = "提交审核" }).DblClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(EntryAddress());
        await OpenAsync($"/ledgers/lectures?{At}&q={topic}");
        await Assertions.Expect(Page.Locator(".page-line").First).ToContainTextAsync("1");
        await Assertions.Expect(Page.Locator("tbody a[href*='/entries/']")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task The_second_of_two_people_sees_both_versions_and_loses_nothing()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync("两人同改");
        await Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(Page).ToHaveURLAsync(EditAddress());
        var address = Page.Url;

        var second = await NewPageAsync();
        await OpenAsync(address, second);
        await second.Locator("#f-topic").FillAsync("第二人的题目");
        await second.Locator("#f-place").FillAsync("第二人的地点");
        await SavedAsync(second);
        await Page.Locator("#f-topic").FillAsync("第一人的题目");
        await Page.Locator("#f-attended").FillAsync("18");
        await Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(Page.Locator(".saved-first").First).ToContainTextAsync("草稿已保存");

        // Whether he saves, or comes back tomorrow to what he left: both versions are laid side by side.
        await second.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(second.GetByText("您填写的内容没有丢失")).ToBeVisibleAsync();
        await second.ReloadAsync();
        await Assertions.Expect(second.GetByText("您填写的内容没有丢失")).ToBeVisibleAsync();
        await Assertions.Expect(second.GetByText("第一人的题目")).ToBeVisibleAsync();
        await second.Locator("tr", new() { HasText = "题目" }).Locator("input").First.CheckAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "按选择保存" }).ClickAsync();
        await Assertions.Expect(second).ToHaveURLAsync(EntryAddress());
        foreach (var kept in (string[])["第二人的题目", "第二人的地点", "18"])
            await Assertions.Expect(second.Locator(".entry .main")).ToContainTextAsync(kept);
    }

    [BrowserFact]
    public async Task Files_are_added_before_the_first_save_and_come_along()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync("先传照片");
        await Page.Locator("#f-evidence").SetInputFilesAsync([Photos.File("现场一.jpg", 1), Photos.File("现场二.jpg", 2)]);
        await Assertions.Expect(Page.Locator(".evidence li")).ToHaveCountAsync(2);
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator(".evidence li")).ToHaveCountAsync(2);
        await Assertions.Expect(Page.Locator(".entry-form[data-ready]")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(Page).ToHaveURLAsync(EditAddress());
        await Assertions.Expect(Page.Locator(".evidence li")).ToHaveCountAsync(2);
        await Page.Locator("#f-evidence").SetInputFilesAsync(new FilePayload { Name = "不是照片.jpg", MimeType = "image/jpeg", Buffer = [.. "<html>"u8] });
        await Assertions.Expect(Page.Locator(".evidence-progress")).ToContainTextAsync("不是可以接收的文件");
        await ScreenshotAsync("form-files");
    }

    [BrowserFact]
    public async Task A_server_lost_while_the_file_picker_is_open_loses_neither_file_nor_field()
    {
        await SignedInAsync("fz.recorder");
        for (var round = 0; round < TestScale.Of(2, 20); round++)
        {
            await OpenAsync($"/ledgers/lectures/new?{At}");
            var topic = "选文件时断开" + Guid.NewGuid().ToString("N")[..8];
            await Page.Locator("#f-topic").FillAsync(topic);
            await Assertions.Expect(Page.Locator(".entry-form[data-ready]")).ToHaveCountAsync(1);
            var picker = await Page.RunAndWaitForFileChooserAsync(() => Page.Locator("label.evidence-pick").ClickAsync());
            await App.KillAsync();
            FilePayload[] files = [Photos.File("现场.jpg", 200 + round, 2_300_000), Photos.File("签到.jpg", 300 + round)];
            await picker.SetFilesAsync(files);
            await App.StartAgainAsync();
            await Assertions.Expect(Page.Locator(".evidence-progress progress")).ToHaveCountAsync(0, new() { Timeout = 40_000 });
            await Page.ReloadAsync();
            await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync(topic);
            await Assertions.Expect(Page.Locator(".evidence li")).ToHaveCountAsync(2);
            await Assertions.Expect(Page.Locator(".entry-form[data-ready]")).ToHaveCountAsync(1);
            await Page.Keyboard.PressAsync("Control+s");
            await Assertions.Expect(Page).ToHaveURLAsync(EditAddress());
            Assert.Equal(files.Select(Photos.Sha256).Order(), Assert.Single(Recorded.Entries(App.DataFolder, topic)).Files.Order());
        }
    }

    static Task SavedAsync(IPage page) => Assertions.Expect(page.Locator("[data-saved=saved]").First).ToContainTextAsync(SavedWords(), new() { Timeout = 30_000 });

    [GeneratedRegex(@"草稿已保存 \d\d:\d\d")]
    private static partial Regex SavedWords();
    [GeneratedRegex(@"/entries/\d+\?")]
    private static partial Regex EntryAddress();
    [GeneratedRegex(@"/entries/\d+/edit")]
    private static partial Regex EditAddress();
    [GeneratedRegex(@"/ledgers/publicity\?")]
    private static partial Regex ListAddress();
}
