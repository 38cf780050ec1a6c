using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Other names of a field, by its label in every ledger or by its key in one.</summary>
public sealed record FieldNames(IReadOnlyList<string> Also, string? Label = null, string? Ledger = null, string? Field = null);

/// <summary>Other words for a value of a dictionary.</summary>
public sealed record ValueNames(string Dictionary, string Code, IReadOnlyList<string> Also);

/// <summary>The words that old Excel files use where the ledgers use others; written in <c>seed-data/import.json</c>.</summary>
public sealed class ImportWords
{
    const string File = "import.json";

    /// <summary>Headings of the serial number, and of the unit that an entry belongs to.</summary>
    public required IReadOnlyList<string> Serial { get; init; }
    public required IReadOnlyList<string> Unit { get; init; }
    /// <summary>Headings of columns that are never taken over.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }
    /// <summary>What the first cell of a row of totals says, and that of a line under the table.</summary>
    public required IReadOnlyList<string> Totals { get; init; }
    public required IReadOnlyList<string> Footers { get; init; }
    public required IReadOnlyList<string> Yes { get; init; }
    public required IReadOnlyList<string> No { get; init; }
    /// <summary>What people write into a cell for nothing.</summary>
    public required IReadOnlyList<string> Empty { get; init; }
    public required IReadOnlyList<FieldNames> Fields { get; init; }
    public required IReadOnlyList<ValueNames> Values { get; init; }

    /// <summary>Reads and checks the file; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static ImportWords Load(SeedFolder seed, LedgerCatalog catalog)
    {
        var words = seed.Read<ImportWords>(File) ?? new()
        {
            Serial = [], Unit = [], Ignored = [], Totals = [], Footers = [], Yes = [], No = [], Empty = [], Fields = [], Values = [],
        };
        var labels = catalog.Ledgers.SelectMany(ledger => ledger.Fields).Select(field => field.Label).ToHashSet(StringComparer.Ordinal);
        foreach (var names in words.Fields)
        {
            if (names.Label is { } label && !labels.Contains(label)) seed.Report(File, $"fields.{label}", "没有台账有这个名称的字段");
            if (names.Label is null && catalog.Ledger(names.Ledger)?.Field(names.Field ?? "") is null)
                seed.Report(File, $"fields.{names.Ledger}.{names.Field}", "没有这个台账或字段");
        }
        foreach (var names in words.Values.Where(names => catalog.Dictionary(names.Dictionary)?.ByCode.ContainsKey(names.Code) != true))
            seed.Report(File, $"values.{names.Dictionary}.{names.Code}", "没有这个字典或字典值");
        return words;
    }

    /// <summary>Every other name of a ledger's field.</summary>
    public IEnumerable<string> NamesOf(LedgerDefinition ledger, FieldDefinition field) =>
        Fields.Where(names => names.Label == field.Label || (names.Ledger == ledger.Key && names.Field == field.Key)).SelectMany(names => names.Also);

    public IEnumerable<(string Word, string Code)> WordsOf(string dictionary) =>
        Values.Where(names => names.Dictionary == dictionary).SelectMany(names => names.Also, (names, word) => (word, names.Code));
}
