using LawDashboard.Features.Reports.Documents;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>
/// The claim check (报告核查): holds a report of any origin against the ledgers, the law's demands on a yearly report and the
/// mistakes that such reports are known for. Pure: the same document and occasion give the same findings.
/// </summary>
public sealed class ClaimCheck(CheckWords words)
{
    /// <summary>What it finds, in the order of the text; what concerns the whole stands first.</summary>
    public IReadOnlyList<ClaimFinding> Run(DocumentText document, ClaimOccasion occasion)
    {
        var report = new CheckedReport(document, occasion, words);
        return [.. FigureRules.Check(report).Concat(TotalRule.Check(report)).Concat(AbsoluteRule.Check(report)).Concat(WordRules.Check(report))
            .Concat(RepetitionRules.Check(report)).Concat(StructureRules.Check(report)).Concat(TextRules.Check(report)).Concat(LedgerRules.Check(report))
            .DistinctBy(finding => (finding.Rule, finding.Place, finding.Reason))
            .OrderBy(finding => finding.Place.Paragraph).ThenBy(finding => finding.Place.Character).ThenBy(finding => finding.Severity)];
    }
}
