using System.IO.Compression;
using LawDashboard.Data;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>Goes once through the entries of a pack, a few at a time, and writes what belongs to each: evidence, case file, its line for index and viewer.</summary>
public sealed class PackEntries(EntryLists entries, EvidenceWanting evidence, EvidenceStore store, CaseFileCatalog caseFiles, LedgerCatalog catalog)
{
    /// <summary>Entries whose files are asked for in one question.</summary>
    const int Chunk = 200;

    internal async Task<int> CountAsync(PackPlan plan, CancellationToken cancel)
    {
        var count = 0;
        foreach (var ledger in plan.Ledgers) count += await entries.CountAsync(Query(plan, ledger), cancel);
        return count;
    }

    /// <param name="names">Names of parties that also stand in this text, such as the report's, are added here.</param>
    internal async Task WriteAsync(PackArchive archive, PackSpool spool, PackPlan plan, PackedNames names, Action<int, string> done, CancellationToken cancel)
    {
        foreach (var ledger in plan.Ledgers)
        {
            var chunk = new List<Entry>(Chunk);
            await foreach (var entry in entries.StreamAsync(Query(plan, ledger), cancel))
            {
                chunk.Add(entry);
                if (chunk.Count == Chunk) await FlushAsync();
            }
            await FlushAsync();

            async Task FlushAsync()
            {
                var files = plan.Request.Evidence || plan.Request.CaseFiles ? await evidence.OfReadAsync(chunk, cancel) : Array.Empty<EvidenceFile>().ToLookup(file => file.EntryId);
                foreach (var entry in chunk)
                {
                    if (Indicators(plan, ledger, entry) is { } counted) await spool.AddAsync(await EntryAsync(archive, plan, ledger, entry, counted, [.. files[entry.Id]], names, cancel), cancel);
                    done(1, ledger.Definition.Name);
                }
                chunk.Clear();
            }
        }
    }

    /// <summary>A measure may go by another day than the entry's own, and a level counts whoever joined years ago: then older entries are looked at too.</summary>
    static EntryQuery Query(PackPlan plan, PackLedger ledger)
    {
        var query = PackTables.Query(plan, ledger.Definition);
        return ledger.Counters.Any(of => of.Counter.DateField is not null || of.Counter.Measure.Kind == MeasureKind.Level) ? query with { From = null } : query;
    }

    /// <summary>The indicators that count the entry; null when it belongs to another year and none does.</summary>
    static List<int>? Indicators(PackPlan plan, PackLedger ledger, Entry entry)
    {
        List<int> counted = [.. ledger.Counters.Where(of => Counts(of.Counter, entry, plan.Request)).SelectMany(of => of.Indicators).Distinct().Order()];
        return counted.Count > 0 || ledger.Definition.Register || entry.Date.Year == plan.Request.Year ? counted : null;
    }

    static bool Counts(Counter counter, Entry entry, PackRequest request)
    {
        var from = counter.Measure.Kind == MeasureKind.Level ? (DateOnly?)null : request.From;
        return counter.Contributions(entry, from, request.To, sliced: false).Sum(part => part.Amount.Count) > 0;
    }

    async Task<PackLine> EntryAsync(
        PackArchive archive, PackPlan plan, PackLedger ledger, Entry entry, List<int> counted, IReadOnlyList<EvidenceFile> files, PackedNames names, CancellationToken cancel)
    {
        if (ledger.HoldsParties) names.Look(ledger.Scrub.Of(entry.Values));
        var shown = plan.Request.Masked ? ledger.Scrub.Scrubbed(entry) : entry;
        var (packed, lacks) = (new List<PackFile>(), new List<string>());
        var folder = $"{PackNames.Part(ledger.Definition.ShortName, 20)}/{PackNames.Part(entry.Serial ?? $"记录{entry.Id}", 48)}";
        if (plan.Request.CaseFiles && caseFiles.OfLedger(entry.LedgerKey) is { } rule && rule.IsDue(entry.Values))
        {
            var status = rule.Status(entry.Values, files.Select(file => file.Field).ToHashSet(StringComparer.Ordinal));
            packed.Add(await CaseFileAsync(archive, plan, rule, shown, status, $"{plan.CaseFileFolder}/{folder}.docx", cancel));
            if (status.Where(item => item.State == CaseItemState.Missing).Select(item => item.Item.Name).ToList() is { Count: > 0 } missing) lacks.Add("卷宗缺" + string.Join('、', missing));
        }
        if (plan.Request.Evidence && files.Count == 0 && ledger.WantsEvidence) lacks.Add("缺佐证材料");
        var withheld = plan.Request.Masked && ledger.HoldsParties;
        if (plan.Request.Evidence && !withheld)
            foreach (var (at, file) in files.Index())
                if (await FileAsync(archive, plan, ledger.Definition, $"{plan.EvidenceFolder}/{folder}", at + 1, file, cancel) is { } added) packed.Add(added);
                else lacks.Add($"第{at + 1}件附件的文件不在数据目录中");
        return new(ledger.Number, FieldValues.Iso(entry.Date), entry.Serial ?? "", shown.Title, plan.Tree.Find(entry.UnitId)?.Name ?? "", counted, packed,
            plan.Request.Evidence && withheld ? files.Count : 0, lacks.Count == 0 ? null : string.Join('；', lacks));
    }

    async Task<PackFile> CaseFileAsync(PackArchive archive, PackPlan plan, CaseFileRule rule, Entry shown, IReadOnlyList<CaseItemStatus> status, string path, CancellationToken cancel)
    {
        path = archive.Names.Unique(path);
        await archive.AddAsync(path, CompressionLevel.NoCompression, async stream =>
        {
            await using var document = CaseFileDocument.Package(new CaseFileFiller(catalog, plan.Tree, rule, shown, revealed: !plan.Request.Masked).Paper(status));
            await document.CopyToAsync(stream, cancel);
        }, cancel);
        return new(path, rule.Definition.Name, "case");
    }

    async Task<PackFile?> FileAsync(PackArchive archive, PackPlan plan, LedgerDefinition ledger, string folder, int number, EvidenceFile file, CancellationToken cancel)
    {
        if (!File.Exists(store.PathOf(file.Sha256))) return null;
        var label = ledger.Field(file.Field)?.Label ?? "附件";
        var ending = FileKind.All.FirstOrDefault(kind => kind.ContentType == file.ContentType)?.Ending ?? Path.GetExtension(file.Name);
        // People name photographs after people.
        var name = plan.Request.Masked ? label + ending : $"{label}-{Path.GetFileNameWithoutExtension(file.Name)}{ending}";
        var path = archive.Names.Unique($"{folder}/{PackNames.Part(PackNames.Numbered(number, name), 56)}");
        await archive.AddAsync(path, CompressionLevel.NoCompression, async stream =>
        {
            await using var content = store.OpenWithoutPlace(file.Sha256, file.ContentType);
            await content.CopyToAsync(stream, cancel);
        }, cancel);
        var shownKind = file.ContentType is "image/jpeg" or "image/png" or "image/webp" ? "pic" : null;
        return new(path, plan.Request.Masked ? label : file.Name, shownKind);
    }
}

/// <summary>
/// The names of parties that a text written by people repeats. Held are only those that stand in it, however many entries go by.
/// </summary>
sealed class PackedNames(string text)
{
    readonly Dictionary<string, string> found = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Value, string Mask)> Found => [.. found.OrderByDescending(name => name.Key.Length).Select(name => (name.Key, name.Value))];

    public void Look(IReadOnlyList<(string Value, string Mask)> values)
    {
        if (text.Length == 0) return;
        foreach (var (value, mask) in values)
            if (text.Contains(value, StringComparison.Ordinal)) found[value] = mask;
    }
}
