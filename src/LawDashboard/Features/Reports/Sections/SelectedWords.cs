namespace LawDashboard.Features.Reports.Sections;

/// <summary>Words that a person selected in the paper, and the number of their paragraph, counted from 1.</summary>
public sealed record SelectedWords(int Paragraph, string Text);
