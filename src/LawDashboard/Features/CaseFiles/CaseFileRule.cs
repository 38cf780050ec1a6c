using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.CaseFiles;

/// <summary>How a document stands in its file.</summary>
public enum CaseItemState
{
    /// <summary>已入卷.</summary>
    In,
    /// <summary>缺: it belongs in and is not there.</summary>
    Missing,
    /// <summary>按需: nothing says that this case needs it.</summary>
    NotNeeded,
}

/// <param name="How">Where the answer comes from: 扫描件, 已勾选, 台账已登记; empty when it is not in.</param>
public sealed record CaseItemStatus(CaseFileItem Item, CaseItemState State, string How);

/// <summary>A kind of case file with its conditions made ready: pure, the same for the same values and scans.</summary>
public sealed class CaseFileRule
{
    readonly LedgerDefinition ledger;
    readonly Func<FieldValues, bool> when;
    readonly (CaseFileItem Item, Func<FieldValues, bool>? Required, Func<FieldValues, bool>? In)[] items;
    readonly Dictionary<string, Func<FieldValues, bool>> forms;

    public CaseFileRule(CaseFileDefinition definition, LedgerDefinition ledger)
    {
        (Definition, this.ledger) = (definition, ledger);
        when = definition.When.Compile(ledger);
        items = [.. definition.Items.Select(item => (item, item.RequiredWhen?.Compile(ledger), item.In?.Compile(ledger)))];
        forms = definition.Forms.DistinctBy(form => form.Key).Where(form => form.When is not null).ToDictionary(form => form.Key, form => form.When!.Compile(ledger), StringComparer.Ordinal);
    }

    public CaseFileDefinition Definition { get; }
    public LedgerDefinition Ledger => ledger;

    /// <summary>Whether the case has come so far that its file must be complete.</summary>
    public bool IsDue(FieldValues values) => when(values);

    /// <summary>Every document in the order of the file.</summary>
    /// <param name="scanned">Fields of files that hold something.</param>
    public IReadOnlyList<CaseItemStatus> Status(FieldValues values, IReadOnlySet<string> scanned) => [.. items.Select(entry =>
    {
        var (item, required, inside) = entry;
        if (item.Files is { } files && scanned.Contains(files)) return new CaseItemStatus(item, CaseItemState.In, "有扫描件");
        if (Definition.Tick is { } tick && values.Has(tick, item.Key)) return new(item, CaseItemState.In, "已勾选入卷");
        if (inside?.Invoke(values) == true) return new(item, CaseItemState.In, "台账已登记");
        return new(item, IsRequired(item, required, values) ? CaseItemState.Missing : CaseItemState.NotNeeded, "");
    })];

    /// <summary>What is missing by the values alone; a scan may still supply those with <see cref="CaseFileItem.Files"/>.</summary>
    public IEnumerable<CaseFileItem> Gaps(FieldValues values) => IsDue(values)
        ? Status(values, new HashSet<string>()).Where(status => status.State == CaseItemState.Missing).Select(status => status.Item) : [];

    /// <summary>The forms that are printed for these values.</summary>
    public IEnumerable<CaseFileForm> Forms(FieldValues values) =>
        Definition.Forms.Where(form => !forms.TryGetValue(form.Key, out var holds) || holds(values));

    static bool IsRequired(CaseFileItem item, Func<FieldValues, bool>? required, FieldValues values) => item.Required || required?.Invoke(values) == true;
}
