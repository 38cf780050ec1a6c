using System.Text;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>An old file is taken over: uploaded, its columns looked at, its findings seen at their cells, imported, undone.</summary>
[Collection(PaperCollection.Name)]
public sealed partial class ImportTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    static readonly string Csv = """
        法镇2026年普法宣传活动台账,,,,,
        序号,时间,做了什么,宣传方式,组织单位,受教育人次
        1,2026.3.5,导入样例一,讲座,司法所,约50人
        2,某天,导入样例二,讲座,司法所,30
        3,3月7日,导入样例三,讲座,司法所,1.2万
        合计,,,,,12080
        """;

    [BrowserFact]
    public async Task An_old_file_is_uploaded_matched_previewed_imported_and_undone()
    {
        await SignedInAsync("fz.reviewer");
        await OpenAsync($"/ledgers/publicity?{At}");
        await Page.GetByRole(AriaRole.Link, new() { Name = "导入 Excel" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#import-ledger")).ToHaveValueAsync("publicity");

        // Nothing chosen, and a file of another kind: each is said beside the field.
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传并检查" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("请先选择文件")).ToBeVisibleAsync();
        ExpectErrors("422");
        await Page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "台账.xls", MimeType = "application/vnd.ms-excel", Buffer = "%PDF-1.7"u8.ToArray() });
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传并检查" }).ClickAsync();
        await Assertions.Expect(Page.GetByText("这是 PDF 文件")).ToBeVisibleAsync();

        await Page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "普法2026.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Csv) });
        await Page.GetByRole(AriaRole.Button, new() { Name = "上传并检查" }).ClickAsync();
        await Page.WaitForURLAsync(JobAddress());

        // The columns: what was not recognised is chosen by hand.
        await Assertions.Expect(Page.GetByLabel("受教育人次")).ToHaveValueAsync("audience");
        await Assertions.Expect(Page.GetByText("必填的活动主题没有对应的列")).ToBeVisibleAsync();
        await Page.GetByLabel("做了什么").SelectOptionAsync("theme");
        await Assertions.Expect(Page.GetByText("必填的活动主题没有对应的列")).ToBeHiddenAsync();
        await ScreenshotAsync("import-columns");
        await Page.GetByRole(AriaRole.Button, new() { Name = "检查数据" }).ClickAsync();

        // The preview: a finding at each cell, the total left out.
        await Assertions.Expect(Page.GetByText("共3行数据，另有合计行1行不算数据")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("td.cell-bad")).ToContainTextAsync("B4");
        await Assertions.Expect(Page.Locator("td.cell-info", new() { HasText = "约50人" })).ToContainTextAsync("F3");
        await ScreenshotAsync("import-preview");
        var marked = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "下载标出问题的表" }).ClickAsync());
        Assert.Equal("普法2026（标出问题）.xlsx", marked.SuggestedFilename);
        await Page.GetByRole(AriaRole.Button, new() { Name = "导入2条" }).ClickAsync();

        await Assertions.Expect(Page.GetByText("已导入：新增2条")).ToBeVisibleAsync();
        await OpenInTabAsync($"/ledgers/publicity?{At}&q={Uri.EscapeDataString("导入样例")}", "导入样例三", shown: true);

        await Page.GetByRole(AriaRole.Button, new() { Name = "撤销这次导入" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "撤销", Exact = true }).ClickAsync();
        await Assertions.Expect(Page.GetByText("已撤销：去掉新增的2条")).ToBeVisibleAsync();
        await OpenInTabAsync($"/ledgers/publicity?{At}&q={Uri.EscapeDataString("导入样例")}", "导入样例三", shown: false);
        await OpenAsync($"/import?{At}");
        await Assertions.Expect(Page.GetByRole(AriaRole.Row, new() { NameRegex = Undone() }).First).ToBeVisibleAsync();
    }

    async Task OpenInTabAsync(string path, string text, bool shown)
    {
        var tab = await NewPageAsync();
        await OpenAsync(path, tab);
        if (shown) await Assertions.Expect(tab.GetByText(text).First).ToBeVisibleAsync();
        else await Assertions.Expect(tab.GetByText("没有符合条件的记录")).ToBeVisibleAsync();
        await tab.CloseAsync();
    }

    [GeneratedRegex("/import/[0-9a-f]{32}")]
    private static partial Regex JobAddress();

    [GeneratedRegex("普法2026.csv.*已由.*撤销")]
    private static partial Regex Undone();
}
