using System.Globalization;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

/// <summary>What an indicator is broken down by: months, the units below, or a dictionary field of its ledger.</summary>
/// <param name="Key"><c>month</c>, <c>unit</c> or the field's key, as it stands in addresses.</param>
/// <param name="Field">Null for months and units.</param>
public sealed record CrossAxis(string Key, string Label, FieldDefinition? Field = null)
{
    public static readonly CrossAxis Month = new("month", "月份"), Unit = new("unit", "单位");

    /// <summary>True when an entry may stand at several places of the axis, so that they do not add up to the whole.</summary>
    public bool Overlaps => Field?.Type == FieldType.SeveralOf;

    /// <summary>All that the indicator can be broken down by. Fields only where both parts of a ratio come from one ledger.</summary>
    public static IReadOnlyList<CrossAxis> Of(IndicatorCatalog catalog, IndicatorDefinition indicator, bool hasUnitsBelow)
    {
        var ledgers = TallyFocus.Of([indicator]).Measures.Select(key => catalog.Measure(key)?.Ledger).Distinct(StringComparer.Ordinal).ToList();
        var fields = ledgers is [{ } only] ? catalog.Ledgers.Ledger(only)!.Fields.Where(field => field is { IsDictionary: true, IsPersonal: false }) : [];
        return [Month, .. hasUnitsBelow ? [Unit] : Array.Empty<CrossAxis>(), .. fields.Select(field => new CrossAxis(field.Key, field.Label, field))];
    }

    /// <summary>The axes that an address asks for; where it names none, one twice or one that does not exist: months against the next best.</summary>
    public static (CrossAxis Rows, CrossAxis Columns) Choose(IReadOnlyList<CrossAxis> axes, string? rows, string? columns)
    {
        var row = axes.FirstOrDefault(axis => axis.Key == rows) ?? axes.First(axis => axis.Key != columns);
        var column = axes.FirstOrDefault(axis => axis.Key == columns && (axis != row))
            // Two fields at once would need every pair of their values tallied.
            ?? axes.FirstOrDefault(axis => axis != row && (axis.Field is null || row.Field is null)) ?? row;
        return row.Field is not null && column.Field is not null ? (row, axes.First(axis => axis.Field is null)) : (row, column);
    }
}

/// <summary>A row or column: one month, one unit, one dictionary value, what is left over beside them, or all together.</summary>
/// <param name="Slice">As it stands in addresses: <c>disputeType=neighbour</c>; <c>disputeType=</c> for entries with nothing in the field.</param>
/// <param name="IsOwn">What the unit above logged itself.</param>
public sealed record CrossPlace(string Label, int? Month = null, Unit? Unit = null, string? Slice = null, bool IsOwn = false)
{
    public bool IsAll => Month is null && Unit is null && Slice is null && !IsOwn;
    internal bool IsEmptyField => Slice?.EndsWith('=') == true;
}

/// <summary>
/// What a table is narrowed to in the direction that is neither its rows nor its columns: one month, or one value of a
/// dictionary field. So any of month, unit and field can be seen by the other two.
/// </summary>
public sealed record CrossOnly(CrossAxis Axis, CrossPlace Place)
{
    /// <summary>As it stands in addresses: <c>5</c> for May, <c>disputeType=neighbour</c>, <c>disputeType=</c> for entries with nothing in the field.</summary>
    public string Text => Place.Month is { } month ? month.ToString(CultureInfo.InvariantCulture) : Place.Slice!;

    /// <summary>In words, as they stand in a title: 5月, 纠纷类型为“邻里”.</summary>
    public string Words => Place.Month is null ? Place.IsEmptyField ? $"未填“{Axis.Label}”" : $"{Axis.Label}{(Axis.Overlaps ? "含" : "为")}“{Place.Label}”" : Place.Label;

    /// <summary>All that a table with these rows and columns can be narrowed to.</summary>
    public static IEnumerable<CrossOnly> Of(IndicatorCatalog catalog, IReadOnlyList<CrossAxis> axes, CrossAxis rows, CrossAxis columns)
    {
        if (rows != CrossAxis.Month && columns != CrossAxis.Month)
            for (var month = 1; month <= 12; month++) yield return new(CrossAxis.Month, new($"{month}月", Month: month));
        if (rows.Field is not null || columns.Field is not null) yield break;
        foreach (var axis in axes.Where(axis => axis.Field is not null))
        {
            foreach (var value in catalog.Ledgers.Values(axis.Field!)) yield return new(axis, new(value.Label, Slice: Counter.SliceKey(axis.Key, value.Code)));
            if (!axis.Overlaps) yield return new(axis, new("未填", Slice: axis.Key + "="));
        }
    }

    /// <summary>What an address asks for; null where it asks for nothing, or for what these rows and columns cannot be narrowed to.</summary>
    public static CrossOnly? Find(IndicatorCatalog catalog, IReadOnlyList<CrossAxis> axes, CrossAxis rows, CrossAxis columns, string? text) =>
        string.IsNullOrEmpty(text) ? null : Of(catalog, axes, rows, columns).FirstOrDefault(only => only.Text == text);
}
