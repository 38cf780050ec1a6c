using LawDashboard.Components;
using LawDashboard.Components.Ui;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports.Sections;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>Something about a report that waits for a person.</summary>
/// <param name="Text">What it is about.</param>
/// <param name="Note">Why it waits, and until when.</param>
public sealed record ReportWorkItem(string Text, string Note, string Href, Tone Tone, Glyph Glyph);

/// <summary>A legal date of one unit's report that is near or past.</summary>
/// <param name="Report">Which of its yearly reports it concerns: the one that has come furthest.</param>
public sealed record PressingDate(Unit Unit, ReportKey Report, Clock Clock)
{
    public int Year => Report.Year;

    /// <summary>Where it is done.</summary>
    public string Href => Report.Link("/report", Unit, ("panel", "signing"));
}

/// <summary>
/// What waits for people about reports: legal dates, what is to be signed or was sent back, sections to write, comments that name them,
/// edits that wait to be merged.
/// </summary>
public sealed class ReportWork(LegalDates dates, ReportTemplates templates, UnitDirectory units, IndicatorCatalog catalog, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>What waits for the person in the unit and below it; the most pressing first.</summary>
    public async Task<IReadOnlyList<ReportWorkItem>> OfAsync(Person person, Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (person.Role is not (Role.Recorder or Role.Reviewer or Role.Leader)) return [];
        List<Unit> own = [.. Reporting(tree, unit).Where(of => ReportDesk.MayEdit(person, tree, of))];
        if (own.Count == 0) return [];
        List<ReportWorkItem> items = [.. (await PressingAsync(own, cancel)).Select(date => Item(date))];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        int[] ids = [.. own.Select(of => of.Id)];
        // What is older lies in the archive.
        var since = ChinaTime.Today(clock).Year - 1;
        var reports = await db.Reports.AsNoTracking().Where(r => ids.Contains(r.UnitId) && r.Year >= since).OrderBy(r => r.Year).ThenBy(r => r.Id).ToListAsync(cancel);
        foreach (var report in reports) await AddAsync(db, items, person, tree, report, cancel);
        return items;
    }

    async Task AddAsync(AppDbContext db, List<ReportWorkItem> items, Person person, UnitTree tree, StoredReport report, CancellationToken cancel)
    {
        var (unit, today) = (tree[report.UnitId], ChinaTime.Today(clock));
        var name = templates.NameFor(unit, report.Key);
        string Link(string panel, params IEnumerable<(string, object?)> more) => report.Key.Link("/report", unit, more.Prepend(("panel", panel)));
        if (report.State == ReportState.InReview && ReportSigning.MaySign(person, tree, unit))
            items.Add(new($"{name}第{report.LastVersion}版", "等您签发", Link("signing"), Tone.Late, Glyph.Edit));
        var last = await db.ReportSteps.AsNoTracking().Where(s => s.ReportId == report.Id).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel);
        if (last is { Action: ReportAction.Return } && report.State == ReportState.Drafting
            && await db.ReportSteps.AsNoTracking().Where(s => s.ReportId == report.Id && s.Action == ReportAction.Submit).OrderByDescending(s => s.Id).Select(s => (int?)s.PersonId).FirstOrDefaultAsync(cancel) == person.Id)
            items.Add(new(name, $"{last.Person}退回：{last.Text}", Link("signing"), Tone.Late, Glyph.Return));
        if (report.State == ReportState.Drafting)
            foreach (var section in await db.ReportAssignments.AsNoTracking().Where(a => a.ReportId == report.Id && a.AssigneeId == person.Id && a.DoneAt == null).OrderBy(a => a.DueOn).ToListAsync(cancel))
                items.Add(new($"{name}：{section.Section}", $"由您编写，{ClockWords.Left(section.DueOn, today)}", Link("sections", ("section", section.Section)), section.DueOn < today ? Tone.Bad : Tone.Late, Glyph.Edit));
        foreach (var remark in await OpenRemarksAsync(db, person, report.Id, cancel))
            items.Add(new($"{name}：{remark.Text.Shortened(40)}", $"{remark.Person}的批注提到您", Link("comments"), Tone.Primary, Glyph.Info));
        foreach (var upload in await db.ReportUploads.AsNoTracking().Where(u => u.ReportId == report.Id && u.PersonId == person.Id && u.State == UploadState.Waiting).ToListAsync(cancel))
            items.Add(new($"{name}：{upload.Name}", "您的修改还没有合并", report.Key.Link("/report/merge", unit, ("upload", upload.Id)), Tone.Late, Glyph.Warning));
    }

    /// <summary>Remarks not settled that name the person somewhere, and whose last word is not his.</summary>
    static async Task<IReadOnlyList<ReportComment>> OpenRemarksAsync(AppDbContext db, Person person, int report, CancellationToken cancel)
    {
        var mark = $",{person.Id},";
        var all = await db.ReportCommentsOf(report).ToListAsync(cancel);
        return [.. all.Where(remark => remark is { ParentId: null, SettledAt: null })
            .Select(remark => (remark, thread: all.Where(one => one.Id == remark.Id || one.ParentId == remark.Id).ToList()))
            .Where(pair => pair.thread.Any(one => one.Named.Contains(mark, StringComparison.Ordinal)) && pair.thread[^1].PersonId != person.Id).Select(pair => pair.remark)];
    }

    /// <summary>
    /// Legal dates of last year's reports that are near or past and not met. Only of units whose year is kept here: whoever
    /// began with this program this year is not reminded of what he did before.
    /// </summary>
    public async Task<IReadOnlyList<PressingDate>> PressingAsync(IReadOnlyList<Unit> of, CancellationToken cancel = default)
    {
        var today = ChinaTime.Today(clock);
        var year = today.Year - 1;
        var near = dates.All.Where(date => date.Day(year) is { } day && day.AddDays(-1 - date.WarnDays) <= today).ToList();
        if (near.Count == 0 || of.Count == 0) return [];
        int[] ids = [.. of.Select(unit => unit.Id)];
        var annual = templates.Annual.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var done = (await db.ReportDispatches.AsNoTracking().Where(d => d.Year == year && ids.Contains(d.UnitId) && annual.Contains(d.Template)).Select(d => new { d.UnitId, d.Kind }).ToListAsync(cancel)).ToHashSet();
        var open = of.SelectMany(unit => near.Where(date => !done.Contains(new { UnitId = unit.Id, date.Kind })).Select(date => (unit, date))).ToList();
        if (open.Count == 0) return [];
        var (first, last) = (year * 100 + 1, year * 100 + 12);
        List<string> keys = [.. catalog.Ledgers.Ledgers.Select(ledger => IndicatorCatalog.EveryEntryKey(ledger.Key))];
        int[] asked = [.. open.Select(pair => pair.unit.Id).Distinct()];
        var kept = (await db.Tallies.AsNoTracking().Where(t => keys.Contains(t.MeasureKey) && asked.Contains(t.UnitId) && t.Month >= first && t.Month <= last && t.State == EntryState.Approved && t.Count > 0)
            .Select(t => t.UnitId).Distinct().ToListAsync(cancel)).ToHashSet();
        var begun = await db.Reports.AsNoTracking().Where(r => r.Year == year && asked.Contains(r.UnitId)).ToListAsync(cancel);
        return [.. open.Where(pair => kept.Contains(pair.unit.Id)).Select(pair => new PressingDate(pair.unit, templates.Foremost(pair.unit, year, begun), dates.Clock(pair.date, year, null))).OrderBy(date => date.Clock.Due)];
    }

    /// <summary>The governments at and below a unit.</summary>
    public static IEnumerable<Unit> Reporting(UnitTree tree, Unit unit) => tree.Subtree(unit).Where(ReportService.Reports);

    ReportWorkItem Item(PressingDate date)
    {
        var today = ChinaTime.Today(clock);
        return new($"{date.Unit.Name}{date.Year}年度报告：{date.Clock.Definition.Name}", $"{ClockWords.Day(date.Clock.Due!.Value)}，{ClockWords.Left(date.Clock.Due.Value, today)}",
            date.Href, ClockWords.Tone(date.Clock, today), ClockWords.Glyph(date.Clock, today));
    }
}
