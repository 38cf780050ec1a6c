using System.Security.Cryptography;
using System.Text;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Why a column is taken over as what it is.</summary>
enum MatchedBy { Nothing, Heading, Synonym, Content, Remembered, Person }

/// <summary>A column of the file and what it is taken over as.</summary>
/// <param name="Target">Key of the target; null when the column is left out.</param>
/// <param name="Samples">The first values in it.</param>
sealed record ColumnMatch(ColumnHead Head, string? Target, MatchedBy By, IReadOnlyList<string> Samples);

/// <summary>Matches columns to fields: by heading, by other words for it, by similar words, and by what stands in the cells.</summary>
sealed class ColumnMatcher(ImportTargets targets, LedgerDefinition ledger, CellReader cells)
{
    const int Least = 50;
    const int SamplesShown = 3;

    sealed record Candidate(int Column, string Target, int Score, MatchedBy By);

    /// <param name="sample">Some rows under the heading.</param>
    public IReadOnlyList<ColumnMatch> Match(SheetHead head, IReadOnlyList<SheetRow> sample)
    {
        var values = head.Columns.Select(column => sample.Select(row => row.Cell(column.Index)).Where(cell => !CellText.IsBlank(cell)).ToList()).ToList();
        var candidates = new List<Candidate>();
        for (var n = 0; n < head.Columns.Count; n++)
            if (!targets.IsIgnored(head.Columns[n])) candidates.AddRange(Candidates(n, head.Columns[n], values[n]));
        var (columns, taken) = (new Candidate?[head.Columns.Count], new HashSet<string>(StringComparer.Ordinal));
        // The surest first; each column and each field once. A column that is shown goes before a hidden one.
        foreach (var candidate in candidates.OrderByDescending(c => c.Score).ThenBy(c => head.Columns[c.Column].Hidden).ThenBy(c => c.Column))
            if (columns[candidate.Column] is null && taken.Add(candidate.Target)) columns[candidate.Column] = candidate;
        return [.. head.Columns.Select((column, n) => new ColumnMatch(column, columns[n]?.Target, columns[n]?.By ?? MatchedBy.Nothing,
            [.. values[n].Take(SamplesShown).Select(CellText.Show)]))];
    }

    /// <summary>The same headings in the same order give the same fingerprint, whatever the file is called and holds.</summary>
    public static string Fingerprint(SheetHead head) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', head.Columns.Select(column => $"{column.Index}:{CellText.Plain(column.Full)}")))));

    IEnumerable<Candidate> Candidates(int column, ColumnHead head, List<object?> values)
    {
        var exact = targets.Exact(head);
        foreach (var target in targets.All)
        {
            var (score, by) = exact is { } found && found.Key == target.Key ? (found.Score, found.Score >= 93 ? MatchedBy.Heading : MatchedBy.Synonym)
                : (ImportTargets.Similar(head, target), MatchedBy.Heading);
            var fit = Fit(target, values);
            if (score == 0 && fit is > 0.9 && values.Count >= 3) (score, by) = (ByContent(target), MatchedBy.Content);
            // A heading that says one thing over cells that say another is believed less.
            else if (values.Count >= 3 && fit is < 0.3) score -= exact?.Key == target.Key ? 20 : 40;
            if (score >= Least) yield return new(column, target.Key, score, by);
        }
    }

    /// <summary>How much the content alone says: a dictionary's words and names of units are telling, a date only where the entry's is wanted.</summary>
    int ByContent(ImportTarget target) => target.Key == ImportTarget.Unit ? 54
        : target.Field is not { } field ? 0
        : field.IsDictionary ? 52 : field.Key == ledger.Date ? 51 : 0;

    /// <summary>The part of the cells that can be read as the target; null where anything can.</summary>
    double? Fit(ImportTarget target, List<object?> values)
    {
        if (values.Count == 0) return null;
        if (target.Key == ImportTarget.Unit) return values.Count(value => cells.Unit(CellText.Show(value)) is not null) / (double)values.Count;
        if (target.Field is not { } field) return null;
        if (field.Type == FieldType.Person)
            return values.Count(value => value is string text && !text.Any(char.IsAsciiDigit)) / (double)values.Count;
        if (field.Type is FieldType.Text or FieldType.LongText) return null;
        return values.Count(value => cells.Read(field, value).Problem is not { Severity: Severity.Error }) / (double)values.Count;
    }
}
