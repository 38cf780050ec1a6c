namespace LawDashboard.Benchmarks;

/// <summary>One figure of a run. Ratios travel between machines, milliseconds do not: read the ratio first.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The measured value in <paramref name="Unit"/>.</param>
/// <param name="Unit">ms, MB, rows/s, …</param>
/// <param name="Ratio">The figure against its floor or peer of the same run, when there is one.</param>
/// <param name="Floor">What the ratio compares with, and its value.</param>
/// <param name="Reach">What the ratio should reach: at most for a floor, at least for a peer, as <paramref name="Floor"/> says.</param>
public sealed record BenchmarkLine(string Name, double Value, string Unit, double? Ratio = null, string? Floor = null, double? Reach = null);
