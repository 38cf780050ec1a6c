using LawDashboard.Components;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>Addresses of an entry, which remember the list that it was opened from.</summary>
public static class EntryAddress
{
    public const string ListKey = "list";
    public const string FieldKey = "field";

    /// <param name="list">The query of the list to lead back to; null for the ledger's ordinary one.</param>
    public static string Of(long id, WorkContext work, string? list = null) => work.Link($"/entries/{id}", (ListKey, list));

    public static string FromList(long id, WorkContext work, EntryListState list) => Of(id, work, Narrow(list));

    public static string Edit(long id, WorkContext work, string? list = null) => work.Link($"/entries/{id}/edit", (ListKey, list));

    /// <summary>The form of an entry, beginning in one field.</summary>
    public static string EditField(long id, WorkContext work, string field) => work.Link($"/entries/{id}/edit", (FieldKey, field));

    /// <summary>The list that the entry was opened from, or its ledger's ordinary one.</summary>
    public static string Back(string ledger, WorkContext work, string? list) =>
        (EntryListState.Read("?" + list) with { Unit = work.Unit.Code, Year = work.Year, AsOf = work.Past?.Text }).Link($"/ledgers/{ledger}");

    // Unit, year and point in time are in the address anyway.
    static string Narrow(EntryListState list) => (list with { Unit = null, Year = null, AsOf = null }).ToQueryString();
}
