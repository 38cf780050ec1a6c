using System.Text.Json.Serialization;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>How a measure counts.</summary>
public enum MeasureKind
{
    /// <summary>Number of entries.</summary>
    Count,
    /// <summary>Sum of one number field, in its stored steps.</summary>
    Sum,
    /// <summary>How many are there at a time: +1 in the month of joining, −1 in the month of leaving; the running sum.</summary>
    Level,
}

/// <summary>A counting rule over one ledger (口径): which entries, counted or summed, and which date decides the period.</summary>
public sealed record MeasureDefinition
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Ledger { get; init; }
    /// <summary>Unit of the result: 件, 场次, 人, 人次, 元 (money is kept in fen and shown in yuan).</summary>
    public required string Unit { get; init; }
    public MeasureKind Kind { get; init; } = MeasureKind.Count;
    /// <summary>The number field that a <see cref="MeasureKind.Sum"/> adds.</summary>
    public string? Sum { get; init; }
    /// <summary>The date field that decides the period; the entry's own date when not given. For a level: the date of joining.</summary>
    public string? Date { get; init; }
    /// <summary>For a level: the date field of leaving.</summary>
    public string? Left { get; init; }
    public Condition? Where { get; init; }
    /// <summary>Dictionary fields by which it is also tallied. Parts of a several-of field overlap.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];
    /// <summary>Counts only rows that list an event of another ledger, so that totals over ledgers can count the event once.</summary>
    [JsonIgnore]
    public bool Listed { get; init; }
}
