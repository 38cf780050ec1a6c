using System.Text.Json.Serialization;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>A list of values (字典). The level above counts by its own codes, so each value carries a reporting code.</summary>
public sealed class DictionaryDefinition
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    /// <summary>Where the list comes from: the statute, form or statistical table.</summary>
    public string? Source { get; init; }
    public required IReadOnlyList<DictionaryValue> Values { get; init; }

    [JsonIgnore]
    public IReadOnlyDictionary<string, DictionaryValue> ByCode => byCode ??= Values.DistinctBy(v => v.Code).ToDictionary(v => v.Code, StringComparer.Ordinal);
    Dictionary<string, DictionaryValue>? byCode;

    /// <summary>The Chinese label, or the code itself when the value is no longer in the dictionary.</summary>
    public string Label(string code) => ByCode.TryGetValue(code, out var value) ? value.Label : code;
}

/// <param name="Code">Stored in entries; never changes.</param>
/// <param name="Label">Shown; may be reworded.</param>
/// <param name="ReportCode">Code in the statistical forms of the level above.</param>
/// <param name="Retired">No longer offered, still shown on entries that carry it.</param>
public sealed record DictionaryValue(string Code, string Label, string? ReportCode = null, bool Retired = false);
