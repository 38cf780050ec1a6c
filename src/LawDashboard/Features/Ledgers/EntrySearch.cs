using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>An entry that was found, and where, when neither title nor serial number shows it.</summary>
/// <param name="Label">Heading of the field.</param>
/// <param name="Where">What stands there, around the hit; personal data masked.</param>
public sealed record SearchHit(Entry Entry, string? Label = null, string? Where = null);

/// <summary>The newest finds of a ledger.</summary>
public sealed record FoundLedger(LedgerDefinition Ledger, IReadOnlyList<SearchHit> Hits);

/// <summary>Searches all ledgers at once. Whatever it is asked is an <see cref="EntryQuery"/>, with the person's scope.</summary>
public sealed class EntrySearch(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, UnitDirectory units)
{
    /// <summary>Ledgers are looked for among so many of the newest finds, then among those of the others, until there are enough.</summary>
    const int Look = 200;
    /// <summary>For the others only so many of the newest entries are looked through, or a word that is everywhere would take long.</summary>
    const int Recent = 50_000;
    const int Around = 60;

    readonly EntryText texts = new(catalog);

    /// <summary>
    /// The newest finds of each ledger, most recently recorded first, of about so many ledgers; of all ledgers unless there are
    /// very many finds, where some without recent ones may be missing.
    /// </summary>
    public async Task<IReadOnlyList<FoundLedger>> FirstAsync(EntryQuery query, int perLedger, int ledgers, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        var (seen, after) = (Look, 0L);
        while (seen == Look && found.Count < ledgers)
        {
            var newest = await EntryReader.SelectFound(db, tree, query, found.Keys, after).Select(entry => new { entry.Id, entry.LedgerKey }).Take(Look).ToListAsync(cancel);
            foreach (var group in newest.GroupBy(entry => entry.LedgerKey)) found[group.Key] = [.. group.Take(perLedger).Select(entry => entry.Id)];
            seen = newest.Count;
            if (after == 0 && seen > 0) after = Math.Max(newest[0].Id - Recent, 1);
        }
        return await ReadAsync(db, tree, query, found, cancel);
    }

    /// <summary>The newest finds of the named ledgers.</summary>
    public async Task<IReadOnlyList<FoundLedger>> FirstOfAsync(EntryQuery query, int perLedger, IEnumerable<string> ledgers, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var found = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        foreach (var key in ledgers)
            if (catalog.Ledger(key) is { } ledger)
                found[key] = await EntryReader.SelectFound(db, tree, query with { Ledger = ledger }).Select(entry => entry.Id).Take(perLedger).ToListAsync(cancel);
        return await ReadAsync(db, tree, query, found, cancel);
    }

    /// <summary>One page of the finds, most recently recorded first.</summary>
    public async Task<IReadOnlyList<SearchHit>> PageAsync(EntryQuery query, int page, int size, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var words = SearchTokens.Words(query.Search);
        var entries = await EntryReader.SelectFound(db, tree, query).Skip((Math.Max(page, 1) - 1) * size).Take(size).ToListAsync(cancel);
        return [.. entries.Select(entry => Hit(query.Person, entry, words))];
    }

    async Task<IReadOnlyList<FoundLedger>> ReadAsync(AppDbContext db, UnitTree tree, EntryQuery query, Dictionary<string, List<long>> found, CancellationToken cancel)
    {
        var ids = found.Values.SelectMany(some => some).ToList();
        var entries = await EntryReader.Select(db, tree, query with { Search = null, Ids = ids }).ToListAsync(cancel);
        var words = SearchTokens.Words(query.Search);
        return [.. from ofLedger in entries.GroupBy(entry => entry.LedgerKey)
            let ledger = catalog.Ledger(ofLedger.Key)
            where ledger is not null
            let newest = ofLedger.OrderByDescending(entry => entry.Id).ToList()
            orderby newest[0].Id descending
            select new FoundLedger(ledger, [.. newest.Select(entry => Hit(query.Person, entry, words))])];
    }

    /// <summary>Says where the first word was found that title and serial number do not show.</summary>
    SearchHit Hit(Person person, Entry entry, IReadOnlyList<string> words)
    {
        var missing = words.Where(word => !Has(entry.Title, word) && !Has(entry.Serial, word)).ToList();
        if (missing.Count == 0) return new(entry);
        var part = texts.Parts(entry).FirstOrDefault(part => (!part.Personal || person.CanReveal) && missing.Any(word => Has(part.Text, word)));
        return part is null ? new(entry) : new(entry, part.Label, part.Personal ? part.Shown : TextMarks.Around(part.Shown, missing, Around));
    }

    static bool Has(string? text, string word) => text is not null && SearchTokens.Normal(text).Contains(word, StringComparison.Ordinal);
}

/// <summary>What the search box of the shell shows while one types.</summary>
sealed class SearchPreviews(EntrySearch search, EntryIndex index) : ISearchSource
{
    const int PerLedger = 3, MostLedgers = 7;

    public async Task<SearchPreview> PreviewAsync(WorkContext work, string text, CancellationToken cancel)
    {
        var found = await search.FirstAsync(new() { Person = work.Person, Unit = work.NoUnits ? null : work.Unit, Search = text }, PerLedger, MostLedgers, cancel);
        return new([.. found.Take(MostLedgers).Select(ledger => new SearchPreviewGroup(ledger.Ledger.ShortName, SearchAddress.Of(work, text, ledger.Ledger.Key),
            [.. ledger.Hits.Select(hit => Row(work, hit))]))], index.Progress?.ToString());
    }

    public string Link(WorkContext work, string text) => SearchAddress.Of(work, text);

    static SearchPreviewRow Row(WorkContext work, SearchHit hit) => new(EntryAddress.Of(hit.Entry.Id, work), hit.Entry.Title, hit.Entry.Serial,
        FieldValues.Iso(hit.Entry.Date), work.Tree.Find(hit.Entry.UnitId)?.Name ?? "", hit.Label, hit.Where);
}
