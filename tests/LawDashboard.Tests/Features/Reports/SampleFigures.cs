using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>Counted data made by hand: what a test doesn't set is unknown.</summary>
sealed class SampleFigures : IFigures
{
    readonly Dictionary<string, FigureValue> values = [];
    readonly Dictionary<string, FigureValue> lastYear = [];
    readonly Dictionary<string, decimal> targets = [];
    readonly Dictionary<(string, string), IReadOnlyList<FigurePart>> parts = [];

    public SampleFigures Count(string key, decimal? amount, string unit = "件", decimal? last = null, decimal? target = null, string? name = null) =>
        Add(new(key, name ?? key, amount, unit, IsRatio: false, IsMoney: unit == "元"), last, null, target);

    public SampleFigures Ratio(string key, decimal? amount, decimal? cases = null, decimal? last = null, decimal? lastCases = null, decimal? target = null, string? name = null) =>
        Add(new(key, name ?? key, amount, "%", IsRatio: true, IsMoney: false, cases), last, lastCases, target);

    public SampleFigures Slice(string key, string slice, params (string Code, string Label, decimal Amount)[] amounts)
    {
        parts[(key, slice)] = [.. amounts.Select(part => new FigurePart(part.Code, part.Label, part.Amount))];
        return this;
    }

    SampleFigures Add(FigureValue value, decimal? last, decimal? lastCases, decimal? target)
    {
        values[value.Key] = value;
        if (last is not null) lastYear[value.Key] = value with { Amount = last, Denominator = lastCases };
        if (target is not null) targets[value.Key] = target.Value;
        return this;
    }

    public FigureValue? Value(string key) => values.GetValueOrDefault(key);
    public FigureValue? LastYear(string key) => lastYear.GetValueOrDefault(key);
    public decimal? Target(string key) => targets.TryGetValue(key, out var target) ? target : null;
    public IReadOnlyList<FigurePart> Parts(string key, string slice) => parts.GetValueOrDefault((key, slice)) ?? [];
}
