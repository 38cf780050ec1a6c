using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Reads numbers as they stand in old files: 1,234元, 1.2万, 约50人, 五十余份.</summary>
static partial class NumberWords
{
    /// <summary>What a heading multiplies the numbers under it by: 金额（万元） → 10,000.</summary>
    public static decimal Factor(FieldDefinition? field, ColumnHead head) =>
        field is not { IsNumber: true } ? 1 : CellText.HalfWidth(head.Full) is var text && FactorPattern().Match(text) is { Success: true } match
            ? match.Groups[1].Value switch { "万" => 10_000, "千" => 1_000, "百" => 100, _ => 100_000_000 } : 1;

    public static CellValue Read(FieldDefinition field, object cell, string text, decimal factor)
    {
        if (cell is DateTime) return CellValue.Wrong($"“{text}”是日期，这一列应是数字");
        if (cell is bool) return CellValue.Wrong($"“{text}”不是数字");
        if (cell is double number)
            return double.IsFinite(number) && Math.Abs(number) <= 1e12 ? Steps(field, (decimal)number * factor, text, "", vague: false) : CellValue.Wrong($"数字“{text}”超出范围");
        var plain = CellText.HalfWidth(text).Replace(",", "").Replace(" ", "").TrimStart('¥', '￥');
        var match = Pattern().Match(plain);
        if (!match.Success) return CellValue.Wrong($"“{text.Shortened(30)}”不是数字，请只写数字");
        var value = match.Groups["n"].Success
            ? decimal.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits) ? digits : -1
            : Chinese(match.Groups["c"].Value);
        if (match.Groups["n"].Success == false && value < 0 || Math.Abs(value) > 1_000_000_000_000m) return CellValue.Wrong($"“{text.Shortened(30)}”不是数字，请只写数字");
        var scale = match.Groups["w"].Value switch { "万" => 10_000m, "千" => 1_000m, "百" => 100m, "亿" => 100_000_000m, _ => 1m };
        // A number that names its own 万 does not take that of its heading as well.
        if (scale == 1) scale = factor;
        var measure = match.Groups["u"].Value;
        if (measure.Length > 0 && !Fits(field, measure)) return CellValue.Wrong($"“{text.Shortened(30)}”里的“{measure}”与“{field.Label}”的单位{(field.Unit is { } unit ? $"（{unit}）" : "")}不符，请核对");
        return Steps(field, value * scale, text, match.Groups["a"].Value + match.Groups["v"].Value, match.Groups["a"].Success || match.Groups["v"].Success);
    }

    static CellValue Steps(FieldDefinition field, decimal value, string text, string words, bool vague)
    {
        var exact = value * field.Steps;
        var steps = Math.Round(exact, MidpointRounding.AwayFromZero);
        if (Math.Abs(steps) > 100_000_000_000_000m) return CellValue.Wrong($"数字“{text.Shortened(30)}”超出范围");
        // What formulas leave behind the last decimal is noise, but half a person is a mistake.
        if (Math.Abs(exact - steps) > 0.000_001m)
            return field.Steps == 1 ? CellValue.Wrong($"“{text.Shortened(30)}”应是整数")
                : CellValue.Assumed((long)steps, $"“{text.Shortened(30)}”的小数太长，按{(steps / field.Steps).ToString("0.####", CultureInfo.InvariantCulture)}读取");
        return vague ? CellValue.Assumed((long)steps, $"“{text.Shortened(30)}”是约数，按{(steps / field.Steps).ToString("0.####", CultureInfo.InvariantCulture)}计，原文记入备注", keep: true) : new((long)steps);
    }

    /// <summary>元 and 次 behind a number say nothing new; 户 behind a number of persons does.</summary>
    static bool Fits(FieldDefinition field, string measure) => field.Type switch
    {
        FieldType.Money => measure is "元" or "块" or "元整",
        FieldType.People => measure is "人" or "人次" or "名" or "位" or "个" or "次",
        _ => measure is not ("元" or "元整") && (field.Unit is null || measure == field.Unit || measure.Length <= 2),
    };

    /// <summary>十二 → 12, 三百五十 → 350, 两万 → 20000; −1 when it is no number.</summary>
    static decimal Chinese(string text)
    {
        decimal total = 0, section = 0, digit = 0;
        foreach (var c in text)
        {
            var d = "零一二三四五六七八九".IndexOf(c);
            if (c is '〇') d = 0;
            if (c is '两') d = 2;
            if (d >= 0) digit = d;
            else if (c is '十' or '百' or '千')
            {
                section += (digit == 0 && section == 0 ? 1 : digit) * (c == '十' ? 10 : c == '百' ? 100 : 1000);
                digit = 0;
            }
            else if (c is '万')
            {
                total += (section + digit) * 10_000;
                (section, digit) = (0, 0);
            }
            else return -1;
        }
        return total + section + digit;
    }

    [GeneratedRegex(@"^(?<a>约为?|大约|大概|近|将近|共约|超过|不足|不到|逾|[≈><≥≤~])?(?:共计?|计)?(?:(?<n>-?[0-9]{1,15}(?:\.[0-9]+)?)|(?<c>[零〇一二两三四五六七八九十百千万]+))(?<v>余|多|来|几)?(?<w>[亿万千百])?(?<v>余|多|几)?(?<u>[\p{IsCJKUnifiedIdeographs}]{1,4}?)?(?<v>余|多|左右|以上|以内|上下)?[。.]?$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[(（\[]\s*([亿万千百])\s*(?:元|人次|人|份|字)?\s*[)）\]]")]
    private static partial Regex FactorPattern();
}
