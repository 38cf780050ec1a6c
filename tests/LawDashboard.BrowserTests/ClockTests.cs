using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Time limits, the to-do list and case files as people meet them, at a desk and on a phone.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class ClockTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    [BrowserFact]
    public async Task The_to_do_list_shows_each_group_with_its_count_and_leads_to_all_of_it()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/todo?{At}");
        foreach (var group in (string[])["overdue", "review", "casefiles", "evidence"])
            await Assertions.Expect(Page.Locator($"[data-group={group}]")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".table-of-units tbody tr").First).ToBeVisibleAsync();
        var count = Number(await Page.Locator("[data-group=casefiles] h2 .badge").InnerTextAsync());
        await ScreenshotAsync("todo");
        await AssertFitsAsync(Phone);
        await ScreenshotAsync("todo");
        await AssertFitsAsync(Desk);

        await Page.Locator("[data-group=casefiles] .head a").ClickAsync();
        await Assertions.Expect(Page.Locator(".page-line")).ToContainTextAsync($"共{count.ToString("#,##0", CultureInfo.InvariantCulture)}件");
        Assert.Equal(Math.Min(count, 50), await Page.Locator("tbody tr").CountAsync());

        // A village's number in the table of the town is that village's list.
        await OpenAsync($"/todo?{At}");
        var cell = Page.Locator(".table-of-units tbody a[href*='/todo/casefiles']").First;
        var inVillage = Number(await cell.InnerTextAsync());
        await cell.ClickAsync();
        await Assertions.Expect(Page.Locator(".page-line")).ToContainTextAsync($"共{inVillage}件");
    }

    [BrowserFact]
    public async Task A_petition_logged_late_raises_the_badge_and_its_entry_explains_the_day()
    {
        await SignedInAsync("fz.recorder");
        await OpenAsync($"/todo?{At}");
        var badge = Page.Locator(".menu .todo-badge");
        await Assertions.Expect(badge).ToBeVisibleAsync();
        var overdue = Number(await Page.Locator("[data-group=overdue] h2 .badge").InnerTextAsync());

        var clerk = await NewPageAsync();
        await OpenAsync($"/ledgers/petitions/new?{At}", clerk);
        await FillAsync(clerk, "petitionedOn", "2026-02-10");
        await FillAsync(clerk, "registeredOn", "2026-02-10");
        await ChooseAsync(clerk, "source", "上级转送");
        await ChooseAsync(clerk, "notOurs", "是");
        var strip = clerk.Locator(".form-clocks");
        // Five working days over the Spring Festival, beside the form while typing.
        await Assertions.Expect(strip).ToContainTextAsync("转送交办件异议");
        await Assertions.Expect(strip).ToContainTextAsync("2026年2月24日到期");
        await ChooseAsync(clerk, "form", "来访");
        await ChooseAsync(clerk, "visitKind", "初次信访");
        await FillAsync(clerk, "petitioner", "张样例");
        await ChooseAsync(clerk, "category", "申诉求决");
        await clerk.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(clerk).ToHaveURLAsync(EditAddress());

        // Nobody reloads the other page.
        await Assertions.Expect(Page.Locator("[data-group=overdue] h2 .badge")).ToHaveTextAsync($"{overdue + 1}件");

        await OpenAsync(clerk.Url.Replace("/edit", "", StringComparison.Ordinal), clerk);
        var clock = clerk.Locator("[data-clock='petition.objection']");
        await clock.GetByText("为什么是这一天").ClickAsync();
        await Assertions.Expect(clock).ToContainTextAsync("2026年2月15日（周日）至2026年2月23日（周一）：春节假期，不计9天");
        await Assertions.Expect(clock).ToContainTextAsync("周六调休上班（春节）");
        await Assertions.Expect(clock).ToContainTextAsync("《信访工作条例》第二十三条第三款");
        await clock.GetByText("逐日查看").ClickAsync();
        Assert.Equal(15, await clock.Locator("tbody tr").CountAsync());
        await clerk.SetViewportSizeAsync(Phone.Width, Phone.Height);
        Assert.True(await clerk.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Phone.Width);
        await clock.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), "lawdashboard-clock.png") });

        // The button leads to the very field that ends the limit.
        await clock.GetByRole(AriaRole.Link, new() { Name = "填写提出异议（交还）日期" }).ClickAsync();
        await Assertions.Expect(clerk.Locator("#f-objectionOn")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_ledger_can_be_narrowed_to_what_is_overdue_and_says_by_how_much()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/screening?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Page.GetByLabel("时限", new() { Exact = true }).SelectOptionAsync("overdue");
        await Assertions.Expect(Page.Locator(".chip")).ToContainTextAsync("时限：已逾期");
        await Assertions.Expect(Page.Locator(".rows tbody tr").First).ToContainTextAsync("逾期");
        Assert.Contains("x.clock=overdue", Page.Url, StringComparison.Ordinal);
        Assert.Equal(await Page.Locator(".rows tbody tr").CountAsync(), await Page.Locator(".rows tbody tr:has-text('逾期')").CountAsync());
    }

    [BrowserFact]
    public async Task A_case_file_is_taken_along_masked_and_in_full_only_with_a_reason()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/todo/casefiles?{At}");
        await Page.Locator("tbody a").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".casefile .lacks").First).ToBeVisibleAsync();
        var masked = await DocumentAsync(await Page.RunAndWaitForDownloadAsync(() => Page.Locator(".casefile a[download]").ClickAsync()));
        Assert.Contains("卷内目录", masked, StringComparison.Ordinal);
        Assert.Contains("个人信息已隐藏", masked, StringComparison.Ordinal);

        await Page.GetByRole(AriaRole.Button, new() { Name = "下载归档正本" }).ClickAsync();
        await Page.Locator("dialog textarea").FillAsync("立卷归档");
        var whole = await DocumentAsync(await Page.RunAndWaitForDownloadAsync(() => Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "下载" }).ClickAsync()));
        Assert.DoesNotContain("个人信息已隐藏", whole, StringComparison.Ordinal);
    }

    [AxeFact]
    public async Task To_do_list_entry_and_narrowed_list_have_no_violation_at_a_desk_and_on_a_phone()
    {
        await SignedInAsync("fz.reviewer");
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await Page.SetViewportSizeAsync(screen.Width, screen.Height);
            await OpenAsync($"/todo?{At}");
            await Assertions.Expect(Page.Locator(".table-of-units")).ToBeVisibleAsync();
            await AxeAsync();
            await OpenAsync($"/todo/overdue?{At}");
            await Assertions.Expect(Page.Locator("tbody tr").First).ToBeVisibleAsync();
            await AxeAsync();
            await Page.Locator("tbody a").First.ClickAsync();
            await Page.GetByText("为什么是这一天").First.ClickAsync();
            await AxeAsync();
        }
    }

    static async Task FillAsync(IPage page, string field, string text)
    {
        await page.Locator($"#f-{field}").FillAsync(text);
        await page.Locator($"#f-{field}").PressAsync("Tab");
    }

    static async Task ChooseAsync(IPage page, string field, string label) =>
        await page.Locator($"label.choice:has(input[name='f-{field}'])").Filter(new() { HasTextRegex = new($"^\\s*{Regex.Escape(label)}\\s*$") }).ClickAsync();

    static async Task<string> DocumentAsync(IDownload download)
    {
        using var zip = ZipFile.OpenRead(await download.PathAsync());
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return await reader.ReadToEndAsync();
    }

    static int Number(string text) => int.Parse(Digits().Match(text.Replace(",", "", StringComparison.Ordinal)).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"/entries/\d+/edit")]
    private static partial Regex EditAddress();
}
