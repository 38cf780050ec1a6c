using System.IO.Compression;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>The yearly report as it is worked on: begun, edited, drafted again, checked, taken to Word and back.</summary>
[Collection(PaperCollection.Name)]
public sealed class ReportTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    // Another town than the other tests', so that their entries and these don't meet.
    const string At = "unit=DH&year=2025";
    const string Typed = "近年来，各村普遍重视。";

    [BrowserFact]
    public async Task An_edited_sentence_survives_a_new_draft_and_its_finding_is_signed_off()
    {
        await SignedInAsync("dh.recorder");
        await OpenAsync($"/report?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "开始编写" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "编辑正文" }).ClickAsync();
        var text = Page.GetByRole(AriaRole.Textbox, new() { Name = "报告正文" });
        await Assertions.Expect(text.Locator("[data-figure]").Nth(100)).ToBeAttachedAsync();
        var figures = await text.Locator("[data-figure]").CountAsync();
        await text.Locator("p[id], p[data-paragraph]").Nth(1).ClickAsync();
        await Page.Keyboard.PressAsync("Control+Home");
        await text.Locator("[data-paragraph='4']").ClickAsync(new() { Position = new() { X = 2, Y = 12 } });
        await Page.Keyboard.PressAsync("Home");
        await Page.Keyboard.TypeAsync(Typed);

        // Left without saving, the text is there again.
        await Page.EvaluateAsync("window.onbeforeunload = null");
        Page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await OpenAsync($"/report?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "编辑正文" }).ClickAsync();
        await Assertions.Expect(text).ToContainTextAsync(Typed);
        await Page.GetByRole(AriaRole.Button, new() { Name = "保存修改" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("已保存为第2版。")).ToBeVisibleAsync();
        var paper = Page.Locator("#report-paper");
        await Assertions.Expect(paper).ToContainTextAsync(Typed);
        Assert.Equal(figures, await paper.Locator(".live").CountAsync());

        await Page.GotoAsync($"/report/merge?{At}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "采用合并结果" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("已保存为第3版。")).ToBeVisibleAsync();
        await Assertions.Expect(paper).ToContainTextAsync(Typed);

        await Page.GetByRole(AriaRole.Link, new() { Name = "核查" }).ClickAsync();
        var finding = Page.Locator(".findings li").Filter(new() { HasText = "时间口径" });
        await finding.Locator(".place").ClickAsync();
        Assert.Equal("近年来", await Page.EvaluateAsync<string>("[...CSS.highlights.get('finding')][0].toString()"));
        await finding.GetByRole(AriaRole.Button, new() { Name = "核签" }).ClickAsync();
        await finding.GetByLabel("核签理由").FillAsync("引用上级文件原文");
        await finding.GetByRole(AriaRole.Button, new() { Name = "核签", Exact = true }).ClickAsync();
        await Assertions.Expect(Page.Locator(".findings")).ToContainTextAsync("0处未处理，1处已核签");
        await ScreenshotAsync("report-check");

        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByText("下载 Word").First.ClickAsync());
        Assert.Contains("第3版", download.SuggestedFilename, StringComparison.Ordinal);
        var file = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.docx");
        await download.SaveAsAsync(file);
        using (var zip = ZipFile.OpenRead(file)) Assert.Contains(zip.Entries, entry => entry.FullName == "docProps/custom.xml");
        await Page.GetByRole(AriaRole.Link, new() { Name = "版本" }).ClickAsync();
        await Page.Locator("#report-file").SetInputFilesAsync(file);
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传并核对合并" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("没有需要选择的地方")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "放弃这份修改稿" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".versions li")).ToHaveCountAsync(3);

        ExpectErrors("422");
        await File.WriteAllTextAsync(file, "PK\u0003\u0004 broken");
        await Page.Locator("#report-file").SetInputFilesAsync(file);
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传并核对合并" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#report-upload [role=alert]")).ToContainTextAsync("已损坏");
        File.Delete(file);
    }

    [BrowserFact]
    public async Task A_figure_opens_its_source_and_every_part_of_the_page_fits_a_phone()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync("/report?unit=FZ&year=2025");
        await Page.Locator("#report-paper .live").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".drawer").GetByText("查看明细").First).ToBeVisibleAsync();
        foreach (var panel in (string[])["check", "versions"])
        {
            await OpenAsync($"/report?unit=FZ&year=2025&panel={panel}");
            await Assertions.Expect(Page.Locator("#report-paper")).ToBeVisibleAsync();
            await AssertFitsAsync(Phone);
            await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        }
    }
}
