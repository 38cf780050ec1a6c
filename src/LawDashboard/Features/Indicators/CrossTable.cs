using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators;

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
    readonly decimal least, most;

    /// <summary>Of a ratio that is not nothing, however low.</summary>
    const decimal Faintest = 0.1m;

    /// <param name="books">Tallies of the unit and of the units below, with the slices of the field that is an axis or that it is narrowed by.</param>
    /// <param name="only">Null for a table that is not narrowed.</param>
    public CrossTable(
        IndicatorReckoner reckoner, UnitYear facts, IndicatorDefinition indicator, CrossAxis rows, CrossAxis columns, IReadOnlyDictionary<int, TallyBook> books, CrossOnly? only = null)
    {
        Only = only;
        (this.reckoner, this.facts, this.books, Indicator) = (reckoner, facts, books, indicator);
        var field = rows.Field ?? columns.Field ?? only?.Axis.Field;
        slices = field is null ? [] : [.. Codes(field).Select(code => Counter.SliceKey(field.Key, code))];
        All = new(indicator.IsRatio ? "总体" : IsLevel ? "期末" : "合计");
        (RowAxis, ColumnAxis) = (rows, columns);
        var (down, across) = (Places(rows), Places(columns));
        (Rows, Columns) = (Shown(rows, down, across), Shown(columns, across, down));
        Unclosed = indicator.IsRatio ? [] : [.. OpenSums()];
        (least, most) = Range();
    }

    public IndicatorDefinition Indicator { get; }
    public CrossAxis RowAxis { get; }
    public CrossAxis ColumnAxis { get; }
    /// <summary>Null for a table of the whole year and all values.</summary>
    public CrossOnly? Only { get; }
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
        var (months, slice) = (Months(row, column) ?? MonthRange.OfYear(facts.Year), Slice(row, column));
        if (row.IsOwn || column.IsOwn)
            return facts.Below.Aggregate(Sliced(facts.Unit, months, slice), (rest, below) => rest - Sliced(below.Unit, months, slice));
        return Sliced(row.Unit ?? column.Unit ?? facts.Unit, months, slice);
    }

    /// <summary>The rows behind a place; of a ratio those of its numerator, or of its denominator.</summary>
    public string? Href(RowLinks links, CrossPlace row, CrossPlace column, bool denominator = false)
    {
        var of = row.IsOwn || column.IsOwn ? links.OwnOnly() : (row.Unit ?? column.Unit) is { } unit ? links.Of(unit) : links;
        return of.Measure(denominator ? Indicator.Denominator : Indicator.Numerator ?? Indicator.Measure, Months(row, column), Slice(row, column));
    }

    /// <summary>
    /// How dark a cell stands among the others, 0 to 1. Amounts count from nothing. Ratios lie close together, so theirs begin
    /// at the lowest and the upper ones are drawn apart: 80 % beside 100 % is to be seen; at least over twenty points, or 99.5 %
    /// would look like a failure. Totals have none, which would drown the cells.
    /// </summary>
    public decimal Shade(CrossPlace row, CrossPlace column)
    {
        if (row.IsAll || column.IsAll || most <= least || Value(row, column).OnTargetScale is not { } value) return 0;
        var share = Math.Clamp((value - least) / (most - least), 0, 1);
        return !Indicator.IsRatio ? share : value == 0 ? 0 : Faintest + (1 - Faintest) * share * share;
    }

    (decimal Least, decimal Most) Range()
    {
        var values = Rows.SelectMany(row => Columns.Select(column => Value(row, column).OnTargetScale)).OfType<decimal>().DefaultIfEmpty(0).ToList();
        var most = values.Max();
        return Indicator.IsRatio ? (Math.Max(0, Math.Min(values.Min(), most - 20)), most) : (0, most);
    }

    MonthRange? Months(CrossPlace row, CrossPlace column) => (row.Month ?? column.Month ?? Only?.Place.Month) is { } month ? MonthRange.OfMonth(facts.Year, month) : null;
    string? Slice(CrossPlace row, CrossPlace column) => row.Slice ?? column.Slice ?? Only?.Place.Slice;

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
