using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange;

/// <summary>
/// The columns of a ledger that the level above asks for (上报版): the day, what the yearly report counts, and the printed terms
/// that have a code in the statistical forms, behind their code. Nobody's data, no free texts.
/// </summary>
static class ReportingColumns
{
    public static SheetColumn[] Of(LedgerDefinition ledger, LedgerCatalog catalog) =>
    [
        new("编号", 20, SheetCellKind.Text), new("单位代码", 9, SheetCellKind.Text), new("单位", 12, SheetCellKind.Text),
        .. Fields(ledger, catalog).Select(field => new SheetColumn(LedgerExport.Heading(field), field.Width > 0 ? field.Width : 10, LedgerExport.Kind(field), field.Total,
            field.Type == FieldType.Decimal ? field.Decimals : 0)),
    ];

    public static async IAsyncEnumerable<object?[]> RowsAsync(
        LedgerDefinition ledger, LedgerCatalog catalog, UnitTree tree, IAsyncEnumerable<Entry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        var text = new FieldText(catalog, tree);
        var fields = Fields(ledger, catalog).Select(field => (Field: field, Coded: IsCoded(field, catalog))).ToList();
        var row = new object?[3 + fields.Count];
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            var unit = tree.Find(entry.UnitId);
            (row[0], row[1], row[2]) = (entry.Serial, unit?.Code, unit?.Name);
            for (var at = 0; at < fields.Count; at++)
            {
                var (field, coded) = fields[at];
                row[at + 3] = field.Type == FieldType.Date ? entry.Values.Date(field.Key) : field.IsNumber ? LedgerExport.Number(field, entry.Values)
                    : coded ? Coded(field, entry.Values, catalog) : text.Show(field, entry.Values) is { Length: > 0 } shown ? shown : null;
            }
            yield return row;
        }
    }

    static IEnumerable<FieldDefinition> Fields(LedgerDefinition ledger, LedgerCatalog catalog) =>
        ledger.Fields.Where(field => !field.IsPersonal && field.Type is not (FieldType.Files or FieldType.Text or FieldType.LongText or FieldType.Person)
            && (field.Key == ledger.Date || field.Reported || (field.Width > 0 && IsCoded(field, catalog))));

    static bool IsCoded(FieldDefinition field, LedgerCatalog catalog) =>
        field.IsDictionary && catalog.Dictionary(field.Dictionary)?.Values.Any(value => value.ReportCode is not null) == true;

    /// <summary>02 邻里; several one after the other.</summary>
    static string? Coded(FieldDefinition field, FieldValues values, LedgerCatalog catalog)
    {
        IReadOnlyList<string> chosen = field.Type == FieldType.SeveralOf ? values.Items(field.Key) : values.Text(field.Key) is { } one ? [one] : [];
        var terms = chosen.Select(code => catalog.Dictionary(field.Dictionary)?.ByCode.GetValueOrDefault(code) is { } value ? $"{value.ReportCode} {value.Label}".Trim() : code).ToList();
        return terms.Count == 0 ? null : string.Join('、', terms);
    }
}
