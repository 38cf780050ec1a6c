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
}

/// <summary>
/// An indicator in two directions at once (交叉统计). Every cell and every total opens its rows; totals are read from the
/// tallies for themselves, not added up from the cells, so that a sum that does not close shows.
/// </summary>
public sealed class CrossTable
{
    readonly IndicatorReckoner reckoner;
    readonly UnitYear facts;
    readonly IReadOnlyDictionary<int, TallyBook> books;
    readonly IReadOnlyList<string> slices;

    /// <param name="books">Tallies of the unit and of the units below, with the slices of the field that is an axis.</param>
    public CrossTable(IndicatorReckoner reckoner, UnitYear facts, IndicatorDefinition indicator, CrossAxis rows, CrossAxis columns, IReadOnlyDictionary<int, TallyBook> books)
    {
        (this.reckoner, this.facts, this.books, Indicator) = (reckoner, facts, books, indicator);
        var field = rows.Field ?? columns.Field;
        slices = field is null ? [] : [.. Codes(field).Select(code => Counter.SliceKey(field.Key, code))];
        All = new(indicator.IsRatio ? "总体" : IsLevel ? "期末" : "合计");
        (RowAxis, ColumnAxis) = (rows, columns);
        var (down, across) = (Places(rows), Places(columns));
        (Rows, Columns) = (Shown(rows, down, across), Shown(columns, across, down));
        Unclosed = indicator.IsRatio ? [] : [.. OpenSums()];
    }

    public IndicatorDefinition Indicator { get; }
    public CrossAxis RowAxis { get; }
    public CrossAxis ColumnAxis { get; }
    public IReadOnlyList<CrossPlace> Rows { get; }
    public IReadOnlyList<CrossPlace> Columns { get; }
    /// <summary>The row of column totals and the column of row totals.</summary>
    public CrossPlace All { get; }
    /// <summary>Rows and columns whose cells do not add up to their total; none unless tallies are damaged.</summary>
    public IReadOnlyList<CrossPlace> Unclosed { get; }

    bool IsLevel => !Indicator.IsRatio && !reckoner.Accrues(Indicator);

    /// <summary>Approved entries in the place where row and column meet; either may be <see cref="All"/>.</summary>
    public IndicatorValue Value(CrossPlace row, CrossPlace column)
    {
        var months = (row.Month ?? column.Month) is { } month ? MonthRange.OfMonth(facts.Year, month) : MonthRange.OfYear(facts.Year);
        var slice = row.Slice ?? column.Slice;
        if (row.IsOwn || column.IsOwn)
            return facts.Below.Aggregate(Sliced(facts.Unit, months, slice), (rest, below) => rest - Sliced(below.Unit, months, slice));
        return Sliced(row.Unit ?? column.Unit ?? facts.Unit, months, slice);
    }

    /// <summary>The rows behind a place; of a ratio those of its numerator, or of its denominator.</summary>
    public string? Href(RowLinks links, CrossPlace row, CrossPlace column, bool denominator = false)
    {
        MonthRange? months = (row.Month ?? column.Month) is { } month ? MonthRange.OfMonth(facts.Year, month) : null;
        var of = row.IsOwn || column.IsOwn ? links.OwnOnly() : (row.Unit ?? column.Unit) is { } unit ? links.Of(unit) : links;
        return of.Measure(denominator ? Indicator.Denominator : Indicator.Numerator ?? Indicator.Measure, months, row.Slice ?? column.Slice);
    }

    IndicatorValue Sliced(Unit unit, MonthRange months, string? slice) => slice is null ? Plain(unit, months, "")
        : !slice.EndsWith('=') ? Plain(unit, months, slice)
        : slices.Aggregate(Plain(unit, months, ""), (rest, part) => rest - Plain(unit, months, part));

    IndicatorValue Plain(Unit unit, MonthRange months, string slice)
    {
        var book = books[unit.Id];
        return Indicator.IsRatio ? new(Indicator, Of(Indicator.Numerator!), Of(Indicator.Denominator!)) : new(Indicator, Of(Indicator.Measure!), null);

        decimal Of(string measure) => reckoner.Measure(book, measure, months, slice: slice);
    }

    IReadOnlyList<CrossPlace> Places(CrossAxis axis) =>
        axis == CrossAxis.Month ? [.. Enumerable.Range(1, 12).Select(month => new CrossPlace($"{month}月", Month: month))]
        : axis == CrossAxis.Unit ? [.. facts.Below.Select(below => new CrossPlace(below.Unit.Name, Unit: below.Unit)).Append(new("本级登记", IsOwn: true))]
        : [.. slices.Select(slice => new CrossPlace(reckoner.Catalog.Ledgers.Label(axis.Field!, slice[(slice.IndexOf('=') + 1)..]), Slice: slice))
            .Concat(axis.Overlaps ? [] : [new("未填", Slice: axis.Field!.Key + "=")])];

    /// <summary>
    /// Without departments, left-over places and months to come that have nothing in them, which would only be noise. A total of
    /// nothing is not enough: who joined and left again is in no year's end, but in the months between.
    /// </summary>
    IReadOnlyList<CrossPlace> Shown(CrossAxis axis, IReadOnlyList<CrossPlace> places, IReadOnlyList<CrossPlace> across) => [.. places.Where(place =>
        place.Month is { } month && month <= Math.Max(1, facts.LastMonth) || place.Unit is { Kind: not UnitKind.Department }
        // What is dated ahead of today still has its month, or the months would not add up to the year.
        || !(IsLevel && axis == CrossAxis.Month) && across.Append(All).Any(other => !Value(place, other).IsNothing))];

    /// <summary>The values that occur, in the order of the dictionary; those that it no longer has come last.</summary>
    IEnumerable<string> Codes(FieldDefinition field)
    {
        var order = reckoner.Catalog.Ledgers.Values(field).Select(value => value.Code).ToList();
        return TallyFocus.Of([Indicator]).Measures.SelectMany(measure => books[facts.Unit.Id].Codes(measure, field.Key)).Distinct(StringComparer.Ordinal)
            .OrderBy(code => order.IndexOf(code) is var at and >= 0 ? at : int.MaxValue).ThenBy(code => code, StringComparer.Ordinal);
    }

    IEnumerable<CrossPlace> OpenSums() =>
        Rows.Append(All).Where(row => !Closes(Columns.Select(column => Value(row, column)), Value(row, All), ColumnAxis))
            .Concat(Columns.Append(All).Where(column => !Closes(Rows.Select(row => Value(row, column)), Value(All, column), RowAxis)));

    /// <summary>Who is there at the end of each month does not add up to who is there at the end of the year.</summary>
    bool Closes(IEnumerable<IndicatorValue> parts, IndicatorValue whole, CrossAxis axis) =>
        axis.Overlaps || (IsLevel && axis == CrossAxis.Month) || parts.Sum(part => part.Numerator) == whole.Numerator;
}
