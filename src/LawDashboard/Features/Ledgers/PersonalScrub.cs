using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Hides personal data where it is not supposed to stand: a party's name repeated in the summary of the case, a telephone
/// number in a remark. Masked fields hide themselves; this is for everything beside them.
/// </summary>
public sealed partial class PersonalScrub(LedgerDefinition ledger)
{
    /// <summary>A job or a people's name is no one's in particular; only longer free texts are looked for elsewhere.</summary>
    const int LeastText = 6;

    readonly FieldDefinition[] personal = [.. ledger.Fields.Where(field => field.IsPersonal)];
    readonly FieldDefinition[] open = [.. ledger.Fields.Where(field => !field.IsPersonal && field.Type is FieldType.Text or FieldType.LongText)];

    /// <summary>
    /// The ledger keeps data of parties (certificates, telephones, addresses), so that a scan in it shows what no mask can hide.
    /// </summary>
    public static bool HoldsParties(LedgerDefinition ledger) => ledger.Fields.Any(field => field.Personal is not (PersonalData.None or PersonalData.Name));

    /// <summary>The personal values of an entry and what stands in their place, longest first.</summary>
    public IReadOnlyList<(string Value, string Mask)> Of(FieldValues values)
    {
        if (personal.Length == 0) return [];
        var found = new List<(string Value, string Mask)>();
        foreach (var field in personal)
            if (values.Text(field.Key) is { } text)
                foreach (var value in Parts(field, text)) found.Add((value, PersonalMask.Apply(field.Mask, value)));
        if (found.Count > 1) found.Sort((a, b) => b.Value.Length.CompareTo(a.Value.Length));
        return found;
    }

    /// <summary>The text without those values, and without anything that reads as an identity card or mobile number.</summary>
    public static string Hide(string text, IReadOnlyList<(string Value, string Mask)> values)
    {
        foreach (var (value, mask) in values) text = text.Replace(value, mask, StringComparison.Ordinal);
        return text.AsSpan().ContainsAnyInRange('0', '9') ? Numbers().Replace(text, number => PersonalMask.Apply(PersonalData.IdNumber, number.Value)) : text;
    }

    /// <summary>A copy of the entry whose open texts and title repeat none of its personal data; its personal fields are as they were.</summary>
    public Entry Scrubbed(Entry entry)
    {
        var hidden = Of(entry.Values);
        var copy = entry.Copy();
        copy.Title = Hide(entry.Title, hidden);
        foreach (var field in open)
            if (entry.Values.Text(field.Key) is { } text && Hide(text, hidden) is var hiding && hiding != text) copy.Values = copy.Values.With(field.Key, hiding);
        return copy;
    }

    static IEnumerable<string> Parts(FieldDefinition field, string text) => field.Mask switch
    {
        PersonalData.Name => text.Split(['、', '，', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(name => name.Length > 1),
        PersonalData.Text => text.Length >= LeastText ? [text] : [],
        _ => text.Length > 1 ? [text] : [],
    };

    // GB 11643: place, day of birth, order, check digit; mobile numbers begin with 13 to 19.
    [GeneratedRegex(@"(?<!\d)(?:[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|1[3-9]\d{9})(?![\dXx])")]
    private static partial Regex Numbers();
}
