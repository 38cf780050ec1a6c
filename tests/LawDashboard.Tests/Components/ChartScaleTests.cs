using LawDashboard.Components.Charts;

namespace LawDashboard.Tests.Components;

/// <summary>Axes begin at zero and have round lines; names of lines do not cover each other.</summary>
public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(7, 8, 2)]
    [InlineData(26, 30, 10)]
    [InlineData(185, 200, 50)]
    [InlineData(3900, 4000, 1000)]
    [InlineData(13000, 15000, 5000)]
    public void An_axis_ends_at_a_round_number(int most, int top, int step) => Assert.Equal(new ChartScale(top, step), ChartScale.Of(most));

    [Fact]
    public void An_axis_holds_every_value_and_has_few_lines()
    {
        var random = new Random(4);
        for (var run = 0; run < 2_000; run++)
        {
            var most = decimal.Round((decimal)Math.Pow(10, random.NextDouble() * 8 - 1), 2);
            var whole = random.Next(2) == 0;
            var scale = ChartScale.Of(most, whole);
            Assert.InRange(most, 0, scale.Top);
            Assert.InRange(scale.Lines.Count(), 2, 6);
            Assert.Equal(0, scale.Top % scale.Step);
            if (whole) Assert.Equal(decimal.Truncate(scale.Step), scale.Step);
        }
    }

    [Fact]
    public void Names_beside_lines_keep_their_order_and_their_distance()
    {
        var random = new Random(5);
        for (var run = 0; run < 500; run++)
        {
            var places = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (decimal)random.NextDouble()).ToList();
            var apart = ChartScale.Apart(places, 0.1m);
            var order = Enumerable.Range(0, places.Count).OrderBy(i => places[i]).ToList();
            Assert.All(apart, place => Assert.InRange(place, 0, 1));
            foreach (var (one, next) in order.Zip(order.Skip(1))) Assert.True(apart[next] - apart[one] >= 0.1m, string.Join(' ', places));
        }
    }

    [Theory]
    [InlineData(800, "800")]
    [InlineData(12000, "1.2万")]
    [InlineData(250000000, "2.5亿")]
    public void Large_numbers_are_told_in_ten_thousands(int value, string text) => Assert.Equal(text, ChartScale.Text(value));
}
