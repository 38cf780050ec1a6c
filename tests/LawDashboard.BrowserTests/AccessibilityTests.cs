using LawDashboard.BrowserTests.Support;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests;

/// <summary>Pages that recorders live on, held against WCAG by a program that we did not write.</summary>
[Collection(ReviewingCollection.Name)]
public sealed class AccessibilityTests(DemoApp app, Chromium chromium) : BrowserTest(app, chromium)
{
    [AxeFact]
    public async Task List_and_form_have_no_violation_at_a_desk_and_on_a_phone()
    {
        await SignedInAsync("fz.recorder");
        foreach (var screen in (ViewportSize[])[Desk, Phone])
        {
            await Page.SetViewportSizeAsync(screen.Width, screen.Height);
            foreach (var path in (string[])["/ledgers/mediation", "/ledgers/publicity/new"])
            {
                await OpenAsync($"{path}?unit=FZ&year=2026");
                await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
                await AxeAsync();
            }
        }
    }

    [AxeFact]
    public async Task Pages_for_watching_the_year_and_reviewing_have_no_violation()
    {
        await SignedInAsync("fz.reviewer");
        foreach (var path in (string[])["/", "/indicators", "/indicators/disputes.mediated", "/indicators/disputes.mediated/breakdown", "/indicators/disputes.mediated/targets",
            "/score", "/judgements/leadership.firstResponsible", "/gaps", "/supervision", "/review", "/periods", "/import", "/pack", "/forms",
            "/ledgers", "/search", "/batches", "/report/templates"])
        {
            await OpenAsync($"{path}?unit=FZ&year=2026");
            await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(Page.Locator(".skeleton")).ToHaveCountAsync(0);
            await AxeAsync();
        }
    }
}
