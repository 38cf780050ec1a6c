using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Components;

/// <summary>One entry of the menu below 台账.</summary>
/// <param name="NewPath">Where a new record is begun; null when nothing is recorded there.</param>
public sealed record MenuItem(string Text, string Path, string? NewPath = null);

/// <summary>Entries that belong together, under the name of their year task.</summary>
public sealed record MenuGroup(string Name, IReadOnlyList<MenuItem> Items);

/// <summary>A page of 系统管理.</summary>
public sealed record AdminPage(string Text, string Path, Ui.Glyph Glyph)
{
    /// <summary>All of them, in the order in which both menus show them; the shell knows them by address only.</summary>
    public static IReadOnlyList<AdminPage> All { get; } =
    [
        new("账号", "/admin/accounts", Ui.Glyph.Account),
        new("单位", "/admin/units", Ui.Glyph.Unit),
        new("统计口径", "/admin/measures", Ui.Glyph.Indicator),
        new("考核指标体系", "/admin/indicator-tree", Ui.Glyph.Overview),
        new("操作日志", "/admin/audit", Ui.Glyph.Log),
    ];
}

/// <summary>Gives the shell its menu of ledgers, which come from definitions that the shell does not know.</summary>
public interface IMenuSource
{
    IReadOnlyList<MenuGroup> Groups { get; }
}

/// <summary>Counts what presses a person; the sum over all sources stands beside 待办.</summary>
public interface ITodoSource
{
    Task<int> CountAsync(Person person, Unit unit, int year, CancellationToken cancel);

    /// <summary>Calls back, on any thread and not too often, when the count may have changed; disposing ends it. Null when it never tells.</summary>
    IDisposable? Watch(Action changed) => null;
}

/// <summary>An entry of the main menu that a feature brings, after 待办; it says for whom it is and how much waits there.</summary>
public interface IMenuEntry
{
    string Text { get; }
    string Path { get; }
    Ui.Glyph Glyph { get; }
    bool IsFor(Person person);
    /// <summary>Shown behind the text; 0 where nothing waits or nothing is counted.</summary>
    Task<int> CountAsync(Person person, Unit unit, CancellationToken cancel);
}

/// <summary>
/// Says which thing named in an address does not exist, before the page is sent, so that the answer is a 404 and not an
/// empty page: an unknown unit or year, an unknown ledger.
/// </summary>
public interface IAddressCheck
{
    /// <summary>The missing thing in words ("单位“610999”"); null when all is known.</summary>
    ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel);
}
