using System.Globalization;

namespace LawDashboard.Features.Reports;

/// <summary>
/// How numbers are written in an official text: Arabic, no thousands separators, no trailing zeros. Rates, growth and
/// 万元 have one decimal, rounded half away from zero as a spreadsheet shows them, so that a clerk's recount agrees;
/// only 余 always rounds down, since it claims "and some more".
/// </summary>
public static class Numerals
{
    /// <summary>A count or an amount of money in yuan, exact to two decimals: 186, 1264, 12.5.</summary>
    public static string Plain(decimal amount) => Text(Math.Round(amount, 2, MidpointRounding.AwayFromZero));

    /// <summary>
    /// 0.978 → 97.8%. Never 100% for less than the whole nor 0% for more than nothing: both would claim what the rows
    /// don't show.
    /// </summary>
    public static string Percent(decimal ratio)
    {
        var percent = OneDecimal(ratio * 100);
        if (ratio < 1 && percent >= 100) percent = 99.9m;
        if (ratio > 0 && percent == 0) return "不足0.1%";
        return Text(percent) + "%";
    }

    /// <summary>
    /// 6258 → 6200余: tens from 100, hundreds from 1000, thousands from 10000. Below 100, or when nothing is cut off, the
    /// number itself.
    /// </summary>
    public static string Roundly(decimal amount)
    {
        if (amount < 100) return Plain(amount);
        var step = amount < 1000 ? 10 : amount < 10000 ? 100 : 1000;
        var round = Math.Floor(amount / step) * step;
        return round == amount ? Text(round) : Text(round) + "余";
    }

    /// <summary>Yuan as 万元 with one decimal; below 0.1 as many as it takes to show a digit.</summary>
    public static string TenThousands(decimal yuan)
    {
        var amount = yuan / 10000;
        for (var decimals = 1; decimals < 6; decimals++)
            if (Math.Round(amount, decimals, MidpointRounding.AwayFromZero) is var rounded && (rounded != 0 || amount == 0)) return Text(rounded);
        return Text(amount);
    }

    /// <summary>A difference of two ratios in percentage points, without sign: 0.016 → 1.6.</summary>
    public static string Points(decimal difference) => Text(Math.Abs(OneDecimal(difference * 100)));

    /// <summary>2026年11月30日, months and days without leading zeros (GB/T 9704 7.3.5.4).</summary>
    public static string Date(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    /// <summary>1 → 一, 12 → 十二, 20 → 二十; above 99 in digits.</summary>
    public static string Chinese(int number)
    {
        const string digits = "一二三四五六七八九";
        if (number is < 1 or > 99) return Plain(number);
        var tens = (number / 10) switch { 0 => "", 1 => "十", var n => digits[n - 1] + "十" };
        return number % 10 == 0 ? tens : tens + digits[number % 10 - 1];
    }

    internal static decimal OneDecimal(decimal amount) => Math.Round(amount, 1, MidpointRounding.AwayFromZero);

    static string Text(decimal amount) => amount.ToString("0.##########", CultureInfo.InvariantCulture);
}
