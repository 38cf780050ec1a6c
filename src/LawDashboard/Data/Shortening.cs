namespace LawDashboard.Data;

/// <summary>
/// Cuts texts to a length without cutting a character in half. Those outside the basic plane take two places, and neither
/// half alone is text: PostgreSQL refuses it, and screens show a box.
/// </summary>
static class Shortening
{
    /// <summary>The text's beginning, at most so long.</summary>
    public static string Beginning(this string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>The text, or its beginning and …, at most so long.</summary>
    public static string Shortened(this string text, int length) => text.Length <= length ? text : text.Beginning(length - 1) + "…";
}
