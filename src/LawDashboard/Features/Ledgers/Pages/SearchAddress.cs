using LawDashboard.Components;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>Addresses of the page that searches all ledgers.</summary>
public static class SearchAddress
{
    public const string Path = "/search", LedgerKey = "ledger", AllYearsKey = "all";

    /// <summary>All finds of all years, or those of one ledger.</summary>
    public static string Of(WorkContext work, string text, string? ledger = null) => work.Link(Path, ("q", text), (LedgerKey, ledger), (AllYearsKey, 1));
}
