using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Watching the year: figures crossed and opened, targets revised, gaps handed out and answered.</summary>
[Collection(ReviewingCollection.Name)]
public sealed class WatchingTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    [BrowserFact]
    public async Task A_cell_of_a_breakdown_opens_as_many_rows_as_it_says()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync($"/indicators/disputes.mediated/breakdown?{At}&rows=disputeType&columns=month");
        var cell = Page.Locator(".cross tbody td a").First;
        var shown = int.Parse(await cell.InnerTextAsync(), CultureInfo.InvariantCulture);
        await cell.ClickAsync();
        await Assertions.Expect(Page.Locator(".page-head")).ToContainTextAsync(new Regex($"的{shown}条记录"));
        await Assertions.Expect(Page.Locator("a.row-link")).ToHaveCountAsync(shown);
        await Page.GoBackAsync();
        await Assertions.Expect(Page.Locator(".cross")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_target_is_revised_by_a_paper_and_says_what_is_missing()
    {
        await SignedInAsync("nz.administrator");
        await OpenAsync("/indicators/disputes.mediated/targets?unit=DH&year=2026");
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存目标" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#target-document-error")).ToBeVisibleAsync();
        await Page.Locator("#target-document").FillAsync("样例〔2026〕9号");
        await Page.Locator("#target-issued").FillAsync("2026-06-20");
        await Page.Locator("#target-effective").FillAsync("2026-07-01");
        await Page.Locator("#target-reason").FillAsync("年中追加任务");
        await Page.GetByLabel("大河镇新目标").FillAsync("199");
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存目标" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("已保存1个单位的目标")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".history tbody tr").Last).ToContainTextAsync("199");
        await ScreenshotAsync("targets");
    }

    [BrowserFact]
    public async Task A_gap_is_handed_to_a_village_which_finds_it_in_its_to_do()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync($"/gaps?{At}");
        var text = await Page.Locator(".gaps tbody tr .cell-title").First.InnerTextAsync();
        await Page.Locator(".gaps tbody tr button").First.ClickAsync();
        await Page.Locator("#assign-unit").SelectOptionAsync("FZ01");
        await Page.Locator("#assign-text").FillAsync("请三日内补齐");
        await Page.Locator("dialog .btn-primary").ClickAsync();
        await Assertions.Expect(Page.GetByText("已交办法镇社区")).ToBeVisibleAsync();
        await ScreenshotAsync("gaps");

        await Page.Context.ClearCookiesAsync();
        await SignedInAsync("fz01.recorder");
        await OpenAsync("/todo");
        await Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();
        await OpenAsync("/supervision");
        await Page.Locator(".works textarea").First.FillAsync("已补齐");
        await Page.GetByRole(AriaRole.Button, new() { Name = "反馈" }).First.ClickAsync();
        await Assertions.Expect(Page.GetByText("反馈：已补齐").First).ToBeVisibleAsync();
    }
}
