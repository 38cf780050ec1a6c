using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>
/// Takes a report through its life: 送审, 退回, 签发, 更正, 报送, 公开. Each step is one transaction with its line in the audit log;
/// what cannot be done is answered in a sentence. A signed version is never written to again.
/// </summary>
public sealed class ReportSigning(
    ReportDesk desk, ReportService reports, ReportTemplates templates, ClaimChecks checks, SignOffs signOffs, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    /// <summary>Raised on any thread after a step was taken, so that counts beside 待办 follow.</summary>
    public event Action? Changed;

    /// <summary>负责人 of the government that reports.</summary>
    public static bool MaySign(Person person, UnitTree tree, Unit unit) => person.Role is Role.Leader && ReportDesk.MayEdit(person, tree, unit);

    /// <summary>Who reviews may also send back and open a correction; whoever only records may not.</summary>
    public static bool MayReturn(Person person, UnitTree tree, Unit unit) => person.Role is Role.Leader or Role.Reviewer && ReportDesk.MayEdit(person, tree, unit);

    /// <param name="version">The version that the person has before him; when another was saved since, nothing is done.</param>
    public Task<string?> SubmitAsync(Person person, Unit unit, int report, int version, string? note, CancellationToken cancel = default) =>
        StepAsync(person, unit, report, version, ReportAction.Submit, note, async (db, stored) =>
        {
            if (stored.State != ReportState.Drafting) return Already(stored);
            if (stored.Corrects == stored.LastVersion) return $"第{stored.LastVersion}版已经签发；更正后有了新的版本才能送审。";
            if (await db.ReportUploads.CountAsync(u => u.ReportId == report && u.State == UploadState.Waiting, cancel) is > 0 and var waiting) return $"还有{waiting}份修改稿没有合并，请先核对合并或放弃。";
            stored.State = ReportState.InReview;
            return null;
        }, cancel);

    /// <summary>Takes back what one sent for review oneself, or a correction in which nothing was written yet.</summary>
    public Task<string?> WithdrawAsync(Person person, Unit unit, int report, int version, CancellationToken cancel = default) =>
        StepAsync(person, unit, report, version, ReportAction.Withdraw, null, async (db, stored) =>
        {
            if (stored is { State: ReportState.Drafting, Corrects: { } corrected })
            {
                if (corrected != stored.LastVersion) return "更正已经有了新的版本，不能再撤回。";
                (stored.State, stored.Corrects) = (ReportState.Signed, null);
                return null;
            }
            if (stored.State != ReportState.InReview) return "报告不在送审中，无需撤回。";
            var submitted = await db.ReportSteps.Where(s => s.ReportId == report && s.Action == ReportAction.Submit).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel);
            if (submitted?.PersonId != person.Id) return $"报告由{submitted?.Person}送审，请由其撤回，或由负责人、审核员退回。";
            stored.State = ReportState.Drafting;
            return null;
        }, cancel);

    public async Task<string?> ReturnAsync(Person person, Unit unit, int report, int version, string? reason, CancellationToken cancel = default)
    {
        if (!MayReturn(person, await units.TreeAsync(cancel), unit)) return "只有负责人和审核员可以退回报告。";
        if (string.IsNullOrWhiteSpace(reason)) return "请写明退回的原因。";
        return await StepAsync(person, unit, report, version, ReportAction.Return, reason, (_, stored) =>
        {
            if (stored.State != ReportState.InReview) return Task.FromResult<string?>("报告不在送审中，不能退回。");
            stored.State = ReportState.Drafting;
            return Task.FromResult<string?>(null);
        }, cancel);
    }

    /// <summary>Opens a signed report for a correction; the signed version stays as it is.</summary>
    public async Task<string?> CorrectAsync(Person person, Unit unit, int report, int version, string? reason, CancellationToken cancel = default)
    {
        if (!MayReturn(person, await units.TreeAsync(cancel), unit)) return "只有负责人和审核员可以开始更正。";
        if (string.IsNullOrWhiteSpace(reason)) return "请写明更正的原因。";
        return await StepAsync(person, unit, report, version, ReportAction.Correct, reason, (_, stored) =>
        {
            if (stored.State != ReportState.Signed) return Task.FromResult<string?>("报告还没有签发，可以直接修改。");
            (stored.State, stored.Corrects) = (ReportState.Drafting, stored.LastVersion);
            return Task.FromResult<string?>(null);
        }, cancel);
    }

    /// <summary>
    /// Signs: runs the claim check over the version, and refuses while a finding is neither mended nor signed off. Freezes
    /// text, figures, official parts and the audit sequence, and keeps the findings with who took them upon himself.
    /// </summary>
    public async Task<string?> SignAsync(Person person, Unit unit, int report, int version, CancellationToken cancel = default)
    {
        if (!MaySign(person, await units.TreeAsync(cancel), unit)) return "只有本单位的负责人可以签发。";
        if (await FindAsync(unit, report, cancel) is not { } before) return "报告不存在。";
        var of = before.Key;
        if (await desk.FindAsync(person, unit, report, version, cancel) is not { } open || await reports.ReadAsync(person, unit, of, cancel) is not { } drafted) return "报告不存在。";
        var last = await desk.OpenAsync(person, unit, of with { Year = before.Year - 1 }, cancel: cancel);
        var findings = await checks.CheckAsync(person, drafted, DocumentText.Of(open.Document), last is null ? null : DocumentText.Of(last.Document), cancel);
        var taken = await signOffs.OfAsync(report, cancel);
        if (findings.Count(finding => !taken.ContainsKey(finding.Fingerprint)) is > 0 and var left) return $"核查还有{left}处发现没有处理，请改正，或逐条写明理由核签后再签发。";
        List<KeptFinding> kept = [.. findings.Select(finding => (finding, by: taken[finding.Fingerprint])).Select(pair => new KeptFinding(pair.finding, pair.by.Person, pair.by.Reason, pair.by.At))];
        return await StepAsync(person, unit, report, version, ReportAction.Sign, null, async (db, stored) =>
        {
            if (stored.State != ReportState.InReview) return Already(stored);
            var text = await db.ReportVersions.AsNoTracking().FirstAsync(v => v.ReportId == report && v.Number == version, cancel);
            var form = ReportText.Write(await ReportLives.FormAsync(db, unit, stored.Id, cancel));
            db.ReportSignatures.Add(new()
            {
                ReportId = report, Version = version, PersonId = person.Id, Person = person.Name, At = ChinaTime.Now(clock), AuditSequence = text.AuditSequence,
                Hash = HashOf(text, form), Form = form, Findings = ReportText.Write(kept), Replaces = stored.Corrects,
            });
            (stored.State, stored.Corrects) = (ReportState.Signed, null);
            return null;
        }, cancel);
    }

    /// <summary>Notes that a report was sent or published.</summary>
    /// <param name="of">Which of the unit's reports.</param>
    /// <param name="report">The signed one; null for one that was written outside this program.</param>
    public async Task<string?> DispatchAsync(Person person, Unit unit, ReportKey of, int? report, DispatchKind kind, DateOnly? on, string? where, CancellationToken cancel = default)
    {
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能登记这份报告的报送和公开。";
        var (name, today, year, template) = (SigningWords.Of(kind), ChinaTime.Today(clock), of.Year, of.Name ?? ReportTemplates.Usual(unit));
        if (on is not { } day) return $"请填写{name}日期。";
        if (day > today) return $"{name}日期不能晚于今天。";
        if (string.IsNullOrWhiteSpace(where)) return kind == DispatchKind.Sent ? "请写明报送给谁。" : "请写明公开的网址或载体。";
        if (where.Trim().Length > ReportDispatch.MostWhere) return $"最多{ReportDispatch.MostWhere}字。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        ReportSignature? signature = null;
        if (report is not null)
        {
            if (!await db.Reports.AnyAsync(r => r.Id == report && r.UnitId == unit.Id && r.Year == year && r.Template == template, cancel)) return "报告不存在。";
            signature = await db.ReportSignatures.AsNoTracking().Where(s => s.ReportId == report).OrderByDescending(s => s.Version).FirstOrDefaultAsync(cancel);
            if (signature is null) return $"报告还没有签发，不能登记{name}。";
            if (day < DateOnly.FromDateTime(ChinaTime.Local(signature.At))) return $"{name}日期早于签发日期。";
        }
        else if (day <= new DateOnly(year, 1, 1)) return $"{name}日期早于报告年度。";
        var number = signature?.Version;
        if (await db.ReportDispatches.AnyAsync(d => d.UnitId == unit.Id && d.Year == year && d.Template == template && d.Kind == kind && d.ReportId == report && d.Version == number, cancel)) return $"这一版已经登记过{name}。";
        var now = ChinaTime.Now(clock);
        db.ReportDispatches.Add(new()
        {
            UnitId = unit.Id, Year = year, Template = template, Kind = kind, On = day, Where = where.Trim(), ReportId = report, Version = number, PersonId = person.Id, Person = person.Name, At = now,
        });
        var action = kind == DispatchKind.Sent ? ReportAction.Send : ReportAction.Publish;
        var text = $"{FieldValues.Iso(day)} {where.Trim()}";
        if (report is { } id) db.ReportSteps.Add(new() { ReportId = id, Version = number!.Value, Action = action, PersonId = person.Id, Person = person.Name, At = now, Text = text });
        await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, SigningWords.Audit(action), "report", report, UnitId: unit.Id,
            Note: $"{templates.NameFor(unit, new(year, template))}{(number is null ? "（在系统外编写）" : $"第{number}版")}：{text}")], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
        return null;
    }

    /// <summary>SHA-256 over what was signed; the same while text, figures, official parts and sequence are the same.</summary>
    public static string HashOf(ReportVersion version, string form) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version.AuditSequence}\n{version.Draft.Length}\n{version.Draft}\n{version.Document.Length}\n{version.Document}\n{form}")));

    /// <summary>Signed versions whose text is no longer what was signed, or whose signature is not the one in the log.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(AppDbContext db, CancellationToken cancel)
    {
        List<string> faults = [];
        foreach (var signature in await db.ReportSignatures.AsNoTracking().ToListAsync(cancel))
        {
            var version = await db.ReportVersions.AsNoTracking().FirstOrDefaultAsync(v => v.ReportId == signature.ReportId && v.Number == signature.Version, cancel);
            var logged = await db.AuditEvents.AsNoTracking().AnyAsync(line => line.Subject == "report" && line.SubjectId == signature.ReportId && line.Action == SigningWords.Audit(ReportAction.Sign)
                && line.After != null && line.After.Contains(signature.Hash), cancel);
            if (version is null || !logged || HashOf(version, signature.Form) != signature.Hash) faults.Add($"报告{signature.ReportId}第{signature.Version}版与签发时不一致");
        }
        return faults;
    }

    async Task<StoredReport?> FindAsync(Unit unit, int report, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel);
    }

    static string Already(StoredReport stored) => stored.State switch
    {
        ReportState.InReview => "报告已经送审。", ReportState.Signed => "报告已经签发。", _ => "报告还没有送审，请先送审。",
    };

    async Task<string?> StepAsync(
        Person person, Unit unit, int report, int version, ReportAction action, string? text, Func<AppDbContext, StoredReport, Task<string?>> take, CancellationToken cancel)
    {
        text = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (text?.Length > ReportStep.MostText) return $"最多{ReportStep.MostText}字。";
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能办理这份报告。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Reports.FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel) is not { } stored) return "报告不存在。";
        if (stored.LastVersion != version) return $"报告刚保存了第{stored.LastVersion}版，请看过后再办。";
        if (await take(db, stored) is { } refusal) return refusal;
        var now = ChinaTime.Now(clock);
        db.ReportSteps.Add(new() { ReportId = report, Version = version, Action = action, PersonId = person.Id, Person = person.Name, At = now, Text = text });
        var signature = db.ChangeTracker.Entries<ReportSignature>().Select(entry => entry.Entity).FirstOrDefault();
        var after = JsonSerializer.Serialize(new { name = $"{templates.NameFor(unit, stored.Key)}第{version}版", state = stored.State.ToString(), signature?.Hash, signature?.AuditSequence, signature?.Replaces });
        await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, SigningWords.Audit(action), "report", report, UnitId: unit.Id, After: after, Note: text)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
        return null;
    }
}
