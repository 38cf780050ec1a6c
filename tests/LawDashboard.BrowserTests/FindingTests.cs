using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Finding entries and changing many of them, with the keys and the clipboard that people use. What is changed is undone.</summary>
[Collection(PaperCollection.Name)]
public sealed partial class FindingTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    static readonly ViewportSize Narrow = new() { Width = 1024, Height = 768 };

    ILocator Rows => Page.Locator(".row-link");
    ILocator Cell(int row, int column) => Page.Locator($"td[data-cell='{row},{column}']");

    [BrowserFact]
    public async Task The_search_box_finds_while_one_types_and_Enter_shows_all_finds_by_ledger()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/?{At}");
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("邻里");
        var panel = Page.Locator("#search-panel");
        await Assertions.Expect(panel.Locator("mark").First).ToHaveTextAsync("邻里");
        await ScreenshotAsync("search-panel", wholePage: false);
        await Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(panel.Locator(".found").First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/search"));
        var chips = Page.Locator(".by-ledger a");
        await Assertions.Expect(chips.Nth(1)).ToContainTextAsync("人民调解");
        var all = Digits().Match(await chips.Nth(1).InnerTextAsync()).Value;
        await chips.Nth(1).ClickAsync();
        await Assertions.Expect(Page.Locator(".short")).ToHaveCountAsync(1);
        await Assertions.Expect(Page.Locator(".short h2")).ToContainTextAsync($"{all}条");
        await Assertions.Expect(Page.Locator(".pager").First).ToContainTextAsync($"共{all}条");
        foreach (var screen in (ViewportSize[])[Desk, Narrow, Phone]) await AssertFitsAsync(screen);
        await ScreenshotAsync("search");
    }

    [BrowserFact]
    public async Task A_list_comes_back_as_it_was_left_and_opens_anew_in_ones_own_order()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/mediation?{At}");
        await Assertions.Expect(Rows.First).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("/");
        await Assertions.Expect(Page.Locator("[data-list-search]")).ToBeFocusedAsync();
        await Page.Locator("[data-list-search]").FillAsync("");
        await Page.Keyboard.TypeAsync("邻里");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("q="));
        await Page.GetByRole(AriaRole.Link, new() { Name = "标题" }).ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("sort=title"));
        await Assertions.Expect(Page.Locator("th[aria-sort]")).ToContainTextAsync("标题");
        await Assertions.Expect(Page.Locator("table[aria-busy]")).ToHaveCountAsync(0);

        await Page.EvaluateAsync("scrollTo(0, 500)");
        var (left, title) = (Page.Url, await Rows.Nth(18).InnerTextAsync());
        await Rows.Nth(18).ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(@"/entries/\d+"));
        await Page.GoBackAsync();
        await Assertions.Expect(Rows.Nth(18)).ToBeFocusedAsync();
        Assert.Equal((left, title), (Page.Url, await Rows.Nth(18).InnerTextAsync()));
        await Page.WaitForFunctionAsync("scrollY === 500");

        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(@"/entries/\d+"));
        await Page.Locator(".crumbs a", new() { HasText = "人民调解案件登记台账" }).ClickAsync();
        await Assertions.Expect(Rows.Nth(19)).ToBeFocusedAsync();

        await OpenAsync($"/ledgers/mediation?{At}");
        await Assertions.Expect(Page.Locator("th[aria-sort]")).ToContainTextAsync("标题");
        await Assertions.Expect(Page.Locator("[data-list-search]")).ToHaveValueAsync("");
        await Page.GetByRole(AriaRole.Link, new() { Name = "受理日期" }).ClickAsync();
        await Assertions.Expect(Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("受理日期");
        await Page.Keyboard.PressAsync("n");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/ledgers/mediation/new"));
    }

    [BrowserFact]
    public async Task A_filter_is_kept_under_a_name_opened_by_others_of_the_unit_and_deleted()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/petitions?{At}&state=approved");
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存当前筛选" }).ClickAsync();
        await Page.Locator("#filter-name").FillAsync("只看已审");
        await Page.GetByLabel("共享给本单位").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        var chip = Page.Locator(".shelf .chip");
        await Assertions.Expect(chip).ToHaveAttributeAsync("aria-current", "true");

        await OpenAsync($"/ledgers/petitions?{At}");
        await chip.ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("state=approved"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "管理筛选" }).ClickAsync();
        await Page.GetByLabel("只看已审的名称").FillAsync("已审的");
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(chip).ToContainTextAsync("已审的");
        await Page.GetByRole(AriaRole.Button, new() { Name = "删除已审的" }).ClickAsync();
        await Assertions.Expect(chip).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Chosen_columns_are_there_the_next_time()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync($"/ledgers/mediation?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "列", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "案件来源", Exact = true }).CheckAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "编号", Exact = true }).UncheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();
        await Assertions.Expect(Page.Locator("thead")).ToContainTextAsync("案件来源");
        await OpenAsync($"/ledgers/mediation?{At}");
        await Assertions.Expect(Page.Locator("thead")).ToContainTextAsync("案件来源");
        await Assertions.Expect(Page.Locator("thead")).Not.ToContainTextAsync("编号");
        foreach (var screen in (ViewportSize[])[Narrow, Phone, Desk]) await AssertFitsAsync(screen);
        await Page.GetByRole(AriaRole.Button, new() { Name = "列", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "恢复默认" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();
        await Assertions.Expect(Page.Locator("thead")).ToContainTextAsync("编号");
    }

    [BrowserFact]
    public async Task Many_entries_are_approved_at_once_after_a_preview_and_that_is_undone_at_once()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/mediation?{At}");
        var line = Page.Locator(".page-line").First;
        await Assertions.Expect(line).ToContainTextAsync("待审");
        var before = await line.InnerTextAsync();
        await Page.Locator("[data-list-pick]").First.CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "选择筛选出的全部" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "审核通过" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".preview")).ToContainTextAsync("不能办理：");
        await ScreenshotAsync("bulk-preview", wholePage: false);
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^办理") }).ClickAsync();
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("没有办理");
        await Assertions.Expect(line).ToContainTextAsync("待审0条");
        await Page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("恢复原样");
        await Assertions.Expect(line).ToHaveTextAsync(before);
    }

    [BrowserFact]
    public async Task A_block_is_pasted_into_the_grid_wrong_cells_say_why_and_all_is_saved_and_undone_as_one()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/mediation?{At}&state=submitted");
        await Assertions.Expect(Rows.Nth(2)).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "表格修改" }).ClickAsync();
        await Assertions.Expect(Page.Locator("[data-active]")).ToHaveAttributeAsync("data-cell", "0,0");
        // 纠纷类型 is the fifth of the ordinary columns.
        await Page.Keyboard.PressAsync("End");
        for (var i = 0; i < 3; i++) await Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(Page.Locator("[data-active]")).ToHaveAttributeAsync("data-cell", "0,4");
        var before = await Cell(0, 4).InnerTextAsync();
        await Page.EvaluateAsync("""
            text => {
              const data = new DataTransfer();
              data.setData('text/plain', text);
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, "合同\r\n不认识的\r\n");
        await Assertions.Expect(Cell(0, 4)).ToHaveTextAsync("合同");
        await Assertions.Expect(Cell(1, 4)).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(Page.Locator(".bar")).ToContainTextAsync("1格不对");
        await ScreenshotAsync("grid", wholePage: false);
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("F2");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("Control+d");
        await Assertions.Expect(Cell(1, 4)).ToHaveTextAsync("合同");
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存全部改动" }).ClickAsync();
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("已办理");
        await Assertions.Expect(Page.Locator(".bar")).ToContainTextAsync("还没有改动");
        await Page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Assertions.Expect(Cell(0, 4)).ToHaveTextAsync(before);
        await AssertFitsAsync(Narrow);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
