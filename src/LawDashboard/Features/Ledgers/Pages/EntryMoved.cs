namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>What came of approving, returning, voiding or submitting an entry.</summary>
public sealed record EntryMoved(EntryAction Action, EntryResult Result);
