namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>Whether more or less of it is better.</summary>
public enum Direction { More, Less }

/// <summary>What is watched and judged (指标): one measure, or numerator ÷ denominator. A ratio is never stored, only its two parts.</summary>
public sealed record IndicatorDefinition
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Task { get; init; }
    /// <summary>Unit of the value; % for ratios.</summary>
    public required string Unit { get; init; }
    public string? Measure { get; init; }
    public string? Numerator { get; init; }
    public string? Denominator { get; init; }
    public Direction Better { get; init; } = Direction.More;
    /// <summary>Points in the yearly assessment; 0 when it is only reported.</summary>
    public decimal Points { get; init; }
    /// <summary>How the points are given; see <see cref="Rule"/> where nothing is said.</summary>
    public ScoringRule? Scoring { get; init; }
    /// <summary>Shown on the task's card on the overview; the first such one stands large.</summary>
    public bool Headline { get; init; }
    /// <summary>Rule or document that asks for it.</summary>
    public string? Basis { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRatio => Numerator is not null;

    [System.Text.Json.Serialization.JsonIgnore]
    public ScoringRule Rule => Scoring ?? ScoringRule.Default(Better);
}
