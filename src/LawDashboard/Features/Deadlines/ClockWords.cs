using System.Globalization;
using LawDashboard.Components.Ui;

namespace LawDashboard.Features.Deadlines;

/// <summary>Several days of an explanation that are of one kind and follow each other.</summary>
public sealed record ClockRun(ClockDayKind Kind, DateOnly From, DateOnly To, int Days, int? FirstNumber, int? LastNumber, string Reason);

/// <summary>Time limits in words.</summary>
public static class ClockWords
{
    public static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>剩3天, 今天到期, 逾期2天; in natural days, since that is how people plan.</summary>
    public static string Left(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        0 => "今天到期",
        > 0 and var days => string.Create(CultureInfo.InvariantCulture, $"剩{days}天"),
        var days => string.Create(CultureInfo.InvariantCulture, $"逾期{-days}天"),
    };

    /// <summary>How the limit stands, in a few words.</summary>
    public static string State(Clock clock, DateOnly today) => clock.StateOn(today) switch
    {
        ClockState.NotStarted => "未起算",
        ClockState.Paused => clock.Remaining > 0 ? $"暂停（恢复后还有{clock.Remaining}{(clock.Definition.Days == DayKind.Working ? "个工作日" : "日")}）" : "暂停",
        ClockState.Met => clock.StoppedOn is { } on ? $"{Day(on)}已办" : "已办",
        ClockState.MetLate => $"{Day(clock.StoppedOn!.Value)}办理，超期{clock.StoppedOn.Value.DayNumber - clock.Due!.Value.DayNumber}天",
        ClockState.Lapsed => "已届满",
        ClockState.Unknown => "到期日不能确定",
        _ => Left(clock.Due!.Value, today),
    };

    public static Tone Tone(Clock clock, DateOnly today) => clock.StateOn(today) switch
    {
        ClockState.Overdue => clock.Definition.Force == ClockForce.Hard ? Components.Ui.Tone.Bad : Components.Ui.Tone.Late,
        ClockState.DueSoon or ClockState.MetLate or ClockState.Unknown => Components.Ui.Tone.Late,
        ClockState.Met => Components.Ui.Tone.Good,
        ClockState.Running => Components.Ui.Tone.Primary,
        _ => Components.Ui.Tone.Neutral,
    };

    public static Glyph Glyph(Clock clock, DateOnly today) => clock.StateOn(today) switch
    {
        ClockState.Overdue => Components.Ui.Glyph.Warning,
        ClockState.MetLate => Components.Ui.Glyph.Info,
        ClockState.Met => Components.Ui.Glyph.Check,
        ClockState.Paused => Components.Ui.Glyph.Pause,
        ClockState.Unknown => Components.Ui.Glyph.Calendar,
        ClockState.Lapsed => Components.Ui.Glyph.Close,
        _ => Components.Ui.Glyph.Clock,
    };

    /// <summary>The rule in a line: 自受理日期起60日（自然日）.</summary>
    public static string Rule(Clock clock)
    {
        var definition = clock.Definition;
        if (definition.Due is not null) return $"到期日由“{clock.StartLabel}”直接确定";
        if (definition.Backward) return $"{clock.StartLabel}的{definition.LengthText}前";
        return $"自{clock.StartLabel}起{definition.LengthText}" + (definition.Days == DayKind.Natural ? "（含节假日）" : "")
            + (definition.RollsOver ? "，末日为节假日的顺延" : "");
    }

    /// <summary>The days of an explanation drawn together: ten counted days in a row are one line, so is a holiday.</summary>
    public static IReadOnlyList<ClockRun> Runs(Clock clock)
    {
        var runs = new List<ClockRun>();
        foreach (var day in clock.Days)
        {
            var last = runs.Count > 0 ? runs[^1] : null;
            // A weekend is one thing, though its two days have two names.
            var reason = day.Reason is "周六" or "周日" ? "周末" : day.Reason;
            var follows = last is not null && Math.Abs(last.To.DayNumber - day.Date.DayNumber) == 1;
            if (last is not null && follows && last.Kind == day.Kind && last.Reason == reason && day.Kind is not ClockDayKind.Start)
                runs[^1] = last with { To = day.Date, Days = last.Days + 1, LastNumber = day.Number };
            else runs.Add(new(day.Kind, day.Date, day.Date, 1, day.Number, day.Number, reason));
        }
        return runs;
    }

    /// <summary>A run as a person would say it: 2月11日至14日，计4日（第1至4日）.</summary>
    public static string Run(ClockRun run, ClockDefinition definition)
    {
        var unit = definition.Days switch { DayKind.Working => "个工作日", DayKind.Months => "个月", _ => "日" };
        var span = run.From == run.To ? Short(run.From) : run.To > run.From ? $"{Short(run.From)}至{Short(run.To)}" : $"{Short(run.To)}至{Short(run.From)}";
        var what = run.Kind switch
        {
            ClockDayKind.Start => run.Reason,
            ClockDayKind.Counted when definition.Due is not null || definition.Days == DayKind.Months => run.Reason,
            ClockDayKind.Counted or ClockDayKind.Extended => (run.Kind == ClockDayKind.Extended ? "延期" : "计") + $"{run.Days}{unit}"
                + $"（第{run.FirstNumber}{(run.FirstNumber == run.LastNumber ? "" : $"至{run.LastNumber}")}{unit}）" + (run.Reason.Length > 0 ? "，" + run.Reason : ""),
            ClockDayKind.Skipped => $"{run.Reason}，不计{run.Days}天",
            _ => run.Reason,
        };
        return $"{span}：{what}";

        static string Short(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日（{Weekday(day)}）";
    }

    public static string Weekday(DateOnly day) => "周" + "日一二三四五六"[(int)day.DayOfWeek];

    /// <summary>What a day is to the limit, for the table of all days.</summary>
    public static string Kind(ClockDay day, ClockDefinition definition) => day.Kind switch
    {
        ClockDayKind.Start => "起算日",
        ClockDayKind.Counted => definition.Due is not null ? "到期日" : definition.Days == DayKind.Months ? "对应日" : $"第{day.Number}日",
        ClockDayKind.Extended => $"延期第{day.Number}日",
        ClockDayKind.Rolled => "顺延",
        _ => "不计",
    };
}
