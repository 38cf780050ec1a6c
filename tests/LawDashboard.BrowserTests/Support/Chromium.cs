using Microsoft.Playwright;

namespace LawDashboard.BrowserTests.Support;

/// <summary>A fact that needs a browser; shown as skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Missing is { } reason) Skip = reason;
    }
}

/// <summary>A theory that needs a browser; shown as skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Chromium.Missing is { } reason) Skip = reason;
    }
}

/// <summary>The installed Chromium, started once for a collection of tests; each test gets a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string? Installed = Programs.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /// <summary>No sandbox, since the tests may run as root; nothing that would look for the world outside.</summary>
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    IPlaywright? playwright;

    /// <summary>Why pages cannot be opened here; null when they can.</summary>
    public static string? Missing => Installed is null ? "Chromium is not installed (Debian: chromium)." : null;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Installed is null) return;
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Installed, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (playwright is null) return;
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}
