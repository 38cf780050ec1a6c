using LawDashboard.Features.Indicators;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>Where an indicator will probably stand at the end of the year.</summary>
public sealed class ForecastTests
{
    static readonly decimal[] Even = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10];

    [Fact]
    public void An_even_year_goes_on_evenly()
    {
        var forecast = Forecast.Of(Until(6, Even), Even, 120, new(2026, 6, 30), whole: true)!;
        Assert.Equal(120, forecast.Value);
        Assert.InRange(forecast.Low, 100, 119);
        Assert.InRange(forecast.High, 121, 140);
    }

    [Fact]
    public void A_season_of_last_year_is_expected_again()
    {
        // Ten thousand sheets in the winter months, nothing in summer: by June most of the year is done.
        decimal[] winter = [30, 30, 20, 10, 0, 0, 0, 0, 0, 0, 5, 5];
        var seasonal = Forecast.Of(Until(6, winter), winter, 1_000, new(2026, 6, 30), whole: true)!;
        Assert.InRange(seasonal.Value, 98, 102);
        // Of a year with only two entries nobody can tell a season.
        Assert.True(Forecast.Of(Until(6, winter), winter, 2, new(2026, 6, 30), whole: true)!.Value > 130);
    }

    [Theory]
    [InlineData("2026-01-20")]
    [InlineData("2026-01-01")]
    public void Too_early_in_the_year_nothing_is_said(string today) => Assert.Null(Forecast.Of(Until(1, Even), Even, 120, DateOnly.Parse(today), whole: true));

    [Fact]
    public void On_the_last_day_the_forecast_is_what_was_done()
    {
        var forecast = Forecast.Of(Even, Even, 120, new(2026, 12, 31), whole: true)!;
        Assert.Equal((120, 120, 120), (forecast.Value, forecast.Low, forecast.High));
    }

    [Fact]
    public void The_band_holds_the_value_and_never_lies_below_what_is_done()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var (month, scale) = (random.Next(1, 13), random.Next(1, 500));
            decimal[] last = [.. Enumerable.Range(0, 12).Select(_ => (decimal)random.Next(scale))];
            decimal[] now = Until(month, [.. Enumerable.Range(0, 12).Select(_ => (decimal)random.Next(scale))]);
            if (Forecast.Of(now, last, random.Next(300), new(2026, month, random.Next(1, 29)), whole: true) is not { } forecast) continue;
            Assert.True(forecast.Low <= forecast.Value && forecast.Value <= forecast.High, $"Round {round}: {forecast}");
            Assert.True(forecast.Low >= now.Sum(), $"Round {round}: {forecast} is below the {now.Sum()} done.");
        }
    }

    [Fact]
    public void Four_years_in_five_end_inside_the_band()
    {
        // Months of a Poisson process with last year's season: the band has to hold what it claims.
        var random = new Random(11);
        decimal[] season = [20, 12, 25, 18, 30, 15, 12, 10, 18, 22, 28, 30];
        var (inside, all) = (0, 600);
        for (var round = 0; round < all; round++)
        {
            decimal[] year = [.. season.Select(mean => (decimal)Poisson(random, (double)mean))];
            var forecast = Forecast.Of(Until(8, year), season, 240, new(2026, 8, 31), whole: true)!;
            if (year.Sum() >= forecast.Low && year.Sum() <= forecast.High) inside++;
        }
        Assert.InRange(inside / (double)all, 0.74, 0.95);
    }

    static decimal[] Until(int month, IReadOnlyList<decimal> year) => [.. year.Select((value, index) => index < month ? value : 0)];

    static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }
        return count;
    }
}
