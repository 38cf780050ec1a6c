using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>Everything that the report page shows about one unit and year: the stored version, or the draft while nobody works on it.</summary>
/// <param name="Report">The draft by the ledgers of now.</param>
/// <param name="Open">The stored version shown; null when there is none.</param>
/// <param name="MayEdit">The person works on this report, whether or not it can be written to now.</param>
/// <param name="Drift">Its figures that the ledgers count differently by now.</param>
/// <param name="Life">Where it stands between draft and publication.</param>
public sealed record ReportView(
    DraftedReport Report, OpenReport? Open, IReadOnlyList<VersionLine> Lines, IReadOnlyList<ReportUpload> Waiting, bool MayEdit, IReadOnlyList<FigureDrift> Drift, ReportLife Life)
{
    /// <summary>Which of the unit's reports it is, by its full name.</summary>
    public ReportKey Key => new(Report.Choice.Term.Year, Report.Choice.Name);
    public bool CanWrite => MayEdit && Life.State == ReportState.Drafting;
    /// <summary>The official parts of the version shown.</summary>
    public OfficialForm Form => Life.FormOf(Open?.Number);
    /// <summary>The signature under the version shown; null for what was not signed.</summary>
    public ReportSignature? Signature => Open is { } open ? Life.SignatureOf(open.Number) : null;
    public ReportDraft Text => Open?.Document ?? Report.Draft;
    public bool IsLatest => Open is null || Open.Number == Lines[0].Number;
}

/// <summary>A figure of a stored version beside what the ledgers say now.</summary>
public sealed record FigureDrift(Figure Figure, PrintedFigure? Now)
{
    /// <summary>By how much it moved, with its sign: +3, −1.5个百分点; null where nothing can be counted any more.</summary>
    public string? Difference
    {
        get
        {
            if (Now is not { } now) return null;
            var share = Figure.Format is FigureFormat.YearOnYear or FigureFormat.Attainment || Figure.Text.EndsWith('%');
            var by = (now.Amount - Figure.Amount) * (share ? 100 : 1);
            return (by < 0 ? "−" : "+") + FigureHistory.Number(Math.Abs(by)) + (share ? "个百分点" : Figure.Unit is "%" ? "" : Figure.Unit);
        }
    }
}

/// <summary>The claim check's findings on the text shown, and who signed which off.</summary>
public sealed record CheckView(IReadOnlyList<ClaimFinding> Findings, IReadOnlyDictionary<string, ReportSignOff> SignedOff);

/// <summary>Reads what the report page shows.</summary>
public sealed class ReportViews(ReportService reports, ReportDesk desk, ClaimChecks checks, SignOffs signOffs, ReportLives lives, UnitDirectory units, IndicatorCatalog catalog)
{
    public async Task<ReportView> ReadAsync(Person person, UnitYear facts, ReportKey of, int? version, CancellationToken cancel = default)
    {
        var report = await reports.ReadAsync(person, facts, of.Name, cancel);
        var mayEdit = ReportDesk.MayEdit(person, await units.TreeAsync(cancel), facts.Unit);
        // An unknown version leads to the newest rather than nowhere.
        var open = await desk.OpenAsync(person, facts.Unit, of, version, cancel) ?? (version is null ? null : await desk.OpenAsync(person, facts.Unit, of, null, cancel));
        var life = await lives.ReadAsync(person, facts.Unit, new(facts.Year, report.Choice.Name), open?.ReportId, cancel);
        if (open is null) return new(report, null, [], [], mayEdit, [], life);
        var now = new LedgerFacts(report, catalog, new HashSet<string>());
        return new(report, open, await desk.VersionsAsync(open.ReportId, cancel), mayEdit ? await desk.WaitingAsync(open.ReportId, cancel) : [], mayEdit,
            [.. open.Document.Figures.Select(figure => new FigureDrift(figure, now.Now(figure.Id))).Where(drift => drift.Now is { } printed && printed.Text != drift.Figure.Text)], life);
    }

    public async Task<CheckView> CheckAsync(Person person, ReportView view, CancellationToken cancel = default)
    {
        var last = await desk.OpenAsync(person, view.Report.Unit, new ReportKey(view.Text.Year - 1, view.Report.Choice.Name), cancel: cancel);
        var findings = await checks.CheckAsync(person, view.Report, DocumentText.Of(view.Text), last is null ? null : DocumentText.Of(last.Document), cancel);
        return new(findings, view.Open is { } open ? await signOffs.OfAsync(open.ReportId, cancel) : new Dictionary<string, ReportSignOff>());
    }
}
