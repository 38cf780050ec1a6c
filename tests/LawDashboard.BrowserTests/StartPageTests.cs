using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

[Collection(DemoCollection.Name)]
public sealed class StartPageTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    [BrowserFact]
    public async Task The_start_page_leads_a_stranger_to_sign_in()
    {
        var answer = await OpenAsync("/");
        Assert.Equal(200, answer?.Status);
        Assert.Equal("/account/login", new Uri(Page.Url).AbsolutePath, ignoreCase: true);
        await Assertions.Expect(Page.Locator("input[name=account]")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("input[name=password]")).ToBeVisibleAsync();
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await AssertFitsAsync(screen);
            await ScreenshotAsync("sign-in");
        }
    }

    [BrowserFact]
    public async Task A_demonstration_account_signs_in_with_one_choice()
    {
        await SignInAsync("fz.recorder");
        Assert.Equal("/", new Uri(Page.Url).AbsolutePath);
        await ScreenshotAsync("start");
    }
}
