using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>An administrator looks at what a change of a measure would do before it is made; nothing of the shared county is changed.</summary>
[Collection(PaperCollection.Name)]
public sealed class DefinitionTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    [AxeFact]
    public async Task A_change_of_a_measure_shows_what_it_would_do_and_is_not_saved_without_a_reason()
    {
        await SignedInAsync("nz.administrator");
        await OpenAsync("/admin/measures/mediation.succeeded?unit=FZ&year=2026");
        await Assertions.Expect(Page.Locator(".live")).ToContainTextAsync("为“调解成功”的记录");
        await Page.GetByLabel("调解不成", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(Page.Locator(".live")).ToContainTextAsync("为“调解成功”或“调解不成”的记录");
        await Page.GetByRole(AriaRole.Button, new() { Name = "试算影响" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".preview-sum")).ToContainTextAsync(new Regex("新计入\\d+条，不再计入0条"));
        await Assertions.Expect(Page.Locator(".preview")).ToContainTextAsync("人民调解成功率");
        await AxeAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存并重新统计" }).ClickAsync();
        await Page.Locator("dialog .btn-primary").ClickAsync();
        await Assertions.Expect(Page.Locator("dialog")).ToContainTextAsync("请写明调整原因");
        await Page.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await Assertions.Expect(Page.Locator("dialog")).ToHaveCountAsync(0);

        foreach (var path in (string[])["/admin/measures", "/admin/indicator-tree", "/admin/accounts", "/admin/units", "/admin/audit"])
        {
            await OpenAsync($"{path}?unit=NZ&year=2026");
            await Assertions.Expect(Page.Locator(".table").First).ToBeAttachedAsync();
            // Measures lie folded by ledger until one is asked for.
            if (await Page.Locator("details:not([open]):has(.table)").CountAsync() > 0) await Page.Locator("details:not([open]):has(.table) > summary").First.ClickAsync();
            await Assertions.Expect(Page.Locator(".table").First).ToBeVisibleAsync();
            await AxeAsync();
        }
    }
}
