using System.Globalization;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What an indicator comes to. A ratio keeps its two parts and has no value when nothing is under it: “—”, never 0 % or
/// 100 %. Other values are in shown units (yuan, not fen).
/// </summary>
public sealed record IndicatorValue(IndicatorDefinition Indicator, decimal Numerator, decimal? Denominator)
{
    /// <summary>The amount; for ratios a share of 1.</summary>
    public decimal? Value => Denominator is not { } under ? Numerator : under == 0 ? null : Numerator / under;

    /// <summary>The value on the scale of its target: percent for ratios.</summary>
    public decimal? OnTargetScale => Indicator.IsRatio ? Value * 100 : Value;

    /// <summary>As shown: 97.8, 186, 12.50.</summary>
    public string Text => OnTargetScale is not { } value ? "—" : Print(value, Indicator.IsRatio);

    public string NumeratorText => Print(Numerator, ratio: false);
    public string DenominatorText => Denominator is { } under ? Print(under, ratio: false) : "—";

    /// <summary>With its unit: 97.8%, 186件; “—” alone when there is none.</summary>
    public string WithUnit => OnTargetScale is null ? Text : Text + Indicator.Unit;

    /// <summary>Both together; numerators and denominators each for themselves.</summary>
    public static IndicatorValue operator +(IndicatorValue a, IndicatorValue b) => a with { Numerator = a.Numerator + b.Numerator, Denominator = a.Denominator + b.Denominator };
    public static IndicatorValue operator -(IndicatorValue a, IndicatorValue b) => a with { Numerator = a.Numerator - b.Numerator, Denominator = a.Denominator - b.Denominator };

    public bool IsNothing => Numerator == 0 && Denominator is null or 0;

    public static string Print(decimal value, bool ratio) =>
        value.ToString(ratio ? "0.#" : value == decimal.Truncate(value) ? "#,##0" : "#,##0.##", CultureInfo.InvariantCulture);
}

/// <summary>Reads measures and indicators out of a <see cref="TallyBook"/>.</summary>
public sealed class IndicatorReckoner(IndicatorCatalog catalog)
{
    public IndicatorCatalog Catalog => catalog;

    /// <summary>A measure in shown units: yuan rather than fen, hours rather than tenths.</summary>
    public decimal Measure(TallyBook book, string key, MonthRange months, Ledgers.EntryState state = Ledgers.EntryState.Approved, string slice = "")
    {
        if (catalog.Measure(key) is not { } measure) return 0;
        return (decimal)book.Value(measure, months, state, slice) / Steps(measure);
    }

    public IndicatorValue Indicator(TallyBook book, IndicatorDefinition indicator, MonthRange months, Ledgers.EntryState state = Ledgers.EntryState.Approved) =>
        indicator.IsRatio
            ? new(indicator, Measure(book, indicator.Numerator!, months, state), Measure(book, indicator.Denominator!, months, state))
            : new(indicator, Measure(book, indicator.Measure!, months, state), null);

    /// <summary>Where the indicator stands against its target on a day. Ratios and levels are held against the whole target at any time.</summary>
    public Pace Pace(IndicatorValue value, Target? target, DateOnly today, int year)
    {
        var indicator = value.Indicator;
        return target is null ? Indicators.Pace.None
            : Indicators.Pace.Of(value.OnTargetScale, target.Value, target.Spread, today, year, Accrues(indicator), indicator.Better == Direction.Less);
    }

    /// <summary>True for counts and sums, which build up over the year; false for ratios and levels.</summary>
    public bool Accrues(IndicatorDefinition indicator) => !indicator.IsRatio && catalog.Measure(indicator.Measure)?.Kind != MeasureKind.Level;

    /// <summary>Stored steps that make one shown unit of the measure.</summary>
    public long Steps(MeasureDefinition measure) =>
        measure.Sum is { } sum && catalog.Ledgers.Ledger(measure.Ledger)?.Field(sum) is { } field ? field.Steps : 1;

    /// <summary>True when the measure is money, kept in fen and reckoned in yuan.</summary>
    public bool IsMoney(MeasureDefinition measure) =>
        measure.Sum is { } sum && catalog.Ledgers.Ledger(measure.Ledger)?.Field(sum)?.Type == FieldType.Money;
}
