using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.WebUtilities;

namespace LawDashboard.Components;

/// <summary>
/// What every page works on: who asks, and which unit and year the address names. Read anew from the address at every
/// navigation and cascaded by the layout; it holds no state of its own.
/// </summary>
public sealed record WorkContext(Person Person, UnitTree Tree, Unit Unit, int Year, DateOnly Today)
{
    public const string UnitKey = "unit";
    public const string YearKey = "year";
    /// <summary>On the pages of reports, which of a unit's reports.</summary>
    public const string ReportKey = "report";
    public const int FirstYear = 2000;

    /// <summary>The point in the past that the page shows (时点), read only; null for now. Then <see cref="Today"/> is its day.</summary>
    public PastPoint? Past { get; init; }

    /// <summary>Years that the picker offers, newest first; next year from November, when it is planned.</summary>
    public IEnumerable<int> Years
    {
        get
        {
            var last = Today.Month >= 11 ? Today.Year + 1 : Today.Year;
            return Enumerable.Range(Today.Year - 4, last - Today.Year + 5).Append(Year).Distinct().OrderDescending();
        }
    }

    /// <summary>Which report the address of a report page names; null for the usual one. Links among those pages keep it.</summary>
    public string? Report { get; init; }

    /// <summary>True while nothing has been set up: <see cref="Unit"/> is then only a placeholder.</summary>
    public bool NoUnits => Tree.IsEmpty;

    /// <summary>The address of a page for the same unit and year; values that are null or empty are left out.</summary>
    public string Link(string path, params IEnumerable<(string Key, object? Value)> query) =>
        Link(path, Unit, Year, [
            .. Past is null ? Enumerable.Empty<(string, object?)>() : [(AsOf.Key, Past.Text)],
            .. Report is not null && (path == "/report" || path.StartsWith("/report/", StringComparison.Ordinal)) ? [(ReportKey, Report)] : Enumerable.Empty<(string, object?)>(), .. query]);

    /// <summary>The address of a page for another unit or year.</summary>
    public static string Link(string path, Unit unit, int year, params IEnumerable<(string Key, object? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Prepend((YearKey, year)).Prepend((UnitKey, unit.Code))
            .Select(pair => KeyValuePair.Create<string, string?>(pair.Key, Convert.ToString(pair.Value, CultureInfo.InvariantCulture)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <summary>The point in the past that an address names, as it stands there; null when it names none.</summary>
    public static string? PastOf(string uri)
    {
        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? null : QueryHelpers.ParseQuery(uri[mark..].Split('#')[0]).GetValueOrDefault(AsOf.Key).ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>
    /// Reads unit and year out of an address; without them, the person's own top unit and the current year. A unit that the
    /// person may not see is answered like one that does not exist.
    /// </summary>
    /// <returns>The context, or in words what the address names and nobody knows.</returns>
    public static (WorkContext? Work, string? Missing) Read(string uri, Person person, UnitTree tree, DateOnly today)
    {
        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(mark < 0 ? "" : uri[mark..].Split('#')[0]);
        var (unitText, yearText) = (query.GetValueOrDefault(UnitKey).ToString(), query.GetValueOrDefault(YearKey).ToString());

        var unit = unitText.Length == 0 ? person.Tops(tree).FirstOrDefault() ?? Nowhere : tree.Find(unitText);
        if (unit is null || (unit != Nowhere && !person.Sees(tree, unit))) return (null, $"单位“{unitText}”");

        var year = today.Year;
        if (yearText.Length > 0
            && (!int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out year) || year < FirstYear || year > today.Year + 1))
            return (null, $"年度“{yearText}”");
        return (new(person, tree, unit, year, today) { Report = query.GetValueOrDefault(ReportKey).ToString() is { Length: > 0 and <= 64 } report ? report : null }, null);
    }

    static readonly Unit Nowhere = new() { Code = "", Name = "尚未建立单位", Kind = UnitKind.County, Path = "/0/" };
}
