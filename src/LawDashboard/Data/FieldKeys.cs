using System.Text;
using System.Text.Json;

namespace LawDashboard.Data;

/// <summary>The few keys of <see cref="FieldValues"/> that matter to whoever reads very many rows; the rest of a row is passed over.</summary>
public sealed class FieldKeys(IEnumerable<string> keys)
{
    readonly (string Key, byte[] Utf8)[] keys = [.. keys.Distinct(StringComparer.Ordinal).Select(key => (key, Encoding.UTF8.GetBytes(key)))];

    public int Count => keys.Length;

    /// <summary>The key that the reader stands on; null when it is none of these.</summary>
    internal string? Find(in Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence) return FindEscaped(reader);
        foreach (var (key, utf8) in keys)
            if (reader.ValueSpan.SequenceEqual(utf8)) return key;
        return null;
    }

    string? FindEscaped(in Utf8JsonReader reader)
    {
        foreach (var (key, utf8) in keys)
            if (reader.ValueTextEquals(utf8)) return key;
        return null;
    }
}
