using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.WebUtilities;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// What a list shows, as it stands in the URL. Page and export read the same text, so the exported rows are the listed
/// ones; a link reopened shows the same thing.
/// </summary>
public sealed record EntryListState
{
    public const int PageSize = 50;
    const string FilterPrefix = "f.", ExtraPrefix = "x.";

    /// <summary>Unit code; null for all that the person sees.</summary>
    public string? Unit { get; init; }
    /// <summary>Only what the unit logged itself, without the units below it.</summary>
    public bool Own { get; init; }
    public int? Year { get; init; }
    /// <summary>First and last day within the year; the whole year when null. See <see cref="InYear"/>.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public IReadOnlyList<EntryState> States { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
    /// <summary>Choices of filters that other rooms offer, by the filter's key; see <see cref="IListFilter"/>.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
    public string? Search { get; init; }
    /// <summary>Only what the person logged himself.</summary>
    public bool Mine { get; init; }
    /// <summary>Only what was logged afterwards (补录).</summary>
    public bool Backdated { get; init; }
    public EntrySort Sort { get; init; } = new();
    public int Page { get; init; } = 1;
    /// <summary>The point in the past that the list shows, as it stands in addresses; null for now.</summary>
    public string? AsOf { get; init; }
    /// <summary>The measure, and its slice, whose rows are shown.</summary>
    public string? Measure { get; init; }
    public string? Slice { get; init; }

    /// <summary>Whether something besides unit, year and measure leaves rows out.</summary>
    public bool IsNarrowed => From is not null || To is not null || States.Count > 0 || Filters.Count > 0 || Extras.Count > 0 || !string.IsNullOrWhiteSpace(Search) || Mine || Own || Backdated;

    public EntryListState WithFilter(string field, IReadOnlyList<string> values)
    {
        var filters = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, old) in Filters) filters[key] = old;
        if (values.Count > 0) filters[field] = values; else filters.Remove(field);
        return this with { Filters = filters, Page = 1 };
    }

    /// <summary>The same list with another room's filter set, or taken off by null.</summary>
    public EntryListState WithExtra(string key, string? value)
    {
        var extras = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (other, old) in Extras) extras[other] = old;
        if (value is null) extras.Remove(key); else extras[key] = value;
        return this with { Extras = extras, Page = 1 };
    }

    /// <summary>The same list with one value of a filter chosen, or no longer chosen.</summary>
    public EntryListState Toggled(string field, string value)
    {
        var chosen = Filters.GetValueOrDefault(field) ?? [];
        return WithFilter(field, chosen.Contains(value, StringComparer.Ordinal) ? [.. chosen.Where(v => v != value)] : [.. chosen, value]);
    }

    public EntryListState Toggled(EntryState state) =>
        this with { States = States.Contains(state) ? [.. States.Where(s => s != state)] : [.. States.Append(state).Order()], Page = 1 };

    /// <summary>The same list without what narrows it, but for the measure.</summary>
    public EntryListState Widened() => new() { Unit = Unit, Year = Year, AsOf = AsOf, Sort = Sort, Measure = Measure, Slice = Slice };

    /// <summary>The same list in another order: a column already chosen turns round; dates begin with the newest, all else with the least.</summary>
    public EntryListState SortedBy(string key) =>
        this with { Sort = Sort.Key == key ? Sort with { Descending = !Sort.Descending } : new(key, key is "date" or "updated"), Page = 1 };

    /// <summary>Reads the query part of an address.</summary>
    public static EntryListState Read(string uri)
    {
        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new() : Parse(QueryHelpers.ParseQuery(uri[mark..].Split('#')[0]).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));
    }

    /// <summary>Reads the query part of a URL. What cannot be read is left out; unknown units are for the caller to name.</summary>
    public static EntryListState Parse(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var state = new EntryListState();
        foreach (var (key, value) in pairs)
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            state = key switch
            {
                "unit" => state with { Unit = value },
                "year" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 9999 => state with { Year = year },
                Audit.AsOf.Key => state with { AsOf = value },
                "from" when Day(value) is { } from => state with { From = from },
                "to" when Day(value) is { } to => state with { To = to },
                "state" => state with { States = [.. value.Split(',').Select(State).OfType<EntryState>().Distinct().Order()] },
                "q" => state with { Search = value },
                "mine" => state with { Mine = value == "1" },
                "own" => state with { Own = value == "1" },
                "backdated" => state with { Backdated = value == "1" },
                "sort" when value.TrimStart('-').Length > 0 => state with { Sort = Sorting(value) },
                "page" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 => state with { Page = page },
                "measure" => state with { Measure = value },
                "slice" => state with { Slice = value },
                _ when key.StartsWith(FilterPrefix, StringComparison.Ordinal) => state.Filtered(key[FilterPrefix.Length..], value.Split(',', StringSplitOptions.RemoveEmptyEntries)),
                _ when key.StartsWith(ExtraPrefix, StringComparison.Ordinal) => state.WithExtra(key[ExtraPrefix.Length..], value) with { Page = state.Page },
                _ => state,
            };
        }
        return state;
    }

    /// <summary>The query part of a URL, without the question mark; only what differs from the ordinary list.</summary>
    public string ToQueryString()
    {
        var pairs = new List<(string Key, string Value)>();
        if (Unit is not null) pairs.Add(("unit", Unit));
        if (Year is { } year) pairs.Add(("year", year.ToString(CultureInfo.InvariantCulture)));
        if (AsOf is not null) pairs.Add((Audit.AsOf.Key, AsOf));
        if (From is { } from) pairs.Add(("from", Data.FieldValues.Iso(from)));
        if (To is { } to) pairs.Add(("to", Data.FieldValues.Iso(to)));
        if (States.Count > 0) pairs.Add(("state", string.Join(',', States.Select(state => state.ToString().ToLowerInvariant()))));
        if (Measure is not null) pairs.Add(("measure", Measure));
        if (!string.IsNullOrEmpty(Slice)) pairs.Add(("slice", Slice));
        foreach (var (field, values) in Filters) pairs.Add((FilterPrefix + field, string.Join(',', values)));
        foreach (var (filter, value) in Extras) pairs.Add((ExtraPrefix + filter, value));
        if (!string.IsNullOrWhiteSpace(Search)) pairs.Add(("q", Search));
        if (Mine) pairs.Add(("mine", "1"));
        if (Own) pairs.Add(("own", "1"));
        if (Backdated) pairs.Add(("backdated", "1"));
        if (Sort != new EntrySort()) pairs.Add(("sort", Text(Sort)));
        if (Page > 1) pairs.Add(("page", Page.ToString(CultureInfo.InvariantCulture)));
        return string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
    }

    /// <summary>The order as it stands in the address: <c>-date</c>.</summary>
    public static string Text(EntrySort sort) => (sort.Descending ? "-" : "") + sort.Key;

    public static EntrySort Sorting(string text) => new(text.TrimStart('-'), text.StartsWith('-'));

    /// <summary>Whether an address says by what its list is ordered; without, a person's own order applies.</summary>
    public static bool SaysSort(string uri) => uri.Contains("?sort=", StringComparison.Ordinal) || uri.Contains("&sort=", StringComparison.Ordinal);

    /// <summary>The address of the same list in another order, which it names even where it is the ordinary one.</summary>
    public string SortLink(string path, string key)
    {
        var link = SortedBy(key).Link(path);
        return SaysSort(link) ? link : $"{link}{(link.Contains('?') ? '&' : '?')}sort={Text(new())}";
    }

    /// <summary>The address of this list on a page: <c>/ledgers/mediation</c>, <c>/search</c>.</summary>
    public string Link(string path) => ToQueryString() is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <summary>
    /// The same list of another year. Whoever goes from one year to another keeps looking at the same months, so days of
    /// another year are moved; the last of a month stays the last.
    /// </summary>
    public EntryListState InYear(int year)
    {
        return this with { Year = year, From = Moved(From), To = Moved(To) };

        DateOnly? Moved(DateOnly? date)
        {
            if (date is not { } day || day.Year == year) return date;
            var last = DateTime.DaysInMonth(year, day.Month);
            return new(year, day.Month, day.Day == DateTime.DaysInMonth(day.Year, day.Month) ? last : Math.Min(day.Day, last));
        }
    }

    /// <summary>The days that the list covers. A roster is not a year's work: it begins open and shows whoever was entered by the year's end.</summary>
    public (DateOnly? From, DateOnly To) Period(bool register, int defaultYear)
    {
        var year = Year ?? defaultYear;
        var moved = InYear(year);
        return (moved.From ?? (register ? null : new DateOnly(year, 1, 1)), moved.To ?? new DateOnly(year, 12, 31));
    }

    /// <summary>
    /// The question that the state asks of a ledger; null when it names a unit or measure that does not exist,
    /// or that the person does not see: an empty ledger under another unit's name would read as if that unit had nothing.
    /// <paramref name="rule"/> names the measure whose rows are shown.
    /// </summary>
    /// <param name="past">What <see cref="AsOf"/> means. Most of what other rooms know of entries, they know of now: such filters leave nothing out of the past.</param>
    public EntryQuery? ToQuery(
        Person person, UnitTree tree, LedgerDefinition ledger, IRowRules rules, int defaultYear, out RowRule? rule, IEnumerable<IListFilter>? filters = null, PastPoint? past = null)
    {
        rule = null;
        var unit = tree.Find(Unit);
        if (Unit is not null && (unit is null || !person.Sees(tree, unit))) return null;
        var (from, to) = Period(ledger.Register && Measure is null, defaultYear);
        var query = new EntryQuery
        {
            Person = person, Ledger = ledger, Unit = unit, OwnOnly = Own && unit is not null, From = from, To = to, CreatedById = Mine ? person.Id : null,
            States = States, Search = Search, Backdated = Backdated, Sort = Sort,
            AsOf = past, Narrowings = [.. (filters ?? []).Where(filter => Extras.ContainsKey(filter.Key) && (past is null || filter.TellsPast)).Select(filter => filter.Narrow(person, Extras[filter.Key], past)).OfType<EntryNarrowing>()],
            Filters = Filters.Where(filter => ledger.Field(filter.Key)?.IsFilter == true).ToDictionary(StringComparer.Ordinal),
        };
        if (Measure is null) return query;
        rule = rules.Find(query, Measure, Slice);
        return rule?.Query.Ledger?.Key == ledger.Key ? rule.Query : null;
    }

    EntryListState Filtered(string field, string[] values) => WithFilter(field, values) with { Page = Page };

    static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static EntryState? State(string text) => Enum.TryParse<EntryState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;
}
