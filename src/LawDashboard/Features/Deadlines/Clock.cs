namespace LawDashboard.Features.Deadlines;

/// <summary>How a time limit stands on a day.</summary>
public enum ClockState
{
    /// <summary>未起算: it applies, but its event has not happened.</summary>
    NotStarted,
    Running,
    /// <summary>Ends within <see cref="Clock.SoonDays"/> days.</summary>
    DueSoon,
    Overdue,
    Paused,
    Met,
    MetLate,
    /// <summary>已届满: a party did not use his right in time.</summary>
    Lapsed,
    /// <summary>The calendar of a year is missing, so the due date is not known; never guessed.</summary>
    Unknown,
}

/// <summary>What a day is to a time limit.</summary>
public enum ClockDayKind
{
    /// <summary>The event's own day, which does not count.</summary>
    Start,
    Counted,
    /// <summary>A day that is not counted: not worked, or paused.</summary>
    Skipped,
    /// <summary>A day of the extension.</summary>
    Extended,
    /// <summary>A day by which the end moved because the last day was not worked.</summary>
    Rolled,
}

/// <summary>One day of the explanation.</summary>
/// <param name="Number">The how-manieth day of the limit or of its extension; null for days that do not count.</param>
/// <param name="Reason">Why it does not count, or what is remarkable about it; empty for ordinary days.</param>
public sealed record ClockDay(DateOnly Date, ClockDayKind Kind, int? Number, string Reason);

/// <summary>
/// A time limit (时限) as it runs on one entry. Nothing in it depends on today, so it can be stored; <see cref="StateOn"/> says
/// how it stands on a day.
/// </summary>
public sealed record Clock(ClockDefinition Definition)
{
    /// <summary>Within so many days of its end a limit is called due soon.</summary>
    public const int SoonDays = 7;

    /// <summary>The day of the event; null while it has not happened. For a limit counted back, the event to come.</summary>
    public DateOnly? Start { get; init; }
    /// <summary>The label of the field that started it.</summary>
    public string StartLabel { get; init; } = "";
    /// <summary>The last day; null when it has not started, is paused, or cannot be known.</summary>
    public DateOnly? Due { get; init; }
    /// <summary>The last day without extension and without moving past a holiday.</summary>
    public DateOnly? PlainDue { get; init; }
    public DateOnly? StoppedOn { get; init; }
    public bool Stopped { get; init; }
    /// <summary>The first day of a pause that has not ended.</summary>
    public DateOnly? PausedSince { get; init; }
    /// <summary>Days of the limit still to count when the pause ends.</summary>
    public int Remaining { get; init; }
    /// <summary>Why the due date cannot be known.</summary>
    public string? Problem { get; init; }
    /// <summary>Every day from the event to the end, in the order of counting.</summary>
    public IReadOnlyList<ClockDay> Days { get; init; } = [];
    /// <summary>What else is to be known: an extension that was not counted, a pause.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public bool Extended => Days.Any(day => day.Kind == ClockDayKind.Extended);

    public ClockState StateOn(DateOnly today) => this switch
    {
        { Start: null, Due: null } => ClockState.NotStarted,
        { Stopped: true } => StoppedOn > Due ? ClockState.MetLate : ClockState.Met,
        { PausedSince: not null } => ClockState.Paused,
        { Due: null } => ClockState.Unknown,
        _ when Due < today => Definition.Force == ClockForce.Right ? ClockState.Lapsed : ClockState.Overdue,
        _ when Due.Value.DayNumber - today.DayNumber <= SoonDays => ClockState.DueSoon,
        _ => ClockState.Running,
    };
}
