using System.IO.Compression;
using System.Text;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>A pack is built while its page is left, taken away, and opens from its folder without any server; a form is mapped and filled.</summary>
[Collection(PaperCollection.Name)]
public sealed class PackTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    [BrowserFact]
    public async Task A_pack_is_built_in_the_background_downloaded_and_opens_and_verifies_from_its_folder()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/pack?{At}");
        await Assertions.Expect(Page.GetByText("年度报告", new() { Exact = false }).First).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".pack-missing summary").First).ToBeVisibleAsync();
        await AssertFitsAsync(Phone);
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await Page.GetByRole(AriaRole.Button, new() { Name = "生成资料包" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".packs li")).ToHaveCountAsync(1);
        await OpenAsync($"/todo?{At}");
        await OpenAsync($"/pack?{At}");
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new() { Name = "下载" })).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await ScreenshotAsync("pack");
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "下载" }).ClickAsync());
        Assert.Equal("法镇2026年度迎检资料（脱敏版）.zip", download.SuggestedFilename);

        using var folder = new TemporaryFolder();
        await download.SaveAsAsync(folder["pack.zip"]);
        ZipFile.ExtractToDirectory(folder["pack.zip"], folder["pack"], Encoding.UTF8);
        var pack = Directory.GetDirectories(folder["pack"]).Single();
        await Page.GotoAsync(new Uri(Path.Combine(pack, "00-目录.html")).AbsoluteUri);
        await Assertions.Expect(Page.Locator(".gaps summary").Last).ToContainTextAsync("缺什么");
        var count = await Page.Locator("#count").InnerTextAsync();
        await Page.Locator("#search").FillAsync("邻里纠纷");
        await Assertions.Expect(Page.Locator("#count")).Not.ToHaveTextAsync(count);
        await Assertions.Expect(Page.Locator("#lines li").First).ToContainTextAsync("邻里纠纷");
        await Page.Locator("nav button[data-indicator]").First.ClickAsync();
        await Assertions.Expect(Page.Locator("#about a").First).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(@"\.xlsx$"));
        await AssertFitsAsync(Phone);

        await Page.GotoAsync(new Uri(Path.Combine(pack, "00-校验.html")).AbsoluteUri);
        await Page.Locator("#folder").SetInputFilesAsync(pack);
        await Assertions.Expect(Page.GetByText("全部一致，没有缺失，没有改动")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        var workbook = Directory.EnumerateFiles(pack, "01-*.xlsx", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(workbook, "x");
        await Page.Locator("#folder").SetInputFilesAsync(pack);
        await Assertions.Expect(Page.Locator("#result li")).ToHaveTextAsync(Path.GetRelativePath(pack, workbook), new() { Timeout = 120_000 });
        // The hash that works where the browser's own does not.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", await Page.EvaluateAsync<string>("sha256(new TextEncoder().encode('abc'))"));

        await OpenAsync($"/pack?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "删除" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".packs li")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_form_of_the_level_above_is_brought_mapped_and_filled()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/forms?{At}");
        await Assertions.Expect(Page.Locator("form[data-ready]")).ToBeVisibleAsync();
        ExpectErrors("422");
        await Page.Locator("#form-file").SetInputFilesAsync(new FilePayload { Name = "扫描件.xlsx", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传表样" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("不是报表文件")).ToBeVisibleAsync();

        await Page.Locator("#form-file").SetInputFilesAsync(Path.Combine(Repository.Root, "seed-data", "forms", "普法宣传活动月报表.xlsx"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传表样" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("29处中29处自动填写")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "修改“法律进机关 · 场次 · 本月”的对应" }).ClickAsync();
        await Page.GetByLabel("内容").SelectOptionAsync("measure:publicity.online");
        await Page.GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("线上普法活动，本月")).ToBeVisibleAsync();
        await AssertFitsAsync(Phone);
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await ScreenshotAsync("form");
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "填好并下载" }).ClickAsync());
        Assert.StartsWith("普法宣传活动月报表（法镇2026年", download.SuggestedFilename, StringComparison.Ordinal);

        // What was chosen is remembered; a figure opens its rows.
        await Page.ReloadAsync();
        await ReadyAsync(Page);
        await Assertions.Expect(Page.GetByText("线上普法活动，本月")).ToBeVisibleAsync();
        await Page.Locator(".blanks li", new() { HasText = "普法活动受众 · 人次 · 本年累计" }).Locator(".blank-value a").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "普法活动受众" })).ToBeVisibleAsync();
    }
}
