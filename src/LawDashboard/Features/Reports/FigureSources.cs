using System.Globalization;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Reports;

/// <summary>Where a figure of a report comes from (数据来源): what it is exactly, how it was reckoned, and the rows behind it.</summary>
/// <param name="Exact">The value without rounding, with its unit.</param>
/// <param name="Formula">How the value follows from its parts; null when it is one count.</param>
/// <param name="Rule">In one sentence, what is counted, where that is the same for all parts; null where each says it itself.</param>
public sealed record FigureSource(Figure Figure, string Exact, string? Formula, string? Rule, IReadOnlyList<SourcePart> Parts, TargetPaper? Target)
{
    /// <summary>The days covered by all parts alike; null where they differ.</summary>
    public string? Period => Parts.Select(part => part.Period).Distinct().Take(2).ToList() is [var one] ? one : null;
}

/// <summary>One count that a figure is made of.</summary>
/// <param name="Role">What it is within the figure: 分子, 上年同期; empty when the figure is this count.</param>
/// <param name="Rule">In one sentence, what is counted; null where the figure says it for all its parts.</param>
/// <param name="Period">The days that it covers.</param>
/// <param name="Rows">Address of exactly the rows counted.</param>
/// <param name="Counted">The same as a question that can be asked of the past.</param>
public sealed record SourcePart(string Role, string Name, string Value, string? Rule, string Period, string Rows, CountedRows Counted);

/// <summary>Which rows a count counts: a measure, or one of its parts, over the days of a year.</summary>
/// <param name="Slice">Part of the measure as <c>field=code</c>; null for the whole.</param>
/// <param name="To">Last day; the year's end when null.</param>
public sealed record CountedRows(string Measure, string? Slice, int Year, DateOnly? To);

/// <summary>A target and the paper that set it.</summary>
/// <param name="Address">The page of the indicator.</param>
public sealed record TargetPaper(string Value, int Year, string? Document, string Address);

/// <summary>Explains the figures of drafted reports.</summary>
public sealed class FigureSources(IndicatorCatalog catalog, MeasureWords words)
{
    public FigureSource Of(DraftedReport report, Figure figure) => new Explanation(catalog, words, report, figure).Source();
}

/// <summary>The explanation of one figure.</summary>
sealed class Explanation(IndicatorCatalog catalog, MeasureWords words, DraftedReport report, Figure figure)
{
    readonly IndicatorDefinition? indicator = catalog.Indicator(figure.Key);

    bool IsRatio => indicator?.IsRatio == true;
    int Year => report.Draft.Year;

    public FigureSource Source()
    {
        var target = figure.Format switch
        {
            FigureFormat.Target or FigureFormat.Attainment or FigureFormat.Gap => Paper(report.Targets, Year),
            FigureFormat.NextTarget => Paper(report.NextTargets, Year + 1),
            _ => null,
        };
        IReadOnlyList<SourcePart> parts = figure.Format switch
        {
            FigureFormat.Target or FigureFormat.NextTarget => [],
            FigureFormat.YearOnYear => [.. Parts(Year, "本年"), .. Parts(Year - 1, Before)],
            FigureFormat.LastYear => Parts(Year - 1, ""),
            _ => Parts(Year, ""),
        };
        return new(figure, Exact(), Formula(), parts.Any(part => part.Rule is null) ? Gathering() : null, parts, target);
    }

    string Before => report.Draft.Closing == new DateOnly(Year, 12, 31) ? "上年" : "上年同期";

    IReadOnlyList<SourcePart> Parts(int year, string when)
    {
        if (figure.Slice is { } slice) return Slices(slice);
        return indicator is { Numerator: { } above, Denominator: { } below }
            ? [Part(above, year, when + "分子"), Part(below, year, when + "分母")]
            : [Part(indicator?.Measure ?? figure.Key, year, when)];
    }

    SourcePart Part(string key, int year, string role)
    {
        var measure = catalog.Measure(key)!;
        var value = year == Year ? report.Figures.Value(key) : report.Figures.LastYear(key);
        return new(role, measure.Name, Amount(value?.Amount ?? 0, measure.Unit), words.Sentence(measure), Period(measure, year), Rows(measure, year, null), Counted(measure, year, null));
    }

    /// <summary>The part itself; of 其他 each of the parts that it gathers, and the whole where some rows carry no value at all.</summary>
    IReadOnlyList<SourcePart> Slices(FigureSlice slice)
    {
        var measure = catalog.Measure(indicator?.Measure ?? figure.Key)!;
        var parts = report.Figures.Parts(figure.Key, slice.Field);
        if (slice.Code is { } code)
            return [.. parts.Where(part => part.Code == code).Select(part => Slice(part, $"{measure.Name}（{part.Label}）", Rule(measure, slice.Field, $"为“{part.Label}”的")))];
        var gathered = parts.Where(part => part.Amount > 0 && !slice.Except.Contains(part.Code)).ToList();
        List<SourcePart> sources = [.. gathered.Select(part => Slice(part, part.Label, null))];
        if (gathered.Sum(part => part.Amount) < figure.Amount) sources.Add(Part(measure.Key, Year, "全部"));
        return sources;

        SourcePart Slice(FigurePart part, string name, string? rule) =>
            new("", name, Amount(part.Amount, measure.Unit), rule, Period(measure, Year), Rows(measure, Year, Counter.SliceKey(slice.Field, part.Code)),
                Counted(measure, Year, Counter.SliceKey(slice.Field, part.Code)));
    }

    string? Gathering() => figure.Slice is { } slice && catalog.Measure(indicator?.Measure ?? figure.Key) is { } measure ? Rule(measure, slice.Field, "为下列各项的") : null;

    string Rule(MeasureDefinition measure, string field, string which) =>
        $"{words.Sentence(measure).TrimEnd('。')}；只计“{catalog.Ledgers.Ledger(measure.Ledger)?.Field(field)?.Label ?? field}”{which}。";

    /// <summary>While the year runs, the year before is shown up to the same day, as it was counted.</summary>
    string Rows(MeasureDefinition measure, int year, string? slice) => new EntryListState
    {
        Unit = report.Unit.Code, Year = year, Measure = measure.Key, Slice = slice, To = Until(year),
    }.Link($"/ledgers/{measure.Ledger}");

    CountedRows Counted(MeasureDefinition measure, int year, string? slice) => new(measure.Key, slice, year, Until(year));

    DateOnly? Until(int year) => year < Year && Before != "上年" ? report.Draft.Closing.AddYears(-1) : null;

    string Period(MeasureDefinition measure, int year)
    {
        var to = report.Draft.Closing.AddYears(year - Year);
        return measure.Kind == MeasureKind.Level ? $"{Numerals.Date(to)}在册" : $"{year}年1月1日至{to.Month}月{to.Day}日";
    }

    TargetPaper? Paper(IReadOnlyDictionary<string, Target> targets, int year)
    {
        if (indicator is null || targets.GetValueOrDefault(figure.Key) is not { } target) return null;
        var document = target.Document is null ? null : target.IssuedOn is { } issued ? $"{target.Document}（{Numerals.Date(issued)}）" : target.Document;
        return new(IndicatorValue.Print(target.Value, IsRatio) + indicator.Unit, year, document, new RowLinks(catalog, report.Unit, year).Indicator(indicator));
    }

    string Exact() => figure.Format switch
    {
        FigureFormat.YearOnYear => IsRatio ? Signed(figure.Amount * 100) + "个百分点" : Signed(figure.Amount * 100) + "%",
        FigureFormat.Attainment => Percent(figure.Amount),
        FigureFormat.Gap when IsRatio => Number(figure.Amount * 100) + "个百分点",
        _ => IsRatio ? Percent(figure.Amount) : Amount(figure.Amount, figure.Unit),
    };

    string? Formula()
    {
        var (now, last) = (report.Figures.Value(figure.Key), report.Figures.LastYear(figure.Key));
        var target = report.Figures.Target(figure.Key);
        return (figure.Format, IsRatio) switch
        {
            (FigureFormat.Target or FigureFormat.NextTarget, _) => null,
            (FigureFormat.YearOnYear, true) => $"{Percent(now?.Amount)} − {Percent(last?.Amount)} = {Exact()}",
            (FigureFormat.YearOnYear, false) => $"（{Plain(now?.Amount)} − {Plain(last?.Amount)}）÷ {Plain(last?.Amount)} = {Exact()}",
            (FigureFormat.Attainment, true) => $"{Percent(now?.Amount)} ÷ {Percent(target)} = {Exact()}",
            (FigureFormat.Attainment, false) => $"{Plain(now?.Amount)} ÷ {Plain(target)} = {Exact()}",
            (FigureFormat.Gap, true) => $"{Percent(now?.Amount)} 与 {Percent(target)} 相差{Exact()}",
            (FigureFormat.Gap, false) => $"{Plain(now?.Amount)} 与 {Plain(target)} 相差{Exact()}",
            (FigureFormat.LastYear, true) => Division(Year - 1),
            (_, true) => Division(Year),
            _ => null,
        };
    }

    string? Division(int year)
    {
        if (indicator is not { Numerator: { } above, Denominator: { } below }) return null;
        return $"{Plain(Of(above))} ÷ {Plain(Of(below))} = {Exact()}";

        decimal? Of(string key) => (year == Year ? report.Figures.Value(key) : report.Figures.LastYear(key))?.Amount;
    }

    static string Amount(decimal amount, string unit) => (unit == "元" ? amount.ToString("0.00", CultureInfo.InvariantCulture) : Plain(amount)) + unit;
    static string Plain(decimal? amount) => amount is { } known ? Numerals.Plain(known) : "—";
    static string Percent(decimal? ratio) => ratio is { } known ? Number(known * 100) + "%" : "—";
    static string Signed(decimal amount) => amount.ToString("+0.####;−0.####;0", CultureInfo.InvariantCulture);
    static string Number(decimal amount) => amount.ToString("0.####", CultureInfo.InvariantCulture);
}
