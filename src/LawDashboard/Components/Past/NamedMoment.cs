using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;

namespace LawDashboard.Components.Past;

/// <summary>A point in the past that people know by name: 上季度末, 2026年9月封账.</summary>
/// <param name="AsOf">As it stands in addresses.</param>
public sealed record NamedMoment(string Name, string AsOf)
{
    /// <summary>By the calendar. The beginning of a month is the end of the day before it.</summary>
    public static IEnumerable<NamedMoment> ByCalendar(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1);
        yield return Of("昨天", today.AddDays(-1));
        yield return Of("本月初", month.AddDays(-1));
        if (quarter != month) yield return Of("上季度末", quarter.AddDays(-1));
        if (quarter.Month != 1) yield return Of("上年末", new(today.Year - 1, 12, 31));

        static NamedMoment Of(string name, DateOnly day) => new($"{name}（{day.Month}月{day.Day}日24时）", FieldValues.Iso(day));
    }

    /// <summary>The state right after something was written at that moment (UTC).</summary>
    public static NamedMoment After(string name, DateTime utc) => new(name, ChinaTime.Local(utc).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
}

/// <summary>Names points in the past of a unit and year, the newest first: when a month was closed, when a report was signed.</summary>
public interface IMomentSource
{
    Task<IReadOnlyList<NamedMoment>> OfAsync(Person person, Unit unit, int year, CancellationToken cancel);
}
