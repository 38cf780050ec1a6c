using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// What an indicator that builds up over the year will come to by its end, if it goes on as until now through the season
/// of last year (年底预计). On the scale of the target.
/// </summary>
/// <param name="Low">With <see cref="High"/> the band in which the year ends four times out of five.</param>
public sealed record Forecast(decimal Value, decimal Low, decimal High)
{
    /// <summary>Half the width of an 80 % band, in standard deviations.</summary>
    const double Width = 1.2816;

    /// <summary>Last year's season counts in full from about this many entries on; below, the months are drawn towards even.</summary>
    const decimal Trust = 12;

    /// <summary>Before a tenth of the year's season is over a forecast would be a guess.</summary>
    const decimal Earliest = 0.1m;

    /// <summary>Null for ratios, levels, limits, years that are not running, and where it is too early to say.</summary>
    public static Forecast? Of(IndicatorReckoner reckoner, UnitYear facts, Standing standing)
    {
        if (!standing.Accrues || facts.Today.Year != facts.Year || reckoner.Catalog.Measure(standing.Indicator.Measure) is not { } measure) return null;
        var (now, last) = (Months(facts.Year), Months(facts.Year - 1));
        var entries = Enumerable.Range(1, 12).Sum(month => facts.Book.Value(measure with { Kind = MeasureKind.Count }, MonthRange.OfMonth(facts.Year - 1, month)));
        return Of(now, last, entries, facts.Today, whole: reckoner.Steps(measure) == 1);

        decimal[] Months(int year) => [.. Enumerable.Range(1, 12).Select(month => reckoner.Measure(facts.Book, measure.Key, MonthRange.OfMonth(year, month)))];
    }

    /// <param name="now">The months of this year; those to come are 0.</param>
    /// <param name="last">The months of the year before.</param>
    /// <param name="lastEntries">How many entries the year before rests on.</param>
    /// <param name="whole">True for what comes in whole numbers.</param>
    public static Forecast? Of(IReadOnlyList<decimal> now, IReadOnlyList<decimal> last, long lastEntries, DateOnly today, bool whole)
    {
        var season = Season(last, lastEntries);
        var partOfMonth = (decimal)today.Day / DateTime.DaysInMonth(today.Year, today.Month);
        var elapsed = season.Take(today.Month - 1).Sum() + season[today.Month - 1] * partOfMonth;
        var done = now.Take(today.Month).Sum();
        if (elapsed < Earliest || done <= 0) return null;
        if (elapsed >= 1) return new(done, done, done);
        var rest = done / elapsed - done;
        var spread = Spread(now, season, done / elapsed, today.Month - 1);
        // What is still to come scatters by itself, and the rate that it was reckoned with is not known exactly either.
        var half = (decimal)(Width * Math.Sqrt((double)(spread * rest * (1 + rest / done))));
        // Nine places are more than anybody can know; the rest is what divisions left behind.
        var (value, low, high) = (decimal.Round(done + rest, 9), Math.Max(done, decimal.Round(done + rest - half, 9)), decimal.Round(done + rest + half, 9));
        return whole ? new(decimal.Floor(value), decimal.Floor(low), decimal.Ceiling(high)) : new(value, low, high);
    }

    /// <summary>The share of the year in each month, 1 together.</summary>
    static decimal[] Season(IReadOnlyList<decimal> last, long entries)
    {
        var total = last.Sum();
        var trust = total <= 0 ? 0 : entries / (entries + Trust);
        return [.. last.Select(month => (total <= 0 ? 0 : trust * Math.Max(month, 0) / total) + (1 - trust) / 12)];
    }

    /// <summary>How much more the months scatter than counts of single events would: the variance over the mean, at least 1.</summary>
    static decimal Spread(IReadOnlyList<decimal> now, decimal[] season, decimal year, int months)
    {
        if (months < 2) return Math.Max(1, now.Max());
        var sum = Enumerable.Range(0, months).Sum(month => year * season[month] is > 0 and var mean ? (now[month] - mean) * (now[month] - mean) / mean : 0);
        return Math.Max(1, sum / (months - 1));
    }
}
