using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange;

/// <summary>
/// The columns of a ledger that the level above asks for (上报版): the day, what the yearly report counts, and every term that
/// has a code in the statistical forms, beside its code. Nobody's data, no free texts.
/// </summary>
static class ReportingColumns
{
    public static SheetColumn[] Of(LedgerDefinition ledger, LedgerCatalog catalog) =>
    [
        new("编号", 20, SheetCellKind.Text), new("单位代码", 9, SheetCellKind.Text), new("单位", 12, SheetCellKind.Text),
        .. Fields(ledger, catalog).SelectMany(field => IsCoded(field, catalog)
            ? [new($"{field.Label}代码", 8, SheetCellKind.Text), new SheetColumn(field.Label, field.Width > 0 ? field.Width : 12, SheetCellKind.Text)]
            : (SheetColumn[])[new(LedgerExport.Heading(field), field.Width > 0 ? field.Width : 12, LedgerExport.Kind(field), field.Total, field.Type == FieldType.Decimal ? field.Decimals : 0)]),
    ];

    public static async IAsyncEnumerable<object?[]> RowsAsync(
        LedgerDefinition ledger, LedgerCatalog catalog, UnitTree tree, IAsyncEnumerable<Entry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        var text = new FieldText(catalog, tree);
        var fields = Fields(ledger, catalog).Select(field => (Field: field, Coded: IsCoded(field, catalog))).ToList();
        var row = new object?[3 + fields.Sum(of => of.Coded ? 2 : 1)];
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            var unit = tree.Find(entry.UnitId);
            (row[0], row[1], row[2]) = (entry.Serial, unit?.Code, unit?.Name);
            var at = 3;
            foreach (var (field, coded) in fields)
            {
                if (coded) row[at++] = Codes(field, entry.Values, catalog);
                row[at++] = field.Type == FieldType.Date ? entry.Values.Date(field.Key) : field.IsNumber ? LedgerExport.Number(field, entry.Values)
                    : text.Show(field, entry.Values) is { Length: > 0 } shown ? shown : null;
            }
            yield return row;
        }
    }

    static IEnumerable<FieldDefinition> Fields(LedgerDefinition ledger, LedgerCatalog catalog) =>
        ledger.Fields.Where(field => !field.IsPersonal && field.Type is not (FieldType.Files or FieldType.Text or FieldType.LongText or FieldType.Person)
            && (field.Key == ledger.Date || field.Reported || IsCoded(field, catalog)));

    static bool IsCoded(FieldDefinition field, LedgerCatalog catalog) =>
        field.IsDictionary && catalog.Dictionary(field.Dictionary)?.Values.Any(value => value.ReportCode is not null) == true;

    static string? Codes(FieldDefinition field, FieldValues values, LedgerCatalog catalog)
    {
        IReadOnlyList<string> chosen = field.Type == FieldType.SeveralOf ? values.Items(field.Key) : values.Text(field.Key) is { } one ? [one] : [];
        var codes = chosen.Select(code => catalog.Dictionary(field.Dictionary)?.ByCode.GetValueOrDefault(code)?.ReportCode ?? code).ToList();
        return codes.Count == 0 ? null : string.Join('、', codes);
    }
}
