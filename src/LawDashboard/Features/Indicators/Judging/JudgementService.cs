using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators.Judging;

/// <summary>What is typed on the form of a judgement.</summary>
/// <param name="BasedOn">The judgement that the person saw as the newest; 0 when there was none.</param>
public sealed record JudgementInput(string? Grade, string? Text, string? Reason, int BasedOn);

/// <summary>Judges indicators that cannot be counted. Nothing is overwritten: each judgement is a new row with a line in the audit log.</summary>
public sealed class JudgementService(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, UnitYears years, TimeProvider clock)
{
    public const int TextLimit = 2_000, ReasonLimit = 500;

    /// <summary>Reviewers and leaders judge their own unit and those below it.</summary>
    public static bool MayJudge(Person person) => person.Role is Role.Reviewer or Role.Leader;

    /// <summary>All judgements of a unit's indicator in a year, newest first; none when the person does not see the unit.</summary>
    public async Task<IReadOnlyList<Judgement>> HistoryAsync(Person person, Unit unit, string indicator, int year, CancellationToken cancel = default)
    {
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Judgements.AsNoTracking().Where(j => j.UnitId == unit.Id && j.Year == year && j.IndicatorKey == indicator).OrderByDescending(j => j.Id).ToListAsync(cancel);
    }

    /// <summary>Stores a judgement; what is wrong is returned, each at its field, and then nothing is stored.</summary>
    public async Task<IReadOnlyList<TargetError>> SaveAsync(Person person, Unit unit, JudgedIndicator indicator, int year, JudgementInput input, CancellationToken cancel = default)
    {
        if (!MayJudge(person)) return [new("", $"{Person.Label(person.Role)}不能评议；请审核员或负责人评定。")];
        if (!person.Sees(await units.TreeAsync(cancel), unit)) return [new("", $"{unit.Name}不在您的单位范围内。")];
        if (year > ChinaTime.Today(clock).Year) return [new("", $"{year}年还没有开始，不能评定。")];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var newest = await db.Judgements.Where(j => j.UnitId == unit.Id && j.Year == year && j.IndicatorKey == indicator.Key).MaxAsync(j => (int?)j.Id, cancel) ?? 0;
        var errors = Problems(indicator, input, newest > 0).ToList();
        if (errors.Count == 0 && newest != input.BasedOn) errors.Add(new("", "刚有人评定过，请看过最新的评定再改；您填写的内容还在页面上。"));
        if (errors.Count > 0) return errors;

        var (now, text, reason) = (ChinaTime.Now(clock), input.Text!.Trim(), newest > 0 ? input.Reason!.Trim() : null);
        db.Judgements.Add(new() { IndicatorKey = indicator.Key, UnitId = unit.Id, Year = year, Grade = input.Grade!, Text = text, Reason = reason, SetById = person.Id, SetBy = person.Name, SetAt = now });
        await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, newest > 0 ? "edit" : "create", "judgement", null, null, unit.Id,
            JsonSerializer.Serialize(new { name = $"{indicator.Name}{year}年评定：{input.Grade}", indicator = indicator.Key, year, input.Grade, text }), reason)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        years.Renew(unit);
        return [];
    }

    static IEnumerable<TargetError> Problems(JudgedIndicator indicator, JudgementInput input, bool revises)
    {
        if (indicator.Grade(input.Grade) is null) yield return new("grade", "请选择等次");
        if (string.IsNullOrWhiteSpace(input.Text)) yield return new("text", "请写明评定的依据和情况");
        else if (input.Text.Trim().Length > TextLimit) yield return new("text", $"最多{TextLimit}字");
        if (revises && string.IsNullOrWhiteSpace(input.Reason)) yield return new("reason", "已经评定过，重新评定须写明原因");
        else if (input.Reason?.Trim().Length > ReasonLimit) yield return new("reason", $"原因最多{ReasonLimit}字");
    }
}
