using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>Everything that the report page shows about one unit and year: the stored version, or the draft while nobody works on it.</summary>
/// <param name="Report">The draft by the ledgers of now.</param>
/// <param name="Open">The stored version shown; null when there is none.</param>
/// <param name="Changed">How many of its figures the ledgers count differently by now.</param>
public sealed record ReportView(
    DraftedReport Report, OpenReport? Open, IReadOnlyList<VersionLine> Lines, IReadOnlyList<ReportUpload> Waiting, bool MayEdit, int Changed)
{
    public ReportDraft Text => Open?.Document ?? Report.Draft;
    public bool IsLatest => Open is null || Open.Number == Lines[0].Number;
}

/// <summary>The claim check's findings on the text shown, and who signed which off.</summary>
public sealed record CheckView(IReadOnlyList<ClaimFinding> Findings, IReadOnlyDictionary<string, ReportSignOff> SignedOff);

/// <summary>Reads what the report page shows.</summary>
public sealed class ReportViews(ReportService reports, ReportDesk desk, ClaimChecks checks, SignOffs signOffs, UnitDirectory units, IndicatorCatalog catalog)
{
    public async Task<ReportView> ReadAsync(Person person, UnitYear facts, ReportKey of, int? version, CancellationToken cancel = default)
    {
        var report = await reports.ReadAsync(person, facts, of.Name, cancel);
        var mayEdit = ReportDesk.MayEdit(person, await units.TreeAsync(cancel), facts.Unit);
        // An unknown version leads to the newest rather than nowhere.
        var open = await desk.OpenAsync(person, facts.Unit, of, version, cancel) ?? (version is null ? null : await desk.OpenAsync(person, facts.Unit, of, null, cancel));
        if (open is null) return new(report, null, [], [], mayEdit, 0);
        var now = new LedgerFacts(report, catalog, new HashSet<string>());
        return new(report, open, await desk.VersionsAsync(open.ReportId, cancel), mayEdit ? await desk.WaitingAsync(open.ReportId, cancel) : [], mayEdit,
            open.Document.Figures.Count(figure => now.Print(figure.Id) is { } printed && printed != figure.Text));
    }

    public async Task<CheckView> CheckAsync(Person person, ReportView view, CancellationToken cancel = default)
    {
        var last = await desk.OpenAsync(person, view.Report.Unit, new ReportKey(view.Text.Year - 1, view.Report.Choice.Name), cancel: cancel);
        var findings = await checks.CheckAsync(person, view.Report, DocumentText.Of(view.Text), last is null ? null : DocumentText.Of(last.Document), cancel);
        return new(findings, view.Open is { } open ? await signOffs.OfAsync(open.ReportId, cancel) : new Dictionary<string, ReportSignOff>());
    }
}
