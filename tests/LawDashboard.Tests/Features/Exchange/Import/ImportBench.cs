using LawDashboard.Commands;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>The product's importer with its own definitions over a small county, and files for it.</summary>
sealed class ImportBench : IAsyncDisposable
{
    static readonly Lazy<Definitions> Defined = new(() => Definitions.Load(Demonstration.SeedFolder));

    readonly TemporaryFolder folder = new();
    int files;

    public required Workbench Bench { get; init; }
    public static Definitions Definitions => Defined.Value;
    /// <summary>Where the last file was put.</summary>
    public string LastFile { get; private set; } = "";
    public Importer Importer => Bench.Get<Importer>();
    public Person Recorder => Bench.Person(Role.Reviewer, "FZ");

    public static async Task<ImportBench> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite, Action<IServiceCollection>? more = null) => new()
    {
        Bench = await Workbench.CreateAsync(kind, Definitions.Ledgers, Definitions.Indicators, services =>
        {
            services.AddImport(Definitions.Import);
            more?.Invoke(services);
        }),
    };

    public static LedgerDefinition Ledger(string key) => Definitions.Ledgers.Ledger(key)!;

    public string Save(byte[] content, string name = "旧台账.xlsx")
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, $"{files++}")).FullName, name);
        File.WriteAllBytes(path, content);
        return LastFile = path;
    }

    public Workbook Open(byte[] content, string name = "旧台账.xlsx") => Workbook.Open(Save(content, name), name);

    public static ImportChoices Choices(string ledger, int sheet = 0) => new() { Ledger = ledger, Unit = "FZ", Sheet = sheet, Submit = true };

    public Task<ImportReport> TryAsync(Workbook workbook, ImportChoices choices) => Importer.TryAsync(Recorder, workbook, choices, null, default);

    public async Task<ImportOutcome> ImportAsync(Workbook workbook, ImportChoices choices) =>
        await Importer.ImportAsync(Recorder, workbook, choices, await TryAsync(workbook, choices), null, default);

    public Task<UndoOutcome> UndoAsync(ImportOutcome outcome) => Bench.Get<EntryBatches>().UndoAsync(Recorder, outcome.Batch!.Id);

    public async Task<List<Entry>> EntriesAsync()
    {
        await using var db = Bench.Context();
        return await db.Entries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        folder.Dispose();
    }
}
