using LawDashboard.Data;

namespace LawDashboard.Components;

/// <summary>One record in the panel under the search box.</summary>
/// <param name="Label">The heading of the field in which it was found, where the title does not show why.</param>
/// <param name="Where">What stands there, shortened; personal data masked.</param>
public sealed record SearchPreviewRow(string Link, string Title, string? Serial, string Date, string Unit, string? Label, string? Where);

/// <summary>The newest finds of one ledger.</summary>
public sealed record SearchPreviewGroup(string Name, string AllLink, IReadOnlyList<SearchPreviewRow> Rows);

/// <param name="Notice">Why something may be missing; null when nothing is.</param>
public sealed record SearchPreview(IReadOnlyList<SearchPreviewGroup> Groups, string? Notice);

/// <summary>Finds records for the search box of the shell, which knows of no ledgers.</summary>
public interface ISearchSource
{
    /// <summary>The first finds of each ledger in the unit, of all years.</summary>
    Task<SearchPreview> PreviewAsync(WorkContext work, string text, CancellationToken cancel);

    /// <summary>The address of the page with all finds.</summary>
    string Link(WorkContext work, string text);
}

/// <summary>A piece of a text that was searched: a hit or what stands around it.</summary>
public readonly record struct TextMark(string Text, bool Hit);

/// <summary>Marks what was searched for in a text as people read it.</summary>
public static class TextMarks
{
    public static IReadOnlyList<TextMark> Of(string text, IReadOnlyList<string> words)
    {
        if (words.Count == 0 || text.Length == 0) return [new(text, false)];
        var hit = Hits(text, words);
        var marks = new List<TextMark>();
        for (int start = 0, i = 1; i <= text.Length; i++)
            if (i == text.Length || hit[i] != hit[start])
            {
                marks.Add(new(text[start..i], hit[start]));
                start = i;
            }
        return marks;
    }

    /// <summary>The part of a long text around its first hit.</summary>
    public static string Around(string text, IReadOnlyList<string> words, int length)
    {
        if (text.Length <= length) return text;
        var first = Math.Max(Array.IndexOf(Hits(text, words), true), 0);
        var start = Math.Clamp(first - length / 3, 0, text.Length - length);
        if (char.IsLowSurrogate(text[start])) start--;
        return (start > 0 ? "…" : "") + text[start..].Beginning(length).ReplaceLineEndings(" ") + (start + length < text.Length ? "…" : "");
    }

    static bool[] Hits(string text, IReadOnlyList<string> words)
    {
        var (normal, hit) = (SearchTokens.Normal(text), new bool[text.Length]);
        foreach (var word in words)
            for (var at = normal.IndexOf(word, StringComparison.Ordinal); at >= 0; at = normal.IndexOf(word, at + 1, StringComparison.Ordinal))
                Array.Fill(hit, true, at, word.Length);
        return hit;
    }
}
