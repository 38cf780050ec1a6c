using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;

namespace LawDashboard.Features.Audit;

/// <summary>
/// A point in the past as people and addresses name it (时点): a day, which means its end; a clock time in China; or <c>@</c>
/// and the number of a line of the audit log, which means that line included.
/// </summary>
/// <param name="Text">As it stands in addresses: 2026-06-30, 2026-06-30T15:30, @1234.</param>
/// <param name="Before">What was written before this moment (UTC) counts; null where a line is named.</param>
public sealed partial record AsOf(string Text, DateTime? Before, long? Sequence)
{
    /// <summary>Name of the point in addresses.</summary>
    public const string Key = "asof";

    /// <summary>Reads what was typed; otherwise says in words what is wrong with it.</summary>
    public static (AsOf? Read, string? Problem) Parse(string typed, TimeProvider clock)
    {
        var text = typed.Trim();
        if (LineNumber().Match(text) is { Success: true } line)
            return long.TryParse(line.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
                ? (new("@" + sequence.ToString(CultureInfo.InvariantCulture), null, sequence), null) : (null, $"操作日志没有第“{line.Groups[1].Value}”号");
        if (DayAndTime().Match(text) is not { Success: true } parts) return (null, $"“{text.Shortened(20)}”不是日期，请写成2026-06-30，或加上时间2026-06-30 15:30");
        if (!DateOnly.TryParseExact($"{parts.Groups[1].Value}-{parts.Groups[2].Value.PadLeft(2, '0')}-{parts.Groups[3].Value.PadLeft(2, '0')}", "yyyy-MM-dd",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return (null, $"没有“{text.Shortened(20)}”这一天");
        if (day > ChinaTime.Today(clock)) return (null, $"{Words(day)}还没有到，只能查看今天和以前");
        if (!parts.Groups[4].Success) return (new(FieldValues.Iso(day), ChinaTime.Utc(day.AddDays(1).ToDateTime(TimeOnly.MinValue)), null), null);
        if (!TimeOnly.TryParseExact(parts.Groups[4].Value, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return (null, $"没有“{parts.Groups[4].Value}”这个时间");
        var moment = day.ToDateTime(time);
        if (ChinaTime.Utc(moment) > ChinaTime.Now(clock)) return (null, $"{Words(day)}{time.ToString("H:mm", CultureInfo.InvariantCulture)}还没有到，只能查看现在和以前");
        // A line written within the second that was named is part of what was then.
        return (new(moment.ToString(time.Second == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), ChinaTime.Utc(moment.AddSeconds(1)), null), null);
    }

    public static string Words(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    [GeneratedRegex(@"^@?(\d{1,25})$")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2}:\d{2}(?::\d{2})?))?$")]
    private static partial Regex DayAndTime();
}

/// <summary>A point in the past, found in the audit log: everything up to a line, and nothing after it.</summary>
/// <param name="Text">As it stands in addresses.</param>
/// <param name="Sequence">The last line of the log that counts; 0 before the first.</param>
/// <param name="Day">The day in China that figures of then speak of.</param>
/// <param name="Before">What is kept beside the log counts when it was written before this moment (UTC).</param>
/// <param name="Words">2026年6月30日；2026年6月30日15:30；操作日志第1234号（2026年6月30日15:21）.</param>
public sealed record PastPoint(string Text, long Sequence, DateOnly Day, DateTime Before, string Words);
