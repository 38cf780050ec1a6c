using System.Globalization;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>Invents the value of one field by its rule, in stored steps; null when the rule has nothing to go by.</summary>
sealed class FieldMaker
{
    /// <summary>Codes that can come up.</summary>
    sealed record Table(string[] Codes, Weighted<string> Weighted);

    readonly FieldDefinition field;
    readonly DemoField rule;
    readonly LedgerDefinition ledger;
    readonly FieldText texts;
    readonly ulong key;
    readonly Table? always;
    readonly Dictionary<int, Table> inMonths;
    readonly string[] codes;
    readonly long wholeSteps;
    readonly string[] words;

    public FieldMaker(FieldDefinition field, DemoField rule, LedgerDefinition ledger, LedgerCatalog catalog, FieldText texts)
    {
        (this.field, this.rule, this.ledger, this.texts) = (field, rule, ledger, texts);
        key = Draws.Key(field.Key);
        codes = [.. catalog.Values(field).Select(value => value.Code)];
        always = rule.Weights is { } weights ? ToTable(weights) : null;
        inMonths = (rule.InMonths ?? new Dictionary<int, IReadOnlyDictionary<string, decimal>>()).ToDictionary(month => month.Key, month => ToTable(month.Value));
        words = [.. rule.Patterns.SelectMany(Patterns.Keys).Distinct()];
        wholeSteps = ledger.Field(rule.ShareOf ?? "")?.Steps ?? 1;
    }

    public object? Value(in DemoCase entry, ValueDraft draft) => field.Type switch
    {
        FieldType.YesNo => entry.Draws.Chance(rule.Chance, key),
        FieldType.OneOf => TableOf(entry.Date).Weighted.Pick(entry.Draws.Unit(key)),
        FieldType.SeveralOf => Several(entry),
        FieldType.Date => draft.Date(rule.After!) is { } start ? start.AddDays(entry.Draws.Between(rule.Days![0], rule.Days[1], key)) : null,
        _ when field.IsNumber => rule.ShareOf is not null ? ShareOf(entry, draft) : InRange(entry),
        _ => Text(entry, draft),
    };

    Table TableOf(DateOnly date) => inMonths.GetValueOrDefault(date.Month) ?? always!;

    string[] Several(in DemoCase entry)
    {
        var table = TableOf(entry.Date);
        var wanted = Math.Min(rule.Count is { } count ? entry.Draws.Between(count[0], count[1], key + 1) : 1, table.Codes.Length);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        // Light codes may not come up at all; what is missing is taken in the order of the dictionary.
        for (var n = 0UL; chosen.Count < wanted && n < 40; n++) chosen.Add(table.Weighted.Pick(entry.Draws.Unit(key + 2 + n)));
        foreach (var code in table.Codes.TakeWhile(_ => chosen.Count < wanted)) chosen.Add(code);
        return [.. codes.Where(chosen.Contains)];
    }

    long InRange(in DemoCase entry)
    {
        var (least, most) = (rule.Range![0], rule.Range[1]);
        // Skewed: half of all values lie in the lowest quarter of the range.
        var unit = entry.Draws.Unit(key);
        if (rule.Skew) unit *= unit;
        var step = rule.Step ?? 1;
        var value = least + decimal.Floor((decimal)unit * (decimal.Floor((most - least) / step) + 1)) * step;
        return (long)(value * field.Steps);
    }

    long? ShareOf(in DemoCase entry, ValueDraft draft)
    {
        if (draft.Number(rule.ShareOf!) is not { } whole) return null;
        var share = rule.Share![0] + (rule.Share[1] - rule.Share[0]) * (decimal)entry.Draws.Unit(key);
        return (long)decimal.Floor((decimal)whole / wholeSteps * share) * field.Steps;
    }

    string? Text(DemoCase entry, ValueDraft draft)
    {
        if (rule.Person) return Invented.Name(entry.Draws, key);
        if (rule.Phone) return Invented.Phone(entry.Draws, key);
        if (rule.IdNumber) return Invented.IdNumber(entry.Draws, key);
        var pattern = rule.Pattern ?? entry.Draws.Of(rule.Texts!, key);
        var text = pattern.Contains('{') ? Patterns.Fill(pattern, word => Word(word, entry, draft)) : pattern;
        return field.Type == FieldType.Text && text.Length > field.MaxLength ? text[..field.MaxLength] : text;
    }

    string? Word(string word, in DemoCase entry, ValueDraft draft) => ledger.Field(word) is { } other ? texts.Show(other, draft.Of(words)) : word switch
    {
        "unit" => entry.Unit.Name,
        "town" => entry.Town.Name,
        "year" => entry.Date.Year.ToString(CultureInfo.InvariantCulture),
        _ => entry.Number.ToString(CultureInfo.InvariantCulture),
    };

    static Table ToTable(IReadOnlyDictionary<string, decimal> weights)
    {
        var likely = weights.Where(weight => weight.Value > 0).ToList();
        return new([.. likely.Select(weight => weight.Key)], new(likely.Select(weight => (weight.Key, (double)weight.Value))));
    }
}
