using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>Which fields differ between two versions of an entry.</summary>
public static class FieldChanges
{
    /// <summary>In the order of the form. Files are kept apart from values and never differ here.</summary>
    public static IEnumerable<FieldDefinition> Between(LedgerDefinition ledger, FieldValues before, FieldValues after) =>
        ledger.Fields.Where(field => field.Type != FieldType.Files && !Same(field.Key, before, after));

    public static bool Same(string key, FieldValues a, FieldValues b) =>
        a[key] is string[] left && b[key] is string[] right ? left.SequenceEqual(right) : Equals(a[key], b[key]);
}

/// <summary>One field in which what I typed and what somebody else saved meanwhile differ.</summary>
/// <param name="KeepMine">What follows by itself when only one of us changed the field; null when both did and a person must choose.</param>
public sealed record FieldConflict(FieldDefinition Field, bool? KeepMine);

/// <summary>Brings two versions together that both began from the same one.</summary>
public static class EntryMerge
{
    public static IReadOnlyList<FieldConflict> Compare(LedgerDefinition ledger, FieldValues opened, FieldValues mine, FieldValues theirs) =>
        [.. FieldChanges.Between(ledger, mine, theirs).Select(field => new FieldConflict(field,
            FieldChanges.Same(field.Key, opened, theirs) ? true : FieldChanges.Same(field.Key, opened, mine) ? false : null))];
}
