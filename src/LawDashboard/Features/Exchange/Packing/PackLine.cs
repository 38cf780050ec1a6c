using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>A file of an entry in the pack: where it lies and what it is called.</summary>
public sealed record PackFile([property: JsonPropertyName("p")] string Path, [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("k")] string? Kind = null);

/// <summary>An entry in the pack with its files and the indicators that count it, by their number. Names are short: the viewer holds thousands.</summary>
/// <param name="Withheld">Files that the masked edition leaves out, since no mask hides what a scan shows.</param>
public sealed record PackLine(
    [property: JsonPropertyName("l")] int Ledger, [property: JsonPropertyName("d")] string Date, [property: JsonPropertyName("s")] string Serial,
    [property: JsonPropertyName("t")] string Title, [property: JsonPropertyName("u")] string Unit,
    [property: JsonPropertyName("m")] IReadOnlyList<int> Indicators, [property: JsonPropertyName("f")] IReadOnlyList<PackFile> Files,
    [property: JsonPropertyName("w")] int Withheld = 0, [property: JsonPropertyName("x")] string? Missing = null);

/// <summary>The entries of a pack in a file beside it, since index and viewer are written last and no memory shall hold them until then.</summary>
sealed class PackSpool : IAsyncDisposable
{
    // Inside a script element nothing may read as its end, so < and > stay escaped; Chinese need not be.
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    readonly string path;
    readonly StreamWriter writer;

    public PackSpool(string path)
    {
        this.path = path;
        writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    public int Count { get; private set; }

    /// <summary>Entries whose files were left out, and how many files, by the number of their ledger.</summary>
    public SortedDictionary<int, (int Entries, int Files)> Withheld { get; } = [];

    public async Task AddAsync(PackLine line, CancellationToken cancel)
    {
        await writer.WriteLineAsync(JsonSerializer.Serialize(line, Json).AsMemory(), cancel);
        Count++;
        if (line.Withheld == 0) return;
        var before = Withheld.GetValueOrDefault(line.Ledger);
        Withheld[line.Ledger] = (before.Entries + 1, before.Files + line.Withheld);
    }

    /// <summary>Every line as its JSON.</summary>
    public async IAsyncEnumerable<string> TextAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await writer.FlushAsync(cancel);
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } line) yield return line;
    }

    public async IAsyncEnumerable<PackLine> LinesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var text in TextAsync(cancel)) yield return JsonSerializer.Deserialize<PackLine>(text, Json)!;
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        File.Delete(path);
    }
}
