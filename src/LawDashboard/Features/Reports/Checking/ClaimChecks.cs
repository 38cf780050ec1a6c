using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>Runs the claim check over a document with what the ledgers of its unit and year say.</summary>
public sealed class ClaimChecks(
    ReportService reports, CheckWords words, IndicatorCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>Longest name that is looked for.</summary>
    const int LongestName = 4;

    /// <param name="lastYear">Last year's report, for passages taken over from it; null when there is none.</param>
    /// <returns>Null when the person does not see the unit.</returns>
    public async Task<IReadOnlyList<ClaimFinding>?> CheckAsync(
        Person person, Unit unit, ReportKey of, DocumentText document, DocumentText? lastYear = null, CancellationToken cancel = default) =>
        await reports.ReadAsync(person, unit, of, cancel) is { } report ? await CheckAsync(person, report, document, lastYear, cancel) : null;

    /// <summary>The same against a report that was drafted before.</summary>
    public async Task<IReadOnlyList<ClaimFinding>> CheckAsync(
        Person person, DraftedReport report, DocumentText document, DocumentText? lastYear = null, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var facts = new LedgerFacts(report, catalog, await PrivateNamesAsync(person, report.Unit, report.Draft.Year, document, tree, cancel));
        List<string> own = [.. tree.Ancestors(report.Unit).Concat(tree.Subtree(report.Unit)).Select(known => known.Name)];
        // A text without marks is read by the words around its numbers: our own web version is no foreign text.
        return new ClaimCheck(words).Run(FigureFinder.Find(document, report.Draft), new(report.Draft.Year, ChinaTime.Today(clock), own, facts, lastYear));
    }

    /// <summary>The unit whose name stands in the document's title or signature; the most particular one.</summary>
    public static Unit? Named(UnitTree tree, DocumentText document)
    {
        var structure = DocumentStructure.Of(document);
        var named = structure.Title + structure.Signature?.Text;
        return tree.All.Where(unit => ReportService.Reports(unit) && named.Contains(unit.Name, StringComparison.Ordinal)).OrderByDescending(unit => unit.Path.Length).FirstOrDefault();
    }

    /// <summary>The names among the year's entries that stand in the document. Of a roster everyone on it counts.</summary>
    async Task<IReadOnlySet<string>> PrivateNamesAsync(Person person, Unit unit, int year, DocumentText document, UnitTree tree, CancellationToken cancel)
    {
        var pieces = Pieces(document);
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        foreach (var ledger in catalog.Ledgers.Ledgers)
        {
            var query = new EntryQuery { Person = person, Unit = unit, Ledger = ledger, From = ledger.Register ? null : new(year, 1, 1), To = new(year, 12, 31) };
            foreach (var field in ledger.Fields.Where(field => field.Mask == PersonalData.Name))
            {
                var values = EntryReader.Select(db, tree, query).Select(EntryReader.Read<string?>(nameof(FieldValuesSql.Text), field.Key)).Distinct();
                await foreach (var value in values.AsAsyncEnumerable().WithCancellation(cancel))
                    names.UnionWith((value ?? "").Split(['、', '，', ',', ' ', '；'], StringSplitOptions.RemoveEmptyEntries).Where(pieces.Contains));
            }
        }
        return names;
    }

    /// <summary>Everything in the text that is as long as a name, so that however many entries there are each name is looked up once.</summary>
    static HashSet<string> Pieces(DocumentText document)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in document.Paragraphs.Select(paragraph => paragraph.Text))
            for (var length = 2; length <= LongestName; length++)
                for (var at = 0; at + length <= text.Length; at++) pieces.Add(text.Substring(at, length));
        return pieces;
    }
}
