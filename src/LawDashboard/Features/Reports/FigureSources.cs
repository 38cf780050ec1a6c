using System.Globalization;
using LawDashboard.Features.Deadlines;
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
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Unit">Code of the unit below whose rows are counted; null for the report's own.</param>
public sealed record CountedRows(string Measure, string? Slice, DateOnly From, DateOnly To, string? Unit = null);

/// <summary>A target and the paper that set it.</summary>
/// <param name="Address">The page of the indicator.</param>
public sealed record TargetPaper(string Value, int Year, string? Document, string Address);

/// <summary>Explains the figures of drafted reports.</summary>
public sealed class FigureSources(IndicatorCatalog catalog, MeasureWords words)
{
    public FigureSource Of(DraftedReport report, Figure figure) => new Explanation(catalog, words, report, figure).Source();

    /// <summary>What the figure's key counts, without the part or the comparison that it shows.</summary>
    public string NameOf(Figure figure) => catalog.Indicator(figure.Key)?.Name ?? catalog.Measure(figure.Key)?.Name ?? figure.Name;

    /// <summary>How the figure's key is counted, and what it shares with others of its ledger; of a rate above and below the line.</summary>
    public (string Heading, string Rule) RuleOf(Figure figure)
    {
        var indicator = catalog.Indicator(figure.Key);
        if (catalog.Measure(indicator?.Numerator ?? indicator?.Measure ?? figure.Key) is not { } measure) return ("", "");
        if (catalog.Measure(indicator?.Denominator) is not { } below) return (words.Heading(measure), words.Under(measure));
        return words.Heading(measure) == words.Heading(below) ? (words.Heading(measure), $"{words.Under(measure)}；除以{words.Under(below)}")
            : (words.Heading(measure), $"{words.Under(measure)}；除以：{words.Sentence(below).TrimEnd('。')}");
    }

    /// <summary>Address of the rows behind a value of a table or chart: of a ratio those of its numerator; null for a remainder.</summary>
    public string? Rows(DraftedReport report, Exhibit exhibit, ExhibitRow row, ExhibitColumn column)
    {
        var indicator = catalog.Indicator(column.Key);
        if (catalog.Measure(indicator?.Numerator ?? indicator?.Measure ?? column.Key) is not { } measure || row.Code is null && !row.Total) return null;
        var term = report.Context.Term;
        if (exhibit.Axis == ReportTemplate.MonthAxis && row.Code is { } code && int.TryParse(code[4..], CultureInfo.InvariantCulture, out var month)) term = new(term.Year, month, month);
        return new EntryListState
        {
            Unit = exhibit.Axis == ReportTemplate.UnitAxis && row.Code is { } unit ? unit : report.Unit.Code, Year = term.Year, Measure = measure.Key,
            Slice = row.Code is { } value && exhibit.Axis is not (ReportTemplate.UnitAxis or ReportTemplate.MonthAxis) ? Counter.SliceKey(exhibit.Axis, value) : null,
            From = term.First > 1 && measure.Kind != MeasureKind.Level ? term.From : null, To = term.Last < 12 ? term.To : null,
        }.Link($"/ledgers/{measure.Ledger}");
    }
}

/// <summary>The explanation of one figure.</summary>
sealed class Explanation(IndicatorCatalog catalog, MeasureWords words, DraftedReport report, Figure figure)
{
    readonly IndicatorDefinition? indicator = catalog.Indicator(figure.Key);
    readonly DraftContext context = report.ContextOf(figure);

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

    IFigures Figures => context.Figures;
    string Before => context.WholeYear ? "上年" : "上年同期";

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
        var value = year == Year ? Figures.Value(key) : Figures.LastYear(key);
        return new(role, measure.Name, Amount(value?.Amount ?? 0, measure.Unit), words.Sentence(measure), Period(measure, year), Rows(measure, year, null), Counted(measure, year, null));
    }

    /// <summary>The part itself; of 其他 each of the parts that it gathers, and the whole where some rows carry no value at all.</summary>
    IReadOnlyList<SourcePart> Slices(FigureSlice slice)
    {
        if (slice.Field == ReportTemplate.UnitAxis) return Units(slice);
        if (slice.Field == ReportTemplate.ClockAxis) return [Late(catalog.Measure(figure.Key)!)];
        var measure = catalog.Measure(indicator?.Measure ?? figure.Key)!;
        var parts = Figures.Parts(figure.Key, slice.Field);
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

    /// <summary>Of a ledger's entries those past a statutory limit; the list leaves them by the limits as they stand on the day it is opened.</summary>
    SourcePart Late(MeasureDefinition measure)
    {
        var late = Figures.Parts(figure.Key, ReportTemplate.ClockAxis).Sum(part => part.Amount);
        var rows = Listed(measure, Year, null).WithExtra(ReportTemplate.ClockAxis, LateEntries.Filter).Link($"/ledgers/{measure.Ledger}");
        return new("", figure.Name, Amount(late, measure.Unit), $"{words.Sentence(measure).TrimEnd('。')}；只计法定或规定时限已过、还没有办结的。", Period(measure, Year), rows, Counted(measure, Year, LateCases.Rows));
    }

    /// <summary>What a unit below counts; of 其他 the units that it gathers, and the whole for what the unit logged itself.</summary>
    IReadOnlyList<SourcePart> Units(FigureSlice slice)
    {
        if (slice.Code is { } code && Figures.Parts(figure.Key, slice.Field).FirstOrDefault(part => part.Code == code) is { } named)
            return indicator is { Numerator: { } above, Denominator: { } below } ? [Of(above, named, "分子"), Of(below, named, "分母")] : [Of(indicator?.Measure ?? figure.Key, named, "")];
        var measure = indicator?.Measure ?? figure.Key;
        return [Part(measure, Year, "全部"), .. Figures.Parts(figure.Key, slice.Field).Where(part => slice.Except.Contains(part.Code)).Select(part => Of(measure, part, "减去"))];

        SourcePart Of(string key, FigurePart unit, string role)
        {
            var measure = catalog.Measure(key)!;
            var amount = Figures.Parts(key, slice.Field).FirstOrDefault(part => part.Code == unit.Code)?.Amount ?? 0;
            return new(role, $"{measure.Name}（{unit.Label}）", Amount(amount, measure.Unit), words.Sentence(measure), Period(measure, Year), Rows(measure, Year, null, unit.Code), Counted(measure, Year, null) with { Unit = unit.Code });
        }
    }

    string? Gathering() => figure.Slice is { } slice && catalog.Measure(indicator?.Measure ?? figure.Key) is { } measure ? Rule(measure, slice.Field, "为下列各项的") : null;

    string Rule(MeasureDefinition measure, string field, string which) =>
        $"{words.Sentence(measure).TrimEnd('。')}；只计“{catalog.Ledgers.Ledger(measure.Ledger)?.Field(field)?.Label ?? field}”{which}。";

    /// <summary>While the year runs, the year before is shown up to the same day, as it was counted.</summary>
    string Rows(MeasureDefinition measure, int year, string? slice, string? unit = null) => Listed(measure, year, slice, unit).Link($"/ledgers/{measure.Ledger}");

    EntryListState Listed(MeasureDefinition measure, int year, string? slice, string? unit = null) => new()
    {
        Unit = unit ?? report.Unit.Code, Year = year, Measure = measure.Key, Slice = slice,
        From = context.Term.First > 1 && measure.Kind != MeasureKind.Level ? From(year) : null, To = Until(year) is { Month: 12, Day: 31 } ? null : Until(year),
    };

    CountedRows Counted(MeasureDefinition measure, int year, string? slice) => new(measure.Key, slice, From(year), Until(year));

    DateOnly From(int year) => new(year, context.Term.First, 1);

    /// <summary>The current year is counted to the end of its term, whatever day it is; the year before to the same day.</summary>
    DateOnly Until(int year) => year == Year ? context.Term.To : context.IsComplete ? new ReportTerm(year, context.Term.First, context.Term.Last).To : context.Closing.AddYears(-1);

    string Period(MeasureDefinition measure, int year)
    {
        var to = context.Closing.AddYears(year - Year);
        return measure.Kind == MeasureKind.Level ? $"{Numerals.Date(to)}在册" : $"{year}年{context.Term.First}月1日至{to.Month}月{to.Day}日";
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
        var (now, last) = (Figures.Value(figure.Key), Figures.LastYear(figure.Key));
        var target = Figures.Target(figure.Key);
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

        decimal? Of(string key) => figure.Slice is { Field: ReportTemplate.UnitAxis, Code: { } unit } ? Figures.Parts(key, ReportTemplate.UnitAxis).FirstOrDefault(part => part.Code == unit)?.Amount
            : (year == Year ? Figures.Value(key) : Figures.LastYear(key))?.Amount;
    }

    static string Amount(decimal amount, string unit) => (unit == "元" ? amount.ToString("0.00", CultureInfo.InvariantCulture) : Plain(amount)) + unit;
    static string Plain(decimal? amount) => amount is { } known ? Numerals.Plain(known) : "—";
    static string Percent(decimal? ratio) => ratio is { } known ? Number(known * 100) + "%" : "—";
    static string Signed(decimal amount) => amount.ToString("+0.####;−0.####;0", CultureInfo.InvariantCulture);
    static string Number(decimal amount) => amount.ToString("0.####", CultureInfo.InvariantCulture);
}
