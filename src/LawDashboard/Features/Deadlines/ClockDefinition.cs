using System.Text.Json.Serialization;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Deadlines;

/// <summary>What a time limit is counted in: 日 (natural days), 工作日, 月.</summary>
public enum DayKind { Natural, Working, Months }

/// <summary>How much a time limit weighs.</summary>
public enum ClockForce
{
    /// <summary>A duty by law or by order: past it, the work is overdue.</summary>
    Hard,
    /// <summary>A customary limit or a reminder: past it, it is pointed out just the same, in milder words.</summary>
    Soft,
    /// <summary>A party's right to ask for something: when it lapses nobody is late.</summary>
    Right,
}

/// <summary>A time that is not counted, such as that of a hearing: from the day in one field to the day in another, both included.</summary>
public sealed record ClockPause(string Name, string From, string To);

/// <summary>A limit may be extended to the day in a field, by at most so many of its days, when the fields that give reasons for it are filled.</summary>
/// <param name="Until">Key of the date field 延期至.</param>
/// <param name="Most">At most so many days of the limit's own kind beyond its end.</param>
/// <param name="Needs">Fields without which the extension is not counted: who approved it, why, by which paper.</param>
public sealed record ClockExtension(string Until, int Most, IReadOnlyList<string> Needs);

/// <summary>
/// A statutory or local time limit (时限) that runs on the entries of a ledger. Data, not code: <c>seed-data/clocks</c>.
/// Several with the same key are versions of it, each for what begins within its validity.
/// </summary>
public sealed record ClockDefinition
{
    public required string Key { get; init; }
    public required string Ledger { get; init; }
    /// <summary>What must be done in time: 受理告知.</summary>
    public required string Name { get; init; }
    /// <summary>Date fields of the event that starts it; the first that is filled. Its day does not count (Civil Code §201).</summary>
    public IReadOnlyList<string> Start { get; init; } = [];
    /// <summary>Date field that gives the due date itself, where an order and not a rule sets it.</summary>
    public string? Due { get; init; }
    /// <summary>The limit applies to entries for which this holds; to all when null.</summary>
    public Condition? When { get; init; }
    public int Length { get; init; }
    public DayKind Days { get; init; }
    /// <summary>A last day that is not worked moves to the next workday (Civil Code §203). Working days never end on one.</summary>
    public bool RollsOver { get; init; }
    /// <summary>Counted back from its event: so many days before a hearing.</summary>
    public bool Backward { get; init; }
    /// <summary>Date fields that end it; the first that is filled.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];
    /// <summary>Ends it without a date.</summary>
    public Condition? StopWhen { get; init; }
    public IReadOnlyList<ClockPause> Pauses { get; init; } = [];
    public ClockExtension? Extension { get; init; }
    public ClockForce Force { get; init; }
    /// <summary>Whether it stands in to-do lists before it ends; unless said otherwise, all but parties' rights do.</summary>
    public bool? Remind { get; init; }
    /// <summary>Law and article.</summary>
    public required string Basis { get; init; }
    /// <summary>What the rule asks for, in a sentence.</summary>
    public required string Duty { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }

    [JsonIgnore]
    public bool Reminds => Remind ?? Force != ClockForce.Right;

    /// <summary>The limit in words: 15日, 5个工作日, 36个月.</summary>
    [JsonIgnore]
    public string LengthText => Days switch { DayKind.Working => $"{Length}个工作日", DayKind.Months => $"{Length}个月", _ => $"{Length}日" };

    /// <summary>Every field that it reads.</summary>
    [JsonIgnore]
    public IEnumerable<string> Fields =>
        [.. Start, .. Stop, .. Due is null ? [] : new[] { Due }, .. Pauses.SelectMany(pause => new[] { pause.From, pause.To }),
            .. Extension is null ? [] : Extension.Needs.Prepend(Extension.Until), .. When?.Fields ?? [], .. StopWhen?.Fields ?? []];
}
