using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>How alike two entries are, with what they share in words.</summary>
public sealed record Likeness(double Score, IReadOnlyList<string> Reasons);

/// <summary>
/// What an entry is recognised by when the same event is logged twice: day, what it was about, where, and with whom. Personal
/// data is only compared and never leaves this place.
/// </summary>
public sealed record EventTraits
{
    /// <summary>From here on texts speak of the same thing: in one ledger, in another one, on another day.</summary>
    const double SameText = 0.55, RelatedText = 0.45, NextDayText = 0.75, SamePlace = 0.75;

    public required string Ledger { get; init; }
    public required DateOnly Date { get; init; }
    /// <summary>The free words of its title, in one ledger more telling than the title, which repeats the dictionary.</summary>
    public required string Words { get; init; }
    public required string Title { get; init; }
    public required string Place { get; init; }
    /// <summary>Names, identity and telephone numbers of private persons.</summary>
    public required IReadOnlySet<string> Parties { get; init; }
    public required bool Daily { get; init; }

    public static EventTraits Of(Entry entry, LedgerDefinition ledger, LedgerCatalog catalog, FieldText text)
    {
        var named = Patterns.Keys(ledger.Title).Select(ledger.Field).OfType<FieldDefinition>().ToList();
        var free = named.Where(field => field.Type is FieldType.Text or FieldType.LongText && !field.IsPersonal).ToList();
        return new()
        {
            Ledger = ledger.Key, Date = entry.Date,
            Words = Join(free), Title = Join(named.Where(field => !field.IsPersonal)),
            Place = catalog.Related.Places.TryGetValue(ledger.Key, out var place) ? entry.Values.Text(place) ?? "" : "",
            Parties = ledger.Fields.Where(IsParty).SelectMany(field => Names(entry.Values.Text(field.Key))).ToHashSet(StringComparer.Ordinal),
            Daily = catalog.Related.IsDaily(ledger.Key),
        };

        string Join(IEnumerable<FieldDefinition> fields) => string.Join(' ', fields.Select(field => text.Show(field, entry.Values)).Where(shown => shown.Length > 0));
    }

    /// <summary>Whether there is anything to compare yet.</summary>
    public bool IsTelling => Similarity.Normal(Words).Length >= 2 || Similarity.Normal(Place).Length >= 2 || Parties.Count > 0;

    /// <summary>Null when the two are hardly the same event. The order of the two does not matter.</summary>
    public Likeness? Compare(EventTraits other)
    {
        var days = Math.Abs(Date.DayNumber - other.Date.DayNumber);
        if (days > 1 || (days == 1 && (Daily || other.Daily))) return null;
        var sameLedger = Ledger == other.Ledger;
        var text = sameLedger && Words.Length > 0 && other.Words.Length > 0 ? Similarity.Of(Words, other.Words) : Similarity.Of(Title, other.Title);
        var place = Similarity.Of(Place, other.Place);
        var shared = Parties.Intersect(other.Parties, StringComparer.Ordinal).Count();
        var enough = days == 1 ? NextDayText : sameLedger ? SameText : RelatedText;
        // In one ledger a place repeats itself; across ledgers the same place on the same day is the same event.
        var byPlace = days == 0 && place >= SamePlace && (!sameLedger || text >= RelatedText / 2);
        if (text < enough && shared == 0 && !byPlace) return null;

        var reasons = new List<string>();
        if (text >= RelatedText) reasons.Add(text >= 0.995 ? "内容相同" : $"内容相似（{Math.Floor(text * 100)}%）");
        if (shared > 0) reasons.Add("当事人相同");
        if (place >= SamePlace) reasons.Add("地点相同或相近");
        reasons.Add(days == 0 ? "同一天" : "相差一天");
        return new(Math.Min(1, Math.Max(text, shared > 0 ? 0.9 : 0)) + (place >= SamePlace ? 0.1 : 0) - days * 0.1, reasons);
    }

    static bool IsParty(FieldDefinition field) => field.Type is FieldType.Person or FieldType.Text
        && field.Mask is PersonalData.Name or PersonalData.IdNumber or PersonalData.Phone;

    static IEnumerable<string> Names(string? text) =>
        (text ?? "").Split(['、', '，', ',', ';', '；', ' ', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => name.Length >= 2);
}
