using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>One thing that a change changed, as people read it.</summary>
/// <param name="Before">Null where only the new value is told.</param>
public sealed record ChangeWords(string Label, string? Before, string After);

/// <summary>The lines of an entry's history in words.</summary>
public sealed class TimelineWords(FieldText text, UnitTree tree)
{
    /// <summary>An event as the audit log calls it; an entry's first one is said as its ledger says it.</summary>
    public static string Action(string action) => action == "create" ? "登记" : AuditWords.Action(action);

    /// <summary>What a change made different; nothing for the first line, whose values are the entry itself.</summary>
    public IEnumerable<ChangeWords> Changes(LedgerDefinition ledger, EntryHistoryLine line) =>
        line is { Before: { } before, After: { } after } ? Changes(ledger, before, after) : [];

    /// <summary>How two versions of an entry differ.</summary>
    public IEnumerable<ChangeWords> Changes(LedgerDefinition ledger, EntrySnapshot before, EntrySnapshot after)
    {
        if (before.Unit != after.Unit) yield return new("填报单位", Unit(before.Unit), Unit(after.Unit));
        if (before.Serial is null && after.Serial is { } serial) yield return new("编号", null, serial);
        var (old, now) = (before.FieldValues, after.FieldValues);
        foreach (var field in FieldChanges.Between(ledger, old, now))
        {
            var (was, became) = (Value(field, old), Value(field, now));
            // Two names may look the same once masked; that there was a change is still told.
            yield return was == became ? new(field.Label, null, "已修改（内容隐藏）") : new(field.Label, was, became);
        }
    }

    string Value(FieldDefinition field, FieldValues values) => text.ShowMasked(field, values) is { Length: > 0 } shown ? shown : "（空）";
    string Unit(int id) => tree.Find(id)?.Name ?? "（已撤销的单位）";
}
