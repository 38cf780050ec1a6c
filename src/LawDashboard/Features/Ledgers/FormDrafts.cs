using System.Text.Encodings.Web;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>A form as a browser hands it over while it is typed.</summary>
/// <param name="Fields">What is typed in the fields that are there now; fields that are not keep what they had.</param>
/// <param name="Writer">The page that writes, with a count that only rises.</param>
public sealed record FormTyped(
    Guid Id, string Ledger, long? Entry, int Version, string? Unit, IReadOnlyDictionary<string, string> Fields, string Device, string Writer, long Sequence);

/// <summary>What came of keeping a form: kept at a moment (UTC), over because its entry was saved or it was thrown away, or refused with a reason.</summary>
/// <param name="Ended">What it was saved as.</param>
public sealed record FormKept(DateTime? At, FormReceipt? Ended = null, string? Refusal = null);

/// <summary>A form that lies unfinished, for lists.</summary>
/// <param name="Title">What the entry would be called as far as it is typed.</param>
public sealed record FormLine(Guid Id, LedgerDefinition Ledger, long? EntryId, string Title, string Device, DateTime UpdatedAt);

/// <summary>
/// Keeps forms while they are typed. One small write each, without log or tallies; whoever owns the form finds it again
/// after a lost connection, a restart, or at another device.
/// </summary>
public sealed class FormDrafts(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, UnitDirectory units, IEnumerable<IFormListener> listeners, TimeProvider clock)
{
    /// <summary>In characters, over all fields: more than any ledger's fields hold together.</summary>
    const int SizeLimit = 200_000;

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<FormKept> KeepAsync(Person person, FormTyped typed, CancellationToken cancel = default)
    {
        if (!person.CanRecord) return new(null, Refusal: $"{Person.Label(person.Role)}不能登记台账");
        if (catalog.Ledger(typed.Ledger) is not { } ledger) return new(null, Refusal: $"没有台账“{typed.Ledger}”");
        if (typed.Fields.Sum(field => field.Value?.Length ?? 0) > SizeLimit) return new(null, Refusal: "填写的内容太长，不能自动保存");
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginSmallWriteAsync(cancel);
        var draft = await db.FormDrafts.SingleOrDefaultAsync(d => d.Id == typed.Id, cancel);
        if (draft is null && await FormEnding.ReceiptAsync(db, typed.Id, cancel) is { } receipt) return new(null, receipt);
        if (draft is not null && (draft.PersonId != person.Id || draft.LedgerKey != ledger.Key)) return new(null, Refusal: "这份填写属于另一个账号");
        if (draft?.Writer == typed.Writer && draft.Sequence >= typed.Sequence) return new(draft.UpdatedAt);
        if (draft is null && typed.Entry is { } changed && !await IsSeenAsync(db, person, ledger, changed, cancel)) return new(null, Refusal: "没有这条记录，或不在您的单位范围内");
        var now = ChinaTime.Now(clock);
        if (draft is null)
            db.FormDrafts.Add(draft = new()
            {
                Id = typed.Id, PersonId = person.Id, LedgerKey = ledger.Key, EntryId = typed.Entry, EntryVersion = typed.Version,
                Typed = "{}", Device = "", Writer = "", Sequence = 0, CreatedAt = now, UpdatedAt = now,
            });
        var fields = Read(draft);
        foreach (var (key, text) in typed.Fields)
            if (ledger.Field(key) is { Type: not FieldType.Files }) fields[key] = text ?? "";
        (draft.Typed, draft.UpdatedAt, draft.Device) = (JsonSerializer.Serialize(fields, Plain), now, typed.Device);
        (draft.Writer, draft.Sequence) = (typed.Writer.Beginning(36), typed.Sequence);
        if (typed.Unit is { Length: > 0 and <= 32 } unit) draft.UnitCode = unit;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Its entry was saved, or it was thrown away, between reading and writing.
            return new(null, await FormEnding.ReceiptAsync(db, typed.Id, cancel));
        }
        await transaction.CommitAsync(cancel);
        return new(now);
    }

    /// <summary>The person's own form; null when there is none, or its entry was saved.</summary>
    public async Task<FormDraft?> FindAsync(Person person, Guid id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Open(db, person).SingleOrDefaultAsync(draft => draft.Id == id, cancel);
    }

    /// <summary>The newest form in which the person began to change an entry; null when there is none.</summary>
    public async Task<FormDraft?> OfEntryAsync(Person person, long entryId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Open(db, person).Where(draft => draft.EntryId == entryId).OrderByDescending(draft => draft.UpdatedAt).FirstOrDefaultAsync(cancel);
    }

    /// <summary>The entry that a form of the person was saved as; null when it was not.</summary>
    public async Task<long?> SavedAsAsync(Person person, Guid id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await FormEnding.ReceiptAsync(db, id, cancel) is { } receipt && receipt.PersonId == person.Id ? receipt.EntryId : null;
    }

    /// <summary>All forms that the person left unfinished, newest first; those of one ledger when it is named.</summary>
    public async Task<IReadOnlyList<FormLine>> OfPersonAsync(Person person, string? ledger = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var drafts = await Open(db, person).Where(draft => ledger == null || draft.LedgerKey == ledger).OrderByDescending(draft => draft.UpdatedAt).Take(200).ToListAsync(cancel);
        return [.. from draft in drafts
                   let definition = catalog.Ledger(draft.LedgerKey)
                   where definition is not null
                   select new FormLine(draft.Id, definition, draft.EntryId, Title(tree, definition, draft), draft.Device, draft.UpdatedAt)];
    }

    /// <summary>How many forms the person left unfinished.</summary>
    public async Task<int> CountAsync(Person person, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Open(db, person).CountAsync(cancel);
    }

    /// <summary>Throws a form away, as its person asked; what listens to that is told in the same transaction.</summary>
    public async Task DiscardAsync(Person person, Guid id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginSmallWriteAsync(cancel);
        // What was saved meanwhile is an entry, and its files belong to that.
        if (await db.FormDrafts.Where(draft => draft.Id == id && draft.PersonId == person.Id).ExecuteDeleteAsync(cancel) > 0)
            foreach (var listener in listeners) await listener.OnDiscardedAsync(db, id, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>What was typed, by field.</summary>
    public static Dictionary<string, string> Read(FormDraft draft) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(draft.Typed) ?? new(StringComparer.Ordinal);

    /// <summary>Forms that were not saved. One that arrives while its entry is being saved may leave a row behind; its receipt says that it is over.</summary>
    static IQueryable<FormDraft> Open(AppDbContext db, Person person)
    {
        var receipts = db.FormReceipts;
        return db.FormDrafts.AsNoTracking().Where(draft => draft.PersonId == person.Id && !receipts.Any(receipt => receipt.Id == draft.Id));
    }

    async Task<bool> IsSeenAsync(AppDbContext db, Person person, LedgerDefinition ledger, long entry, CancellationToken cancel) =>
        await EntryReader.Select(db, await units.TreeAsync(cancel), new() { Person = person, Ledger = ledger, States = Enum.GetValues<EntryState>() }).AnyAsync(seen => seen.Id == entry, cancel);

    string Title(UnitTree tree, LedgerDefinition ledger, FormDraft draft)
    {
        var parser = new FieldParser(catalog, tree, DateOnly.FromDateTime(ChinaTime.Local(draft.UpdatedAt)));
        var values = FieldValues.Empty;
        foreach (var (key, text) in Read(draft))
            if (ledger.Field(key) is { } field) values = values.With(key, parser.Parse(field, text).Value);
        return new FieldText(catalog, tree).Title(ledger, values);
    }
}
