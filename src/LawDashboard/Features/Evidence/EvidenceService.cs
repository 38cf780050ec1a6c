using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>The file that was added, or the sentence that says why none was.</summary>
public sealed record EvidenceResult(FileLine? File, string? Refusal);

/// <summary>Adds, lists and takes off evidence files; whoever may edit an entry may do so, whoever sees it may open them.</summary>
public sealed class EvidenceService(IDbContextFactory<AppDbContext> contexts, EntryLists entries, EvidencePlaces places, EvidenceStore store, EvidenceRules rules, TimeProvider clock)
{
    /// <summary>Adds a file to a field of an entry.</summary>
    public Task<EvidenceResult> AddAsync(Person person, long entryId, string field, string name, Stream content, CancellationToken cancel = default) =>
        AddAsync(person, new EvidencePlace(entryId, null, "", field), name, content, cancel);

    public async Task<EvidenceResult> AddAsync(Person person, EvidencePlace place, string name, Stream content, CancellationToken cancel = default)
    {
        if ((await places.OpenAsync(person, place, cancel)).Refusal is { } refusal) return new(null, refusal);
        return await store.AddAsync(content, cancel) is { } stored ? await AttachAsync(person, place, name, stored, cancel) : new(null, TooLarge(name));
    }

    /// <summary>Hangs bytes that the store has already on their place. The same file sent twice, by a double tap or a retry, is one file.</summary>
    public async Task<EvidenceResult> AttachAsync(Person person, EvidencePlace place, string name, StoredFile stored, CancellationToken cancel = default)
    {
        name = FileName.Sanitised(name);
        if (stored.Size == 0) return new(null, $"“{name}”是空文件。");
        if (stored.Kind is not { } kind) return new(null, $"“{name}”不是可以接收的文件：请上传{rules.Allowed}；带宏、加密或损坏的文档不接收。");
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        // Looked at inside the transaction: the form may have become an entry a moment ago.
        var open = await places.OpenAsync(person, place, cancel);
        if (open.Refusal is { } refusal) return new(null, refusal);
        var (now, photo) = (ChinaTime.Now(clock), stored.Photo);
        var file = new DraftFile
        {
            DraftId = open.FormId ?? Guid.Empty, PersonId = person.Id, PersonName = person.Name, Field = open.Field, Sha256 = stored.Sha256, Name = name,
            ContentType = kind.ContentType, Size = stored.Size, UploadedAt = now, TakenOn = photo.TakenOn, Latitude = photo.Latitude, Longitude = photo.Longitude,
        };
        var line = open.Entry is { } entry ? await AddToEntryAsync(db, person, entry, file, cancel) : await AddToFormAsync(db, person, place.Ledger, file, cancel);
        await transaction.CommitAsync(cancel);
        return new(line, null);
    }

    /// <summary>Takes a file off its entry. Answers with what kept it from being done, or null.</summary>
    public Task<string?> RemoveAsync(Person person, long fileId, CancellationToken cancel = default) => RemoveAsync(person, fileId, ofForm: false, cancel);

    /// <summary>Takes a file off its entry or form. Answers with what kept it from being done, or null.</summary>
    public Task<string?> RemoveAsync(Person person, FileLine line, CancellationToken cancel = default) => RemoveAsync(person, line.Id, line.OfForm, cancel);

    async Task<string?> RemoveAsync(Person person, long fileId, bool ofForm, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (ofForm)
        {
            if (await db.DraftEvidence.Where(f => f.Id == fileId && f.PersonId == person.Id).ExecuteDeleteAsync(cancel) == 0) return Gone;
        }
        else
        {
            var file = await db.Evidence.SingleOrDefaultAsync(f => f.Id == fileId && !f.Removed, cancel);
            if (file is null || await entries.FindAsync(person, file.EntryId, cancel) is not { } entry) return Gone;
            if (await places.RefusalAsync(person, entry, cancel) is { } refusal) return refusal;
            file.Removed = true;
            await EvidenceLog.AddAsync(db, person, entry, "detach", file.Name, file.Sha256, file.Size, ChinaTime.Now(clock), cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>The files of an entry, oldest first; none when the person does not see the entry.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> OfEntryAsync(Person person, long entryId, CancellationToken cancel = default)
    {
        if (await entries.FindAsync(person, entryId, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Evidence.AsNoTracking().Where(f => f.EntryId == entryId && !f.Removed).OrderBy(f => f.Id).ToListAsync(cancel);
    }

    /// <summary>The files that wait in a form of the person.</summary>
    public async Task<IReadOnlyList<FileLine>> OfFormAsync(Person person, Guid form, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return [.. (await db.DraftEvidence.AsNoTracking().Where(f => f.DraftId == form && f.PersonId == person.Id).OrderBy(f => f.Id).ToListAsync(cancel)).Select(Line)];
    }

    /// <summary>One file of an entry; null when there is none that the person sees.</summary>
    public async Task<EvidenceFile?> FindAsync(Person person, long fileId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var file = await db.Evidence.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId && !f.Removed, cancel);
        return file is not null && await entries.FindAsync(person, file.EntryId, cancel) is not null ? file : null;
    }

    /// <summary>One file of the person's own form.</summary>
    public async Task<DraftFile?> FindInFormAsync(Person person, long fileId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.DraftEvidence.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId && f.PersonId == person.Id, cancel);
    }

    /// <summary>Who may have the file with the place in it: whoever took it in, and who reviews. It is written into the log.</summary>
    public async Task<EvidenceFile?> FindOriginalAsync(Person person, long fileId, CancellationToken cancel = default)
    {
        if (await FindAsync(person, fileId, cancel) is not { } file || !MayHaveOriginal(person, file)) return null;
        if (await entries.FindAsync(person, file.EntryId, cancel) is not { } entry) return null;
        await contexts.NoteAsync(EvidenceLog.Line(person, entry, "original", file.Name, file.Sha256, file.Size, ChinaTime.Now(clock)), cancel);
        return file;
    }

    public static bool MayHaveOriginal(Person person, EvidenceFile file) => person.CanReview || file.UploadedById == person.Id;

    public static FileLine Line(EvidenceFile file) => new(file.Id, false, file.Field, file.Name, file.ContentType, file.Size);

    static FileLine Line(DraftFile file) => new(file.Id, true, file.Field, file.Name, file.ContentType, file.Size);

    const string Gone = "这个文件已经不在，或不在您的单位范围内。";

    /// <summary>The sentence for a file beyond the limit.</summary>
    public string TooLarge(string name) => $"“{FileName.Sanitised(name)}”超过{rules.Megabytes}MB，请压缩后再上传。";

    static async Task<FileLine> AddToEntryAsync(AppDbContext db, Person person, Entry entry, DraftFile file, CancellationToken cancel)
    {
        var there = await db.Evidence.FirstOrDefaultAsync(f => f.EntryId == entry.Id && f.Field == file.Field && f.Sha256 == file.Sha256 && !f.Removed, cancel);
        if (there is not null) return Line(there);
        var added = db.Evidence.Add(file.For(entry.Id)).Entity;
        await EvidenceLog.AddAsync(db, person, entry, "attach", file.Name, file.Sha256, file.Size, file.UploadedAt, cancel);
        await db.SaveChangesAsync(cancel);
        return Line(added);
    }

    static async Task<FileLine> AddToFormAsync(AppDbContext db, Person person, string ledger, DraftFile file, CancellationToken cancel)
    {
        var there = await db.DraftEvidence.FirstOrDefaultAsync(f => f.DraftId == file.DraftId && f.Field == file.Field && f.Sha256 == file.Sha256, cancel);
        if (there is not null) return Line(there);
        // A form of nothing but photos is a form too, and must be found again.
        if (!await db.FormDrafts.AnyAsync(draft => draft.Id == file.DraftId, cancel))
            db.FormDrafts.Add(new()
            {
                Id = file.DraftId, PersonId = person.Id, LedgerKey = ledger, Typed = "{}", Device = "电脑", Writer = "", Sequence = 0, CreatedAt = file.UploadedAt, UpdatedAt = file.UploadedAt,
            });
        var added = db.DraftEvidence.Add(file).Entity;
        await db.SaveChangesAsync(cancel);
        return Line(added);
    }
}

/// <summary>What happened to files, in the audit log of their entry.</summary>
static class EvidenceLog
{
    public static Task AddAsync(AppDbContext db, Person person, Entry entry, string action, string name, string sha256, long size, DateTime at, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, [Line(person, entry, action, name, sha256, size, at)], cancel);

    public static AuditRecord Line(Person person, Entry entry, string action, string name, string sha256, long size, DateTime at) =>
        new(at, person.Id, person.Name, action, "entry", entry.Id, entry.LedgerKey, entry.UnitId, null, string.Create(CultureInfo.InvariantCulture, $"{name}（{sha256}，{size}字节）"));
}

/// <summary>Names of files, as they may stand in lists and headers.</summary>
public static class FileName
{
    /// <summary>The last part of the name without signs that file systems or headers refuse, or that turn text round; at most 120 characters.</summary>
    public static string Sanitised(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && !"<>:\"|?*".Contains(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))).Trim(' ', '.');
        if (kept.Length > 120) kept = kept.Beginning(60) + "…" + kept[(char.IsLowSurrogate(kept[^50]) ? ^49 : ^50)..];
        return kept.Length > 0 ? kept : "未命名";
    }
}
