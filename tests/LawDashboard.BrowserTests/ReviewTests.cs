using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>The reviewer's work by keyboard, and what keeps the same event from being logged twice.</summary>
[Collection(ReviewingCollection.Name)]
public sealed partial class ReviewTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    const string At = "unit=FZ&year=2026";

    [BrowserFact]
    public async Task A_reviewer_works_through_the_queue_by_keyboard_and_is_told_what_was_changed_under_his_eyes()
    {
        await SignedInAsync("fz.reviewer");
        for (var n = 0; n < 4; n++) await LogLectureAsync($"审核队列讲座{Guid.NewGuid():N}"[..18], "11-20");
        await OpenAsync($"/review?{At}&ledger=lectures");
        var (first, total) = await PositionAsync();
        Assert.Equal(1, first);
        await ScreenshotAsync("review");

        await Page.Keyboard.PressAsync("j");
        await ExpectAtAsync(2, total);
        await Page.Keyboard.PressAsync("ArrowLeft");
        await ExpectAtAsync(1, total);
        await Page.Keyboard.PressAsync("a");
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("已审核通过");
        await ExpectAtAsync(1, total - 1);

        await Page.Keyboard.PressAsync("r");
        var note = Page.Locator("#review-note");
        await Assertions.Expect(note).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page.Locator("#review-note-error")).ToContainTextAsync("请写明退回的原因");
        // Letters of a note are no commands.
        await note.PressSequentiallyAsync("aj");
        await Assertions.Expect(note).ToHaveValueAsync("aj");
        await note.FillAsync("");
        await Page.Locator(".offers .chip").First.ClickAsync();
        await ScreenshotAsync("review-return", wholePage: false);
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("已退回修改");
        await ExpectAtAsync(1, total - 2);

        var entry = EntryNumber().Match(await Page.Locator("header.head a").GetAttributeAsync("href") ?? "").Groups[1].Value;
        var clerk = await NewPageAsync();
        await OpenAsync($"/entries/{entry}/edit?{At}", clerk);
        await clerk.Locator("#f-place").FillAsync("镇文化站会议室");
        await clerk.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(clerk).ToHaveURLAsync(new Regex($"/entries/{entry}\\?"));
        await Page.Keyboard.PressAsync("a");
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("被他人修改");
        await Assertions.Expect(Page.Locator(".changes").First).ToContainTextAsync("镇文化站会议室");
        await ExpectAtAsync(1, total - 2);
        await Page.Keyboard.PressAsync("a");
        await ExpectAtAsync(1, total - 3);
    }

    [BrowserFact]
    public async Task The_queue_is_worked_through_on_a_phone_with_large_buttons()
    {
        await SignedInAsync("fz.reviewer");
        for (var n = 0; n < 2; n++) await LogLectureAsync($"手机审核讲座{Guid.NewGuid():N}"[..18], "11-19");
        await Page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        await OpenAsync($"/review?{At}");
        var approve = Page.GetByRole(AriaRole.Button, new() { Name = "审核通过" });
        await Assertions.Expect(approve).ToBeVisibleAsync();
        Assert.True((await approve.BoundingBoxAsync())!.Height >= 44);
        await AssertFitsAsync(Phone);
        await ScreenshotAsync("review", wholePage: false);
        await approve.ClickAsync();
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("已审核通过");
        await Page.GetByRole(AriaRole.Button, new() { Name = "退回修改" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#review-note")).ToBeFocusedAsync();
        await AssertFitsAsync(Phone);
        await ScreenshotAsync("review-return", wholePage: false);
    }

    [BrowserFact]
    public async Task A_likely_duplicate_stands_beside_the_form_until_it_is_said_to_be_another_event()
    {
        var topic = $"反家庭暴力法进社区专题讲座{Guid.NewGuid():N}"[..20];
        await SignedInAsync("fz.recorder");
        await LogLectureAsync(topic, "11-18");
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync(topic + "活动");
        await Page.Locator("#f-heldOn").FillAsync("11-19");
        await Page.Keyboard.PressAsync("Tab");
        var panel = Page.Locator(".form-duplicates");
        await Assertions.Expect(panel).ToContainTextAsync(topic);
        await Assertions.Expect(panel).ToContainTextAsync("内容相似");
        await ScreenshotAsync("form-duplicates");
        await AssertFitsAsync(Phone);
        await ScreenshotAsync("form-duplicates");
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await panel.GetByRole(AriaRole.Button, new() { Name = "这是另一件" }).First.ClickAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0);

        await FillRestAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(EntryAddress());
        await Assertions.Expect(Page.Locator(".timeline")).ToContainTextAsync("确认不是重复登记");
        await Assertions.Expect(Page.Locator(".entry-duplicates")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_closed_month_is_named_at_the_date_and_an_exception_opens_it()
    {
        await SignedInAsync("fz.leader");
        await OpenAsync("/periods?unit=FZ02&year=2025");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = MarchOpen() }).First.ClickAsync();
        await Page.Locator(".period").GetByRole(AriaRole.Button, new() { Name = "封账" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("2025年3月已封账");
        await Page.Locator("#except-who").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Locator("#except-why").FillAsync("漏登一场讲座");
        await Page.GetByRole(AriaRole.Button, new() { Name = "批准", Exact = true }).ClickAsync();
        await Assertions.Expect(Page.Locator(".exceptions")).ToContainTextAsync("漏登一场讲座");
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await AssertFitsAsync(screen);
            await ScreenshotAsync("periods");
        }
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await Page.Context.ClearCookiesAsync();
        await SignedInAsync("fz.reviewer");
        await OpenAsync("/ledgers/lectures/new?unit=FZ02&year=2025");
        await Page.Locator("#f-heldOn").FillAsync("2025-03-12");
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Page.Locator("#f-heldOn-error")).ToContainTextAsync("2025年3月已由");
        await Assertions.Expect(Page.Locator("#f-heldOn-error")).ToContainTextAsync("批准例外");
        await ScreenshotAsync("form-closed-month", wholePage: false);
    }

    [BrowserFact]
    public async Task An_unlocked_entry_shows_what_was_changed_since_its_approval_and_takes_comments()
    {
        var topic = $"解锁讲座{Guid.NewGuid():N}"[..16];
        await SignedInAsync("fz.reviewer");
        await LogLectureAsync(topic, "11-17");
        var entry = new Uri(Page.Url).AbsolutePath;
        await Page.GetByRole(AriaRole.Button, new() { Name = "审核通过" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("已审核通过");
        await Page.GetByRole(AriaRole.Button, new() { Name = "解除锁定" }).ClickAsync();
        await Page.Locator("#ask-note").FillAsync("实到人数有误");
        await Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "解除锁定" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("已解除锁定");
        await OpenAsync($"{entry}/edit?{At}");
        await Page.Locator("#f-attended").FillAsync("39");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page.Locator(".approval-changes")).ToContainTextAsync("改动1处");
        await Page.Locator("#comment-text").FillAsync("请核对签到表");
        await Page.GetByRole(AriaRole.Button, new() { Name = "发表评论" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".comments li").First).ToContainTextAsync("请核对签到表");
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await AssertFitsAsync(screen);
            await ScreenshotAsync("entry-unlocked");
        }
        await OpenAsync($"/ledgers/lectures?{At}&q={Uri.EscapeDataString(topic)}");
        await Assertions.Expect(Page.Locator("td.c-title").First).ToContainTextAsync("审后改1处");
        await Assertions.Expect(Page.Locator("td.c-title").First).ToContainTextAsync("评论1");
        await ScreenshotAsync("list-marks", wholePage: false);
    }

    [BrowserFact]
    public async Task A_lecture_for_leaders_is_listed_in_the_ledger_of_cadres_study_without_being_logged_again()
    {
        var topic = $"领导干部学法讲座{Guid.NewGuid():N}"[..18];
        await SignedInAsync("fz.recorder");
        await LogLectureAsync(topic, "11-16");
        await Page.Locator(".listings .btn").First.ClickAsync();
        await Assertions.Expect(Page.Locator(".taken")).ToContainTextAsync(topic);
        await Page.GetByRole(AriaRole.Button, new() { Name = "列入台账" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".field-error").First).ToBeVisibleAsync();
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await AssertFitsAsync(screen);
            await ScreenshotAsync("list-also");
        }
        await Page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        foreach (var field in (string[])["form", "principalPart"]) await ChooseFirstAsync(field);
        await Page.GetByRole(AriaRole.Button, new() { Name = "列入台账" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".listings li")).ToContainTextAsync("内容和审核随本记录");
        await ScreenshotAsync("listed");
        await Page.Locator(".listings li a").ClickAsync();
        await Assertions.Expect(Page.Locator(".notice").First).ToContainTextAsync("打开原记录");
        await OpenAsync($"/ledgers/cadreStudy?{At}&q={Uri.EscapeDataString(topic)}");
        await Assertions.Expect(Page.Locator("td.c-title").First).ToContainTextAsync("由法治讲座台账登记");
        await OpenAsync($"/search?{At}&q={Uri.EscapeDataString(topic)}");
        await Assertions.Expect(Page.Locator(".page-line").First).ToContainTextAsync("找到1条");
    }

    async Task LogLectureAsync(string topic, string heldOn)
    {
        await OpenAsync($"/ledgers/lectures/new?{At}");
        await Page.Locator("#f-topic").FillAsync(topic);
        await Page.Locator("#f-heldOn").FillAsync(heldOn);
        await FillRestAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(EntryAddress());
    }

    async Task FillRestAsync()
    {
        foreach (var field in (string[])["audience", "lecturerKind", "laws"]) await ChooseFirstAsync(field);
        await Page.Locator("#f-attended").FillAsync("42");
    }

    async Task ChooseFirstAsync(string field)
    {
        var options = Page.Locator($"input[name='f-{field}']");
        if (await options.CountAsync() > 0)
        {
            // Under the top bar, where scrolling may leave it, a click would not reach it.
            await options.First.EvaluateAsync("input => input.scrollIntoView({ block: 'center' })");
            await options.First.CheckAsync(new() { Force = true });
            return;
        }
        if (await Page.Locator($"#f-{field}").CountAsync() == 0) return;
        await Page.Locator($"#f-{field}").ClickAsync();
        await Page.Locator("[role=option]:visible").First.ClickAsync();
    }

    async Task<(int At, int Total)> PositionAsync()
    {
        await Assertions.Expect(Page.Locator(".page-line").First).ToContainTextAsync("共");
        var match = Position().Match(await Page.Locator(".page-line").First.InnerTextAsync());
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    async Task ExpectAtAsync(int at, int total) => await Assertions.Expect(Page.Locator(".page-line").First).ToContainTextAsync($"第{at}条，共{total}条");

    [GeneratedRegex(@"第(\d+)条，共(\d+)条")]
    private static partial Regex Position();
    [GeneratedRegex(@"/entries/(\d+)")]
    private static partial Regex EntryNumber();
    [GeneratedRegex(@"/entries/\d+\?")]
    private static partial Regex EntryAddress();
    [GeneratedRegex("3月，未封账")]
    private static partial Regex MarchOpen();
}
