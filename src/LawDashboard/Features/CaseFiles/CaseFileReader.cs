using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.CaseFiles;

/// <summary>An entry whose file is not complete, with the keys of what it lacks.</summary>
public sealed record IncompleteFile(long EntryId, IReadOnlyList<string> Items);

/// <summary>Reads what case files lack, within a person's scope; scans count at once.</summary>
public sealed class CaseFileReader(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, EvidenceService evidence, CaseFileCatalog catalog)
{
    /// <summary>The documents of one entry's file; null when its ledger keeps none.</summary>
    public async Task<IReadOnlyList<CaseItemStatus>?> OfEntryAsync(Person person, Entry entry, CancellationToken cancel = default)
    {
        if (catalog.OfLedger(entry.LedgerKey) is not { } rule) return null;
        var files = await evidence.OfEntryAsync(person, entry.Id, cancel);
        return rule.Status(entry.Values, files.Select(file => file.Field).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Incomplete files by the unit of their entries; units with none are left out.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountsAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Open(db, tree, person, unit).GroupBy(gap => gap.UnitId)
            .Select(group => new { group.Key, Count = group.Select(gap => gap.EntryId).Distinct().Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>The newest entries first.</summary>
    public async Task<IReadOnlyList<IncompleteFile>> RowsAsync(Person person, Unit unit, int skip, int take, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var open = Open(db, tree, person, unit);
        var ids = await open.Select(gap => gap.EntryId).Distinct().OrderByDescending(id => id).Skip(skip).Take(take).ToListAsync(cancel);
        return await GapsAsync(open, ids, cancel);
    }

    /// <summary>What the files of these entries lack; complete ones are left out.</summary>
    public async Task<IReadOnlyList<IncompleteFile>> OfEntriesAsync(IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await GapsAsync(Unmet(db, db.CaseFileGaps.AsNoTracking()), [.. ids], cancel);
    }

    static async Task<IReadOnlyList<IncompleteFile>> GapsAsync(IQueryable<CaseFileGap> open, List<long> ids, CancellationToken cancel)
    {
        var gaps = (await open.Where(gap => ids.Contains(gap.EntryId)).ToListAsync(cancel)).ToLookup(gap => gap.EntryId);
        return [.. ids.Where(gaps.Contains).Select(id => new IncompleteFile(id, [.. gaps[id].Select(gap => gap.ItemKey)]))];
    }

    static IQueryable<CaseFileGap> Open(AppDbContext db, UnitTree tree, Person person, Unit unit)
    {
        var scope = EntryReader.UnitsInScope(tree, new EntryQuery { Person = person, Unit = unit });
        return Unmet(db, db.CaseFileGaps.AsNoTracking().Where(gap => scope.Contains(gap.UnitId)));
    }

    internal static IQueryable<CaseFileGap> Unmet(AppDbContext db, IQueryable<CaseFileGap> gaps)
    {
        var evidence = db.Evidence;
        return gaps.Where(gap => gap.FileField == "" || !evidence.Any(file => file.EntryId == gap.EntryId && !file.Removed && file.Field == gap.FileField));
    }
}

/// <summary>卷宗不齐.</summary>
sealed class CaseFileTodo(CaseFileReader reader, EntryLists lists, CaseFileCatalog catalog) : ITodoGroup
{
    const int Named = 3;

    public string Key => "casefiles";
    public int Order => 60;
    public string Title(TodoScope scope) => "卷宗不齐";
    public string Hint => "已结案、卷宗还缺必备材料的案件；补齐后勾选已入卷或上传扫描件。";
    public Tone Tone => Tone.Late;
    public bool Pressing => false;
    public bool Concerns(TodoScope scope) => true;
    public bool IsPersonal(TodoScope scope) => false;

    public Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel) => reader.CountsAsync(scope.Person, scope.Unit, cancel);

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel)
    {
        var files = await reader.RowsAsync(scope.Person, scope.Unit, skip, take, cancel);
        var entries = await lists.FindAllAsync(scope.Person, [.. files.Select(file => file.EntryId)], cancel);
        return [.. files.Where(file => entries.ContainsKey(file.EntryId)).Select(file => new TodoRow(entries[file.EntryId], Note(entries[file.EntryId], file), Tone.Late, Glyph.Folder))];
    }

    string Note(Entry entry, IncompleteFile file)
    {
        var names = catalog.OfLedger(entry.LedgerKey)?.Definition.Items.Where(item => file.Items.Contains(item.Key)).Select(item => item.Name).ToList() ?? [];
        return $"缺{file.Items.Count}项：{string.Join('、', names.Take(Named))}{(names.Count > Named ? "等" : "")}";
    }
}

/// <summary>缺卷宗2项 beside an entry in a list.</summary>
sealed class CaseFileMarks(CaseFileReader reader, CaseFileCatalog catalog) : IRowMarks
{
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<RowMark>>> OfAsync(LedgerDefinition ledger, IReadOnlyList<Entry> rows, CancellationToken cancel)
    {
        if (catalog.OfLedger(ledger.Key) is not { } rule) return new Dictionary<long, IReadOnlyList<RowMark>>();
        var files = await reader.OfEntriesAsync([.. rows.Select(row => row.Id)], cancel);
        return files.ToDictionary(file => file.EntryId, file => (IReadOnlyList<RowMark>)[new RowMark($"缺{file.Items.Count}项", Tone.Late, Glyph.Folder,
            "卷宗缺：" + string.Join('、', rule.Definition.Items.Where(item => file.Items.Contains(item.Key)).Select(item => item.Name)))]);
    }
}
