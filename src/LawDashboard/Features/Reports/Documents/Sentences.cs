namespace LawDashboard.Features.Reports.Documents;

/// <summary>A sentence and where it begins in its text.</summary>
public readonly record struct SentenceRange(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// Cuts a paragraph into sentences, always in the same way: behind 。！？；, with the quotes and brackets that close there.
/// Not inside brackets, so that an aside stays with its sentence.
/// </summary>
public static class Sentences
{
    const string Ends = "。！？；";
    const string Closing = "”’）》」』〕】";
    const string Opening = "（〔【";
    const string Shutting = "）〕】";

    public static IReadOnlyList<SentenceRange> Of(string text, int from = 0)
    {
        List<SentenceRange> sentences = [];
        var (start, depth) = (from, 0);
        for (var i = from; i < text.Length; i++)
        {
            // A bracket that never closes must not swallow the rest of the paragraph.
            if (Opening.Contains(text[i], StringComparison.Ordinal) && text.AsSpan(i + 1).IndexOfAny(Shutting) >= 0) depth++;
            else if (Shutting.Contains(text[i], StringComparison.Ordinal) && depth > 0) depth--;
            if (depth > 0 || !Ends.Contains(text[i], StringComparison.Ordinal)) continue;
            while (i + 1 < text.Length && Closing.Contains(text[i + 1], StringComparison.Ordinal)) i++;
            sentences.Add(new(start, i + 1 - start));
            start = i + 1;
        }
        if (text.AsSpan(start).Trim().Length > 0) sentences.Add(new(start, text.Length - start));
        return sentences;
    }
}
