using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

[Collection(EmptyCollection.Name)]
public sealed class FirstStartTests(EmptyApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    [BrowserFact]
    public async Task The_first_start_leads_to_the_set_up_page()
    {
        var answer = await OpenAsync("/");
        Assert.Equal(200, answer?.Status);
        Assert.Equal("/setup", new Uri(Page.Url).AbsolutePath, ignoreCase: true);
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "初始设置" })).ToBeVisibleAsync();
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await AssertFitsAsync(screen);
            await ScreenshotAsync("set-up");
        }
    }
}
