using LawDashboard.Components.Charts;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators.Pages;

/// <summary>Where the lines of a trend run on a field of 100 by 100, and where their names stand beside their ends.</summary>
sealed class TrendLines
{
    public const decimal Width = 100, Slot = Width / 12;

    readonly IndicatorMonths trend;

    public TrendLines(IndicatorMonths trend)
    {
        this.trend = trend;
        Scale = trend.Standing.Indicator.IsRatio ? new ChartScale(100, 25) : ChartScale.Of(Most());
        Actual = Points(month => month.ToDate.OnTargetScale, reached: true);
        WithPending = trend.Months.Any(month => month.Reached && !month.Pending.IsNothing) ? Points(month => month.ToDateWithPending.OnTargetScale, reached: true) : [];
        Expected = Points(month => month.Expected, reached: false);
        ExpectedLine = Stepped();
        LastYear = trend.Months.Any(month => !month.LastYearToDate.IsNothing) ? Points(month => month.LastYearToDate.OnTargetScale, reached: false) : [];
        Band = trend.Forecast is { } forecast && Actual is [.., { Month.Month: < 12 } now] ? [new(now.Month, now.X, now.Y), new(trend.Months[11], X(12), Y(forecast.High)), new(trend.Months[11], X(12), Y(forecast.Low))] : [];
        Ends = Named();
    }

    /// <summary>A point of a line: the month, its place in percent from left and top.</summary>
    public readonly record struct Point(IndicatorMonth Month, decimal X, decimal Y);

    /// <summary>The name of a line beside its end.</summary>
    public readonly record struct End(string Name, string Class, decimal Y);

    public ChartScale Scale { get; }
    public IReadOnlyList<Point> Actual { get; }
    /// <summary>Empty when nothing waits for review.</summary>
    public IReadOnlyList<Point> WithPending { get; }
    public IReadOnlyList<Point> Expected { get; }
    /// <summary>The target's line as SVG writes it, with a step on each day on which it was revised.</summary>
    public string ExpectedLine { get; }
    public IReadOnlyList<Point> LastYear { get; }
    /// <summary>From today's value to where the year will probably end; empty without a forecast.</summary>
    public IReadOnlyList<Point> Band { get; }
    public IReadOnlyList<End> Ends { get; }

    public decimal Y(decimal value) => 100 - Scale.Share(value) * 100;
    public static decimal X(int month) => (month - 0.5m) * Slot;

    /// <summary>A line as SVG writes it.</summary>
    public static string Line(IEnumerable<Point> points) => string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:0.##},{point.Y:0.##}")));

    decimal Most()
    {
        var values = trend.Months.SelectMany(month => new[]
        {
            month.Expected, month.Reached ? month.ToDateWithPending.OnTargetScale : null, month.LastYearToDate.OnTargetScale,
        });
        return Math.Max(values.Max() ?? 0, trend.Forecast?.High ?? 0);
    }

    List<Point> Points(Func<IndicatorMonth, decimal?> value, bool reached) =>
        [.. from month in trend.Months
            where month.Reached || !reached
            let y = value(month)
            where y is not null
            select new Point(month, X(month.Month), Y(y.Value))];

    string Stepped()
    {
        var places = Expected.Select(point => (point.X, point.Y))
            .Concat(trend.Steps.SelectMany(step => new[] { (X: X(step.Day), Y: Y(step.Before)), (X: X(step.Day), Y: Y(step.After)) }));
        // Stable, so that before stays before after on the same day.
        return string.Join(' ', places.OrderBy(place => place.X).Select(place => FormattableString.Invariant($"{place.X:0.##},{place.Y:0.##}")));
    }

    /// <summary>The end of a month stands in its middle; the days of a month run there from the middle of the one before.</summary>
    static decimal X(DateOnly day) => Math.Max(0, X(day.Month - 1) + Slot * (day.Day - 1) / DateTime.DaysInMonth(day.Year, day.Month));

    List<End> Named()
    {
        var indicator = trend.Standing.Indicator;
        var ends = new List<(string Name, string Class, decimal Y)>();
        if (Expected.Count > 0) ends.Add(((indicator.Better is Direction.Less ? "上限" : "目标") + Text(Expected[^1].Month.Expected), "end-target", Expected[^1].Y));
        if (LastYear.Count > 0) ends.Add(("去年" + LastYear[^1].Month.LastYearToDate.Text, "end-last", LastYear[^1].Y));
        if (Band.Count > 0) ends.Add(("预计" + Text(trend.Forecast!.Value), "end-forecast", Y(trend.Forecast.Value)));
        // The line of the year runs to the margin only in December; before, its value stands at its last point.
        if (Actual.Count > 0 && Actual[^1].Month.Month == 12) ends.Add(("实际" + Actual[^1].Month.ToDate.Text, "end-actual", Actual[^1].Y));
        var places = ChartScale.Apart([.. ends.Select(end => end.Y / 100)], 0.085m);
        return [.. ends.Select((end, i) => new End(end.Name, end.Class, places[i] * 100))];

        string Text(decimal? value) => value is { } number ? IndicatorValue.Print(number, indicator.IsRatio) : "—";
    }
}
