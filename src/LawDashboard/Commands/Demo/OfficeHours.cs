using LawDashboard.Data;
using LawDashboard.Features.Deadlines;

namespace LawDashboard.Commands.Demo;

/// <summary>When people work: which days, and at what time of a day they log and review.</summary>
sealed class OfficeHours(WorkCalendar calendar)
{
    static readonly TimeSpan Morning = new(8, 30, 0), Afternoon = new(14, 0, 0), Evening = new(19, 0, 0);

    /// <summary>By the holiday calendar; where the year's notice is missing, Monday to Friday will do for invented data.</summary>
    public bool IsWorkday(DateOnly day) =>
        calendar.Knows(day.Year) ? calendar.IsWorkday(day) : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>A moment of that day: mostly in the morning or afternoon, now and then in the evening.</summary>
    public static DateTime On(DateOnly day, Draws draws, ulong key)
    {
        var part = draws.Unit(key);
        var (start, minutes) = part < 0.55 ? (Morning, 205) : part < 0.96 ? (Afternoon, 220) : (Evening, 120);
        return Utc(day, start + TimeSpan.FromSeconds(draws.Between(0, minutes * 60, key + 1)));
    }

    /// <summary>A moment so many days after an earlier one, on a workday where one is near; always later than it.</summary>
    public DateTime After(DateTime earlier, int least, int most, Draws draws, ulong key)
    {
        var day = DateOnly.FromDateTime(ChinaTime.Local(earlier));
        var days = draws.Between(least, most, key);
        // Reviewers work office days; a weekend is bridged towards either end.
        var near = Enumerable.Range(least, most - least + 1).Where(n => IsWorkday(day.AddDays(n))).OrderBy(n => Math.Abs(n - days)).Cast<int?>().FirstOrDefault();
        var moment = On(day.AddDays(near ?? days), draws, key + 2);
        return moment > earlier ? moment : earlier.AddSeconds(draws.Between(300, 4200, key + 4));
    }

    public static DateTime Utc(DateOnly day, TimeSpan time) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) + time - ChinaTime.Local(DateTime.UnixEpoch).TimeOfDay, DateTimeKind.Utc);
}
