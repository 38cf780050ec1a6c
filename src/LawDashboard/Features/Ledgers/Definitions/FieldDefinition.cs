using System.Text.Json.Serialization;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>What a field holds, and so how it is typed, stored, shown and printed.</summary>
public enum FieldType
{
    Text, LongText,
    /// <summary>A whole number.</summary>
    Integer,
    /// <summary>Money, stored in fen, typed and shown in yuan.</summary>
    Money,
    /// <summary>A number with <see cref="FieldDefinition.Decimals"/> decimals, stored in its smallest step.</summary>
    Decimal,
    Date, YesNo,
    /// <summary>One code of a dictionary.</summary>
    OneOf,
    /// <summary>Several codes of a dictionary; its parts overlap and do not add up to the whole.</summary>
    SeveralOf,
    /// <summary>A unit of the tree, by code.</summary>
    Unit,
    /// <summary>A natural person's name; masked unless the role allows and a reason is given.</summary>
    Person,
    /// <summary>A number of people: persons (人) or attendances (人次), as <see cref="FieldDefinition.Unit"/> says; never added to each other.</summary>
    People,
    /// <summary>Uploaded files; the values live with the evidence, not with the entry's values.</summary>
    Files,
}

/// <summary>Kinds of personal data, each with its own mask (Personal Information Protection Law §28, §51).</summary>
public enum PersonalData { None, Name, IdNumber, Phone, Address, Text }

/// <summary>One field of a ledger. Everything about it that a form, a list, a print or a rule needs to know.</summary>
public sealed record FieldDefinition
{
    public required string Key { get; init; }
    /// <summary>Chinese heading, as on the official form.</summary>
    public required string Label { get; init; }
    public required FieldType Type { get; init; }
    public bool Required { get; init; }
    public Condition? RequiredWhen { get; init; }
    /// <summary>The field is asked for only when this holds; otherwise its value is dropped on saving.</summary>
    public Condition? ShownWhen { get; init; }
    /// <summary>Least value as a user would type it (yuan, not fen).</summary>
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    /// <summary>Decimals of a <see cref="FieldType.Decimal"/>; 1 when not given.</summary>
    public int Decimals { get; init; } = 1;
    /// <summary>Key of a date field that this date may not precede.</summary>
    public string? NotBefore { get; init; }
    /// <summary>Key of a number field that this number may not exceed (实到 ≤ 应到).</summary>
    public string? NotAbove { get; init; }
    /// <summary>Dates in the future are refused; the default for dates that say when something happened.</summary>
    public bool NotFuture { get; init; }
    public string? Dictionary { get; init; }
    /// <summary>Unit of measurement shown inside the input: 人, 人次, 份, 小时.</summary>
    public string? Unit { get; init; }
    public PersonalData Personal { get; init; }
    /// <summary>The yearly report counts or sums this field (◎ in the ledger standard).</summary>
    public bool Reported { get; init; }
    /// <summary>One of the few fields that the quick log asks for.</summary>
    public bool Essential { get; init; }
    /// <summary>Width in the printed ledger in characters; 0 keeps it out of print.</summary>
    public int Width { get; init; } = 10;
    /// <summary>Summed in the totals row of the printed ledger and under the list.</summary>
    public bool Total { get; init; }
    public int MaxLength { get; init; } = 200;
    public string? Help { get; init; }
    /// <summary>A field of files that the definition would like to see filled: entries without any stand in the to-do list. Never a reason to refuse one.</summary>
    public bool Wanted { get; init; }
    /// <summary>Pre-filled in a new entry, written as a user would type it; <c>today</c> for dates.</summary>
    public string? Default { get; init; }

    [JsonIgnore]
    public bool IsPersonal => Personal != PersonalData.None || Type == FieldType.Person;
    [JsonIgnore]
    public PersonalData Mask => Type == FieldType.Person && Personal == PersonalData.None ? PersonalData.Name : Personal;
    [JsonIgnore]
    public bool IsNumber => Type is FieldType.Integer or FieldType.Money or FieldType.Decimal or FieldType.People;
    [JsonIgnore]
    public bool IsDictionary => Type is FieldType.OneOf or FieldType.SeveralOf;
    /// <summary>The longest text it takes, in characters.</summary>
    [JsonIgnore]
    public int TextLimit => Type == FieldType.LongText && MaxLength == 200 ? 4000 : MaxLength;
    /// <summary>Lists can be narrowed by its values.</summary>
    [JsonIgnore]
    public bool IsFilter => IsDictionary || Type is FieldType.YesNo or FieldType.Unit;

    /// <summary>How many stored steps make one shown unit: 100 for money (fen), 10^decimals for decimals, else 1.</summary>
    [JsonIgnore]
    public long Steps => Type switch
    {
        FieldType.Money => 100,
        FieldType.Decimal => (long)Math.Pow(10, Decimals),
        _ => 1,
    };
}

/// <summary>A heading of the form with its fields.</summary>
public sealed record FieldGroup(string Label, IReadOnlyList<FieldDefinition> Fields);
