using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>Which ledgers may hold the same event, and where in them it says where it happened: <c>seed-data/related-ledgers.json</c>.</summary>
public sealed record RelatedLedgers
{
    const string File = "related-ledgers.json";

    /// <summary>Groups of ledgers that one event may be logged in.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups { get; init; } = [];
    /// <summary>By ledger, the field that says where it happened.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();
    /// <summary>Ledgers of what is done every day, such as patrols: yesterday's is no duplicate of today's.</summary>
    public IReadOnlyList<string> Daily { get; init; } = [];

    /// <summary>Ledgers in which an event of another ledger can be listed as well, and what is taken over.</summary>
    public IReadOnlyList<LedgerListing> Listings { get; init; } = [];

    public static readonly RelatedLedgers None = new();

    /// <summary>The ledger itself and those that may hold the same event.</summary>
    public IReadOnlyList<string> With(string ledger) =>
        [.. Groups.Where(group => group.Contains(ledger, StringComparer.Ordinal)).SelectMany(group => group).Prepend(ledger).Distinct(StringComparer.Ordinal)];

    /// <summary>Where an entry can be listed as well.</summary>
    public IEnumerable<LedgerListing> ListingsOf(Entry entry, LedgerCatalog ledgers) => entry.OriginId is not null ? []
        : Listings.Where(listing => listing.From == entry.LedgerKey && ledgers.Ledger(listing.From) is { } from && listing.Applies(from, entry.Values));

    public LedgerListing? Listing(string from, string to) => Listings.FirstOrDefault(listing => listing.From == from && listing.To == to);

    public bool IsDaily(string ledger) => Daily.Contains(ledger, StringComparer.Ordinal);

    /// <summary>Reads and checks the file; without one no ledgers are related.</summary>
    public static RelatedLedgers Load(SeedFolder seed, LedgerCatalog ledgers)
    {
        if (!seed.Has(File) || seed.Read<RelatedLedgers>(File) is not { } related) return None;
        foreach (var key in related.Groups.SelectMany(group => group).Concat(related.Places.Keys).Concat(related.Daily).Distinct().Where(key => ledgers.Ledger(key) is null))
            seed.Report(File, key, $"台账“{key}”不存在");
        foreach (var (key, field) in related.Places)
            if (ledgers.Ledger(key) is { } ledger && ledger.Field(field)?.Type is not (FieldType.Text or FieldType.LongText))
                seed.Report(File, key, $"地点字段“{field}”不存在或不是文字");
        foreach (var listing in related.Listings)
            foreach (var problem in listing.Problems(ledgers)) seed.Report(File, $"{listing.From}→{listing.To}", problem);
        return related;
    }
}
