namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>
/// A place on the recording pages that features to the right of Ledgers fill: they register a slot, the page renders its
/// component. The parameters named below are set; the <see cref="LawDashboard.Components.WorkContext"/> is cascaded.
/// </summary>
public interface ISlot
{
    /// <summary>Smaller ones stand first.</summary>
    int Order { get; }
    Type Component { get; }
    /// <summary>It speaks of what the page shows, also when that is the past; others know only now and are left out there.</summary>
    bool ShowsPast => false;
}

/// <summary>A panel on the page of an entry: evidence, clocks, 计入以下数据项. Parameters: <c>Entry</c>, <c>Ledger</c>.</summary>
public interface IEntryPanel : ISlot;

/// <summary>
/// A panel in the strip beside the form, told anew after every change. Parameters: <c>Entry</c> (as it would be saved
/// now, not stored) and <c>Ledger</c>.
/// </summary>
public interface IFormPanel : ISlot;

/// <summary>
/// A button at the head of a list, such as 导出台账. Parameters: <c>Ledger</c>, and <c>State</c>, the
/// <see cref="EntryListState"/> with unit and year that the page shows.
/// </summary>
public interface IListAction : ISlot;

/// <summary>A button at the head of the page of all ledgers. No parameters.</summary>
public interface ILedgersAction : ISlot;

/// <summary>
/// The input of a field of files on the form. Parameters: <c>Ledger</c>, <c>Field</c>, <c>EntryId</c> (null while the
/// entry is not saved) and <c>FormId</c>, under which files wait for an entry that is not saved yet. Without one, fields
/// of files are left out.
/// </summary>
public interface IFilesInput : ISlot;

/// <summary>A section at the head of the to-do page for work that is no entry, such as supervised tasks. No parameters.</summary>
public interface ITodoPanel : ISlot;
