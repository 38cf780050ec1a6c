using System.Globalization;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>A part of the year that lists can be limited to; null days stand for the whole year.</summary>
public sealed record ListPeriod(string Name, DateOnly? From, DateOnly? To)
{
    public bool Matches(EntryListState state) => state.From == From && state.To == To;

    /// <summary>The whole year, halves, quarters, months.</summary>
    public static IReadOnlyList<ListPeriod> OfYear(int year)
    {
        return [
            new("全年", null, null),
            Months("上半年", 1, 6), Months("下半年", 7, 12),
            Months("第一季度", 1, 3), Months("第二季度", 4, 6), Months("第三季度", 7, 9), Months("第四季度", 10, 12),
            .. Enumerable.Range(1, 12).Select(month => Months($"{month}月", month, month)),
        ];

        ListPeriod Months(string name, int first, int last) => new(name, new(year, first, 1), new(year, last, DateTime.DaysInMonth(year, last)));
    }
}

/// <summary>What a list shows, in words: its line under the title, its chips, its sums.</summary>
public static class ListWords
{
    /// <summary>2026年1月1日至11月22日; a period that is still running ends today; without a first day 截至2026年11月22日.</summary>
    public static string Period(DateOnly? from, DateOnly to, DateOnly today)
    {
        var end = to > today && (from is null || from <= today) ? today : to;
        if (from is not { } start) return $"截至{Day(end)}";
        if (start == end) return Day(start);
        return start.Year == end.Year ? $"{Day(start)}至{end.Month}月{end.Day}日" : $"{Day(start)}至{Day(end)}";
    }

    public static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>已审412条，待审9条; states that were asked for, or have entries and were not excluded.</summary>
    public static string Counts(EntryTotals totals, IReadOnlyList<EntryState> asked)
    {
        EntryState[] order = [EntryState.Approved, EntryState.Submitted, EntryState.Returned, EntryState.Draft, EntryState.Voided];
        return string.Join('，', order.Where(Said).Select(state => $"{EntryWorkflow.Label(state)}{totals.Of(state).ToString("#,##0", CultureInfo.InvariantCulture)}条"));

        bool Said(EntryState state) => asked.Count > 0 ? asked.Contains(state)
            : state is EntryState.Approved or EntryState.Submitted || totals.Of(state) > 0;
    }

    /// <summary>A filter in words: 纠纷类型：邻里、婚姻家庭.</summary>
    public static string Filter(LedgerCatalog catalog, UnitTree tree, FieldDefinition field, IReadOnlyList<string> values) =>
        $"{field.Label}：{string.Join('、', values.Select(value => Value(catalog, tree, field, value)))}";

    public static string Value(LedgerCatalog catalog, UnitTree tree, FieldDefinition field, string value) => field.Type switch
    {
        // What is not yes counts as no, also where nobody answered.
        FieldType.YesNo => value == "yes" ? "是" : "否或未填",
        FieldType.Unit => tree.Find(value)?.Name ?? value,
        _ => catalog.Label(field, value),
    };

    /// <summary>A sum of stored steps as people read it, with its unit: 12,300.00元.</summary>
    public static string Sum(FieldDefinition field, long steps)
    {
        var format = field.Type switch { FieldType.Money => "#,##0.00", FieldType.Decimal => "#,##0." + new string('#', field.Decimals), _ => "#,##0" };
        return ((decimal)steps / field.Steps).ToString(format, CultureInfo.InvariantCulture) + (field.Unit ?? (field.Type == FieldType.Money ? "元" : ""));
    }
}
