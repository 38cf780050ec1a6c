using LawDashboard.Data;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Tests.Features.Deadlines;

/// <summary>
/// Due dates worked out apart from the program, from the State Council's notices, each with what every single day is: the
/// signs stand for the days after the event, one by one.
/// <list type="bullet">
/// <item>c: counted</item>
/// <item>M: a weekend day that is worked in exchange for a holiday, counted</item>
/// <item>w: Saturday or Sunday, not counted</item>
/// <item>h: holiday, not counted</item>
/// <item>&gt;: the end has moved on because the last day was not worked</item>
/// </list>
/// </summary>
public sealed class DueDateTests
{
    [Theory]
    [InlineData("2019-01-28", 5, DayKind.Working, false, "2019-02-02", "ccccM")]
    [InlineData("2019-01-28", 7, DayKind.Working, false, "2019-02-11", "ccccMMhhhhhhhc")]
    [InlineData("2019-01-28", 20, DayKind.Working, false, "2019-02-28", "ccccMMhhhhhhhcccccwwcccccwwcccc")]
    [InlineData("2020-01-17", 5, DayKind.Working, false, "2020-01-23", "wMcccc")]
    [InlineData("2020-01-17", 7, DayKind.Working, false, "2020-02-04", "wMcccchhhhhhhhhhMc")]
    [InlineData("2020-01-17", 20, DayKind.Working, false, "2020-02-21", "wMcccchhhhhhhhhhMccccwwcccccwwccccc")]
    [InlineData("2021-02-05", 5, DayKind.Working, false, "2021-02-18", "wMccchhhhhhhc")]
    [InlineData("2021-02-05", 7, DayKind.Working, false, "2021-02-20", "wMccchhhhhhhccM")]
    [InlineData("2021-02-05", 20, DayKind.Working, false, "2021-03-10", "wMccchhhhhhhccMwcccccwwcccccwwccc")]
    [InlineData("2022-01-26", 5, DayKind.Working, false, "2022-02-07", "ccMMhhhhhhhc")]
    [InlineData("2022-01-26", 7, DayKind.Working, false, "2022-02-09", "ccMMhhhhhhhccc")]
    [InlineData("2022-01-26", 20, DayKind.Working, false, "2022-02-28", "ccMMhhhhhhhcccccwwcccccwwcccccwwc")]
    [InlineData("2023-01-16", 5, DayKind.Working, false, "2023-01-28", "cccchhhhhhhM")]
    [InlineData("2023-01-16", 7, DayKind.Working, false, "2023-01-30", "cccchhhhhhhMMc")]
    [InlineData("2023-01-16", 20, DayKind.Working, false, "2023-02-16", "cccchhhhhhhMMcccccwwcccccwwcccc")]
    [InlineData("2024-02-02", 5, DayKind.Working, false, "2024-02-08", "wMcccc")]
    [InlineData("2024-02-02", 7, DayKind.Working, false, "2024-02-18", "wMccccchhhhhhhhM")]
    [InlineData("2024-02-02", 20, DayKind.Working, false, "2024-03-06", "wMccccchhhhhhhhMcccccwwcccccwwccc")]
    [InlineData("2025-01-22", 5, DayKind.Working, false, "2025-02-05", "ccwMchhhhhhhhc")]
    [InlineData("2025-01-22", 7, DayKind.Working, false, "2025-02-07", "ccwMchhhhhhhhccc")]
    [InlineData("2025-01-22", 20, DayKind.Working, false, "2025-02-25", "ccwMchhhhhhhhcccMwcccccwwcccccwwcc")]
    [InlineData("2026-02-10", 5, DayKind.Working, false, "2026-02-24", "cccMhhhhhhhhhc")]
    [InlineData("2026-02-10", 7, DayKind.Working, false, "2026-02-26", "cccMhhhhhhhhhccc")]
    [InlineData("2026-02-10", 20, DayKind.Working, false, "2026-03-16", "cccMhhhhhhhhhccccMwcccccwwcccccwwc")]
    [InlineData("2019-09-25", 5, DayKind.Working, false, "2019-10-08", "ccwMchhhhhhhc")]
    [InlineData("2019-09-25", 7, DayKind.Working, false, "2019-10-10", "ccwMchhhhhhhccc")]
    [InlineData("2020-09-27", 5, DayKind.Working, false, "2020-10-10", "ccchhhhhhhhcM")]
    [InlineData("2020-09-27", 7, DayKind.Working, false, "2020-10-13", "ccchhhhhhhhcMwcc")]
    [InlineData("2021-09-24", 5, DayKind.Working, false, "2021-09-30", "wMcccc")]
    [InlineData("2021-09-24", 7, DayKind.Working, false, "2021-10-09", "wMcccchhhhhhhcM")]
    [InlineData("2022-09-28", 5, DayKind.Working, false, "2022-10-10", "cchhhhhhhMMc")]
    [InlineData("2022-09-28", 7, DayKind.Working, false, "2022-10-12", "cchhhhhhhMMccc")]
    [InlineData("2023-09-26", 5, DayKind.Working, false, "2023-10-09", "cchhhhhhhhMMc")]
    [InlineData("2023-09-26", 7, DayKind.Working, false, "2023-10-11", "cchhhhhhhhMMccc")]
    [InlineData("2024-09-27", 5, DayKind.Working, false, "2024-10-10", "wMchhhhhhhccc")]
    [InlineData("2024-09-27", 7, DayKind.Working, false, "2024-10-12", "wMchhhhhhhccccM")]
    [InlineData("2025-09-26", 5, DayKind.Working, false, "2025-10-10", "wMcchhhhhhhhcc")]
    [InlineData("2025-09-26", 20, DayKind.Working, false, "2025-10-30", "wMcchhhhhhhhccMwcccccwwcccccwwcccc")]
    [InlineData("2026-09-24", 5, DayKind.Working, false, "2026-10-09", "hhhccchhhhhhhcc")]
    [InlineData("2026-09-24", 20, DayKind.Working, false, "2026-10-29", "hhhccchhhhhhhccMwcccccwwcccccwwcccc")]
    [InlineData("2026-02-14", 5, DayKind.Working, false, "2026-02-28", "hhhhhhhhhccccM")]
    [InlineData("2026-02-17", 1, DayKind.Working, false, "2026-02-24", "hhhhhhc")]
    [InlineData("2025-04-27", 5, DayKind.Working, false, "2025-05-07", "ccchhhhhcc")]
    [InlineData("2024-05-11", 7, DayKind.Working, false, "2024-05-21", "wcccccwwcc")]
    [InlineData("2023-06-25", 5, DayKind.Working, false, "2023-06-30", "ccccc")]
    [InlineData("2022-04-02", 7, DayKind.Working, false, "2022-04-14", "hhhcccwwcccc")]
    [InlineData("2021-05-08", 15, DayKind.Working, false, "2021-05-28", "wcccccwwcccccwwccccc")]
    [InlineData("2020-06-28", 15, DayKind.Working, false, "2020-07-17", "cccccwwcccccwwccccc")]
    [InlineData("2019-10-12", 15, DayKind.Working, false, "2019-11-01", "wcccccwwcccccwwccccc")]
    [InlineData("2026-05-09", 15, DayKind.Working, false, "2026-05-29", "wcccccwwcccccwwccccc")]
    [InlineData("2026-01-16", 30, DayKind.Natural, true, "2026-02-24", "cccccccccccccccccccccccccccccc>>>>>>>>>")]
    [InlineData("2026-01-16", 30, DayKind.Natural, false, "2026-02-15", "cccccccccccccccccccccccccccccc")]
    [InlineData("2025-12-05", 30, DayKind.Natural, true, "2026-01-04", "cccccccccccccccccccccccccccccc")]
    [InlineData("2025-09-01", 30, DayKind.Natural, true, "2025-10-09", "cccccccccccccccccccccccccccccc>>>>>>>>")]
    [InlineData("2024-01-11", 30, DayKind.Natural, true, "2024-02-18", "cccccccccccccccccccccccccccccc>>>>>>>>")]
    [InlineData("2023-09-01", 30, DayKind.Natural, true, "2023-10-07", "cccccccccccccccccccccccccccccc>>>>>>")]
    [InlineData("2022-09-03", 30, DayKind.Natural, true, "2022-10-08", "cccccccccccccccccccccccccccccc>>>>>")]
    [InlineData("2021-01-15", 30, DayKind.Natural, true, "2021-02-18", "cccccccccccccccccccccccccccccc>>>>")]
    [InlineData("2020-01-03", 30, DayKind.Natural, true, "2020-02-03", "cccccccccccccccccccccccccccccc>")]
    [InlineData("2019-09-05", 30, DayKind.Natural, true, "2019-10-08", "cccccccccccccccccccccccccccccc>>>")]
    [InlineData("2026-03-02", 60, DayKind.Natural, false, "2026-05-01", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    [InlineData("2025-12-05", 60, DayKind.Natural, false, "2026-02-03", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    [InlineData("2024-12-20", 90, DayKind.Natural, false, "2025-03-20", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    [InlineData("2020-01-10", 15, DayKind.Natural, false, "2020-01-25", "ccccccccccccccc")]
    [InlineData("2026-02-03", 15, DayKind.Natural, false, "2026-02-18", "ccccccccccccccc")]
    [InlineData("2024-02-01", 30, DayKind.Natural, false, "2024-03-02", "cccccccccccccccccccccccccccccc")]
    [InlineData("2023-05-31", 36, DayKind.Months, false, "2026-05-31", "c")]
    [InlineData("2024-02-29", 36, DayKind.Months, false, "2027-02-28", "c")]
    [InlineData("2022-10-01", 36, DayKind.Months, false, "2025-10-01", "c")]
    [InlineData("2023-08-31", 1, DayKind.Months, false, "2023-09-30", "c")]
    [InlineData("2024-01-31", 1, DayKind.Months, true, "2024-02-29", "c")]
    [InlineData("2025-07-01", 3, DayKind.Months, true, "2025-10-09", "c>>>>>>>>")]
    public void A_limit_ends_on_its_day_and_says_why(string start, int length, DayKind days, bool rollsOver, string due, string signs)
    {
        var clock = Assert.Single(Reckon(length, days, rollsOver, start));
        Assert.Null(clock.Problem);
        Assert.Equal(due, FieldValues.Iso(clock.Due!.Value));

        var begin = clock.Days[0];
        Assert.Equal((start, ClockDayKind.Start, "开始当日不计入"), (FieldValues.Iso(begin.Date), begin.Kind, begin.Reason));
        Assert.Equal(signs, string.Concat(clock.Days.Skip(1).Select(Sign)));
        if (days == DayKind.Months) return;
        // Day after day without a gap, and as many counted as the limit has.
        Assert.Equal(Enumerable.Range(0, clock.Days.Count).Select(begin.Date.AddDays), clock.Days.Select(day => day.Date));
        Assert.Equal(Enumerable.Range(1, length), clock.Days.Where(day => day.Kind == ClockDayKind.Counted).Select(day => day.Number!.Value));
    }

    [Fact]
    public void The_explanation_reads_as_a_clerk_would_say_it()
    {
        var clock = Assert.Single(Reckon(7, DayKind.Working, false, "2026-02-10"));
        Assert.Equal(
        [
            "2026年2月10日（周二）：开始当日不计入",
            "2026年2月11日（周三）至2026年2月13日（周五）：计3个工作日（第1至3个工作日）",
            "2026年2月14日（周六）：计1个工作日（第4个工作日），周六调休上班（春节）",
            "2026年2月15日（周日）至2026年2月23日（周一）：春节假期，不计9天",
            "2026年2月24日（周二）至2026年2月26日（周四）：计3个工作日（第5至7个工作日）",
        ], ClockWords.Runs(clock).Select(run => ClockWords.Run(run, clock.Definition)));
    }

    [Fact]
    public void A_last_day_in_a_holiday_moves_to_the_first_workday_and_says_so()
    {
        var clock = Assert.Single(Reckon(30, DayKind.Natural, true, "2026-01-16"));
        Assert.Equal(new DateOnly(2026, 2, 15), clock.PlainDue);
        Assert.Equal(
        [
            "2026年1月16日（周五）：开始当日不计入",
            "2026年1月17日（周六）至2026年2月15日（周日）：计30日（第1至30日）",
            "2026年2月16日（周一）至2026年2月23日（周一）：春节假期，继续顺延",
            "2026年2月24日（周二）：顺延至假后第一个工作日",
        ], ClockWords.Runs(clock).Select(run => ClockWords.Run(run, clock.Definition)));
    }

    [Theory]
    [InlineData("2026-12-28", 5, DayKind.Working, false)]
    [InlineData("2026-12-10", 30, DayKind.Natural, true)]
    [InlineData("2026-12-01", 1, DayKind.Months, true)]
    [InlineData("2018-06-01", 5, DayKind.Working, false)]
    public void A_year_without_calendar_is_reported_and_not_guessed(string start, int length, DayKind days, bool rollsOver)
    {
        var clock = Assert.Single(Reckon(length, days, rollsOver, start));
        Assert.Null(clock.Due);
        Assert.Contains(start.StartsWith("2018", StringComparison.Ordinal) ? "2018年" : "2027年", clock.Problem, StringComparison.Ordinal);
        Assert.Equal(ClockState.Unknown, clock.StateOn(new DateOnly(2026, 12, 30)));
    }

    [Fact]
    public void A_limit_in_natural_days_that_does_not_move_needs_no_calendar() =>
        Assert.Equal(new DateOnly(2027, 2, 8), Assert.Single(Reckon(60, DayKind.Natural, false, "2026-12-10")).Due);

    [Fact]
    public void A_longer_limit_never_ends_earlier_a_working_day_limit_ends_on_one_and_the_counted_days_are_its_length()
    {
        var random = new Random(20260217);
        for (var round = 0; round < 400; round++)
        {
            var start = new DateOnly(2019, 1, 1).AddDays(random.Next(2600));
            var (length, rolls) = (random.Next(1, 60), random.Next(2) == 0);
            var days = random.Next(2) == 0 ? DayKind.Working : DayKind.Natural;
            var clock = Assert.Single(Reckon(length, days, rolls, FieldValues.Iso(start)));
            var longer = Assert.Single(Reckon(length + 1, days, rolls, FieldValues.Iso(start)));
            Assert.True(longer.Due >= clock.Due, $"{start} {length} {days}: {clock.Due} then {longer.Due}");
            Assert.Equal(length, clock.Days.Count(day => day.Kind == ClockDayKind.Counted));
            if (days == DayKind.Working || rolls) Assert.True(Calendar.IsWorkday(clock.Due!.Value), $"{start} {length} {days}: {clock.Due} is not worked");
            if (days == DayKind.Working) Assert.True(longer.Due > clock.Due);
        }
    }

    internal static readonly WorkCalendar Calendar = WorkCalendar.Load(new SeedFolder(Demonstration.SeedFolder));

    static readonly LedgerCatalog Ledgers = new(
    [
        new()
        {
            Key = "cases", Name = "案件", ShortName = "案件", Code = "AJ", Task = "t", RecordUnit = "件", Date = "begunOn", Title = "{begunOn}", List = [],
            Groups = [new("案件", [new() { Key = "begunOn", Label = "立案日期", Type = FieldType.Date, Required = true }, new() { Key = "doneOn", Label = "办结日期", Type = FieldType.Date }])],
        },
    ], []);

    static IReadOnlyList<Clock> Reckon(int length, DayKind days, bool rollsOver, string start) =>
        new ClockReckoner(new([new() { Key = "limit", Ledger = "cases", Name = "办理", Start = ["begunOn"], Stop = ["doneOn"], Length = length, Days = days, RollsOver = rollsOver, Basis = "规定", Duty = "办理" }], Ledgers), Calendar)
            .Of("cases", FieldValues.Empty.With("begunOn", start));

    static char Sign(ClockDay day) => day.Kind switch
    {
        ClockDayKind.Counted => day.Reason.Contains("调休上班", StringComparison.Ordinal) ? 'M' : 'c',
        ClockDayKind.Skipped => day.Reason is "周六" or "周日" ? 'w' : day.Reason.EndsWith("假期", StringComparison.Ordinal) ? 'h' : '?',
        ClockDayKind.Rolled => '>',
        _ => '?',
    };
}
