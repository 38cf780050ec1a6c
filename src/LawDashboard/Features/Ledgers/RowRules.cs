namespace LawDashboard.Features.Ledgers;

/// <summary>A counting rule that a list can be opened by, so that the list shows exactly the rows behind a figure.</summary>
/// <param name="Name">What it counts, for the head of the list: 调解成功（婚姻家庭）.</param>
/// <param name="Query">The question narrowed to those rows.</param>
/// <param name="Sum">Key of the field whose sum is the figure; null when the figure is the number of rows.</param>
public sealed record RowRule(string Name, EntryQuery Query, string? Sum = null);

/// <summary>Finds counting rules by key. Ledgers knows of none itself; whoever counts brings them.</summary>
public interface IRowRules
{
    /// <summary>
    /// The question narrowed to the rows that the measure counts in its ledger, unit and period; null when there is no
    /// such measure or slice. States are those asked for that count at all.
    /// </summary>
    RowRule? Find(EntryQuery query, string measure, string? slice);
}
