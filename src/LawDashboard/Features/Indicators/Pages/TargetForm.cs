using System.Globalization;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Indicators.Pages;

/// <summary>What is typed into the form for targets. It keeps every text as typed until all of them can be stored.</summary>
public sealed class TargetForm
{
    public const string LastYear = "last-year", Custom = "custom";

    readonly IndicatorMonths trend;
    readonly TargetSpreads spreads;

    public TargetForm(IndicatorMonths trend, TargetSpreads spreads, Unit unit, UnitYear facts, DateOnly today)
    {
        (this.trend, this.spreads, Facts) = (trend, spreads, facts);
        var indicator = trend.Standing.Indicator;
        Own = new(unit, facts.Revisions.GetValueOrDefault(indicator.Key)?.On(facts.Until));
        Below = [.. facts.Below.Where(below => below.Unit.Kind is not UnitKind.Department || below.Targets.ContainsKey(indicator.Key))
            .Select(below => new Line(below.Unit, below.Targets.GetValueOrDefault(indicator.Key)))];
        // The first target holds for the whole year; a revision from the day on which it is entered.
        EffectiveOn = Lines.Any(line => line.Current is not null) && today.Year == facts.Year ? today : new(facts.Year, 1, 1);
        Spread = Own.Current?.Spread is { } kept && spreads.Named.FirstOrDefault(named => named.Text == kept) is { } named ? named.Key
            : Own.Current?.Spread is null or TargetSpreads.Even ? TargetSpreads.Even : Custom;
        Weights = Spread == Custom ? Own.Current!.Spread : "";
    }

    /// <summary>A unit's line: its target today, and what is typed for it.</summary>
    public sealed class Line(Unit unit, Target? current)
    {
        public Unit Unit => unit;
        public Target? Current => current;
        public string Value { get; set; } = "";
        public string Minimum { get; set; } = "";
        public string Good { get; set; } = "";
        public string Excellent { get; set; } = "";
        public bool IsTyped => new[] { Value, Minimum, Good, Excellent }.Any(text => !string.IsNullOrWhiteSpace(text));
        /// <summary>What the unit is to reach when the form is stored.</summary>
        public decimal? Then => Read(Value) is >= 0 and var typed ? typed : current?.Value;
    }

    public UnitYear Facts { get; }
    public Line Own { get; }
    public IReadOnlyList<Line> Below { get; }
    public IEnumerable<Line> Lines => Below.Prepend(Own);
    public string Document { get; set; } = "";
    public DateOnly? IssuedOn { get; set; }
    public DateOnly? EffectiveOn { get; set; }
    public string Reason { get; set; } = "";
    public string Spread { get; set; }
    public string Weights { get; set; }

    /// <summary>Whether the parts make up the unit's own target, in words; null where they do not add up by nature or there are none.</summary>
    public string? SumCheck()
    {
        var indicator = trend.Standing.Indicator;
        var parts = Below.Where(line => line.Then is not null).ToList();
        if (indicator.IsRatio || parts.Count == 0 || Own.Then is not { } whole) return null;
        var sum = parts.Sum(line => line.Then!.Value);
        var counted = $"下级{parts.Count}个单位合计{Print(sum)}{indicator.Unit}，{Own.Unit.Name}目标{Print(whole)}{indicator.Unit}";
        return sum == whole ? $"{counted}，一致。" : sum > whole ? $"{counted}，多{Print(sum - whole)}。" : $"{counted}，少{Print(whole - sum)}。";
    }

    /// <summary>The paper and its lines, or everything that is wrong with what was typed, by field: all of it at once.</summary>
    public (TargetPaper? Paper, IReadOnlyList<TargetLine> Lines, IReadOnlyList<TargetError> Errors) Read()
    {
        List<Line> typed = [.. Lines.Where(line => line.IsTyped)];
        // What several units' targets add up to is nobody's target yet, so setting one revises nothing.
        List<TargetError> errors = [.. TargetService.Problems(Document, IssuedOn, EffectiveOn, Reason, Facts.Year, typed.Exists(line => line.Current is { Id: not 0 }))];
        var spread = Spread switch
        {
            LastYear => TargetSpreads.LikeLastYear(trend),
            Custom => TargetSpreads.Parse(Weights),
            _ => spreads.Named.FirstOrDefault(named => named.Key == Spread)?.Text ?? TargetSpreads.Even,
        };
        if (spread is null) errors.Add(new("weights", "请填12个月的权重，用空格分开，不小于0且不全为0，例如 1 1 2 1 1 1 1 1 1 1 1 3"));
        var lines = new List<TargetLine>();
        foreach (var line in typed)
        {
            if ((Read(line.Value) ?? (line.Value.Trim().Length == 0 ? line.Current?.Value : null)) is not { } value)
                errors.Add(new(line.Unit.Code, $"{line.Unit.Name}：请填写目标值，只填数字"));
            else if (new[] { line.Minimum, line.Good, line.Excellent }.Any(text => text.Trim().Length > 0 && Read(text) is null))
                errors.Add(new(line.Unit.Code, $"{line.Unit.Name}：最低、良好、优秀只填数字，没有的空着"));
            else lines.Add(new(line.Unit, value, Read(line.Minimum), Read(line.Good), Read(line.Excellent)));
        }
        if (typed.Count == 0) errors.Add(new("", "没有填写目标值。"));
        errors.AddRange(lines.SelectMany(line => TargetService.Problems(trend.Standing.Indicator, line)));
        return (errors.Count > 0 ? null : new(Document, IssuedOn!.Value, EffectiveOn!.Value, Reason, spread!), lines, errors);
    }

    static decimal? Read(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%').Replace("，", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    string Print(decimal value) => IndicatorValue.Print(value, trend.Standing.Indicator.IsRatio);
}
