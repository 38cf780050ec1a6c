namespace LawDashboard.Components.Charts;

/// <summary>One column of twelve.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Tip">The exact value in words.</param>
/// <param name="Href">The rows behind it; null when there are none.</param>
public readonly record struct MonthBar(int Month, decimal Approved, decimal Pending, string Tip, string? Href);
