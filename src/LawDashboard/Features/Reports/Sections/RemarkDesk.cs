using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Sections;

/// <summary>Remarks on passages of a report (批注): whoever works on it writes, answers and settles them; those named by @ find them in their to-do.</summary>
public sealed class RemarkDesk(SectionDesk sections, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    const int MostNamed = 15;

    /// <summary>Raised on any thread after something was said or settled.</summary>
    public event Action? Changed;

    /// <param name="section">The heading it stands under.</param>
    /// <param name="quote">The words it is about; empty for the section as a whole.</param>
    public Task<string?> AddAsync(Person person, Unit unit, int report, string section, string? quote, string? text, CancellationToken cancel = default) =>
        SayAsync(person, unit, report, null, section, quote ?? "", text, cancel);

    public async Task<string?> AnswerAsync(Person person, Unit unit, int report, int remark, string? text, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.ReportCommentsOf(report).FirstOrDefaultAsync(c => c.Id == remark && c.ParentId == null, cancel) is not { } asked) return "批注不存在。";
        if (asked.SettledAt is not null) return "这条批注已经处理完毕。";
        return await SayAsync(person, unit, report, remark, asked.Section, "", text, cancel);
    }

    /// <summary>Settles a remark, or opens it again.</summary>
    public async Task<string?> SettleAsync(Person person, Unit unit, int report, int remark, bool settled, CancellationToken cancel = default)
    {
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能处理这份报告的批注。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (!await db.Reports.AnyAsync(r => r.Id == report && r.UnitId == unit.Id, cancel)
            || await db.ReportComments.FirstOrDefaultAsync(c => c.Id == remark && c.ReportId == report && c.ParentId == null, cancel) is not { } asked) return "批注不存在。";
        asked.SettledAt = settled ? ChinaTime.Now(clock) : null;
        asked.SettledBy = settled ? person.Name : null;
        await LogAsync(db, person, unit, report, settled ? "settle-comment" : "reopen-comment", asked.Text, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
        return null;
    }

    async Task<string?> SayAsync(Person person, Unit unit, int report, int? parent, string section, string quote, string? text, CancellationToken cancel)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return "请填写批注内容。";
        if (text.Length > ReportComment.MostText) return $"批注最多{ReportComment.MostText}字，现有{text.Length}字。";
        if (section.Length > ReportAssignment.MostSection) return "请选择一个部分。";
        if (!ReportDesk.MayEdit(person, await units.TreeAsync(cancel), unit)) return "您的账号不能批注这份报告。";
        var named = Named(text, await sections.WritersAsync(person, unit, cancel));
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (!await db.Reports.AnyAsync(r => r.Id == report && r.UnitId == unit.Id, cancel)) return "报告不存在。";
        // An answer that names nobody is meant for who asked.
        var asker = parent is null ? null : await db.ReportCommentsOf(report).Where(c => c.Id == parent).Select(c => (int?)c.PersonId).FirstOrDefaultAsync(cancel);
        List<int> ids = [.. named.Where(id => id != person.Id).Take(MostNamed)];
        if (ids.Count == 0 && asker is { } one && one != person.Id) ids.Add(one);
        db.ReportComments.Add(new()
        {
            ReportId = report, ParentId = parent, Section = section, Quote = quote.Beginning(ReportComment.MostQuote), Text = text,
            Named = ids.Count == 0 ? "" : $",{string.Join(',', ids)},", PersonId = person.Id, Person = person.Name, At = ChinaTime.Now(clock),
        });
        await LogAsync(db, person, unit, report, "comment", text, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Changed?.Invoke();
        return null;
    }

    /// <summary>Whom a text names by @; 张三丰 is not 张三.</summary>
    static IReadOnlyList<int> Named(string text, IReadOnlyList<SectionWriter> writers)
    {
        List<int> named = [];
        foreach (var group in writers.GroupBy(writer => "@" + writer.Name).OrderByDescending(group => group.Key.Length))
        {
            if (!text.Contains(group.Key, StringComparison.Ordinal)) continue;
            named.AddRange(group.Select(writer => writer.Id));
            text = text.Replace(group.Key, "", StringComparison.Ordinal);
        }
        return named;
    }

    Task LogAsync(AppDbContext db, Person person, Unit unit, int report, string action, string text, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, action, "report", report, UnitId: unit.Id, Note: text)], cancel);
}
