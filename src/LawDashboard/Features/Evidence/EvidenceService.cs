using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>The file that was added, or the sentence that says why none was.</summary>
public sealed record EvidenceResult(EvidenceFile? File, string? Refusal);

/// <summary>Adds, lists and takes off evidence files; whoever may edit an entry may do so, whoever sees it may open them.</summary>
public sealed class EvidenceService(IDbContextFactory<AppDbContext> contexts, EntryLists entries, EvidenceStore store, LedgerCatalog catalog, TimeProvider clock)
{
    /// <summary>In bytes; a minute of video from a phone.</summary>
    public const long SizeLimit = 100L << 20;

    public async Task<EvidenceResult> AddAsync(Person person, long entryId, string field, string name, Stream content, CancellationToken cancel = default)
    {
        if (await EditableAsync(person, entryId, cancel) is not { } entry) return new(null, "没有这条记录，或者它现在不能添加材料。");
        if (catalog.Ledger(entry.LedgerKey)?.Field(field)?.Type != FieldType.Files) return new(null, $"台账没有附件字段“{field}”。");
        if (await store.AddAsync(content, SizeLimit, cancel) is not { } stored)
            return new(null, $"“{Sanitised(name)}”超过{SizeLimit >> 20}MB，请压缩后再上传。");
        if (stored.Size == 0) return new(null, $"“{Sanitised(name)}”是空文件。");
        if (FileKind.Of(stored.Head, name) is not { } kind) return new(null, $"“{Sanitised(name)}”不是可以接收的文件：请上传{FileKind.Allowed}。");

        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        // The same file sent twice, by a double tap or a retry, is one file.
        var file = await db.Evidence.FirstOrDefaultAsync(f => f.EntryId == entryId && f.Field == field && f.Sha256 == stored.Sha256 && !f.Removed, cancel);
        if (file is not null) return new(file, null);
        file = new EvidenceFile
        {
            EntryId = entryId, Field = field, Sha256 = stored.Sha256, Name = Sanitised(name), ContentType = kind.ContentType, Size = stored.Size,
            UploadedById = person.Id, UploadedBy = person.Name, UploadedAt = ChinaTime.Now(clock),
        };
        db.Evidence.Add(file);
        await LogAsync(db, person, entry, "attach", file, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new(file, null);
    }

    /// <summary>Takes a file off its entry; false when it is not there or may not be changed.</summary>
    public async Task<bool> RemoveAsync(Person person, long fileId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var file = await db.Evidence.SingleOrDefaultAsync(f => f.Id == fileId && !f.Removed, cancel);
        if (file is null || await EditableAsync(person, file.EntryId, cancel) is not { } entry) return false;
        file.Removed = true;
        await LogAsync(db, person, entry, "detach", file, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>The files of an entry, oldest first; none when the person does not see the entry.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> OfEntryAsync(Person person, long entryId, CancellationToken cancel = default)
    {
        if (await entries.FindAsync(person, entryId, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Evidence.AsNoTracking().Where(f => f.EntryId == entryId && !f.Removed).OrderBy(f => f.Id).ToListAsync(cancel);
    }

    /// <summary>One file; null when there is none that the person sees.</summary>
    public async Task<EvidenceFile?> FindAsync(Person person, long fileId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var file = await db.Evidence.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId && !f.Removed, cancel);
        return file is not null && await entries.FindAsync(person, file.EntryId, cancel) is not null ? file : null;
    }

    async Task<Entry?> EditableAsync(Person person, long entryId, CancellationToken cancel) =>
        await entries.FindAsync(person, entryId, cancel) is { } entry && EntryWorkflow.CanEdit(person, entry) ? entry : null;

    Task LogAsync(AppDbContext db, Person person, Entry entry, string action, EvidenceFile file, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, action, "entry", entry.Id, entry.LedgerKey, entry.UnitId, null,
            string.Create(CultureInfo.InvariantCulture, $"{file.Name}（{file.Sha256}，{file.Size}字节）"))], cancel);

    /// <summary>The last part of the name without signs that file systems or headers refuse, at most 120 characters.</summary>
    static string Sanitised(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && !"<>:\"|?*".Contains(c))).Trim(' ', '.');
        if (kept.Length > 120) kept = kept[..60] + "…" + kept[^50..];
        return kept.Length > 0 ? kept : "未命名";
    }
}
