using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// The pages of a pack that need no server: a viewer with everything in it but the files, and the checker. Both are one file
/// each and load nothing from elsewhere.
/// </summary>
static class PackViewer
{
    public const string Name = "00-目录.html";
    public const string CheckerName = "00-校验.html";
    const string Mark = "/*DATA*/";

    public static async Task WriteAsync(PackArchive archive, PackIndex index, CancellationToken cancel)
    {
        await archive.AddTextAsync(archive.Names.Unique(CheckerName), Page("checker.html").Replace("{{title}}", Html(index.Plan.Title), StringComparison.Ordinal), cancel);
        var parts = Page("viewer.html").Replace("{{title}}", Html($"{index.Plan.Title}（{index.Plan.EditionLabel}）"), StringComparison.Ordinal).Split(Mark);
        await archive.AddAsync(archive.Names.Unique(Name), CompressionLevel.Optimal, async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
            await writer.WriteAsync(parts[0]);
            var head = JsonSerializer.Serialize(Head(index), PackSpool.Json);
            // The entries are many and come line by line, so they are put into the object by hand.
            await writer.WriteAsync(head[..^1] + ",\"lines\":[");
            var first = true;
            await foreach (var line in index.Spool.TextAsync(cancel))
            {
                await writer.WriteAsync((first ? "\n" : ",\n") + line);
                first = false;
            }
            await writer.WriteAsync("]}" + parts[1]);
            await writer.FlushAsync(cancel);
        }, cancel);
    }

    static object Head(PackIndex index) => new
    {
        index.Plan.Title,
        Edition = index.Plan.EditionLabel,
        index.Notes,
        Withheld = index.Spool.Withheld.Select(ledger => new { Ledger = ledger.Key, Text = new PackLeftOut(index.Plan.Ledgers[ledger.Key].Definition.Name, ledger.Value.Entries, ledger.Value.Files).Text, PackLeftOut.Why, ledger.Value.Files }),
        Gaps = index.Plan.Gaps.Select(gap => new { gap.Kind, gap.Text, gap.Why }),
        Report = index.HasReport ? PackReport.Name : null,
        Book = PackIndexBook.Name,
        Checker = CheckerName,
        Ledgers = index.Plan.Ledgers.Select(ledger => new { ledger.Definition.Name, ledger.Table?.Path, Rows = ledger.Table?.Rows ?? 0 }),
        Sections = index.Plan.Sections.Select((section, at) => new
        {
            section.Title,
            Ledgers = section.Ledgers.Select(ledger => index.Plan.Ledgers.First(of => of.Definition == ledger).Number),
            Indicators = index.Plan.Indicators.Where(indicator => indicator.Section == at).Select(indicator => new
            {
                N = indicator.Number, indicator.Definition.Name, indicator.Value, indicator.Target, Words = indicator.Sentence, Tables = indicator.Tables,
            }),
        }),
    };

    static string Page(string name)
    {
        using var stream = typeof(PackViewer).Assembly.GetManifestResourceStream(typeof(PackViewer), name) ?? throw new InvalidOperationException($"{name} is not in the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    static string Html(string text) => System.Net.WebUtility.HtmlEncode(text);
}
