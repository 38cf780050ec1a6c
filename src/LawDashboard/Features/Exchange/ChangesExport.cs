using System.Globalization;
using System.Runtime.CompilerServices;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Past;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Ledgers.Past;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange;

/// <summary>
/// Everything that changed since a moment as a workbook: what the page lists up to its limit, without the limit. Personal
/// data is masked in it.
/// </summary>
public sealed class ChangesExport(EntryChanges changes, FigureChanges figures, IndicatorCatalog catalog, UnitDirectory units)
{
    static readonly SheetColumn[] Columns =
    [
        new("变化", 10, SheetCellKind.Text), new("台账", 14, SheetCellKind.Text), new("编号", 18, SheetCellKind.Text), new("标题", 30, SheetCellKind.Text), new("单位", 14, SheetCellKind.Text),
        new("日期", 11, SheetCellKind.Text), new("当时状态", 9, SheetCellKind.Text), new("现在状态", 9, SheetCellKind.Text), new("经办", 40, SheetCellKind.Text), new("改动", 50, SheetCellKind.Text),
    ];

    /// <summary>Null when the person does not see the unit.</summary>
    /// <param name="kind">Only these changes; null for all.</param>
    /// <param name="indicator">Only entries that changed this indicator; null for all.</param>
    public async Task<LedgerFile?> PrepareAsync(Person person, Unit unit, int year, PastPoint since, ChangeKind? kind, IndicatorDefinition? indicator, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!person.Sees(tree, unit)) return null;
        var title = $"{unit.Name}{since.Words.Split('（')[0]}以来的变化{(indicator is null ? "" : $"（影响{indicator.Name}）")}";
        string[] second = [$"单位：{unit.Name}", $"时点：{since.Words}", kind is { } only ? $"变化：{ChangedEntry.Label(only)}" : "变化：全部"];
        return new($"{title}.xlsx", new("变化", title, second, Columns), RowsAsync(person, tree, unit, year, since, kind, indicator, cancel));
    }

    async IAsyncEnumerable<object?[]> RowsAsync(
        Person person, UnitTree tree, Unit unit, int year, PastPoint since, ChangeKind? kind, IndicatorDefinition? indicator, [EnumeratorCancellation] CancellationToken cancel)
    {
        var words = new TimelineWords(new(catalog.Ledgers, tree), tree);
        await foreach (var some in changes.StreamAsync(person, unit, since, cancel))
        {
            var wanted = some.Where(entry => kind is null || entry.Kind == kind).ToList();
            if (indicator is not null) wanted = [.. await figures.BehindAsync(indicator, unit, year, wanted, cancel)];
            var steps = await changes.StepsAsync(since, wanted, cancel);
            foreach (var entry in wanted) yield return Row(entry, tree, words, steps[entry.Id]);
        }
    }

    object?[] Row(ChangedEntry entry, UnitTree tree, TimelineWords words, IEnumerable<ChangeStep> steps)
    {
        var ledger = catalog.Ledgers.Ledger(entry.Now.Ledger);
        var changed = entry.Then is { } then && ledger is not null
            ? string.Join("；", words.Changes(ledger, then, entry.Now).Select(change => $"{change.Label}：{(change.Before is null ? "" : $"{change.Before}→")}{change.After}")) : "";
        return [ChangedEntry.Label(entry.Kind), ledger?.ShortName, entry.Now.Serial, entry.Now.Title, tree.Find(entry.Now.Unit)?.Name, FieldValues.Iso(entry.Now.Date),
            entry.Then is { } was ? EntryWorkflow.Label(was.State) : "—", EntryWorkflow.Label(entry.Now.State),
            string.Join("；", steps.Select(step => $"{ChinaTime.Local(step.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {step.PersonName}{TimelineWords.Action(step.Action)}{(step.Note is { } note ? $"（{note}）" : "")}")), changed];
    }
}
