using System.Globalization;
using System.Text.Json.Nodes;
using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Deadlines;
using Microsoft.Data.Sqlite;

namespace LawDashboard.Tests.Support;

/// <summary>
/// Counts measures and indicators by SQL written straight from the text of the definition files: it shares no code with the
/// product, neither its definitions nor its expressions nor its tallies, so that an error in those shows.
/// </summary>
public sealed class IndependentCount(string seedFolder, SqliteConnection connection, string unit)
{
    readonly Dictionary<string, JsonNode> ledgers = Directory.GetFiles(Path.Combine(seedFolder, "ledgers")).Select(Read).ToDictionary(Key);
    readonly Dictionary<string, JsonNode> measures = Lists("measures", seedFolder);
    readonly Dictionary<string, JsonNode> indicators = Lists("indicators", seedFolder);

    /// <summary>The value in shown units; for a ratio its share of 1, or null when nothing is under it.</summary>
    public decimal? Value(string key, DateOnly from, DateOnly to, string? slice = null, string? code = null, IReadOnlyList<string>? except = null)
    {
        if (slice == "clock") return Late(key["ledger.".Length..], from, to);
        if (indicators.GetValueOrDefault(key) is { } indicator)
        {
            if (Text(indicator, "measure") is { } single) return Value(single, from, to, slice, code, except);
            var under = Value(Text(indicator, "denominator")!, from, to);
            return under is null or 0 ? null : Value(Text(indicator, "numerator")!, from, to) / under;
        }
        var measure = measures[key];
        var ledger = ledgers[Text(measure, "ledger")!];
        var fields = ledger["groups"]!.AsArray().SelectMany(group => group!["fields"]!.AsArray()).ToDictionary(field => Key(field!), field => field!);
        var dateField = Text(measure, "date") ?? Text(ledger, "date")!;
        var level = Text(measure, "kind") == "level";
        var sumField = Text(measure, "sum");
        var where = new List<string>
        {
            $"e.LedgerKey = '{Text(measure, "ledger")}'", "e.State = 'Approved'",
            $"u.Path LIKE (SELECT Path FROM Units WHERE Code = '{unit}') || '%'",
            $"{Json(dateField)} <= '{Iso(to)}'",
        };
        if (!level) where.Add($"{Json(dateField)} >= '{Iso(from)}'");
        if (level && Text(measure, "left") is { } left) where.Add($"COALESCE({Json(left)} > '{Iso(to)}', 1)");
        if (measure["where"] is { } condition) where.Add(Where(condition, fields));
        if (slice is not null && code is not null) where.Add(Has(fields[slice], slice, code));
        if (slice is not null && code is null)
            where.Add($"NOT ({string.Join(" OR ", (except ?? []).Select(other => Has(fields[slice], slice, other)).DefaultIfEmpty("0"))})");
        var what = sumField is null ? "COUNT(*)" : $"COALESCE(SUM({Json(sumField)}), 0)";
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {what} FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE {string.Join(" AND ", where)}";
        var steps = sumField is null ? 1m : Steps(fields[sumField]);
        return Convert.ToDecimal(command.ExecuteScalar(), CultureInfo.InvariantCulture) / steps;
    }

    /// <summary>The day on which limits are looked at.</summary>
    public DateOnly Today { get; init; } = new(2026, 11, 22);

    /// <summary>Entries past a statutory limit: of every entry's values the limits are worked out again, past whatever is stored of them.</summary>
    decimal Late(string ledger, DateOnly from, DateOnly to)
    {
        var definitions = Definitions.Load(seedFolder);
        var reckoner = new ClockReckoner(definitions.Clocks, definitions.Calendar);
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT e."Values" FROM Entries e JOIN Units u ON u.Id = e.UnitId WHERE e.LedgerKey = '{ledger}' AND e.State = 'Approved'
            AND u.Path LIKE (SELECT Path FROM Units WHERE Code = '{unit}') || '%' AND {Json(Text(ledgers[ledger], "date")!)} BETWEEN '{Iso(from)}' AND '{Iso(to)}'
            """;
        using var reader = command.ExecuteReader();
        var late = 0;
        while (reader.Read())
            if (reckoner.Of(ledger, FieldValues.Parse(reader.GetString(0))).Any(clock => clock.Definition.Force == ClockForce.Hard && clock.StateOn(Today) == ClockState.Overdue)) late++;
        return late;
    }

    public bool IsRatio(string key) => indicators.GetValueOrDefault(key) is { } indicator && Text(indicator, "numerator") is not null;
    public string? Denominator(string key) => indicators.GetValueOrDefault(key) is { } indicator ? Text(indicator, "denominator") : null;

    static string Where(JsonNode condition, Dictionary<string, JsonNode> fields)
    {
        if (condition["all"] is { } all) return "(" + string.Join(" AND ", all.AsArray().Select(part => Where(part!, fields))) + ")";
        if (condition["any"] is { } any) return "(" + string.Join(" OR ", any.AsArray().Select(part => Where(part!, fields))) + ")";
        if (condition["not"] is { } not) return $"NOT {Where(not, fields)}";
        var key = Text(condition, "field")!;
        if (condition["is"] is { } codes)
            return "(" + string.Join(" OR ", (codes is JsonArray list ? list.Select(item => item!.ToString()) : [codes.ToString()]).Select(code => Has(fields[key], key, code))) + ")";
        if (condition["filled"] is { } filled) return $"({Json(key)} IS {((bool)filled ? "NOT " : "")}NULL)";
        if (condition["yes"] is { } yes) return $"(COALESCE({Json(key)}, 0) = {((bool)yes ? 1 : 0)})";
        if (condition["within"] is { } days) return $"COALESCE(julianday({Json(key)}) - julianday({Json(Text(condition, "of")!)}) <= {(int)days}, 0)";
        if (condition["from"] is not null || condition["to"] is not null)
            return $"COALESCE({Json(key)} BETWEEN '{Text(condition, "from") ?? "0000"}' AND '{Text(condition, "to") ?? "9999"}', 0)";
        var steps = Steps(fields[key]);
        string Bound(string name, string sign) => condition[name] is { } bound ? $" AND {Json(key)} {sign} {((decimal)bound * steps).ToString(CultureInfo.InvariantCulture)}" : "";
        return $"COALESCE({Json(key)} IS NOT NULL{Bound("atLeast", ">=")}{Bound("atMost", "<=")}, 0)";
    }

    static string Has(JsonNode field, string key, string code) => Text(field, "type") == "severalOf"
        ? $"EXISTS (SELECT 1 FROM json_each(e.\"Values\", '$.{key}') WHERE value = '{code}')"
        : $"COALESCE({Json(key)} = '{code}', 0)";

    static decimal Steps(JsonNode field) => Text(field, "type") switch
    {
        "money" => 100,
        "decimal" => (decimal)Math.Pow(10, (int?)field["decimals"] ?? 1),
        _ => 1,
    };

    static string Json(string key) => $"json_extract(e.\"Values\", '$.{key}')";
    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    static string? Text(JsonNode node, string name) => node[name]?.ToString();
    static string Key(JsonNode node) => Text(node, "key")!;
    static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    static Dictionary<string, JsonNode> Lists(string folder, string seedFolder) =>
        Directory.GetFiles(Path.Combine(seedFolder, folder)).SelectMany(file => Read(file).AsArray()).ToDictionary(node => Key(node!), node => node!);
}
