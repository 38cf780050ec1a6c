using LawDashboard.Components;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Which report of a unit: its year and, as <c>template</c> or <c>template.q3</c>, from which template and on which part of
/// the year. Without a name it is the usual one, the unit's annual report.
/// </summary>
public readonly record struct ReportKey(int Year, string? Name = null)
{
    /// <summary>The report that an address names.</summary>
    public static ReportKey Of(WorkContext work) => new(work.Year, work.Report);

    public string? Template => Name?.Split('.')[0];
    public string? Part => Name?.Split('.') is [_, var part] ? part : null;

    /// <summary>The address of a page about this report. It names the report: a unit has several for one year.</summary>
    public string Link(string path, Unit unit, params IEnumerable<(string Key, object? Value)> query) => WorkContext.Link(path, unit, Year, query.Prepend((WorkContext.ReportKey, Name)));

    public static string Join(string template, string? part) => part is null ? template : $"{template}.{part}";
}
