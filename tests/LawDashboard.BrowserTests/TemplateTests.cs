using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>A unit's own text of a report template, written on the page.</summary>
[Collection(PaperCollection.Name)]
public sealed class TemplateTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    // A year and a template that no other test drafts.
    const string At = "unit=DH&year=2024";

    [BrowserFact]
    public async Task A_sentence_typed_into_a_template_stands_in_the_report_once_its_error_is_mended()
    {
        await SignedInAsync("dh.recorder");
        await OpenAsync($"/report/templates/principal-duty?{At}");
        await Assertions.Expect(Page.Locator(".template-input[data-ready]")).ToBeVisibleAsync();
        var text = Page.GetByRole(AriaRole.Textbox, new() { Name = "模板文字" });
        await Assertions.Expect(Page.GetByText("没有发现问题，可以保存。")).ToBeVisibleAsync();
        await text.EvaluateAsync("t => { t.focus(); const at = t.value.indexOf('## 三'); t.setSelectionRange(at, at); }");
        await Page.Keyboard.InsertTextAsync("牵头包抓{visits.held}件积案。\n");

        // The error stands at its line; a click goes there; nothing can be saved meanwhile.
        var finding = Page.Locator("#template-findings li");
        await Assertions.Expect(finding).ToContainTextAsync("visits.held");
        await Assertions.Expect(Page.Locator(".gutter .bad")).ToHaveCountAsync(1);
        await finding.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("牵头包抓{visits.held}件积案。", await text.EvaluateAsync<string>("t => t.value.slice(t.selectionStart, t.selectionEnd)"));
        await ScreenshotAsync("template-error");

        // Typed over by one that the picker puts in.
        await Page.Keyboard.InsertTextAsync("牵头包抓信访积案件。");
        await Page.GetByLabel("按名称查找数据项").FillAsync("信访积案");
        await text.EvaluateAsync("t => { const at = t.value.indexOf('信访积案件。') + 4; t.focus(); t.setSelectionRange(at, at); }");
        await Page.GetByRole(AriaRole.Button, new() { Name = "插入数：信访积案" }).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("牵头包抓信访积案\\{petitions\\.backlog\\}件。"));
        await Assertions.Expect(Page.GetByText("没有发现问题，可以保存。")).ToBeVisibleAsync();

        // Left and come back to, it is there again; saved, it is in force.
        await Page.EvaluateAsync("window.onbeforeunload = null");
        await OpenAsync($"/report/templates/principal-duty?{At}");
        await Assertions.Expect(Page.GetByText("已恢复本机上次没有保存的修改。")).ToBeVisibleAsync();
        await Page.Locator("#template-save").ClickAsync();
        await Assertions.Expect(Page.GetByText("已保存为第1版，以后起草报告用这个模板。")).ToBeVisibleAsync();
        await Page.GetByText("版本和差异").ClickAsync();
        await Assertions.Expect(Page.Locator(".diff .added")).ToContainTextAsync("牵头包抓信访积案");
        await Page.GetByRole(AriaRole.Button, new() { Name = "恢复出厂模板" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "恢复出厂模板" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("已恢复出厂模板。")).ToBeVisibleAsync();
        await Assertions.Expect(text).Not.ToHaveValueAsync(new System.Text.RegularExpressions.Regex("牵头包抓"));
    }
}
