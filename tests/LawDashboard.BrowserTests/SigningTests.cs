using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>A report from its draft to its signature, by two people.</summary>
[Collection(PaperCollection.Name)]
public sealed class SigningTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2025";
    const string Typed = "近年来，干部学法成为习惯。";

    ILocator Button(string name, bool exact = true) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    async Task AsAsync(string account)
    {
        await Context.ClearCookiesAsync();
        await SignedInAsync(account);
    }

    Task PanelAsync(string panel) => OpenAsync($"/report?{At}&panel={panel}");

    [BrowserFact]
    public async Task A_report_goes_from_draft_over_an_assigned_section_a_remark_and_a_finding_signed_off_to_its_signature()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync($"/report?{At}");
        await Button("开始编写").ClickAsync();
        await Assertions.Expect(Button("编辑正文")).ToBeVisibleAsync();
        await PanelAsync("sections");
        await Page.GetByLabel("部分", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 3 });
        await Page.GetByLabel("编写人").SelectOptionAsync(new SelectOptionValue { Label = "样例填报员（法镇）" });
        await Button("分工").ClickAsync();
        await Assertions.Expect(Page.Locator(".parts li")).ToContainTextAsync("样例填报员");
        await PanelAsync("comments");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "批注" }).FillAsync("@样例填报员 请写明学法成效");
        await Button("添加批注").ClickAsync();
        await Assertions.Expect(Page.Locator(".remarks li")).ToContainTextAsync("请写明学法成效");

        await AsAsync("fz.recorder");
        await OpenAsync("/todo?unit=FZ&year=2026");
        var todo = Page.Locator("section[aria-labelledby='todo-reports']");
        await Assertions.Expect(todo).ToContainTextAsync("批注提到您");
        await todo.GetByRole(AriaRole.Link, new() { Name = "（二）", Exact = false }).ClickAsync();
        await Button("编辑本部分").ClickAsync();
        var text = Page.GetByRole(AriaRole.Textbox, new() { Name = "本部分" });
        await Assertions.Expect(text.Locator("[data-figure]").First).ToBeAttachedAsync();
        await text.PressAsync("Control+End");
        await Page.Keyboard.TypeAsync(Typed);
        await Button("保存修改").ClickAsync();
        await Assertions.Expect(Page.GetByText("已保存为第2版。")).ToBeVisibleAsync();
        await PanelAsync("sections");
        await Button("完成").ClickAsync();
        await Assertions.Expect(Page.Locator(".parts")).ToContainTextAsync("各部分都已完成");
        await PanelAsync("comments");
        await Button("回复").ClickAsync();
        await Page.GetByLabel("回复").FillAsync("已补写");
        await Button("发送").ClickAsync();
        await Assertions.Expect(Page.Locator(".remarks .answer")).ToContainTextAsync("已补写");
        await Button("处理完毕").ClickAsync();
        await Assertions.Expect(Page.Locator(".remarks")).ToContainTextAsync("0条待处理");
        await PanelAsync("signing");
        await Button("送审").ClickAsync();
        await Assertions.Expect(Button("撤回送审")).ToBeVisibleAsync();
        await Assertions.Expect(Button("编辑正文")).ToHaveCountAsync(0);

        await AsAsync("fz.leader");
        await OpenAsync("/todo?unit=FZ&year=2026");
        await Assertions.Expect(todo).ToContainTextAsync("等您签发");
        await PanelAsync("signing");
        await Button("签发").ClickAsync();
        await Button("确认签发").ClickAsync();
        await Assertions.Expect(Page.Locator("dialog [role=alert]")).ToContainTextAsync("处发现没有处理");
        await SignOffAllAsync();
        await PanelAsync("signing");
        await Button("签发").ClickAsync();
        await Button("确认签发").ClickAsync();
        await Assertions.Expect(Page.Locator(".signed")).ToContainTextAsync("第2版由样例负责人于");
        await Assertions.Expect(Page.Locator(".signed")).ToContainTextAsync("签发时核签的");
        await Page.GetByLabel("报送给（抄送）").FillAsync("区委、区政府");
        await Button("登记报送").ClickAsync();
        await Assertions.Expect(Page.Locator(".dispatches")).ToContainTextAsync("区委、区政府");
        await ScreenshotAsync("report-signed");

        await OpenAsync($"/report/compare?{At}&from=1&to=2");
        await Assertions.Expect(Page.Locator(".added")).ToContainTextAsync(Typed);
        await AssertFitsAsync(Phone);
        foreach (var panel in (string[])["signing", "sections", "comments", "parts", "versions"])
        {
            await PanelAsync(panel);
            await Assertions.Expect(Page.Locator("#report-paper")).ToContainTextAsync(Typed);
            await AssertFitsAsync(Phone);
        }
    }

    /// <summary>Takes every finding of the claim check upon himself.</summary>
    async Task SignOffAllAsync()
    {
        await PanelAsync("check");
        var head = Page.Locator(".findings h2");
        await Assertions.Expect(head).ToContainTextAsync("处未处理");
        for (var open = await OpenFindingsAsync(); open > 0; open--)
        {
            await Button("核签：", exact: false).First.ClickAsync();
            await Page.GetByLabel("核签理由").FillAsync("引用上级文件原文");
            await Button("核签").ClickAsync();
            await Assertions.Expect(head).ToContainTextAsync($"{open - 1}处未处理");
        }
        Assert.Equal(0, await OpenFindingsAsync());

        async Task<int> OpenFindingsAsync() => int.Parse(new string([.. (await head.InnerTextAsync()).SkipWhile(c => !char.IsDigit(c)).TakeWhile(char.IsDigit)]), System.Globalization.CultureInfo.InvariantCulture);
    }
}
