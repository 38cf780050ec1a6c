using System.Text.Json.Serialization;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.CaseFiles;

/// <summary>One document of a case file.</summary>
/// <param name="Key">Also its code in the dictionary of ticks.</param>
/// <param name="In">The entry's values say that it is in the file: a number or date that only the document can have given.</param>
/// <param name="Files">Field of files that hold a scan of it.</param>
/// <param name="Form">The form that the program prints for it.</param>
public sealed record CaseFileItem(
    string Key, string Name, bool Required = false, Condition? RequiredWhen = null, Condition? In = null, string? Files = null, string? Form = null);

/// <summary>The first page: title, and lines of a label with a text.</summary>
public sealed record CaseFileCover(string Title, IReadOnlyList<IReadOnlyList<string>> Lines);

/// <summary>
/// A piece of a form, of one kind: a row of the table (label, text, label, text), a paragraph, a heading, a line at the
/// right, or places to sign. Texts hold {fieldKey}, {serial}, {unit}, {keeping} and {date.year}.
/// </summary>
/// <param name="Lines">Least height of a row, in lines.</param>
public sealed record CaseFileBlock(
    IReadOnlyList<string>? Row = null, string? Text = null, string? Head = null, string? Right = null, IReadOnlyList<string>? Sign = null, int Lines = 1)
{
    [JsonIgnore]
    public IEnumerable<string> Texts => new[] { Text, Head, Right }.OfType<string>().Concat(Row ?? []).Concat(Sign ?? []);
}

/// <summary>A page to be printed, filled from the entry, for the parties to sign.</summary>
public sealed record CaseFileForm(string Key, string Title, IReadOnlyList<CaseFileBlock> Blocks, Condition? When = null);

/// <summary>
/// What belongs into the file of one case (一案一卷) of a ledger, and how the file is printed. Data, not code:
/// <c>seed-data/case-files</c>.
/// </summary>
public sealed class CaseFileDefinition
{
    public required string Ledger { get; init; }
    public required string Name { get; init; }
    /// <summary>Law or rule that asks for the file.</summary>
    public required string Basis { get; init; }
    /// <summary>From when on the file must be complete; before, nothing is missing.</summary>
    public required Condition When { get; init; }
    /// <summary>保管期限.</summary>
    public required string Keeping { get; init; }
    /// <summary>Several-of field whose codes are items that somebody put into the file: 已入卷材料.</summary>
    public string? Tick { get; init; }
    public required IReadOnlyList<CaseFileItem> Items { get; init; }
    public required CaseFileCover Cover { get; init; }
    public required IReadOnlyList<CaseFileForm> Forms { get; init; }
}
