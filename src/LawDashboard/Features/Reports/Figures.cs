using System.Text.Json.Serialization;

namespace LawDashboard.Features.Reports;

/// <summary>What the drafter asks of the counted data, for one unit and one year up to the closing date.</summary>
public interface IFigures
{
    /// <summary>The value of an indicator or measure; null when the key is unknown.</summary>
    FigureValue? Value(string key);
    /// <summary>The same for the same stretch of the year before; null when the key is unknown.</summary>
    FigureValue? LastYear(string key);
    /// <summary>The target for the whole year, in the scale of <see cref="FigureValue.Amount"/>; null when none is set.</summary>
    decimal? Target(string key);
    /// <summary>The parts of a figure by one of its slices in dictionary order, by <c>unit</c> or by <c>month</c>; empty when it has no such parts.</summary>
    IReadOnlyList<FigurePart> Parts(string key, string slice);
}

/// <summary>One counted value.</summary>
/// <param name="Amount">Null is “—”: a ratio with nothing under it. Ratios lie in 0..1, money is in yuan.</param>
/// <param name="Unit">Unit of measurement: 件, 场次, 人, 人次, 元, %.</param>
/// <param name="Denominator">For a ratio, the number of cases under it; null when not known.</param>
public sealed record FigureValue(string Key, string Name, decimal? Amount, string Unit, bool IsRatio, bool IsMoney, decimal? Denominator = null);

/// <summary>One part of a value: of a dictionary value, a unit below or a month.</summary>
/// <param name="Cases">Of a ratio, the cases under it.</param>
public sealed record FigurePart(string Code, string Label, decimal Amount, decimal? Cases = null);

/// <summary>How an indicator stands against its target and the year before. Ratios lie in 0..1 throughout, money is in yuan.</summary>
/// <param name="Target">For the whole year.</param>
/// <param name="LastYear">For the same stretch of the year before.</param>
/// <param name="Denominator">For a ratio, the number of cases under it; null when not known.</param>
/// <param name="TargetToDate">What the plan's spread over the months asks for by the closing date; null: in proportion to the days.</param>
/// <param name="NextTarget">The target already set for the next year.</param>
/// <param name="LastYearDenominator">The same for <paramref name="LastYear"/>.</param>
/// <param name="NumeratorKey">For a ratio, the measure above the line, so that it can be stated beside the rate; the next for the one below.</param>
public sealed record IndicatorStanding(
    string Key, string Name, string Task, string Unit, bool IsRatio, bool LessIsBetter,
    decimal? Actual, decimal? Target, decimal? LastYear, decimal? Denominator,
    decimal? TargetToDate = null, decimal? NextTarget = null, string? NumeratorKey = null, string? DenominatorKey = null, decimal? LastYearDenominator = null);

/// <summary>How a figure is put into words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FigureFormat>))]
public enum FigureFormat
{
    Plain,
    /// <summary>Rounded down with 余: 6200余.</summary>
    Roundly,
    /// <summary>Money in 万元.</summary>
    TenThousands,
    /// <summary>The whole phrase: 较上年增长12.3%, 较上年提高1.6个百分点.</summary>
    YearOnYear,
    Target,
    /// <summary>Share of the target that was reached.</summary>
    Attainment,
    LastYear,
    /// <summary>Distance to the target, without sign; percentage points for a ratio.</summary>
    Gap,
    /// <summary>The target of the next year.</summary>
    NextTarget,
    /// <summary>No number of the ledgers but that of a table or chart: 表1.</summary>
    Exhibit,
}

/// <summary>The days that a figure covers, both included.</summary>
public sealed record FigurePeriod(DateOnly From, DateOnly To);

/// <summary>Which part of a measure a figure shows: one code, or (code null) all but the codes named beside it.</summary>
public sealed record FigureSlice(string Field, string? Code, IReadOnlyList<string> Except);

/// <summary>
/// A live number in a report (数据项). <paramref name="Id"/> names the same figure in every new draft from the same
/// template and is at most 64 characters, the limit of a content control's tag.
/// </summary>
/// <param name="Text">As printed.</param>
/// <param name="Amount">The exact value behind the print: a ratio for rates, growth and attainment; yuan for money.</param>
public sealed record Figure(
    string Id, string Key, string Name, FigureFormat Format, string Text, decimal Amount, string Unit, FigurePeriod Period, FigureSlice? Slice = null);
