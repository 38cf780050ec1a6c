using System.Text.Json.Serialization;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>What one kind of record looks like (台账定义). Data, not code: one file in <c>seed-data/ledgers</c> each.</summary>
public sealed class LedgerDefinition
{
    public required string Key { get; init; }
    /// <summary>Official title without town and year: 人民调解案件登记台账.</summary>
    public required string Name { get; init; }
    /// <summary>Short name for menus and charts: 人民调解.</summary>
    public required string ShortName { get; init; }
    /// <summary>Part of the serial number: RMTJ.</summary>
    public required string Code { get; init; }
    /// <summary>Key of the year task whose menu group it stands in.</summary>
    public required string Task { get; init; }
    /// <summary>What one entry is counted in: 件, 场, 次, 名.</summary>
    public required string RecordUnit { get; init; }
    /// <summary>A roster of people or bodies rather than of events.</summary>
    public bool Register { get; init; }
    /// <summary>
    /// Serial number pattern with {unit}, {unitName}, {code}, {year}, {number} and {number:0000}.
    /// Numbers run per ledger, unit and year without gaps.
    /// </summary>
    public string Serial { get; init; } = "{unit}-{code}-{year}-{number:0000}";
    /// <summary>Logged more than so many days after its date, an entry is marked as 补录; 30 when not given. Rosters are never marked.</summary>
    public int? BackdatedAfterDays { get; init; }
    /// <summary>Key of the required date field that is the entry's date and decides its year.</summary>
    public required string Date { get; init; }
    /// <summary>Pattern of the one-line title, with {fieldKey}; personal fields appear masked.</summary>
    public required string Title { get; init; }
    /// <summary>The two or three fields that people look for in the list.</summary>
    public required IReadOnlyList<string> List { get; init; }
    public required IReadOnlyList<FieldGroup> Groups { get; init; }

    [JsonIgnore]
    public IReadOnlyList<FieldDefinition> Fields => fields ??= [.. Groups.SelectMany(group => group.Fields)];
    List<FieldDefinition>? fields;

    /// <summary>What the quick log asks for: the fields marked as essential, or, where none is, those that every entry must have.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldDefinition> Essentials =>
        Fields.Any(f => f.Essential) ? [.. Fields.Where(f => f.Essential)] : [.. Fields.Where(f => f.Required && f.Type != FieldType.Files)];

    [JsonIgnore]
    IReadOnlyDictionary<string, FieldDefinition> ByKey => byKey ??= Fields.DistinctBy(f => f.Key).ToDictionary(f => f.Key, StringComparer.Ordinal);
    Dictionary<string, FieldDefinition>? byKey;

    public FieldDefinition? Field(string key) => ByKey.GetValueOrDefault(key);
}
