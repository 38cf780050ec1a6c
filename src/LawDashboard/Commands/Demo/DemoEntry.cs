using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>One thing that somebody did to an invented entry.</summary>
/// <param name="Action">As in the audit log: create, edit, submit, approve, return or void.</param>
/// <param name="State">What the entry is afterwards.</param>
/// <param name="Values">What was saved with it; null where only the state changed.</param>
public sealed record DemoStep(DateTime At, string Action, EntryState State, Person By, string? Note = null, FieldValues? Values = null);

/// <summary>An invented entry with everything that was done to it, oldest first.</summary>
public sealed record DemoEntry(LedgerDefinition Ledger, Unit Unit, DateOnly Date, IReadOnlyList<DemoStep> Steps)
{
    public EntryState State => Steps[^1].State;
    public FieldValues Values => Steps.Last(step => step.Values is not null).Values!;
}

/// <summary>Invented entries in the order of their dates.</summary>
/// <param name="Until">No later batch has anything that happened before this moment.</param>
public sealed record DemoBatch(IReadOnlyList<DemoEntry> Entries, DateTime Until);
