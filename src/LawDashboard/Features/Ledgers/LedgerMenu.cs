using LawDashboard.Components;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>A year task with its ledgers.</summary>
public sealed record LedgerGroup(string Name, IReadOnlyList<LedgerDefinition> Ledgers);

/// <summary>All ledgers under their year tasks, for the menu and the page that lists them.</summary>
public sealed class LedgerMenu : IMenuSource
{
    public LedgerMenu(LedgerCatalog catalog, ITaskNames tasks)
    {
        var byTask = catalog.Ledgers.ToLookup(ledger => ledger.Task, StringComparer.Ordinal);
        Ledgers = [.. tasks.Tasks.Where(task => byTask.Contains(task.Key)).Select(task => new LedgerGroup(task.Name, [.. byTask[task.Key].OrderBy(ledger => ledger.Register)]))];
        Groups = [.. Ledgers.Select(group => new MenuGroup(group.Name,
            [.. group.Ledgers.Select(ledger => new MenuItem(ledger.ShortName, $"/ledgers/{ledger.Key}", $"/ledgers/{ledger.Key}/new"))]))];
    }

    public IReadOnlyList<LedgerGroup> Ledgers { get; }
    public IReadOnlyList<MenuGroup> Groups { get; }
}
