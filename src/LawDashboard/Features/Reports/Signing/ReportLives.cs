using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Reports.Sections;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>Where a unit's report on a year stands: its state, the steps to it, signatures, legal dates, and who writes what.</summary>
/// <param name="Corrects">The signed version that is being corrected; null when none is.</param>
/// <param name="Steps">Oldest first.</param>
/// <param name="Signatures">Newest first.</param>
/// <param name="Form">Its official parts; of the unit's last report while it has none of its own.</param>
/// <param name="LastVersion">0 while nobody has begun to write.</param>
public sealed record ReportLife(
    int? ReportId, int LastVersion, ReportState State, int? Corrects, IReadOnlyList<ReportStep> Steps, IReadOnlyList<ReportSignature> Signatures, IReadOnlyList<ReportDispatch> Dispatches,
    IReadOnlyList<Clock> Clocks, OfficialForm Form, IReadOnlyList<ReportAssignment> Assignments, IReadOnlyList<ReportComment> Comments)
{
    public static readonly ReportLife None = new(null, 0, ReportState.Drafting, null, [], [], [], [], new(), [], []);

    /// <summary>What became of the unit's other yearly reports on the year: the law asks for one of them.</summary>
    public IReadOnlyList<ReportDispatch> Elsewhere { get; init; } = [];

    /// <summary>The signature that holds: under the newest signed version.</summary>
    public ReportSignature? Signature => Signatures.Count > 0 ? Signatures[0] : null;

    public ReportSignature? SignatureOf(int version) => Signatures.FirstOrDefault(signature => signature.Version == version);

    /// <summary>The version that was signed in place of this one; null while none was.</summary>
    public int? ReplacedBy(int version) => Signatures.FirstOrDefault(signature => signature.Replaces == version)?.Version;

    /// <summary>The last word of who returned it, while it lies with its writers again.</summary>
    public ReportStep? Returned => State == ReportState.Drafting && Steps.LastOrDefault() is { Action: ReportAction.Return } step ? step : null;

    /// <summary>The official parts of a version: as signed, or as they stand now.</summary>
    public OfficialForm FormOf(int? version) => version is { } number && SignatureOf(number) is { } signature ? ReportText.Read<OfficialForm>(signature.Form) : Form;
}

/// <summary>Reads how reports stand.</summary>
public sealed class ReportLives(LegalDates dates, ReportTemplates templates, UnitDirectory units, IDbContextFactory<AppDbContext> contexts)
{
    /// <param name="of">Which of the unit's reports.</param>
    /// <param name="report">The stored one; null while nobody has begun to write.</param>
    public async Task<ReportLife> ReadAsync(Person person, Unit unit, ReportKey of, int? report, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return ReportLife.None;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var all = await db.ReportDispatches.AsNoTracking().Where(d => d.UnitId == unit.Id && d.Year == of.Year).OrderBy(d => d.On).ThenBy(d => d.Id).ToListAsync(cancel);
        var name = of.Name ?? ReportTemplates.Usual(unit);
        List<ReportDispatch> dispatches = [.. all.Where(d => d.Template == name)], yearly = [.. all.Where(d => templates.Annual.Contains(d.Template))];
        // The legal dates are those of the yearly report, whichever of its forms is sent.
        var isYearly = templates.Annual.Contains(name);
        IReadOnlyList<Clock> clocks = isYearly ? Clocks(of.Year, yearly) : [];
        IReadOnlyList<ReportDispatch> elsewhere = isYearly ? [.. yearly.Except(dispatches)] : [];
        var stored = report is null ? null : await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel);
        var form = await FormAsync(db, unit, stored?.Id, cancel);
        if (stored is null) return ReportLife.None with { Dispatches = dispatches, Elsewhere = elsewhere, Clocks = clocks, Form = form };
        return new(stored.Id, stored.LastVersion, stored.State, stored.Corrects,
            await db.ReportSteps.AsNoTracking().Where(s => s.ReportId == stored.Id).OrderBy(s => s.Id).ToListAsync(cancel),
            await db.ReportSignatures.AsNoTracking().Where(s => s.ReportId == stored.Id).OrderByDescending(s => s.Version).ToListAsync(cancel),
            dispatches, clocks, form,
            await db.ReportAssignments.AsNoTracking().Where(a => a.ReportId == stored.Id).OrderBy(a => a.DueOn).ThenBy(a => a.Id).ToListAsync(cancel),
            await db.ReportComments.AsNoTracking().Where(c => c.ReportId == stored.Id).OrderBy(c => c.Id).ToListAsync(cancel)) { Elsewhere = elsewhere };
    }

    /// <summary>The legal dates of a report on a year; met on the first day on which it was done.</summary>
    public IReadOnlyList<Clock> Clocks(int year, IEnumerable<ReportDispatch> dispatches) =>
        [.. dates.All.Select(date => dates.Clock(date, year, dispatches.Where(d => d.Kind == date.Kind).Min(d => (DateOnly?)d.On)))];

    /// <summary>The report's own official parts; else the unit's last ones, without what belonged to that one paper.</summary>
    internal static async Task<OfficialForm> FormAsync(AppDbContext db, Unit unit, int? report, CancellationToken cancel)
    {
        if (report is not null && await db.ReportForms.AsNoTracking().FirstOrDefaultAsync(f => f.ReportId == report, cancel) is { } own) return ReportText.Read<OfficialForm>(own.Content);
        var reports = db.Reports.Where(r => r.UnitId == unit.Id);
        var last = await db.ReportForms.AsNoTracking().Where(f => reports.Any(r => r.Id == f.ReportId)).OrderByDescending(f => f.At).ThenByDescending(f => f.ReportId).FirstOrDefaultAsync(cancel);
        return last is null ? new() { Body = unit.OfficialName + "文件", Printer = unit.OfficialName + "办公室" }
            : ReportText.Read<OfficialForm>(last.Content) with { Number = "", PrintedOn = null, Attachments = [] };
    }
}
