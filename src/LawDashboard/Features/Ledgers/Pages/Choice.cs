namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>One thing that can be chosen: what is stored, and what people read.</summary>
public sealed record Choice(string Value, string Label);
