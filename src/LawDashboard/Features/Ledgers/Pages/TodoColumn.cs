using LawDashboard.Components.Ui;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>A group of to-dos as a column of the table of units.</summary>
/// <param name="Counts">By the unit whose entries they are, not summed upwards.</param>
public sealed record TodoColumn(string Key, string Title, Tone Tone, IReadOnlyDictionary<int, int> Counts);
