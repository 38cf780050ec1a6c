using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Reads dates as they stand in old files.</summary>
static partial class DateWords
{
    const string Ask = "请写成 2026-03-05";
    /// <summary>2000-01-01 and 2051-01-01, as Excel counts days.</summary>
    const int FirstSerial = 36_526, EndSerial = 55_153;
    const string Digits = "〇一二三四五六七八九";

    /// <param name="year">The year of the sheet, for dates that leave it out.</param>
    public static CellValue Read(object cell, int year) => cell switch
    {
        DateTime moment => moment.Year is < 1900 or > 2200 ? CellValue.Wrong($"日期“{CellText.Show(cell)}”不合理，{Ask}") : new(DateOnly.FromDateTime(moment)),
        double number => Number(number, year),
        _ => Text(CellText.HalfWidth(CellText.Show(cell)), year),
    };

    static CellValue Number(double number, int year)
    {
        if (number is >= 19000101 and <= 22001231 && number == Math.Floor(number)) return Text(number.ToString("0", CultureInfo.InvariantCulture), year);
        // A date whose cell lost its format: days since 1900, as Excel counts them.
        if (number is >= 20_000 and < 110_000) return CellValue.Assumed(DateOnly.FromDateTime(DateTime.FromOADate(number)), "单元格不是日期格式，按 Excel 的日期序号读取");
        // 2022.3 and 3.1 lost a nought when they were typed as numbers: 3.1 may have been 3.10.
        if (number is > 1 and < 12.32 && number != Math.Floor(number) && Text(CellText.Show(number), year) is { Value: DateOnly day })
            return CellValue.Assumed(day, $"“{CellText.Show(number)}”是数值，按{day.Month}月{day.Day}日读取；如果原来是{day.Month}月{day.Day}0日，请改正");
        return CellValue.Wrong($"日期“{CellText.Show(number)}”看不懂，{Ask}");
    }

    static CellValue Text(string text, int year)
    {
        text = Chinese().Replace(text.Trim(), written => Arabic(written.Value));
        // A serial of Excel's that a .csv kept as text; other five digits are no date of ours.
        if (text.Length == 5 && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is >= FirstSerial and < EndSerial) return Number(serial, year);
        var match = Day().Match(text);
        if (match.Success && Of(match, year) is { } day)
        {
            if (match.Length == text.Length || Clock().IsMatch(text.AsSpan(match.Length)))
                return match.Groups["y"].Success ? new(day) : CellValue.Assumed(day, $"没有写年份，按{year}年读取");
            if (Range().IsMatch(text.AsSpan(match.Length))) return CellValue.Assumed(day, $"“{text}”是一段时间，按第一天读取", keep: true);
        }
        if (MonthOnly().IsMatch(text)) return CellValue.Wrong($"“{text}”只有年月，没有日，{Ask}");
        return CellValue.Wrong($"日期“{text.Shortened(30)}”看不懂，{Ask}");
    }

    static DateOnly? Of(Match match, int sheetYear)
    {
        var year = match.Groups["y"].Success ? int.Parse(match.Groups["y"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : sheetYear;
        if (match.Groups["y"].Length == 2) year += 2000;
        var (month, day) = (int.Parse(match.Groups["m"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(match.Groups["d"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));
        return year is < 1900 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ? null : new(year, month, day);
    }

    /// <summary>二〇二二, 三, 十五 or 二十五 in digits.</summary>
    static string Arabic(string written)
    {
        var (at, plain) = (written.IndexOf('十', StringComparison.Ordinal), written.Replace('零', '〇').Replace('○', '〇').Replace('O', '〇'));
        if (at < 0) return string.Concat(plain.Select(digit => (char)('0' + Digits.IndexOf(digit, StringComparison.Ordinal))));
        var (tens, ones) = (at == 0 ? 1 : Digits.IndexOf(plain[at - 1], StringComparison.Ordinal), at + 1 == plain.Length ? 0 : Digits.IndexOf(plain[at + 1], StringComparison.Ordinal));
        return ((tens * 10) + ones).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?:(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})(?![0-9])|(?:(?<y>[0-9]{4}|[0-9]{2}(?=\s*年))\s*[-./年]\s*)?(?<m>[0-9]{1,2})\s*[-./月]\s*(?<d>[0-9]{1,2})(?![0-9])\s*[日号]?)")]
    private static partial Regex Day();

    [GeneratedRegex("(?:[一二][〇零○O一二三四五六七八九]{3}(?=\\s*年)|[一二三]?十[一二三四五六七八九]?(?=\\s*[月日号])|[一二三四五六七八九](?=\\s*[月日号]))")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"^(?:\s*T?\s*[0-9]{1,2}[::时][0-9]{1,2}(?:[::分][0-9]{1,2}秒?|分)?(?:\.[0-9]+)?|\s*[((]?(?:星期|周)[一二三四五六日天][))]?|\s*[上下]午|\s*[。.])+$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\s*(?:[-—~至到、,]|--)\s*(?:[0-9]|月|日)")]
    private static partial Regex Range();

    [GeneratedRegex(@"^(?:[0-9]{4}\s*[-./年]\s*[0-9]{1,2}\s*月?|[0-9]{1,2}\s*月|[0-9]{4}\s*年)$")]
    private static partial Regex MonthOnly();
}
