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
/// The official Excel ledger of exactly the rows that a query finds, oldest first, in one of its editions. Every export is
/// in the audit log; the full edition wants the right to see personal data, and a reason.
/// </summary>
public sealed class LedgerExport(EntryLists entries, UnitDirectory units, LedgerCatalog catalog, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <param name="note">What was exported, for the audit log: the list's address or the command's options.</param>
    /// <param name="reason">Why the full edition is needed; whoever calls has asked <see cref="Editions.Refusal"/> before.</param>
    public async Task<LedgerFile> PrepareAsync(
        Person person, LedgerDefinition ledger, EntryQuery query, string note, LedgerEdition edition = LedgerEdition.Masked, string? reason = null, CancellationToken cancel = default)
    {
        if (Editions.Refusal(person, edition, reason) is { } refusal) throw new InvalidOperationException(refusal);
        var tree = await units.TreeAsync(cancel);
        var unit = query.Unit ?? person.Tops(tree).FirstOrDefault();
        var said = edition == LedgerEdition.Full ? $"（完整版，理由：{reason!.Trim()}）" : edition == LedgerEdition.Reporting ? "（上报版）" : "";
        await LogAsync(person, ledger, unit, note + said, cancel);
        return Prepare(person, ledger, query, tree, edition, null, cancel);
    }

    /// <summary>The same as a part of something larger that is logged as a whole.</summary>
    /// <param name="rows">What the rows are, behind the title: the name of an indicator; null for the ledger itself.</param>
    internal LedgerFile Prepare(Person person, LedgerDefinition ledger, EntryQuery query, UnitTree tree, LedgerEdition edition, string? rows, CancellationToken cancel)
    {
        var unit = query.Unit ?? person.Tops(tree).FirstOrDefault();
        // A ledger is read from the first event on; whoever sorted the list otherwise keeps his order.
        if (query.Sort == new EntrySort()) query = query with { Sort = new("date", Descending: false) };
        // The level above counts what was approved.
        if (edition == LedgerEdition.Reporting) query = query with { States = [EntryState.Approved] };
        var title = $"{unit?.Name}{Year(query)}{ledger.Name}{(rows is null ? "" : $"（{rows}）")}{(edition == LedgerEdition.Reporting ? "（上报版）" : "")}";
        var columns = edition == LedgerEdition.Reporting ? ReportingColumns.Of(ledger, catalog) : Columns(ledger);
        var second = SecondLine(person, query, unit, tree);
        // It stands on the paper as well: whoever finds a printed sheet knows what he holds.
        if (edition == LedgerEdition.Full) second = [.. second, "含个人信息，注意保管"];
        var layout = new SheetLayout(ledger.ShortName, title, second, columns);
        var asOf = query.AsOf is { } past ? $"（截至{past.Words.Split('（')[0]}）" : "";
        var named = $"{title}{asOf}{(edition == LedgerEdition.Full ? "（完整版）" : "")}.xlsx";
        return new(named, layout, edition == LedgerEdition.Reporting ? ReportingColumns.RowsAsync(ledger, catalog, tree, entries.StreamAsync(query, cancel), cancel) : RowsAsync(ledger, query, tree, edition, cancel));
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

    internal static string Heading(FieldDefinition field) => field.Type == FieldType.Money ? $"{field.Label}（元）" : field.Label;

    internal static SheetCellKind Kind(FieldDefinition field) => field.Type switch
    {
        FieldType.Date => SheetCellKind.Date,
        FieldType.Money => SheetCellKind.Money,
        FieldType.Decimal => SheetCellKind.Decimal,
        FieldType.Integer or FieldType.People => SheetCellKind.Integer,
        _ => SheetCellKind.Text,
    };

    static IEnumerable<FieldDefinition> Printed(LedgerDefinition ledger) => ledger.Fields.Where(field => field.Width > 0 && field.Type != FieldType.Files);

    async IAsyncEnumerable<object?[]> RowsAsync(LedgerDefinition ledger, EntryQuery query, UnitTree tree, LedgerEdition edition, [EnumeratorCancellation] CancellationToken cancel)
    {
        var text = new FieldText(catalog, tree);
        var scrub = edition == LedgerEdition.Full ? null : new PersonalScrub(ledger);
        FieldDefinition[] fields = [.. Printed(ledger)];
        var row = new object?[fields.Length + 4];
        await foreach (var entry in entries.StreamAsync(query, cancel))
        {
            (row[0], row[1]) = (entry.Serial, tree.Find(entry.UnitId)?.Name);
            var hidden = scrub?.Of(entry.Values);
            for (var i = 0; i < fields.Length; i++) row[i + 2] = Cell(text, fields[i], entry.Values, hidden);
            (row[^2], row[^1]) = (EntryWorkflow.Label(entry.State), entry.Backdated ? "是" : null);
            yield return row;
        }
    }

    /// <param name="hidden">The entry's personal data, which no cell may show; null in the full edition.</param>
    static object? Cell(FieldText text, FieldDefinition field, FieldValues values, IReadOnlyList<(string, string)>? hidden)
    {
        if (field.IsPersonal && hidden is not null) return text.ShowMasked(field, values) is { Length: > 0 } masked ? masked : null;
        if (field.Type == FieldType.Date) return values.Date(field.Key);
        if (field.IsNumber) return Number(field, values);
        return text.Show(field, values) is not { Length: > 0 } shown ? null : hidden is not null && (field.Type is FieldType.Text or FieldType.LongText) ? PersonalScrub.Hide(shown, hidden) : shown;
    }

    internal static object? Number(FieldDefinition field, FieldValues values) =>
        values.Number(field.Key) is not { } steps ? null : field.Steps == 1 ? steps : (decimal)steps / field.Steps;

    Task LogAsync(Person person, LedgerDefinition ledger, Unit? unit, string note, CancellationToken cancel) =>
        contexts.NoteAsync(new(ChinaTime.Now(clock), person.Id, person.Name, "export", "ledger", null, ledger.Key, unit?.Id, null, note), cancel);

    static string Long(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
