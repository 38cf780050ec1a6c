using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LawDashboard.Data;

/// <summary>
/// The values of a record whose fields are defined as data: an immutable JSON object of field key → value.
/// Texts, dictionary codes and unit codes are strings, dates ISO strings, numbers whole steps of their field
/// (fen, persons, tenths of an hour), yes/no booleans, several-of arrays of codes. What is empty is absent.
/// The readers below run in memory and, inside a query, as SQL on both databases (<see cref="FieldValuesSql"/>).
/// </summary>
public sealed class FieldValues : IEquatable<FieldValues>
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly FieldValues Empty = new(FrozenDictionary<string, object>.Empty);

    readonly IReadOnlyDictionary<string, object> values;
    string? json;

    FieldValues(IReadOnlyDictionary<string, object> values) => this.values = values;

    /// <summary>Keys that carry a value.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>The canonical JSON: keys in ordinal order, Chinese unescaped.</summary>
    public string Json => json ??= JsonSerializer.Serialize(
        new SortedDictionary<string, object>(values.ToDictionary(v => v.Key, v => v.Value is DateOnly d ? Iso(d) : v.Value), StringComparer.Ordinal), Plain);

    /// <summary>The value as string, long, bool, or string array; null when empty.</summary>
    public object? this[string key] => values.GetValueOrDefault(key);

    public string? Text(string key) => values.GetValueOrDefault(key) as string;
    public long? Number(string key) => values.GetValueOrDefault(key) as long?;
    public bool? Flag(string key) => values.GetValueOrDefault(key) as bool?;
    public DateOnly? Date(string key) =>
        Text(key) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    public IReadOnlyList<string> Items(string key) => values.GetValueOrDefault(key) as string[] ?? [];
    public bool Has(string key, string item) => Items(key).Contains(item, StringComparer.Ordinal);
    public bool Filled(string key) => values.ContainsKey(key);

    /// <summary>The same values with one replaced, or removed when <paramref name="value"/> is empty.</summary>
    public FieldValues With(string key, object? value)
    {
        var copy = new Dictionary<string, object>(values, StringComparer.Ordinal);
        if (Normal(value) is { } normal) copy[key] = normal; else copy.Remove(key);
        return new(copy);
    }

    /// <summary>Builds values from pairs; empty strings, empty lists and nulls are left out.</summary>
    public static FieldValues From(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
            if (Normal(value) is { } normal) values[key] = normal;
        return new(values);
    }

    /// <summary>Reads the JSON of <see cref="Json"/>. Throws <see cref="JsonException"/> when it is no object of plain values.</summary>
    public static FieldValues Parse(string json)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Utf8.GetMaxByteCount(json.Length));
        try
        {
            return Parse(bytes.AsSpan(0, Utf8.GetBytes(json, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The same from UTF-8, as databases hold it.</summary>
    /// <param name="only">The keys that matter; nothing is read any more once all of them were found.</param>
    public static FieldValues Parse(ReadOnlySpan<byte> json, FieldKeys? only = null)
    {
        // Every row that is shown, counted or exported passes here: token by token, without a document in between.
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Field values must be a JSON object.");
        var values = new Dictionary<string, object>(only?.Count ?? 0, StringComparer.Ordinal);
        var left = only?.Count;
        while (left != 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if ((only is null ? reader.GetString() : only.Find(reader)) is not { } key)
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            if (Read(ref reader) is { } value) values[key] = value;
            left--;
        }
        // Only the end may follow; anything else is refused by the reader.
        if (left != 0) reader.Read();
        return new(values);
    }

    public bool Equals(FieldValues? other) => other is not null && Json == other.Json;
    public override bool Equals(object? obj) => Equals(obj as FieldValues);
    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Json;

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static object? Normal(object? value) => value switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        DateOnly date => Iso(date),
        int number => (long)number,
        long or bool => value,
        IEnumerable<string> items => items.ToArray() is { Length: > 0 } array ? array : null,
        _ => throw new ArgumentException($"A field cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    static object? Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Normal(reader.GetString()),
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.StartArray => Normal(Items(ref reader)),
        JsonTokenType.Null => null,
        _ => throw new JsonException($"A field cannot hold {reader.TokenType}."),
    };

    static List<string> Items(ref Utf8JsonReader reader)
    {
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(reader.GetString() ?? "");
        return items;
    }
}
