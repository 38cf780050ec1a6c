using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>The year's work as its people do it: log, see it counted, review, open a figure's rows, take the ledger and the report away.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class MainJobTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    [BrowserFact]
    public async Task What_is_logged_shows_on_an_open_overview_and_its_figure_opens_the_rows()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/?{At}");
        var overview = Page;
        var (_, pendingBefore) = await CountsAsync(overview);

        var clerk = await NewPageAsync();
        var topic = $"民法典专题讲座{Guid.NewGuid():N}"[..20];
        await OpenAsync($"/ledgers/lectures/new?{At}", clerk);
        await ChooseAsync(clerk, "audience", 0);
        await clerk.Locator("#f-topic").FillAsync(topic);
        await ChooseAsync(clerk, "lecturerKind", 0);
        await clerk.Locator("#f-attended").FillAsync("42");
        await clerk.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(clerk).ToHaveURLAsync(EntryAddress());
        var lecture = clerk.Url;

        await OpenAsync($"/ledgers/mediation/new?{At}", clerk);
        foreach (var field in (string[])["source", "committeeKind"]) await ChooseAsync(clerk, field, 0);
        foreach (var (field, text) in ((string, string)[])[("committee", "法镇人民调解委员会"), ("chiefMediator", "样例调解员"), ("applicant", "张样例"),
            ("respondent", "王样例"), ("people", "2"), ("summary", "因相邻排水发生争执，双方申请调解。")])
            await clerk.Locator($"#f-{field}").FillAsync(text);
        await ChooseAsync(clerk, "disputeType", 0);
        await clerk.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(clerk).ToHaveURLAsync(EntryAddress());

        // Nobody reloads the overview.
        await Assertions.Expect(overview.Locator(".page-line").First).ToContainTextAsync($"待审{pendingBefore + 2}条");

        await OpenAsync(lecture, clerk);
        await clerk.GetByRole(AriaRole.Button, new() { Name = "审核通过" }).ClickAsync();
        await Assertions.Expect(overview.Locator(".page-line").First).ToContainTextAsync($"待审{pendingBefore + 1}条");
        await ScreenshotAsync("overview");

        await OpenAsync($"/ledgers/lectures?{At}&measure=ledger.lectures&q={Uri.EscapeDataString(topic)}", overview);
        await Assertions.Expect(overview.GetByText(topic).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_number_on_a_card_is_the_number_of_rows_that_it_opens()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync($"/?{At}");
        var figure = Page.Locator("a[href*='/ledgers/'][href*='measure=']").First;
        await Assertions.Expect(figure).ToBeVisibleAsync();
        var shown = int.Parse(Digits().Match((await figure.InnerTextAsync()).Replace(",", "", StringComparison.Ordinal)).Value, CultureInfo.InvariantCulture);
        await figure.ClickAsync();
        await Assertions.Expect(Page.Locator(".page-head")).ToContainTextAsync($"{shown}");
    }

    [BrowserFact]
    public async Task A_wrong_value_is_shown_at_its_field_and_nothing_typed_is_lost()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync("信访工作条例讲座");
        await Page.Locator("#f-attended").FillAsync("四十人左右");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page.Locator("#f-attended-error")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("#f-attended")).ToHaveValueAsync("四十人左右");
        await Assertions.Expect(Page.Locator("#f-topic")).ToHaveValueAsync("信访工作条例讲座");
        await ScreenshotAsync("form-errors");
    }

    [BrowserFact]
    public async Task The_list_leaves_as_an_Excel_ledger_and_the_report_as_a_Word_document()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/mediation?{At}&state=approved");
        var ledger = await Page.RunAndWaitForDownloadAsync(() => Page.GetByText("导出台账").ClickAsync());
        Assert.Equal("法镇2026年度人民调解案件登记台账.xlsx", ledger.SuggestedFilename);
        using (var file = ZipFile.OpenRead(await ledger.PathAsync()))
            Assert.Contains(file.Entries, entry => entry.FullName == "xl/workbook.xml");

        await OpenAsync($"/report?{At}");
        await Assertions.Expect(Page.GetByText("强化组织领导").First).ToBeVisibleAsync();
        var report = await Page.RunAndWaitForDownloadAsync(() => Page.GetByText("下载 Word").First.ClickAsync());
        Assert.EndsWith(".docx", report.SuggestedFilename, StringComparison.Ordinal);
        using (var file = ZipFile.OpenRead(await report.PathAsync()))
            Assert.Contains(file.Entries, entry => entry.FullName == "word/document.xml");
    }

    [BrowserFact]
    public async Task Every_page_fits_a_desk_and_a_phone()
    {
        await SignedInAsync("fz.reviewer");
        foreach (var (name, path) in ((string, string)[])[("overview", "/"), ("ledgers", "/ledgers"), ("list", "/ledgers/mediation"), ("form", "/ledgers/publicity/new"),
            ("todo", "/todo"), ("indicators", "/indicators"), ("report", "/report")])
            foreach (var screen in (ViewportSize[])[Desk, Phone])
            {
                await Page.SetViewportSizeAsync(screen.Width, screen.Height);
                await OpenAsync($"{path}?{At}");
                await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
                await AssertFitsAsync(screen);
                await ScreenshotAsync(name);
            }
        await OpenAsync($"/ledgers/mediation?{At}");
        await Page.Locator("a[href*='/entries/']").First.ClickAsync();
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
            await AssertFitsAsync(screen);
            await ScreenshotAsync("entry");
        }
    }

    [BrowserFact]
    public async Task An_unknown_ledger_unit_or_year_is_a_page_that_names_it()
    {
        await SignedInAsync("fz.reviewer");
        ExpectErrors("404");
        foreach (var (path, named) in ((string, string)[])[("/ledgers/nonsense", "nonsense"), ("/?unit=ZZ99&year=2026", "ZZ99"), ("/?unit=FZ&year=1812", "1812"), ("/?unit=DH&year=2026", "DH")])
        {
            var answer = await Page.GotoAsync(path);
            Assert.Equal(404, answer?.Status);
            await Assertions.Expect(Page.Locator("h1").First).ToContainTextAsync(named);
        }
    }

    static async Task ChooseAsync(IPage page, string field, int at)
    {
        var options = page.Locator($"input[type=radio][name='f-{field}']");
        var input = page.Locator($"#f-{field}");
        await Assertions.Expect(input).ToBeAttachedAsync();
        if (await options.CountAsync() > 0)
        {
            await options.Nth(at).CheckAsync(new() { Force = true });
            return;
        }
        await input.ClickAsync();
        await page.Locator($"[role=option]:visible").Nth(at).ClickAsync();
    }

    static async Task<(int Approved, int Pending)> CountsAsync(IPage page)
    {
        var line = page.Locator(".page-line").First;
        await Assertions.Expect(line).ToContainTextAsync("待审");
        var match = Counts().Match((await line.InnerTextAsync()).Replace(",", "", StringComparison.Ordinal));
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"/entries/\d+")]
    private static partial Regex EntryAddress();
    [GeneratedRegex(@"已审(\d+)条，待审(\d+)条")]
    private static partial Regex Counts();
    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
