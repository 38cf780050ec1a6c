using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Invents what people did to an entry: logged it soon after its day or late, submitted, corrected, completed, approved,
/// voided it. At every step its values are those known by then, so that the past can be asked.
/// </summary>
sealed class DemoLife(DemoFrame frame, OfficeHours hours, DemoPeople people, Unit? silent)
{
    const double DraftFirst = 0.15, Late = 0.05, Returned = 0.04, Corrected = 0.5, Voided = 0.01, FreshDraft = 0.14, FreshWaiting = 0.06;
    /// <summary>An entry whose outcome comes within so many days waits for it before it is approved.</summary>
    const int WaitsForOutcome = 30;

    static readonly string[] Faults =
    [
        "日期与佐证材料不一致，请核对后重新提交。", "参加人数与签到表不符，请核对。", "内容写得过于简单，请补充经过和结果。", "类别选择不准确，请按实际情况修改。",
        "缺少责任人，请补充完整。", "数字疑似多录，请核实后再报。", "请补充现场照片或签到表。", "单位名称不规范，请按全称填写。",
    ];
    static readonly string[] Outcomes = ["请补录后续办理情况后重新提交。", "办理已有结果，请补充完整后提交。", "请补录结果和日期。"];
    static readonly string[] Changes = ["人员情况有变化，请更新后提交。", "请补录本年度情况后提交。"];
    static readonly string[] Reasons = ["与已有记录重复登记。", "登记错单位，已另行登记。", "经核实不属于本台账登记范围。", "日期年度有误，作废后重新登记。"];
    const string CorrectionNote = "已按审核意见核对补充。";

    static readonly ulong
        DelayKey = Draws.Key("delay"), LateKey = Draws.Key("late"), LogKey = Draws.Key("log"), FreshKey = Draws.Key("fresh"), DraftKey = Draws.Key("draft"),
        FaultKey = Draws.Key("fault"), CorrectKey = Draws.Key("correct"), VoidKey = Draws.Key("void"), OutcomeKey = Draws.Key("outcome"), ApproveKey = Draws.Key("approve");

    /// <summary>The entry with its life up to now; null when it has not been logged yet.</summary>
    public DemoEntry? Of(DemoSeries series, int index, ValueMaker maker)
    {
        var entry = series.Case(index);
        var logged = Logged(entry, series.Initial);
        if (logged > frame.Now) return null;
        var known = new Known(maker, entry, Day(logged), DateOnly.FromDateTime(ChinaTime.Local(frame.Now)));
        var steps = Steps(series.Ledger.Ledger, entry, known, logged);
        var recorderStops = entry.Unit == silent ? DemoFrame.Begin(frame.SilentFrom) : DateTime.MaxValue;
        return new(series.Ledger.Ledger, entry.Unit, entry.Date,
            [.. steps.TakeWhile(step => step.At <= frame.Now && (step.At < recorderStops || step.By.Role != Role.Recorder))]);
    }

    IEnumerable<DemoStep> Steps(LedgerDefinition ledger, DemoCase entry, Known known, DateTime logged)
    {
        var (recorder, reviewer, draws) = (people.Recorder(entry.Unit), people.Reviewer(entry.Unit), entry.Draws);
        var fresh = logged >= frame.Now.AddDays(-DemoFrame.FreshDays) ? draws.Unit(FreshKey) : 1;
        var at = logged;

        if (fresh < FreshDraft || draws.Chance(DraftFirst, DraftKey))
        {
            yield return new(at, "create", EntryState.Draft, recorder, Values: known.First);
            if (fresh < FreshDraft) yield break;
            at = at.AddSeconds(draws.Between(240, 5400, DraftKey + 1));
            yield return new(at, "submit", EntryState.Submitted, recorder, Values: known.At(Day(at)));
        }
        else yield return new(at, "create", EntryState.Submitted, recorder, Values: known.First);
        if (fresh < FreshDraft + FreshWaiting) yield break;

        if (draws.Chance(Returned, FaultKey))
        {
            at = hours.After(at, 0, 5, draws, FaultKey + 1);
            yield return new(at, "return", EntryState.Returned, reviewer, draws.Of(Faults, FaultKey + 9));
            if (!draws.Chance(Corrected, CorrectKey)) yield break;
            at = hours.After(at, 0, 6, draws, CorrectKey + 1);
            known.Remark = ledger.Field("remark") is { Type: FieldType.LongText or FieldType.Text, ShownWhen: null } ? CorrectionNote : null;
            yield return new(at, "submit", EntryState.Submitted, recorder, Values: known.At(Day(at)));
        }

        var outcome = known.Outcome(Day(at));
        if (outcome is { } soon && soon.DayNumber - Day(at).DayNumber <= WaitsForOutcome)
        {
            at = Completed(soon, at, draws);
            yield return new(at, "edit", EntryState.Submitted, recorder, Values: known.At(Day(at)));
            outcome = null;
        }
        var voided = draws.Unit(VoidKey) / Voided;
        if (voided < 0.5)
        {
            yield return new(hours.After(at, 0, 5, draws, VoidKey + 1), "void", EntryState.Voided, reviewer, draws.Of(Reasons, VoidKey + 9));
            yield break;
        }
        at = hours.After(at, 0, 5, draws, ApproveKey);
        yield return new(at, "approve", EntryState.Approved, reviewer);

        if (voided < 1)
        {
            yield return new(hours.After(at, 1, 12, draws, VoidKey + 1), "void", EntryState.Voided, reviewer, draws.Of(Reasons, VoidKey + 9));
            yield break;
        }
        // What came of it after it was approved can only be entered when the reviewer unlocks it.
        if (outcome is not { } later) yield break;
        var completed = Completed(later, at.AddHours(1), draws);
        at = Later(at, completed.AddSeconds(-draws.Between(1200, 3000, OutcomeKey + 5)));
        yield return new(at, "unlock", EntryState.Returned, reviewer, draws.Of(ledger.Register ? Changes : Outcomes, OutcomeKey + 7));
        at = completed;
        yield return new(at, "submit", EntryState.Submitted, recorder, Values: known.At(Day(at)));
        yield return new(hours.After(at, 0, 5, draws, ApproveKey + 20), "approve", EntryState.Approved, reviewer);
    }

    /// <summary>Mostly within three days of the entry's date, now and then weeks later; the members of old registers in the first days.</summary>
    DateTime Logged(in DemoCase entry, bool initial)
    {
        var draws = entry.Draws;
        if (initial) return OfficeHours.On(Workday(frame.FirstDay.AddDays(draws.Between(3, 14, DelayKey)), 6), draws, LogKey);
        // Late entries must not break a village's silence.
        if (entry.Unit == silent && entry.Date.AddDays(3) >= frame.SilentFrom) return OfficeHours.On(entry.Date, draws, LogKey);
        if (draws.Chance(Late, LateKey) && (entry.Unit != silent || entry.Date.AddDays(45) < frame.SilentFrom))
            return OfficeHours.On(Workday(entry.Date.AddDays(draws.Between(10, 38, DelayKey)), 2), draws, LogKey);
        var delay = draws.Unit(DelayKey) switch { < 0.5 => 0, < 0.78 => 1, < 0.92 => 2, _ => 3 };
        return OfficeHours.On(Workday(entry.Date.AddDays(delay), 3 - delay), draws, LogKey);
    }

    /// <summary>The first workday from there on, not further than so many days; else the day itself.</summary>
    DateOnly Workday(DateOnly day, int most) =>
        Enumerable.Range(0, most + 1).Select(day.AddDays).Where(hours.IsWorkday).Cast<DateOnly?>().FirstOrDefault() ?? day;

    /// <summary>When the outcome of that day was entered: up to two days later, but not after now.</summary>
    DateTime Completed(DateOnly day, DateTime after, Draws draws)
    {
        for (var days = draws.Between(0, 2, OutcomeKey); days >= 0; days--)
            if (OfficeHours.On(day.AddDays(days), draws, OutcomeKey + 1) is var moment && (moment <= frame.Now || days == 0))
                return Later(after, moment);
        return after;
    }

    static DateTime Later(DateTime earlier, DateTime moment) => moment > earlier ? moment : earlier.AddMinutes(7);
    static DateOnly Day(DateTime moment) => DateOnly.FromDateTime(ChinaTime.Local(moment));

    /// <summary>The values of one entry as they were known on a day.</summary>
    sealed class Known
    {
        readonly ValueMaker maker;
        readonly DemoCase entry;
        readonly FieldValues all;
        /// <summary>Days on which more happened than was known when the entry was logged.</summary>
        readonly IReadOnlyList<DateOnly> later = [];

        public Known(ValueMaker maker, DemoCase entry, DateOnly logged, DateOnly today)
        {
            (this.maker, this.entry) = (maker, entry);
            all = First = maker.Fill(entry, logged, out var more);
            if (!more || logged >= today) return;
            all = maker.Fill(entry, today, out _);
            later = maker.Later(all, logged);
        }

        public FieldValues First { get; }

        /// <summary>A remark added when the entry was corrected.</summary>
        public string? Remark { get; set; }

        public FieldValues At(DateOnly day)
        {
            var values = later.Count == 0 || later[^1] <= day ? all : later[0] > day ? First : maker.Fill(entry, day, out _);
            return Remark is null ? values : values.With("remark", Remark);
        }

        /// <summary>The last day after that one on which something of the entry happened; null when nothing did so far.</summary>
        public DateOnly? Outcome(DateOnly day) => later.Count > 0 && later[^1] > day ? later[^1] : null;
    }
}
