using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests.Support;

/// <summary>
/// A test with a page of its own: fresh cookies, Chinese, China time, a desk's screen unless told otherwise. A test fails
/// when the browser's console shows an error that it did not announce with <see cref="ExpectErrors"/>.
/// </summary>
public abstract class BrowserTest(AppFixture app, Chromium chromium) : IAsyncLifetime
{
    /// <summary>Screenshots are for people to look at; they stay outside the repository.</summary>
    static readonly string Screenshots = Environment.GetEnvironmentVariable("LAWDASHBOARD_SCREENSHOTS") is { Length: > 0 } folder
        ? folder : Path.Combine(Path.GetTempPath(), "lawdashboard-screenshots");

    // Blazor's own script throws this into the void when a page is left for another address while a script call of its
    // circuit is still being answered. The page that would have cared is gone, and nobody sees it.
    static readonly Regex LeftInTheMiddle = new("The circuit associated with this dispatcher is no longer available");

    const string SessionCookie = "law-session";

    static readonly ConcurrentDictionary<(AppFixture App, string Account), Cookie> Sessions = new();

    readonly ConcurrentQueue<string> errors = new();
    readonly List<Regex> expected = [LeftInTheMiddle];
    IBrowserContext? context;
    bool scripts = true;

    /// <summary>A clerk's monitor.</summary>
    protected static readonly ViewportSize Desk = new() { Width = 1440, Height = 900 };

    /// <summary>A village recorder's phone, held upright.</summary>
    protected static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    protected AppFixture App => app;

    protected IPage Page { get; private set; } = null!;

    /// <summary>The screen that the test starts with.</summary>
    protected virtual ViewportSize Screen => Desk;

    /// <summary>What the browser is to be: a phone, for instance.</summary>
    protected virtual void Adapt(BrowserNewContextOptions options)
    {
    }

    /// <summary>The browser's context: its network can be cut here.</summary>
    protected IBrowserContext Context => context!;

    public virtual async Task InitializeAsync()
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = app.Address.ToString(),
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = Screen,
            AcceptDownloads = true,
        };
        Adapt(options);
        scripts = options.JavaScriptEnabled != false;
        context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        // The first page of a run waits for code that is compiled for it, beside other tests on the same two cores.
        Assertions.SetDefaultExpectTimeout(20_000);
        Page = await NewPageAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (context is not null) await context.CloseAsync();
        var unexpected = errors.Where(error => !expected.Any(pattern => pattern.IsMatch(error))).ToList();
        Assert.True(unexpected.Count == 0, $"Errors in the browser's console:\n{string.Join('\n', unexpected)}");
    }

    /// <summary>Another tab of the same person; its errors count too.</summary>
    protected async Task<IPage> NewPageAsync()
    {
        var page = await context!.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        return page;
    }

    /// <summary>Opens a path of the program and waits until all that the page shows at first has come and it answers keys.</summary>
    protected async Task<IResponse?> OpenAsync(string path, IPage? page = null)
    {
        page ??= Page;
        var answer = await page.GotoAsync(path);
        await ReadyAsync(page);
        return answer;
    }

    /// <summary>
    /// Waits until nothing of a live page is still being loaded, every script that it asks for has been attached, and it has
    /// stopped changing. On a machine that is busy with other tests, a key would otherwise be pressed before anybody listens; no
    /// person is that fast. What comes over the circuit is no request of the browser's, so a quiet network would tell nothing.
    /// </summary>
    protected async Task ReadyAsync(IPage page)
    {
        // Where scripts are switched off the page is there with its answer, and nobody could look.
        if (scripts) await page.WaitForFunctionAsync(Ready);
    }

    const string Ready =
        """
        () => {
          const seen = window.seenByTest ??= watch();
          if (!document.querySelector('script[src*="blazor.web"]')) return true;
          // A page that follows what others save may never rest.
          const rests = performance.now() - seen.changed > 250 || performance.now() - seen.since > 5000;
          return rests && document.querySelector('h1') && !document.querySelector('.skeleton, [data-script]:not([data-ready])');

          function watch() {
            const seen = { since: performance.now(), changed: performance.now() };
            new MutationObserver(() => { seen.changed = performance.now(); }).observe(document, { subtree: true, childList: true, characterData: true });
            return seen;
          }
        }
        """;

    /// <summary>
    /// Signs in on the sign-in page as a person does: with a password, or, without one, by choosing a demonstration account
    /// that the page offers.
    /// </summary>
    protected async Task SignInAsync(string account, string? password = null)
    {
        await OpenAsync(password is null ? $"/account/login?fill={Uri.EscapeDataString(account)}" : "/account/login");
        if (password is null)
        {
            await Assertions.Expect(Page.Locator("[name=account]")).ToHaveValueAsync(account);
        }
        else
        {
            await Page.Locator("[name=account]").FillAsync(account);
            await Page.Locator("[name=password]").FillAsync(password);
        }
        await Page.Locator("[name=password]").PressAsync("Enter");
        await Page.WaitForURLAsync(url => !new Uri(url).AbsolutePath.StartsWith("/account/login", StringComparison.OrdinalIgnoreCase));
        await ReadyAsync(Page);
    }

    /// <summary>
    /// Goes on as somebody who has signed in before: on the sign-in page the first time, and with what the program gave him
    /// then whenever another test is the same person. Stands on no page in particular.
    /// </summary>
    protected async Task SignedInAsync(string account)
    {
        if (Sessions.TryGetValue((app, account), out var session))
        {
            await Context.AddCookiesAsync([session]);
            return;
        }
        await SignInAsync(account);
        var given = (await Context.CookiesAsync()).Single(cookie => cookie.Name == SessionCookie);
        Sessions[(app, account)] = new() { Name = given.Name, Value = given.Value, Domain = given.Domain, Path = given.Path, HttpOnly = given.HttpOnly, SameSite = given.SameSite };
    }

    /// <summary>Keeps a picture of the whole page under that name, with the width of the screen added to it.</summary>
    protected async Task ScreenshotAsync(string name, bool wholePage = true)
    {
        Directory.CreateDirectory(Screenshots);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}-{Page.ViewportSize?.Width}.png"), FullPage = wholePage });
    }

    /// <summary>Announces errors in the browser's console that the test provokes, for example a refused request.</summary>
    protected void ExpectErrors(string pattern) => expected.Add(new(pattern));

    /// <summary>Fails when axe-core finds a violation of WCAG 2.1 A or AA on the page. For tests marked <see cref="AxeFactAttribute"/>.</summary>
    protected async Task AxeAsync(IPage? page = null, string? within = null)
    {
        var violations = await Axe.ViolationsAsync(page ?? Page, within);
        Assert.True(violations.Count == 0, $"axe-core on {(page ?? Page).Url}:\n{string.Join('\n', violations)}");
    }

    /// <summary>Fails when the page is wider than the screen, so that something is cut off or must be scrolled to sideways.</summary>
    protected async Task AssertFitsAsync(ViewportSize screen)
    {
        await Page.SetViewportSizeAsync(screen.Width, screen.Height);
        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= screen.Width, $"{Page.Url} is {width} pixels wide on a screen of {screen.Width}.");
    }
}
