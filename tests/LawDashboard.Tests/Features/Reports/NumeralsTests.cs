using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class NumeralsTests
{
    static readonly Arbitrary<decimal> Amounts = Gen.Choose(0, int.MaxValue).Select(n => n / 100m).ToArbitrary();
    static readonly Arbitrary<(int Part, int Whole)> Shares =
        Gen.Choose(1, 1_000_000).SelectMany(whole => Gen.Choose(0, whole).Select(part => (part, whole))).ToArbitrary();

    [Theory]
    [InlineData(0.978, "97.8%")]
    [InlineData(0.75, "75%")]
    [InlineData(1, "100%")]
    [InlineData(0.9999, "99.9%")]
    [InlineData(0.0001, "不足0.1%")]
    [InlineData(0, "0%")]
    [InlineData(1.1875, "118.8%")]
    [InlineData(0.8125, "81.3%")]
    public void A_rate_has_one_decimal_and_no_trailing_zero(decimal ratio, string text) => Assert.Equal(text, Numerals.Percent(ratio));

    [Fact]
    public void Only_the_whole_is_100_percent_and_only_nothing_is_0_percent() => Prop.ForAll(Shares, share =>
    {
        var text = Numerals.Percent((decimal)share.Part / share.Whole);
        return (text == "100%") == (share.Part == share.Whole) && (text == "0%") == (share.Part == 0);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(6258, "6200余")]
    [InlineData(6200, "6200")]
    [InlineData(231, "230余")]
    [InlineData(99, "99")]
    [InlineData(21340, "21000余")]
    public void A_round_number_says_余_only_when_something_is_cut_off(decimal amount, string text) => Assert.Equal(text, Numerals.Roundly(amount));

    [Fact]
    public void 余_never_rounds_up_and_never_claims_more_than_there_is() => Prop.ForAll(Amounts, amount =>
    {
        var text = Numerals.Roundly(amount);
        var stated = decimal.Parse(text.TrimEnd('余'), CultureInfo.InvariantCulture);
        return text.EndsWith('余') ? stated < amount : stated == amount;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2365400, "236.5")]
    [InlineData(500000, "50")]
    [InlineData(300, "0.03")]
    [InlineData(0, "0")]
    public void Money_in_万元_has_one_decimal_but_never_vanishes(decimal yuan, string text) => Assert.Equal(text, Numerals.TenThousands(yuan));

    [Fact]
    public void Thousands_have_no_separators() => Assert.Equal("1234567.5", Numerals.Plain(1234567.50m));

    [Theory]
    [InlineData(1, "一")]
    [InlineData(10, "十")]
    [InlineData(12, "十二")]
    [InlineData(20, "二十")]
    [InlineData(35, "三十五")]
    public void Ordinals_are_Chinese(int number, string text) => Assert.Equal(text, Numerals.Chinese(number));

    [Fact]
    public void A_date_has_no_leading_zeros() => Assert.Equal("2027年2月5日", Numerals.Date(new(2027, 2, 5)));
}
