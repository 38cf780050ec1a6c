using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>
/// Lists an entry in a further ledger: a second row that follows the first (see <see cref="ListingKeeper"/>), with a number
/// of its own. The other ledger's measures count it; totals over several ledgers count the event once.
/// </summary>
public sealed class ListingService(
    IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, LedgerVersions versions, UnitDirectory units,
    IEnumerable<IEntryListener> listeners, EntryNews news, TimeProvider clock)
{
    /// <summary>Whoever may change an entry may list it; what is approved already counts at once, so that is the reviewer's to say.</summary>
    public static bool CanList(Person person, Entry entry) =>
        entry.OriginId is null && (EntryWorkflow.CanEdit(person, entry) || (entry.State == EntryState.Approved && person.CanReview));

    /// <summary>The rows that list the entry in other ledgers now.</summary>
    public async Task<IReadOnlyList<Entry>> OfEntryAsync(Person person, Entry origin, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var query = new EntryQuery { Person = person, ListedOnly = true };
        return await EntryReader.Select(db, await units.TreeAsync(cancel), query).Where(e => e.OriginId == origin.Id).OrderBy(e => e.Id).ToListAsync(cancel);
    }

    /// <param name="extra">What the other ledger asks for besides what is taken over.</param>
    public async Task<EntryResult> ListAsync(Person person, long id, int version, string to, FieldValues extra, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var (origin, refusal) = await OriginAsync(db, tree, person, id, version, cancel);
        if (origin is null) return refusal!;
        if (catalog.Related.ListingsOf(origin, catalog).FirstOrDefault(l => l.To == to) is not { } listing || catalog.Ledger(to) is not { } ledger)
            return new EntryResult.Refused("这条记录不能列入这本台账");
        if (await db.Entries.AnyAsync(e => e.OriginId == id && e.LedgerKey == to && e.State != EntryState.Voided, cancel)) return new EntryResult.Refused($"已经列入{ledger.Name}");

        var row = new Entry
        {
            LedgerKey = to, OriginId = id, OriginLedger = origin.LedgerKey, UnitId = origin.UnitId, Date = origin.Date, Title = "", Values = extra, State = origin.State, Version = 0,
            ApprovedBy = origin.ApprovedBy, StateNote = origin.StateNote, CreatedById = person.Id, CreatedBy = person.Name, CreatedAt = ChinaTime.Now(clock),
        };
        ListingKeeper.Fill(row, origin, ledger, listing, tree, catalog, versions);
        if (new EntryValidator(catalog, ChinaTime.Today(clock)).Check(ledger, row.Values) is { Count: > 0 } errors) return new EntryResult.Invalid(errors);
        var periods = await PeriodBook.ReadAsync(db, tree, ChinaTime.Today(clock), [origin.Date], cancel);
        var (closed, note) = periods.Judge(person, ledger, origin, origin);
        if (closed is not null) return new EntryResult.Refused(closed);
        if (origin.ApprovedValues is not null) row.ApprovedValues = row.Values;
        if (origin.Number is not null) await SerialNumbers.GiveAsync(db, ledger, tree[row.UnitId], row, cancel);
        db.Entries.Add(row);
        await CommitAsync(db, transaction, tree, person, origin, "list", ledger.Name, new(null, row, ledger, "create", Told($"由{origin.Serial ?? origin.Title}列入", note), person, row.CreatedAt), cancel);
        return new EntryResult.Done(row);
    }

    /// <summary>Takes the row out of the other ledger again: it is voided, with the reason; the entry itself stays.</summary>
    public async Task<EntryResult> UnlistAsync(Person person, long id, int version, long rowId, string? reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > 500) return new EntryResult.Invalid([new("note", "请写明不再列入的原因，最多500字")]);
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var (origin, refusal) = await OriginAsync(db, tree, person, id, version, cancel);
        if (origin is null) return refusal!;
        if (await db.Entries.SingleOrDefaultAsync(e => e.Id == rowId && e.OriginId == id && e.State != EntryState.Voided, cancel) is not { } row || catalog.Ledger(row.LedgerKey) is not { } ledger)
            return new EntryResult.Refused("已经不再列入");
        var periods = await PeriodBook.ReadAsync(db, tree, ChinaTime.Today(clock), [row.Date], cancel);
        var (closed, note) = periods.Judge(person, ledger, row, row);
        if (closed is not null) return new EntryResult.Refused(closed);
        var before = row.Copy();
        (row.State, row.StateNote, row.ApprovedBy, row.ApprovedValues) = (EntryState.Voided, reason.Trim(), null, null);
        await CommitAsync(db, transaction, tree, person, origin, "unlist", ledger.Name, new(before, row, ledger, "void", Told(reason.Trim(), note), person, ChinaTime.Now(clock)), cancel);
        return new EntryResult.Done(row);
    }

    async Task<(Entry? Origin, EntryResult? Refusal)> OriginAsync(AppDbContext db, UnitTree tree, Person person, long id, int version, CancellationToken cancel)
    {
        if (await db.Entries.SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } origin || !person.Sees(tree, origin.UnitId)) return (null, new EntryResult.Refused("没有这条记录，或不在您的单位范围内"));
        if (!CanList(person, origin)) return (null, new EntryResult.Refused($"记录现在是“{EntryWorkflow.Label(origin.State)}”，{Person.Label(person.Role)}不能改变它列入哪些台账"));
        return origin.Version == version ? (origin, null) : (null, new EntryResult.Conflict(origin));
    }

    /// <summary>The row, and the entry itself, whose history tells of it and whose version moves on: whoever had it open is told.</summary>
    async Task CommitAsync(AppDbContext db, WriteTransaction transaction, UnitTree tree, Person person, Entry origin, string action, string note, EntryChange change, CancellationToken cancel)
    {
        var before = origin.Copy();
        foreach (var entry in (Entry[])[change.After, origin])
        {
            entry.Version++;
            entry.UpdatedAt = change.At;
        }
        await db.SaveChangesAsync(cancel);
        EntryChange[] changes = [change, new(before, origin, catalog.Ledger(origin.LedgerKey)!, action, note, person, change.At)];
        // The row was made from the entry as it is: nothing has to follow.
        foreach (var listener in listeners.Where(listener => listener is not ListingKeeper)) await listener.OnChangedAsync(db, tree, changes, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Publish(new(tree[origin.UnitId]));
    }

    static string Told(string note, string? more) => more is null ? note : $"{note}；{more}";
}
