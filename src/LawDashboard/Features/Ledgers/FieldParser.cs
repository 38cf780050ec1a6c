using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>What a person typed, as a stored value or as a sentence that says what is wrong with it.</summary>
public readonly record struct ParsedField(object? Value, string? Error)
{
    public static ParsedField Of(object? value) => new(value, null);
    public static ParsedField Wrong(string sentence) => new(null, sentence);
}

/// <summary>Reads what people type: 11-22, 今天, 2026年3月5日, 1.2万, 1,200.50, full-width digits.</summary>
public sealed partial class FieldParser(LedgerCatalog catalog, UnitTree tree, DateOnly today)
{
    /// <summary>More than any town counts, and little enough that sums over all entries stay within 64 bits of fen.</summary>
    const decimal Largest = 1_000_000_000_000m;

    public ParsedField Parse(FieldDefinition field, string? typed)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length == 0) return default;
        return field.Type switch
        {
            FieldType.Date => Date(text) is { } date ? ParsedField.Of(date) : ParsedField.Wrong("日期看不懂，请写成 2026-03-05、3-5 或“今天”"),
            FieldType.YesNo => text switch
            {
                "yes" or "是" or "true" or "1" or "✓" or "√" => ParsedField.Of(true),
                "no" or "否" or "false" or "0" => ParsedField.Of(false),
                _ => ParsedField.Wrong("请选“是”或“否”"),
            },
            FieldType.OneOf => Code(field, text) is { } code ? ParsedField.Of(code) : ParsedField.Wrong($"“{text.Shortened(20)}”不在可选范围内"),
            FieldType.SeveralOf => Codes(field, text),
            FieldType.Unit => (tree.Find(text) ?? tree.All.FirstOrDefault(unit => unit.Name == text)) is { } unit
                ? ParsedField.Of(unit.Code) : ParsedField.Wrong($"没有单位“{text.Shortened(20)}”"),
            _ when field.IsNumber => Number(field, text),
            _ => text.Length <= field.TextLimit ? ParsedField.Of(text) : ParsedField.Wrong($"最多{field.TextLimit}字，现有{text.Length}字"),
        };
    }

    string? Code(FieldDefinition field, string text) =>
        catalog.Dictionary(field.Dictionary)?.Values.FirstOrDefault(value => value.Code == text || value.Label == text)?.Code;

    ParsedField Codes(FieldDefinition field, string text)
    {
        var codes = new List<string>();
        foreach (var item in text.Split([',', '，', '、', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Code(field, item) is not { } code) return ParsedField.Wrong($"“{item.Shortened(20)}”不在可选范围内");
            if (!codes.Contains(code)) codes.Add(code);
        }
        return ParsedField.Of(codes.ToArray());
    }

    static ParsedField Number(FieldDefinition field, string text)
    {
        var plain = HalfWidth(text).Replace(",", "").Replace("，", "").Replace(" ", "").TrimStart('¥', '￥');
        if (field.Unit is { Length: > 0 } unit && plain.EndsWith(unit, StringComparison.Ordinal)) plain = plain[..^unit.Length];
        var factor = 1m;
        if (field.Type == FieldType.Money) plain = plain.TrimEnd('元');
        if (plain.EndsWith('万')) (plain, factor) = (plain[..^1], 10_000m);
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return ParsedField.Wrong("请填数字");
        if (Math.Abs(number * factor) > Largest) return ParsedField.Wrong("数字过大，请核对（最多1万亿）");
        var steps = number * factor * field.Steps;
        if (steps != decimal.Truncate(steps))
            return ParsedField.Wrong(field.Type switch
            {
                FieldType.Money => "金额最多两位小数",
                FieldType.Decimal => $"最多{field.Decimals}位小数",
                _ => "请填整数",
            });
        return ParsedField.Of((long)steps);
    }

    /// <summary>A date as typed; without a year it is this year's.</summary>
    public DateOnly? Date(string typed) => Date(typed, today);

    /// <summary>A date as typed on <paramref name="today"/>; null for what is no date.</summary>
    public static DateOnly? Date(string typed, DateOnly today)
    {
        var text = HalfWidth(typed.Trim());
        switch (text)
        {
            case "今天" or "今日" or "today": return today;
            case "昨天" or "昨日": return today.AddDays(-1);
            case "前天": return today.AddDays(-2);
        }
        var match = DatePattern().Match(text);
        if (!match.Success) return null;
        var year = match.Groups["y"].Success ? int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture) : today.Year;
        var month = int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture);
        if (year is < 1900 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return new(year, month, day);
    }

    /// <summary>Full-width digits and signs as half-width ones.</summary>
    static string HalfWidth(string text) =>
        string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = source[i] is >= '！' and <= '～' ? (char)(source[i] - 0xFEE0) : source[i];
        });

    // Not \d: it also takes digits of other scripts, which int.Parse does not.
    [GeneratedRegex(@"^(?:(?<y>[0-9]{4})\s*[-./年]\s*)?(?<m>[0-9]{1,2})\s*[-./月]\s*(?<d>[0-9]{1,2})\s*[日号]?$|^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})$")]
    private static partial Regex DatePattern();
}
