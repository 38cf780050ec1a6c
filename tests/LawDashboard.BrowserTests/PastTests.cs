using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Looking back, and an overview of one's own.</summary>
[Collection(ReviewingCollection.Name)]
public sealed class PastTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    [BrowserFact]
    public async Task A_figure_of_june_opens_the_rows_of_june_and_the_way_back_leads_to_now()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync("/?unit=FZ&year=2026&asof=2026-06-30");
        await Assertions.Expect(Page.GetByText("截至2026年6月30日的数据（只读）")).ToBeVisibleAsync();
        var figure = Page.Locator("a.figure").First;
        var shown = await figure.InnerTextAsync();
        await figure.ClickAsync();
        await Assertions.Expect(Page.Locator(".page-head h1")).ToContainTextAsync($"的{shown}条记录");
        await Assertions.Expect(Page.GetByText("截至2026年6月30日的数据（只读）")).ToBeVisibleAsync();
        // The past can only be read.
        await Assertions.Expect(Page.Locator("[data-list-new]")).ToHaveCountAsync(0);
        await Page.Locator("a.row-link").First.ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new() { Name = "现在的记录", Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "回到现在" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "打印" })).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".past-banner")).ToHaveCountAsync(0);

        await OpenAsync("/?unit=FZ&year=2026&asof=2026-02-30");
        await Assertions.Expect(Page.GetByText("没有“2026-02-30”这一天")).ToBeVisibleAsync();
        await Page.Locator("#past-again").FillAsync("2026-09-30");
        await Page.Locator("#past-again").PressAsync("Enter");
        await Assertions.Expect(Page.GetByText("截至2026年9月30日的数据（只读）")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "此后的变化" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".figures tbody tr").First).ToBeVisibleAsync();
        await Page.Locator(".figures td[data-label=差别] a").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".changed > li").First).ToBeVisibleAsync();
        await AssertFitsAsync(Phone);
    }

    [AxeFact]
    public async Task Blocks_are_moved_by_keyboard_and_put_back_and_the_wall_is_left_by_escape()
    {
        await SignedInAsync("fz01.recorder");
        await OpenAsync("/?unit=FZ01&year=2026");
        await Assertions.Expect(Page.Locator("[data-block]").First).ToHaveAttributeAsync("data-block", "todo");
        await Page.GetByRole(AriaRole.Button, new() { Name = "调整版面" }).ClickAsync();
        var down = Page.GetByRole(AriaRole.Button, new() { Name = "下移我的待办" });
        await down.FocusAsync();
        await down.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("[data-block]").Nth(1)).ToHaveAttributeAsync("data-block", "todo");
        await Assertions.Expect(down).ToBeFocusedAsync();
        await Page.GetByLabel("本周短板", new() { Exact = true }).First.UncheckAsync();
        await Assertions.Expect(Page.Locator("[data-block=gaps]")).ToHaveCountAsync(0);
        await AxeAsync();
        // Kept for the person, whatever he opens next and wherever.
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator("[data-block]").Nth(1)).ToHaveAttributeAsync("data-block", "todo");
        await Page.GetByRole(AriaRole.Button, new() { Name = "调整版面" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "恢复默认" }).ClickAsync();
        await Assertions.Expect(Page.Locator("[data-block]").First).ToHaveAttributeAsync("data-block", "todo");

        await OpenAsync("/wall?unit=FZ01&year=2026");
        await Assertions.Expect(Page.Locator(".wall[data-ready] .wall-tasks")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator(".menu")).ToBeHiddenAsync();
        await AxeAsync();
        await AssertFitsAsync(Phone);
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Page.Locator("[data-block]").First).ToBeVisibleAsync();

        foreach (var path in (string[])["/?unit=FZ01&year=2026&asof=2026-06-30", "/changes?unit=FZ01&year=2026&since=2026-06-30", "/ledgers/mediation?unit=FZ01&year=2026&asof=2026-06-30"])
        {
            await OpenAsync(path);
            await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(Page.Locator(".skeleton")).ToHaveCountAsync(0);
            await AxeAsync();
        }
    }
}
