using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Deadlines;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>A day before which the law wants something done with the report on the year before.</summary>
/// <param name="Before">MM-dd. “3月1日前” is read strictly: the day itself is too late.</param>
/// <param name="WarnDays">From so many days before its end it stands in to-do and gap lists.</param>
public sealed record LegalDate(DispatchKind Kind, string Name, string Before, int WarnDays, string Duty, string Basis)
{
    /// <summary>The day itself in the year after the one reported on; null when it is no day.</summary>
    public DateOnly? Day(int year) =>
        DateOnly.TryParseExact($"{year + 1:0000}-{Before}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>
/// The legal dates of a yearly report (报送, 公开) as clocks, each with its basis and why it is that day:
/// <c>seed-data/report-dates.json</c>, since places set earlier ones.
/// </summary>
public sealed class LegalDates(IReadOnlyList<LegalDate> dates, WorkCalendar calendar)
{
    const string File = "report-dates.json";

    public IReadOnlyList<LegalDate> All => dates;

    /// <summary>The clock of a report on a year.</summary>
    /// <param name="done">The day on which it was done; null while it was not.</param>
    public Clock Clock(LegalDate date, int year, DateOnly? done)
    {
        var before = date.Day(year)!.Value;
        var due = before.AddDays(-1);
        var definition = new ClockDefinition { Key = "report." + date.Kind, Ledger = "", Name = date.Name, Due = "before", Duty = date.Duty, Basis = date.Basis };
        return new(definition)
        {
            Start = new(year, 12, 31), StartLabel = $"{year}年度终了", Due = due, PlainDue = due, StoppedOn = done, Stopped = done is not null,
            Days =
            [
                new(new(year, 12, 31), ClockDayKind.Start, null, "报告年度的最后一日"),
                new(due, ClockDayKind.Counted, null, $"“{before.Month}月{before.Day}日前”不含当日，前一日为最后一日{Weekend(due)}"),
            ],
        };
    }

    /// <summary>The rule names a day and moves it for nobody; on a day off whoever waits for it finds the office closed.</summary>
    string Weekend(DateOnly due)
    {
        if (!calendar.Knows(due.Year)) return $"（没有导入{due.Year}年的节假日安排{(due.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "；这天是周末，宜提前办理" : "")}）";
        if (calendar.IsWorkday(due)) return "";
        var last = due;
        while (calendar.Knows(last.Year) && !calendar.IsWorkday(last)) last = last.AddDays(-1);
        return $"；这天不上班，规定没有写明顺延，宜在{last.Month}月{last.Day}日前办理";
    }

    public static LegalDates Load(SeedFolder seed, WorkCalendar calendar)
    {
        var dates = seed.Read<List<LegalDate>>(File) ?? [];
        foreach (var date in dates)
        {
            if (date.Day(2025) is null) seed.Report(File, date.Name, $"日期“{date.Before}”应写成 MM-dd，例如 03-01");
            if (date.WarnDays < 0) seed.Report(File, date.Name, "warnDays 不能小于0");
            if (string.IsNullOrWhiteSpace(date.Basis) || string.IsNullOrWhiteSpace(date.Duty)) seed.Report(File, date.Name, "没有写明依据 basis 和要求 duty");
        }
        foreach (var twice in dates.GroupBy(date => date.Kind).Where(group => group.Count() > 1)) seed.Report(File, twice.Key.ToString(), "同一事项有两个日期");
        return new([.. dates.Where(date => date.Day(2025) is not null)], calendar);
    }
}
