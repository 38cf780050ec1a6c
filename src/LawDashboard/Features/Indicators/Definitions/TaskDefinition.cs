namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>A piece of the year's work (年度任务): a section of the report, with its indicators.</summary>
public sealed record TaskDefinition
{
    public required string Key { get; init; }
    /// <summary>Short name for cards and menus: 矛盾纠纷化解.</summary>
    public required string Name { get; init; }
    /// <summary>Heading in the report, without its number: 依法化解矛盾纠纷，维护辖区稳定.</summary>
    public required string Heading { get; init; }
    /// <summary>Office or post that leads it.</summary>
    public string? Lead { get; init; }
}
