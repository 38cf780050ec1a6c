using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Packing;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Features.Evidence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Exchange.Packing;

/// <summary>A demonstration county of its own, with evidence, whose town's pack is built and unpacked.</summary>
sealed class PackBench : IAsyncDisposable
{
    public const string Town = "FZ";
    public static readonly Person Clerk = new(1, "fz.reviewer", "样例审核", Role.Reviewer, null);

    readonly TemporaryFolder folder;
    TestDatabase? database;

    PackBench(ServiceProvider services, TemporaryFolder folder) => (Services, this.folder) = (services, folder);

    public ServiceProvider Services { get; }
    public string Data => folder["data"];
    public string Zip => folder["pack.zip"];
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A copy of the county that all tests read.</summary>
    public static async Task<PackBench> OfAsync(Demonstration demo)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        using (var from = demo.Connect())
        using (var to = new SqliteConnection($"Data Source={Path.Combine(folder["data"], "lawdashboard.db")}"))
        {
            to.Open();
            from.BackupDatabase(to);
        }
        return new(await Demonstration.OpenAsync(folder["data"], Demonstration.SeedFolder), folder);
    }

    /// <summary>A small county made for this test alone.</summary>
    public static async Task<PackBench> SmallAsync(int entries)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        var services = await Demonstration.OpenAsync(folder["data"], Demonstration.SeedFolder);
        await DemoCommand.RunAsync(services, new DemoOptions(2026, entries));
        return new(services, folder);
    }

    /// <summary>The same in a database of either kind.</summary>
    public static async Task<PackBench> SmallAsync(DatabaseKind kind, int entries)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var services = await Demonstration.OpenAsync(database.Settings, Demonstration.SeedFolder);
        await DemoCommand.RunAsync(services, new DemoOptions(2026, entries));
        return new(services, new()) { database = database };
    }

    /// <summary>Hangs photographs, which say where they were taken, on the town's entries, each called after somebody.</summary>
    public async Task AddEvidenceAsync(int files, int bytes = 2_000, string name = "当事人照片")
    {
        var (store, tree) = (Get<EvidenceStore>(), await Get<LawDashboard.Features.Units.UnitDirectory>().TreeAsync());
        await using var db = await Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var ledgers = new[] { "publicity", "lectures", "cadreStudy", "meetings", "fire", "mediation" };
        var entries = await EntryReader.Select(db, tree, new() { Person = Person.Machine, Unit = tree.Find(Town), States = [EntryState.Approved], From = new(2026, 1, 1), To = new(2026, 12, 31) })
            .Where(entry => ledgers.Contains(entry.LedgerKey)).OrderBy(entry => entry.Id).ToListAsync();
        // However many files there are, one entry that wants one has none.
        entries.Remove(entries.First(entry => entry.LedgerKey == "publicity"));
        var catalog = Get<LawDashboard.Features.Ledgers.Definitions.LedgerCatalog>();
        for (var i = 0; i < files; i++)
        {
            var entry = entries[i % entries.Count];
            var stored = (await store.AddAsync(new MemoryStream(Picture(i, bytes)), CancellationToken.None))!;
            var field = catalog.Ledger(entry.LedgerKey)!.Fields.First(of => of.Type == LawDashboard.Features.Ledgers.Definitions.FieldType.Files).Key;
            db.Evidence.Add(new()
            {
                EntryId = entry.Id, Field = field, Sha256 = stored.Sha256, Name = $"{name}{i}: CON?.jpg", ContentType = "image/jpeg", Size = stored.Size,
                UploadedById = 1, UploadedBy = "样例", UploadedAt = new(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc),
            });
        }
        await db.SaveChangesAsync();
    }

    /// <summary>A photograph with a place in it, of so many bytes, like no other.</summary>
    static byte[] Picture(int number, int bytes)
    {
        var noise = new byte[bytes];
        new Random(number).NextBytes(noise);
        return [.. PhotoBuilder.Jpeg(PhotoBuilder.Exif("2026:03:05", 32.98765, 106.94321)), .. noise];
    }

    public Task<PackResult?> BuildAsync(PackRequest request, IProgress<PackProgress>? progress = null, CancellationToken cancel = default) =>
        Get<PackBuilder>().BuildAsync(Clerk, request, Zip, progress, cancel);

    /// <summary>The unpacked pack: its folder.</summary>
    public string Unpack(string name = "unpacked")
    {
        ZipFile.ExtractToDirectory(Zip, folder[name], Encoding.UTF8, overwriteFiles: true);
        return Directory.GetDirectories(folder[name]).Single();
    }

    /// <summary>Targets of every link of a workbook.</summary>
    public static List<string> Links(string workbook)
    {
        using var zip = ZipFile.OpenRead(workbook);
        return [.. zip.Entries.Where(part => part.FullName.Contains("worksheets/_rels", StringComparison.Ordinal)).SelectMany(part =>
        {
            using var content = part.Open();
            return XDocument.Load(content).Root!.Elements().Select(link => Uri.UnescapeDataString((string)link.Attribute("Target")!)).ToList();
        })];
    }

    /// <summary>Everything in a file that may be read as text: the parts of workbooks and documents unpacked, all else as it is.</summary>
    public static IEnumerable<(string Where, byte[] Bytes)> Contents(string file)
    {
        if (Path.GetExtension(file) is not (".xlsx" or ".docx"))
        {
            yield return (file, File.ReadAllBytes(file));
            yield break;
        }
        using var zip = ZipFile.OpenRead(file);
        foreach (var part in zip.Entries)
        {
            using var content = part.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            yield return ($"{file}!{part.FullName}", bytes.ToArray());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        else SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}
