using System.Globalization;
using LawDashboard.Data;

namespace LawDashboard.Features.Deadlines;

/// <summary>
/// Works out the time limits of an entry from its values and the calendar: pure, the same for the same values. A year
/// without calendar is reported, never guessed.
/// </summary>
public sealed class ClockReckoner(ClockCatalog catalog, WorkCalendar calendar)
{
    /// <summary>Every limit that applies to the values; those that have not started as well.</summary>
    public IReadOnlyList<Clock> Of(string ledger, FieldValues values)
    {
        List<Clock>? clocks = null;
        foreach (var rule in catalog.OfLedger(ledger))
            if (rule.Applies(values) && Of(rule, values) is { } clock) (clocks ??= []).Add(clock);
        return clocks ?? (IReadOnlyList<Clock>)[];
    }

    /// <summary>Null when the event lies outside the rule's validity, or has not happened and another version may apply.</summary>
    Clock? Of(ClockRule rule, FieldValues values)
    {
        var clock = rule.Definition;
        var field = clock.Due ?? clock.Start.FirstOrDefault(key => values.Date(key) is not null);
        var start = field is null ? null : values.Date(field);
        if (start is null) return clock.ValidTo is null ? new Clock(clock) { StartLabel = rule.Label(clock.Due ?? clock.Start[0]) } : null;
        if (start < clock.ValidFrom || start > clock.ValidTo) return null;
        var counted = clock.Due is not null ? Given(clock, start.Value, rule.Label(field!))
            : clock.Backward ? Back(clock, start.Value)
            : clock.Days == DayKind.Months ? Months(clock, start.Value)
            : new DayCount(rule, values, calendar).Run(start.Value);
        var stop = clock.Stop.Select(values.Date).FirstOrDefault(date => date is not null);
        return counted with { Start = start, StartLabel = rule.Label(field!), StoppedOn = stop, Stopped = stop is not null || rule.Stopped(values) };
    }

    /// <summary>An order set the day, and the field holds it: nothing is counted.</summary>
    static Clock Given(ClockDefinition clock, DateOnly day, string label) =>
        new(clock) { Due = day, PlainDue = day, Days = [new(day, ClockDayKind.Counted, null, $"登记的“{label}”")] };

    /// <summary>The day of the same number so many months on, or the month's last where it has none (Civil Code §202).</summary>
    Clock Months(ClockDefinition clock, DateOnly start)
    {
        var end = start.AddMonths(clock.Length);
        List<ClockDay> days = [Begin(start), new(end, ClockDayKind.Counted, clock.Length,
            end.Day == start.Day ? $"第{clock.Length}个月的对应日" : $"第{clock.Length}个月没有对应日，以月末日为到期日")];
        return new DayRoll(clock, calendar, days).To(end);
    }

    /// <summary>So many days before the event; the event's day does not count.</summary>
    Clock Back(ClockDefinition clock, DateOnly start)
    {
        List<ClockDay> days = [Begin(start)];
        var day = start;
        for (var number = 0; number < clock.Length;)
        {
            day = day.AddDays(-1);
            if (clock.Days == DayKind.Working && !calendar.Knows(day.Year)) return new Clock(clock) { Days = days, Problem = Missing(day.Year) };
            if (clock.Days == DayKind.Working && !calendar.IsWorkday(day)) days.Add(new(day, ClockDayKind.Skipped, null, NotWorked(calendar, day)));
            else days.Add(new(day, ClockDayKind.Counted, ++number, Remarkable(clock, calendar, day)));
        }
        return new Clock(clock) { Days = days, Due = day, PlainDue = day };
    }

    internal static ClockDay Begin(DateOnly start) => new(start, ClockDayKind.Start, null, "开始当日不计入");

    internal static string Missing(int year) => string.Create(CultureInfo.InvariantCulture, $"没有导入{year}年的节假日安排，到期日不能确定");

    /// <summary>周六, 周日, or the holiday's name.</summary>
    internal static string NotWorked(WorkCalendar calendar, DateOnly day) =>
        calendar.NameOf(day) is { } name ? name + "假期" : day.DayOfWeek == DayOfWeek.Saturday ? "周六" : "周日";

    /// <summary>Working days are told apart from the weekend they fall on.</summary>
    internal static string Remarkable(ClockDefinition clock, WorkCalendar calendar, DateOnly day) =>
        clock.Days == DayKind.Working && calendar.NameOf(day) is { } name ? $"{(day.DayOfWeek == DayOfWeek.Saturday ? "周六" : "周日")}调休上班（{name}）" : "";
}

/// <summary>Moves the end of a limit past days that are not worked, where its rule says so.</summary>
sealed class DayRoll(ClockDefinition clock, WorkCalendar calendar, List<ClockDay> days)
{
    public Clock To(DateOnly end)
    {
        var counted = new Clock(clock) { Days = days, PlainDue = end };
        if (!clock.RollsOver) return counted with { Due = end };
        for (var day = end; ; day = day.AddDays(1))
        {
            if (!calendar.Knows(day.Year)) return counted with { Problem = ClockReckoner.Missing(day.Year) };
            if (day > end) days.Add(new(day, ClockDayKind.Rolled, null, calendar.IsWorkday(day) ? "顺延至假后第一个工作日" : ClockReckoner.NotWorked(calendar, day) + "，继续顺延"));
            if (calendar.IsWorkday(day)) return counted with { Due = day };
        }
    }
}

/// <summary>Counts one limit in natural or working days, with pauses and extension.</summary>
sealed class DayCount(ClockRule rule, FieldValues values, WorkCalendar calendar)
{
    readonly ClockDefinition clock = rule.Definition;
    readonly List<ClockDay> days = [];
    readonly List<string> remarks = [];
    readonly List<(DateOnly From, DateOnly? To, string Name)> pauses = [.. rule.Definition.Pauses
        .Where(pause => values.Date(pause.From) is not null).Select(pause => (values.Date(pause.From)!.Value, values.Date(pause.To), pause.Name))];
    int? missing;
    DateOnly? paused;

    public Clock Run(DateOnly start)
    {
        days.Add(ClockReckoner.Begin(start));
        var (end, number) = Count(start, clock.Length, ClockDayKind.Counted, null);
        if (missing is { } year) return new Clock(clock) { Days = days, Problem = ClockReckoner.Missing(year), Remarks = remarks };
        if (paused is not null) return new Clock(clock) { Days = days, PausedSince = paused, Remaining = clock.Length - number, Remarks = remarks };
        var last = Extended(end);
        if (paused is not null) return new Clock(clock) { Days = days, PlainDue = end, PausedSince = paused, Remarks = remarks };
        if (missing is { } later) return new Clock(clock) { Days = days, PlainDue = end, Problem = ClockReckoner.Missing(later), Remarks = remarks };
        return new DayRoll(clock, calendar, days).To(last) with { PlainDue = end, Remarks = remarks };
    }

    /// <summary>Goes on from a day until so many days are counted, or to the last day given.</summary>
    (DateOnly End, int Number) Count(DateOnly from, int length, ClockDayKind kind, DateOnly? until)
    {
        var (end, number) = (from, 0);
        for (var day = from; number < length && (until is null || day < until);)
        {
            day = day.AddDays(1);
            if (pauses.FindIndex(at => day >= at.From && (at.To is null || day <= at.To)) is >= 0 and var found)
            {
                var pause = pauses[found];
                // A pause that has not ended would be counted through for ever.
                if (pause.To is null)
                {
                    paused = day;
                    remarks.Add($"{pause.Name}自{FieldValues.Iso(pause.From)}起，尚未结束，期间不计入");
                    return (end, number);
                }
                days.Add(new(day, ClockDayKind.Skipped, null, pause.Name + "期间不计入"));
                continue;
            }
            if (clock.Days == DayKind.Working)
            {
                if (!calendar.Knows(day.Year))
                {
                    missing = day.Year;
                    return (end, number);
                }
                if (!calendar.IsWorkday(day))
                {
                    days.Add(new(day, ClockDayKind.Skipped, null, ClockReckoner.NotWorked(calendar, day)));
                    continue;
                }
            }
            days.Add(new(day, kind, ++number, ClockReckoner.Remarkable(clock, calendar, day)));
            end = day;
        }
        return (end, number);
    }

    DateOnly Extended(DateOnly end)
    {
        if (clock.Extension is not { } extension || values.Date(extension.Until) is not { } until) return end;
        var lacking = extension.Needs.Where(key => !values.Filled(key)).Select(rule.Label).ToList();
        if (lacking.Count > 0) remarks.Add($"延期没有填写{string.Join('、', lacking)}，不计入期限");
        else if (until <= end) remarks.Add($"延期至{FieldValues.Iso(until)}，没有超过原到期日，不起作用");
        else
        {
            var before = days.Count;
            var (last, number) = Count(end, extension.Most, ClockDayKind.Extended, until);
            if (number == extension.Most && last < until)
                remarks.Add($"延期至{FieldValues.Iso(until)}，超过可以延长的{extension.Most}{(clock.Days == DayKind.Working ? "个工作日" : "日")}，只计到{FieldValues.Iso(last)}");
            // Days after the last one that counts belong to nothing.
            if (number > 0) days.RemoveRange(days.FindLastIndex(day => day.Kind == ClockDayKind.Extended) + 1, days.Count - days.FindLastIndex(day => day.Kind == ClockDayKind.Extended) - 1);
            else days.RemoveRange(before, days.Count - before);
            return last;
        }
        return end;
    }
}
