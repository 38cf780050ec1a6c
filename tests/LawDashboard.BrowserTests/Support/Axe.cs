using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests.Support;

/// <summary>A fact that asks axe-core about a page; shown as skipped, with the reason, where browser or axe-core cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute() => Skip = Chromium.Missing ?? Axe.Missing;
}

/// <summary>
/// Deque's accessibility checker. It is no part of the product: the tests take it from npm when they run, once a machine,
/// or from the file that LAWDASHBOARD_TEST_AXE names.
/// </summary>
static class Axe
{
    const string Package = "axe-core@4.10.3";

    static readonly Lazy<(string? Script, string? Missing)> Found = new(Find);

    /// <summary>Why pages cannot be checked here; null when they can.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <summary>
    /// What violates WCAG 2.1 A and AA on the page as it stands, one line each with rule, impact and where; empty when nothing
    /// does. <paramref name="within"/> narrows it to one part of the page.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string? within = null)
    {
        // The debugger's evaluation is not bound by the page's content security policy, which refuses injected scripts.
        await page.EvaluateAsync(Found.Value.Script!);
        var json = await page.EvaluateAsync<string>(
            """
            async within => JSON.stringify((await axe.run(within ?? document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
              .violations.map(v => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 5).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.none[0]?.message ?? '')) })))
            """, within);
        using var violations = JsonDocument.Parse(json);
        return [.. violations.RootElement.EnumerateArray().Select(v =>
            $"{v.GetProperty("id").GetString()} ({v.GetProperty("impact").GetString()}): {v.GetProperty("help").GetString()} — {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()))}")];
    }

    static (string? Script, string? Missing) Find()
    {
        if (Environment.GetEnvironmentVariable("LAWDASHBOARD_TEST_AXE") is { Length: > 0 } given)
            return File.Exists(given) ? (File.ReadAllText(given), null) : (null, $"LAWDASHBOARD_TEST_AXE names {given}, which is not there.");
        var kept = Path.Combine(Path.GetTempPath(), "lawdashboard-" + Package.Replace('@', '-'), "axe.min.js");
        if (File.Exists(kept)) return (File.ReadAllText(kept), null);
        if (Programs.Find("npm") is not { } npm) return (null, "npm is not installed (Debian: npm), so axe-core cannot be taken from it.");
        try
        {
            return (Take(npm, kept), null);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            return (null, $"axe-core could not be taken from npm: {e.Message}");
        }
    }

    static string Take(string npm, string kept)
    {
        using var folder = new TemporaryFolder();
        // On the thread pool, since the runner's own context may have but one thread, and xunit asks while discovering.
        Task.Run(() => Programs.RunAsync(npm, ["pack", Package, "--silent"], TimeSpan.FromMinutes(1), folder.Path)).GetAwaiter().GetResult().Required();
        using var packed = new GZipStream(File.OpenRead(Directory.GetFiles(folder.Path, "*.tgz").Single()), CompressionMode.Decompress);
        using var archive = new TarReader(packed);
        while (archive.GetNextEntry() is { } file)
        {
            if (file.Name != "package/axe.min.js" || file.DataStream is null) continue;
            using var text = new StreamReader(file.DataStream);
            var script = text.ReadToEnd();
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            // Under its name only when whole: several test runs may take it at the same time.
            var unfinished = kept + Guid.NewGuid().ToString("N");
            File.WriteAllText(unfinished, script);
            File.Move(unfinished, kept, overwrite: true);
            return script;
        }
        throw new InvalidOperationException("The package holds no axe.min.js.");
    }
}
