using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>A column of a ledger's list.</summary>
/// <param name="Key"><c>date</c>, <c>serial</c>, <c>title</c>, <c>unit</c>, <c>state</c>, <c>updated</c> or the key of a field.</param>
/// <param name="Field">Null for what every entry has.</param>
public sealed record ListColumn(string Key, string Label, FieldDefinition? Field = null)
{
    public bool IsNumber => Field?.IsNumber == true;
    /// <summary>The order of personal data would tell what is masked.</summary>
    public bool CanSort => Field is null or { Type: not FieldType.SeveralOf, IsPersonal: false };
    /// <summary>The title opens the entry, so it cannot be taken away.</summary>
    public bool IsFixed => Key == "title";
}

/// <summary>Which columns a list can have, which it has by itself, and which a person chose.</summary>
public static class ListColumns
{
    public static IReadOnlyList<ListColumn> All(LedgerDefinition ledger) =>
    [
        new("date", ledger.Field(ledger.Date)?.Label ?? "日期"), new("serial", "编号"), new("title", "标题"), new("unit", "单位"),
        .. ledger.Fields.Where(field => field.Type != FieldType.Files && field.Key != ledger.Date).Select(field => new ListColumn(field.Key, field.Label, field)),
        new("state", "状态"), new("updated", "最后修改"),
    ];

    public static IReadOnlyList<ListColumn> Ordinary(LedgerDefinition ledger)
    {
        string[] keys = ["date", "serial", "title", "unit", .. ledger.List.Where(key => key != ledger.Date), "state"];
        return Named(ledger, keys);
    }

    /// <summary>The columns that a person chose; what the ledger no longer has is left out. Null or nothing chosen: the ordinary ones.</summary>
    public static IReadOnlyList<ListColumn> Of(LedgerDefinition ledger, string? chosen)
    {
        if (string.IsNullOrWhiteSpace(chosen)) return Ordinary(ledger);
        var columns = Named(ledger, chosen.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return columns.Any(column => column.IsFixed) ? columns : [All(ledger).First(column => column.IsFixed), .. columns];
    }

    /// <summary>What is stored of a choice; null for the ordinary columns, so that they follow the definition.</summary>
    public static string? Text(LedgerDefinition ledger, IEnumerable<string> keys)
    {
        var text = string.Join(',', keys);
        return text == string.Join(',', Ordinary(ledger).Select(column => column.Key)) ? null : text;
    }

    static IReadOnlyList<ListColumn> Named(LedgerDefinition ledger, IEnumerable<string> keys)
    {
        var all = All(ledger).ToDictionary(column => column.Key, StringComparer.Ordinal);
        return [.. keys.Distinct(StringComparer.Ordinal).Select(all.GetValueOrDefault).OfType<ListColumn>()];
    }
}
