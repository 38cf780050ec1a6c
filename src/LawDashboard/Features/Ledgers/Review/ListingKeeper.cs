using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>
/// Keeps rows that list an event of another ledger in step with it: whatever changes entries, one or many, the rows follow in
/// the same transaction, and audit and tallies are told of them as of every other entry.
/// </summary>
sealed class ListingKeeper(LedgerCatalog catalog, LedgerVersions versions, IServiceProvider services) : IEntryListener
{
    /// <summary>Ids of one question; far below either database's limit.</summary>
    const int Asked = 500;

    public async Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        if (catalog.Related.Listings.Count == 0) return;
        var followed = new List<EntryChange>();
        foreach (var chunk in changes.Where(change => change is { Before: not null, After.OriginId: null }).Chunk(Asked))
        {
            var byId = chunk.ToDictionary(change => change.After.Id);
            var ids = byId.Keys.Cast<long?>().ToList();
            foreach (var row in await db.Entries.Where(e => e.OriginId != null && ids.Contains(e.OriginId) && e.State != EntryState.Voided).ToListAsync(cancel))
                if (await FollowAsync(db, tree, byId[row.OriginId!.Value], row, cancel) is { } change) followed.Add(change);
        }
        if (followed.Count == 0) return;
        await db.SaveChangesAsync(cancel);
        // Asked for only now: the listeners are built with this one among them.
        foreach (var listener in services.GetServices<IEntryListener>().Where(listener => listener is not ListingKeeper))
            await listener.OnChangedAsync(db, tree, followed, cancel);
    }

    async Task<EntryChange?> FollowAsync(AppDbContext db, UnitTree tree, EntryChange change, Entry row, CancellationToken cancel)
    {
        if (catalog.Ledger(row.LedgerKey) is not { } ledger) return null;
        var (origin, before) = (change.After, row.Copy());
        // Where the definition no longer lists the two, the row keeps its values and follows in state only.
        if (catalog.Related.Listing(origin.LedgerKey, row.LedgerKey) is { } listing) Fill(row, origin, ledger, listing, tree, catalog, versions);
        (row.State, row.StateNote, row.ApprovedBy) = (origin.State, origin.StateNote, origin.ApprovedBy);
        row.ApprovedValues = origin.ApprovedValues is null ? null : row.ApprovedValues ?? before.Values;
        if (origin.Number is not null && row.Number is null) await SerialNumbers.GiveAsync(db, ledger, tree[row.UnitId], row, cancel);
        row.Version++;
        row.UpdatedAt = change.At;
        return new(before, row, ledger, change.Action is "list" or "unlist" ? "edit" : change.Action, string.Join('；', new[] { change.Note, $"随原记录{origin.Serial}" }.OfType<string>()), change.By, change.At);
    }

    /// <summary>What a row takes over from its origin.</summary>
    internal static void Fill(Entry row, Entry origin, LedgerDefinition ledger, LedgerListing listing, UnitTree tree, LedgerCatalog catalog, LedgerVersions versions)
    {
        row.Values = EntryValidator.Clean(ledger, listing.Map(origin.Values, row.Values));
        (row.UnitId, row.Date, row.Backdated) = (origin.UnitId, origin.Date, origin.Backdated);
        row.Title = new FieldText(catalog, tree).Title(ledger, row.Values);
        row.DefinitionVersion = versions.Current(ledger.Key);
    }
}
