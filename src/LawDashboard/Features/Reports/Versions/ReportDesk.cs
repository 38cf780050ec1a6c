using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Templates;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>A version with its texts read.</summary>
/// <param name="Key">Which of its unit's reports.</param>
public sealed record OpenReport(int ReportId, ReportKey Key, int Number, VersionKind Kind, string Author, DateTime At, long AuditSequence, ReportDraft Draft, ReportDraft Document)
{
    /// <summary>A figure of this version by its id; of what was drafted when nobody uses it any more.</summary>
    public Figure? Find(string id) => Document.Marks.FirstOrDefault(figure => figure.Id == id) ?? Draft.Marks.FirstOrDefault(figure => figure.Id == id);
}

/// <summary>One line in the list of versions.</summary>
public sealed record VersionLine(int Number, VersionKind Kind, string Author, DateTime At);

/// <summary>What came of saving: done, waiting at the upload's merge because others were quicker or both changed something, or refused in a sentence.</summary>
public sealed record SaveOutcome(int? Version, int? Upload = null, string? Refusal = null)
{
    public static SaveOutcome Refused(string why) => new(null, null, why);
}

/// <summary>A merge to be looked at before it is accepted.</summary>
/// <param name="Upload">The edited text; null when only the ledgers changed.</param>
/// <param name="Onto">The version that it will follow.</param>
public sealed record WaitingMerge(ReportUpload? Upload, OpenReport Onto, MergeResult Result, IReadOnlyList<string> NotTaken, long AuditSequence);

/// <summary>The desk on which reports lie: versions, edits, uploads and new drafts. Nothing overwrites a version; each change is a new one.</summary>
public sealed class ReportDesk(ReportService reports, TemplateShelf shelf, ReportTemplates templates, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>An uploaded text that has less in common with the report than this is another document.</summary>
    const double SameReport = 0.3;

    readonly OpenVersions opened = new();

    /// <summary>Those who work in the government that reports: its recorders, reviewers and leaders.</summary>
    public static bool MayEdit(Person person, UnitTree tree, Unit unit) => person.Role is Role.Recorder or Role.Reviewer or Role.Leader
        && ReportService.Reports(unit) && person.UnitId is { } own && tree.Find(own) is { Kind: not UnitKind.Village } at && tree.Government(at).Id == unit.Id;

    /// <summary>A version, the newest unless a number is given; null when there is none or the person does not see the unit.</summary>
    public async Task<OpenReport?> OpenAsync(Person person, Unit unit, ReportKey of, int? number = null, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await FindAsync(db, unit, of, cancel) is not { } report ? null
            : await opened.ReadAsync(db, report.Id, number ?? report.LastVersion, () => ReadAsync(db, report, number ?? report.LastVersion, cancel), cancel);
    }

    /// <summary>A version of one stored report of the unit; null when there is none or the person does not see the unit.</summary>
    public async Task<OpenReport?> FindAsync(Person person, Unit unit, int report, int number, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel) is { } stored ? await ReadAsync(db, stored, number, cancel) : null;
    }

    /// <summary>Which of the unit's reports stands for the year.</summary>
    public async Task<ReportKey> AnnualAsync(Unit unit, int year, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return templates.Foremost(unit, year, await db.Reports.AsNoTracking().Where(r => r.UnitId == unit.Id && r.Year == year).ToListAsync(cancel));
    }

    public async Task<IReadOnlyList<VersionLine>> VersionsAsync(int report, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ReportVersions.AsNoTracking().Where(version => version.ReportId == report).OrderByDescending(version => version.Number)
            .Select(version => new VersionLine(version.Number, version.Kind, version.Author, version.At)).ToListAsync(cancel);
    }

    /// <summary>Drafts the report and keeps the draft as version 1; the version that is there when somebody was quicker.</summary>
    public async Task<SaveOutcome> BeginAsync(Person person, Unit unit, ReportKey of, CancellationToken cancel = default)
    {
        if (await RefusalAsync(person, unit, cancel) is { } refusal) return SaveOutcome.Refused(refusal);
        if (await DraftAsync(person, unit, of, cancel) is not { } drafted) return SaveOutcome.Refused("这个单位和年度没有可以起草的报告。");
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await FindAsync(db, unit, of, cancel) is { } existing) return new(existing.LastVersion);
        var report = new StoredReport { UnitId = unit.Id, Year = of.Year, Template = (await shelf.ChooseAsync(unit, of, cancel)).Name };
        db.Reports.Add(report);
        await db.SaveChangesAsync(cancel);
        await AppendAsync(db, person, unit, report, VersionKind.Drafted, drafted.Draft, drafted.Draft, drafted.Sequence, cancel);
        await transaction.CommitAsync(cancel);
        return new(report.LastVersion);
    }

    /// <summary>
    /// Takes in an edited text of a version. When nobody changed the report since and nothing is to be chosen it becomes the
    /// next version at once; otherwise it waits, whole, until its merge is accepted.
    /// </summary>
    /// <param name="atOnce">False for documents from outside: they always wait.</param>
    public async Task<SaveOutcome> SubmitAsync(
        Person person, Unit unit, ReportKey of, int baseVersion, DocumentText content, string name, VersionKind kind, bool atOnce, CancellationToken cancel = default)
    {
        if (await RefusalAsync(person, unit, cancel) is { } refusal) return SaveOutcome.Refused(refusal);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await FindAsync(db, unit, of, cancel) is not { } report) return SaveOutcome.Refused("这个年度的报告还没有开始编写。");
        if (Locked(report) is { } locked) return SaveOutcome.Refused(locked);
        if (await ReadAsync(db, report, baseVersion, cancel) is not { } given || await ReadAsync(db, report, report.LastVersion, cancel) is not { } last)
            return SaveOutcome.Refused($"报告没有第{baseVersion}版。");
        if (kind == VersionKind.Uploaded) content = await OwnParts.WithoutAsync(db, report.Id, content, cancel);
        if (!IsSameReport(given, content)) return SaveOutcome.Refused($"“{name}”与本单位{of.Year}年度的这份报告几乎没有相同的内容，没有接收。");
        var merge = Merge(given, last, content);
        if (atOnce && merge.Conflicts.Count == 0)
        {
            await AppendAsync(db, person, unit, report, kind, last.Draft, merge.Resolve(), last.AuditSequence, cancel);
            await transaction.CommitAsync(cancel);
            return new(report.LastVersion);
        }
        var upload = new ReportUpload
        {
            ReportId = report.Id, BaseVersion = baseVersion, Name = name.Beginning(200), Content = ReportText.Write(content), Kind = kind,
            PersonId = person.Id, Person = person.Name, At = ChinaTime.Now(clock), State = UploadState.Waiting,
        };
        db.ReportUploads.Add(upload);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new(null, upload.Id);
    }

    /// <summary>Edited texts of a report that wait to be merged.</summary>
    public async Task<IReadOnlyList<ReportUpload>> WaitingAsync(int report, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ReportUploads.AsNoTracking().Where(upload => upload.ReportId == report && upload.State == UploadState.Waiting).OrderBy(upload => upload.Id).ToListAsync(cancel);
    }

    /// <summary>The merge of an upload, or with none given of a new draft, as it would be now; null when there is nothing to merge.</summary>
    public async Task<WaitingMerge?> MergeAsync(Person person, Unit unit, ReportKey of, int? upload, CancellationToken cancel = default)
    {
        if (await OpenAsync(person, unit, of, cancel: cancel) is not { } last) return null;
        if (upload is null)
        {
            if (await DraftAsync(person, unit, last.Key, cancel) is not { } drafted) return null;
            return new(null, last, ReportMerge.Merge(last.Draft, last.Document, drafted.Draft, drafted.Count), [], drafted.Sequence);
        }
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var waiting = await db.ReportUploads.AsNoTracking().FirstOrDefaultAsync(u => u.Id == upload && u.ReportId == last.ReportId && u.State == UploadState.Waiting, cancel);
        if (waiting is null || await ReadAsync(db, last.ReportId, last.Key, waiting.BaseVersion, cancel) is not { } given) return null;
        var content = ReportText.Read<DocumentText>(waiting.Content);
        return new(waiting, last, Merge(given, last, content), content.NotTaken, last.AuditSequence);
    }

    /// <summary>Makes the merge the next version.</summary>
    /// <param name="shown">The merge as it was looked at; when the report or the ledgers moved on since, it is refused.</param>
    public async Task<SaveOutcome> AcceptAsync(Person person, Unit unit, ReportKey of, WaitingMerge shown, IReadOnlyList<int> choices, CancellationToken cancel = default)
    {
        if (await RefusalAsync(person, unit, cancel) is { } refusal) return SaveOutcome.Refused(refusal);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await FindAsync(db, unit, of, cancel) is not { } report || report.LastVersion != shown.Onto.Number) return SaveOutcome.Refused("别人刚保存了新的版本，请重新核对合并结果。");
        if (Locked(report) is { } locked) return SaveOutcome.Refused(locked);
        if (shown.Upload is { } upload)
        {
            var taken = await db.ReportUploads.Where(u => u.Id == upload.Id && u.State == UploadState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(u => u.State, UploadState.Accepted), cancel);
            if (taken == 0) return SaveOutcome.Refused("这份修改稿已经合并或放弃。");
        }
        var draft = shown.Upload is null ? shown.Result.Theirs : shown.Onto.Draft;
        await AppendAsync(db, person, unit, report, shown.Upload?.Kind ?? VersionKind.Redrafted, draft, shown.Result.Resolve(choices), shown.AuditSequence, cancel);
        await transaction.CommitAsync(cancel);
        return new(report.LastVersion);
    }

    /// <summary>Puts an upload aside; its text stays in the database.</summary>
    public async Task DiscardAsync(Person person, Unit unit, int upload, CancellationToken cancel = default)
    {
        if (await RefusalAsync(person, unit, cancel) is not null) return;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var own = db.Reports.Where(report => report.UnitId == unit.Id).Select(report => report.Id);
        await db.ReportUploads.Where(u => u.Id == upload && own.Contains(u.ReportId) && u.State == UploadState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.State, UploadState.Discarded), cancel);
        await transaction.CommitAsync(cancel);
    }

    static MergeResult Merge(OpenReport given, OpenReport last, DocumentText content) =>
        ReportMerge.Merge(given.Document, TextUnits.Of(content, given.Find), last.Document, figure => last.Find(figure.Id) ?? figure);

    static bool IsSameReport(OpenReport given, DocumentText content)
    {
        static HashSet<string> Pieces(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 2)).Select(i => text.Substring(i, 3))];
        var (own, theirs) = (Pieces(given.Document.ToText()), Pieces(string.Concat(content.Paragraphs.Select(paragraph => paragraph.Text))));
        return own.Count == 0 || content.Origin is not null && theirs.Count > 0 || (double)own.Intersect(theirs).Count() / own.Count >= SameReport;
    }

    /// <summary>A new draft with the audit sequence as of which it was counted: nothing was logged while it was.</summary>
    async Task<(ReportDraft Draft, long Sequence, Func<Figure, Figure?> Count)?> DraftAsync(Person person, Unit unit, ReportKey of, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var before = await SequenceAsync(cancel);
            if (await reports.ReadAsync(person, unit, of, cancel) is not { Approved: > 0 } drafted) return null;
            if (await SequenceAsync(cancel) == before || attempt == 4)
                return (TextUnits.ToDraft(TextUnits.Of(drafted.Draft), drafted.Draft), before, figure => Count(drafted, figure));
        }
    }

    static Figure? Count(DraftedReport drafted, Figure figure) =>
        figure.Slice is null && drafted.Context.Facts(figure.Key).Print(figure.Format, drafted.Context.WholeYear) is { } printed
            ? figure with { Text = printed.Text, Amount = printed.Amount, Period = drafted.Context.PeriodOf(figure.Format) } : null;

    async Task<long> SequenceAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.AuditEvents.MaxAsync(line => (long?)line.Sequence, cancel) ?? 0;
    }

    async Task AppendAsync(
        AppDbContext db, Person person, Unit unit, StoredReport report, VersionKind kind, ReportDraft draft, ReportDraft document, long sequence, CancellationToken cancel)
    {
        db.Reports.Attach(report);
        report.LastVersion++;
        db.ReportVersions.Add(new()
        {
            ReportId = report.Id, Number = report.LastVersion, Kind = kind, AuthorId = person.Id, Author = person.Name, At = ChinaTime.Now(clock), AuditSequence = sequence,
            Draft = ReportText.Write(draft), Document = ReportText.Write(document),
        });
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "save", "report", report.Id, UnitId: unit.Id,
            Note: $"{templates.NameFor(unit, report.Key)}第{report.LastVersion}版（{KindName(kind)}）")], cancel);
        await db.SaveChangesAsync(cancel);
    }

    public static string KindName(VersionKind kind) => kind switch
    {
        VersionKind.Drafted => "起草", VersionKind.Edited => "网页修改", VersionKind.Redrafted => "重新起草并合并", _ => "上传文档并合并",
    };

    async Task<StoredReport?> FindAsync(AppDbContext db, Unit unit, ReportKey of, CancellationToken cancel)
    {
        var name = (await shelf.ChooseAsync(unit, of, cancel)).Name;
        return await db.Reports.FirstOrDefaultAsync(report => report.UnitId == unit.Id && report.Year == of.Year && report.Template == name, cancel);
    }

    static Task<OpenReport?> ReadAsync(AppDbContext db, StoredReport report, int number, CancellationToken cancel) => ReadAsync(db, report.Id, report.Key, number, cancel);

    static async Task<OpenReport?> ReadAsync(AppDbContext db, int report, ReportKey key, int number, CancellationToken cancel) =>
        await db.ReportVersions.AsNoTracking().FirstOrDefaultAsync(version => version.ReportId == report && version.Number == number, cancel) is { } version
            ? new(report, key, version.Number, version.Kind, version.Author, version.At, version.AuditSequence, ReportText.Read<ReportDraft>(version.Draft), ReportText.Read<ReportDraft>(version.Document)) : null;

    /// <summary>Why nobody may write to it now; null while it is being written.</summary>
    static string? Locked(StoredReport report) => report.State switch
    {
        ReportState.InReview => "报告正在送审，不能修改；请先撤回，或由负责人退回。",
        ReportState.Signed => "报告已经签发，不能修改；确需改动的，请先开始更正。",
        _ => null,
    };

    async Task<string?> RefusalAsync(Person person, Unit unit, CancellationToken cancel) =>
        MayEdit(person, await units.TreeAsync(cancel), unit) ? null : "您的账号不能修改这份报告。";
}
