using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>A numbered folder of a pack: the indicators whose rows it holds, or whole ledgers.</summary>
public sealed record PackSection(string Title, IReadOnlyList<IndicatorDefinition> Indicators, IReadOnlyList<LedgerDefinition> Ledgers);

/// <summary>An order in which a pack can be laid out. Whoever knows of another indicator tree registers one more.</summary>
public interface IPackOutline
{
    string Key { get; }
    /// <summary>As it is offered: 按指标.</summary>
    string Label { get; }
    /// <summary>Whether the year can be laid out like this.</summary>
    bool Applies(int year) => true;
    IReadOnlyList<PackSection> Sections(Unit unit, int year);
}

/// <summary>按指标: the year tasks, and in each the rows that every one of its indicators counts.</summary>
public sealed class IndicatorOutline(IndicatorCatalog catalog) : IPackOutline
{
    public const string OwnKey = "indicators";

    public string Key => OwnKey;
    public string Label => "按任务和指标（每项指标一张只含其记录的台账）";

    public IReadOnlyList<PackSection> Sections(Unit unit, int year) =>
        [.. catalog.Tasks.Select(task => new PackSection(task.Name, [.. catalog.OfTask(task.Key)], [])).Where(section => section.Indicators.Count > 0)];
}

/// <summary>
/// 按考核指标体系: the second level of the tree that the year is assessed by, and in each the rows that its leaves count. What
/// is judged has no rows and no folder.
/// </summary>
public sealed class TreeOutline(IndicatorCatalog catalog) : IPackOutline
{
    public string Key => "tree";
    public string Label => "按考核指标体系（导入的一级、二级指标）";

    public bool Applies(int year) => catalog.Assessment(year) is not null;

    public IReadOnlyList<PackSection> Sections(Unit unit, int year) =>
        [.. (catalog.Assessment(year)?.Leaves ?? []).GroupBy(leaf => (leaf.First, leaf.Second))
            .Select(group => new PackSection(group.Key.First == group.Key.Second ? group.Key.First : $"{group.Key.First} {group.Key.Second}",
                [.. group.Select(leaf => catalog.Indicator(leaf.Key)).OfType<IndicatorDefinition>().DistinctBy(indicator => indicator.Key)], []))
            .Where(section => section.Indicators.Count > 0)];
}

/// <summary>按任务: the year tasks, and in each its whole ledgers.</summary>
public sealed class TaskOutline(IndicatorCatalog catalog) : IPackOutline
{
    public string Key => "tasks";
    public string Label => "按任务（每本台账一张全年的表）";

    public IReadOnlyList<PackSection> Sections(Unit unit, int year) =>
        [.. catalog.Tasks.Select(task => new PackSection(task.Name, [], [.. catalog.Ledgers.Ledgers.Where(ledger => ledger.Task == task.Key)])).Where(section => section.Ledgers.Count > 0)];
}
