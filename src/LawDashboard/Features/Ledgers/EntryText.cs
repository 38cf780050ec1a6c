using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>A piece of an entry that can be found by typing.</summary>
/// <param name="Label">Where it stands: 标题, 编号, or the field's heading.</param>
/// <param name="Shown">As everybody reads it: personal data masked.</param>
public sealed record EntryTextPart(string Label, string Text, string Shown, bool Personal);

/// <summary>
/// What of an entry can be found: serial number, title, texts and chosen dictionary values; names, ID numbers and other
/// personal data for those only who may see them, so that nobody learns by guessing what the mask hides.
/// </summary>
public sealed class EntryText(LedgerCatalog catalog)
{
    /// <summary>Raised whenever the same entry would be found by other words than before.</summary>
    const int Rules = 1;

    public const string TitleLabel = "标题", SerialLabel = "编号";

    public IEnumerable<EntryTextPart> Parts(Entry entry)
    {
        yield return new(TitleLabel, entry.Title, entry.Title, false);
        if (entry.Serial is { } serial) yield return new(SerialLabel, serial, serial, false);
        foreach (var field in catalog.Ledger(entry.LedgerKey)?.Fields ?? [])
            if (Text(field, entry.Values) is { Length: > 0 } text)
                yield return new(field.Label, text, field.IsPersonal ? PersonalMask.Apply(field.Mask, text) : text, field.IsPersonal);
    }

    public SearchDocument Document(Entry entry)
    {
        var parts = Parts(entry).Select(part => (Text: SearchTokens.Normal(part.Text).Trim(), part.Personal)).ToList();
        var open = Distinct(parts.Where(part => !part.Personal).Select(part => part.Text), []);
        var personal = Distinct(parts.Where(part => part.Personal).Select(part => part.Text), open);
        return new(entry.Id, string.Join('\n', open), string.Join('\n', personal), [LedgerScope(entry.LedgerKey), UnitScope(entry.UnitId), YearScope(entry.Date.Year)]);
    }

    /// <summary>The same for two definitions of a ledger as long as both make the same of every entry.</summary>
    public string Fingerprint(LedgerDefinition ledger)
    {
        var text = new StringBuilder().Append(Rules);
        foreach (var field in ledger.Fields.Where(IsSearched))
        {
            text.Append('\n').Append(field.Key).Append(':').Append(field.Type).Append(field.IsPersonal ? "!" : "");
            foreach (var value in catalog.Values(field)) text.Append('|').Append(value.Code).Append('=').Append(value.Label);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }

    // One short token each: they begin with a letter of their own, so that no ledger is called like a unit.
    public static string LedgerScope(string ledger) => "l" + ledger.ToLowerInvariant();
    public static string UnitScope(int unit) => "u" + unit.ToString(CultureInfo.InvariantCulture);
    public static string YearScope(int year) => "y" + year.ToString(CultureInfo.InvariantCulture);

    static bool IsSearched(FieldDefinition field) => field.IsDictionary || field.Type is FieldType.Text or FieldType.LongText or FieldType.Person;

    string Text(FieldDefinition field, FieldValues values) => !IsSearched(field) ? "" : field.Type switch
    {
        FieldType.OneOf => values.Text(field.Key) is { } code ? catalog.Label(field, code) : "",
        FieldType.SeveralOf => string.Join(' ', values.Items(field.Key).Select(code => catalog.Label(field, code))),
        _ => values.Text(field.Key) ?? "",
    };

    /// <summary>A title mostly repeats fields; what stands in another text is found there.</summary>
    static List<string> Distinct(IEnumerable<string> texts, IReadOnlyList<string> already)
    {
        var kept = new List<string>();
        foreach (var text in texts.OrderByDescending(text => text.Length))
            if (text.Length > 0 && !already.Concat(kept).Any(other => other.Contains(text, StringComparison.Ordinal))) kept.Add(text);
        return kept;
    }
}
