using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>Where a file is to go: a field of an entry, or of a form whose entry is not saved yet. One of the two is set.</summary>
public sealed record EvidencePlace(long? EntryId, Guid? FormId, string Ledger, string Field);

/// <summary>A place that the person may put files in; a form that was saved meanwhile has become its entry.</summary>
/// <param name="Refusal">Why he may not; null when he may.</param>
public sealed record OpenPlace(Entry? Entry, Guid? FormId, string Field, string? Refusal = null)
{
    public static OpenPlace Refused(string why) => new(null, null, "", why);
}

/// <summary>Says whether a person may put files in a place: whoever may edit the entry, in an open month, or fills the form.</summary>
public sealed class EvidencePlaces(
    IDbContextFactory<AppDbContext> contexts, EntryLists entries, FormDrafts drafts, LedgerCatalog catalog, UnitDirectory units, PeriodService periods)
{
    public async Task<OpenPlace> OpenAsync(Person person, EvidencePlace place, CancellationToken cancel)
    {
        if (!person.CanRecord) return OpenPlace.Refused($"{Person.Label(person.Role)}不能添加材料。");
        var entryId = place.EntryId ?? (place.FormId is { } saved ? await drafts.SavedAsAsync(person, saved, cancel) : null);
        if (entryId is { } id)
        {
            if (await entries.FindAsync(person, id, cancel) is not { } entry) return OpenPlace.Refused("没有这条记录，或者它现在不能添加材料。");
            if (await RefusalAsync(person, entry, cancel) is { } refusal) return OpenPlace.Refused(refusal);
            return IsFiles(entry.LedgerKey, place.Field) ? new(entry, null, place.Field) : NoField(place.Field);
        }
        if (place.FormId is not { } form || !IsFiles(place.Ledger, place.Field)) return NoField(place.Field);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.FormDrafts.AnyAsync(draft => draft.Id == form && draft.PersonId != person.Id, cancel)
            ? OpenPlace.Refused("这份填写属于另一个账号。") : new(null, form, place.Field);
    }

    /// <summary>Why the person may neither add nor take off files of the entry; null when he may.</summary>
    public async Task<string?> RefusalAsync(Person person, Entry entry, CancellationToken cancel)
    {
        if (!EntryWorkflow.CanEdit(person, entry)) return "没有这条记录，或者它现在不能添加材料。";
        var tree = await units.TreeAsync(cancel);
        return tree.Find(entry.UnitId) is { } unit && await periods.RefusalAsync(person, unit, entry.Date, cancel) is { } closed ? closed + "。" : null;
    }

    bool IsFiles(string ledger, string field) => catalog.Ledger(ledger)?.Field(field)?.Type == FieldType.Files;
    static OpenPlace NoField(string field) => OpenPlace.Refused($"台账没有附件字段“{field}”。");
}

/// <summary>Moves the files of a form to the entry that it became, and says which fields hold files.</summary>
sealed class EvidenceMover : IEntryListener, IEntryFiles, IFormListener
{
    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        foreach (var change in changes)
        {
            if (change.Form is not { } form) continue;
            var there = await db.Evidence.Where(file => file.EntryId == change.After.Id && !file.Removed).Select(file => new { file.Field, file.Sha256 }).ToListAsync(cancel);
            foreach (var file in await db.DraftEvidence.Where(file => file.DraftId == form.Id).OrderBy(file => file.Id).ToListAsync(cancel))
            {
                db.DraftEvidence.Remove(file);
                if (file.PersonId != change.By.Id || there.Any(other => other.Field == file.Field && other.Sha256 == file.Sha256)) continue;
                db.Evidence.Add(file.For(change.After.Id));
                await EvidenceLog.AddAsync(db, change.By, change.After, "attach", file.Name, file.Sha256, file.Size, change.At, cancel);
            }
        }
    }

    public async Task<IReadOnlySet<string>> FilledAsync(AppDbContext db, long? entryId, Guid? form, CancellationToken cancel)
    {
        var ofEntry = db.Evidence.Where(file => entryId != null && file.EntryId == entryId && !file.Removed).Select(file => file.Field);
        var ofForm = db.DraftEvidence.Where(file => form != null && file.DraftId == form).Select(file => file.Field);
        return (await ofEntry.Union(ofForm).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
    }

    public Task OnDiscardedAsync(AppDbContext db, Guid form, CancellationToken cancel) =>
        db.DraftEvidence.Where(file => file.DraftId == form).ExecuteDeleteAsync(cancel);
}
