using System.Globalization;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange;

/// <summary>A ledger ready to be written: its name as a file and what stands in it.</summary>
public sealed record LedgerFile(string Name, SheetLayout Layout, IAsyncEnumerable<object?[]> Rows);

/// <summary>
/// The official Excel ledger of exactly the rows that a query finds, oldest first. Personal data is masked; every export is
/// in the audit log.
/// </summary>
public sealed class LedgerExport(EntryLists entries, UnitDirectory units, LedgerCatalog catalog, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <param name="note">What was exported, for the audit log: the list's address or the command's options.</param>
    public async Task<LedgerFile> PrepareAsync(Person person, LedgerDefinition ledger, EntryQuery query, string note, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var unit = query.Unit ?? person.Tops(tree).FirstOrDefault();
        await LogAsync(person, ledger, unit, note, cancel);
        // A ledger is read from the first event on; whoever sorted the list otherwise keeps his order.
        if (query.Sort == new EntrySort()) query = query with { Sort = new("date", Descending: false) };
        var title = $"{unit?.Name}{Year(query)}{ledger.Name}";
        var layout = new SheetLayout(ledger.ShortName, title, SecondLine(person, query, unit, tree), Columns(ledger));
        return new(query.AsOf is not { } past ? $"{title}.xlsx" : $"{title}（截至{past.Words.Split('（')[0]}）.xlsx", layout, RowsAsync(ledger, query, tree, cancel));
    }

    static string Year(EntryQuery query) => (query.From ?? query.To) is { } day ? $"{day.Year}年度" : "";

    IReadOnlyList<string> SecondLine(Person person, EntryQuery query, Unit? unit, UnitTree tree)
    {
        var past = query.AsOf;
        var today = ChinaTime.Today(clock);
        var last = past?.Day ?? today;
        var to = query.To is { } end && end < last ? end : last;
        var period = query.From is { } from ? $"{Long(from)}至{Long(to)}" : $"截至{Long(to)}";
        var office = unit is null ? "" : tree.Government(unit) is var government && government.Id == unit.Id ? unit.OfficialName : government.Name + unit.Name;
        IEnumerable<string> asOf = past is null ? [] : [$"数据时点：{past.Words}"];
        return [$"填报单位：{office}", $"统计期间：{period}", .. asOf, $"填表人：{person.Name}", "审核人：", $"填表日期：{Long(today)}"];
    }

    static SheetColumn[] Columns(LedgerDefinition ledger) =>
    [
        new("编号", 20, SheetCellKind.Text), new("单位", 12, SheetCellKind.Text),
        .. Printed(ledger).Select(field => new SheetColumn(Heading(field), field.Width, Kind(field), field.Total, field.Type == FieldType.Decimal ? field.Decimals : 0)),
        new("审核状态", 9, SheetCellKind.Text), new("补录", 5, SheetCellKind.Text),
    ];

    static string Heading(FieldDefinition field) => field.Type == FieldType.Money ? $"{field.Label}（元）" : field.Label;

    static SheetCellKind Kind(FieldDefinition field) => field.Type switch
    {
        FieldType.Date => SheetCellKind.Date,
        FieldType.Money => SheetCellKind.Money,
        FieldType.Decimal => SheetCellKind.Decimal,
        FieldType.Integer or FieldType.People => SheetCellKind.Integer,
        _ => SheetCellKind.Text,
    };

    static IEnumerable<FieldDefinition> Printed(LedgerDefinition ledger) => ledger.Fields.Where(field => field.Width > 0 && field.Type != FieldType.Files);

    async IAsyncEnumerable<object?[]> RowsAsync(LedgerDefinition ledger, EntryQuery query, UnitTree tree, [EnumeratorCancellation] CancellationToken cancel)
    {
        var text = new FieldText(catalog, tree);
        FieldDefinition[] fields = [.. Printed(ledger)];
        var row = new object?[fields.Length + 4];
        await foreach (var entry in entries.StreamAsync(query, cancel))
        {
            (row[0], row[1]) = (entry.Serial, tree.Find(entry.UnitId)?.Name);
            for (var i = 0; i < fields.Length; i++) row[i + 2] = Cell(text, fields[i], entry.Values);
            (row[^2], row[^1]) = (EntryWorkflow.Label(entry.State), entry.Backdated ? "是" : null);
            yield return row;
        }
    }

    static object? Cell(FieldText text, FieldDefinition field, FieldValues values)
    {
        if (field.IsPersonal) return text.ShowMasked(field, values) is { Length: > 0 } masked ? masked : null;
        if (field.Type == FieldType.Date) return values.Date(field.Key);
        if (field.IsNumber) return values.Number(field.Key) is not { } steps ? null : field.Steps == 1 ? steps : (decimal)steps / field.Steps;
        return text.Show(field, values) is { Length: > 0 } shown ? shown : null;
    }

    async Task LogAsync(Person person, LedgerDefinition ledger, Unit? unit, string note, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "export", "ledger", null, ledger.Key, unit?.Id, null, note)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    static string Long(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
