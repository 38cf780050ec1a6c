using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>The paper that sets targets: number, date, from when on, and why when it revises others.</summary>
/// <param name="Spread"><c>even</c> or twelve monthly weights.</param>
public sealed record TargetPaper(string Document, DateOnly IssuedOn, DateOnly EffectiveOn, string? Reason, string Spread);

/// <summary>What one unit is to reach by the paper.</summary>
public sealed record TargetLine(Unit Unit, decimal Value, decimal? Minimum = null, decimal? Good = null, decimal? Excellent = null);

/// <summary>Why something was not stored, and at which field of the form.</summary>
public sealed record TargetError(string Field, string Message);

/// <summary>
/// Sets targets and revises them. Nothing is overwritten: each is a new row, so that the months before it keep what they
/// were held against. All units of a paper are stored in one transaction, with one line each in the audit log.
/// </summary>
public sealed class TargetService(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, UnitYears years, TimeProvider clock)
{
    /// <summary>Whoever may enter targets: the papers lie with those who review and lead.</summary>
    public static bool MaySet(Person person) => person.Role is Role.Reviewer or Role.Leader or Role.Administrator;

    /// <summary>Stores the lines; what is wrong is returned and then nothing is stored.</summary>
    public async Task<IReadOnlyList<TargetError>> SetAsync(
        Person person, IndicatorDefinition indicator, int year, TargetPaper paper, IReadOnlyList<TargetLine> lines, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MaySet(person)) return [new("", $"{Person.Label(person.Role)}不设目标；请审核员、负责人或系统管理员设定。")];
        if (lines.FirstOrDefault(line => !person.Sees(tree, line.Unit)) is { } foreign) return [new("", $"{foreign.Unit.Name}不在您的单位范围内。")];
        if (lines.Count == 0) return [new("", "没有填写目标值。")];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        int[] ids = [.. lines.Select(line => line.Unit.Id)];
        var revises = (await db.Targets.Where(t => ids.Contains(t.UnitId) && t.Year == year && t.IndicatorKey == indicator.Key).Select(t => t.UnitId).Distinct().ToListAsync(cancel)).ToHashSet();
        List<TargetError> errors = [.. Problems(paper.Document, paper.IssuedOn, paper.EffectiveOn, paper.Reason, year, revises.Count > 0), .. lines.SelectMany(line => Problems(indicator, line))];
        if (errors.Count > 0) return errors;

        var now = ChinaTime.Now(clock);
        foreach (var line in lines)
            db.Targets.Add(new Target
            {
                IndicatorKey = indicator.Key, UnitId = line.Unit.Id, Year = year, Value = line.Value, Minimum = line.Minimum, Good = line.Good, Excellent = line.Excellent,
                Document = paper.Document.Trim(), IssuedOn = paper.IssuedOn, EffectiveOn = paper.EffectiveOn, Spread = paper.Spread,
                Reason = revises.Contains(line.Unit.Id) ? paper.Reason!.Trim() : null, SetBy = person.Name, SetAt = now,
            });
        await AuditTrail.AppendAsync(db, lines.Select(line => new AuditRecord(now, person.Id, person.Name, revises.Contains(line.Unit.Id) ? "edit" : "create", "target", null, null, line.Unit.Id,
            JsonSerializer.Serialize(new { name = $"{indicator.Name}{year}年目标", indicator = indicator.Key, year, line.Value, line.Minimum, line.Good, line.Excellent, paper.Document, paper.IssuedOn, paper.EffectiveOn, paper.Spread }),
            revises.Contains(line.Unit.Id) ? paper.Reason!.Trim() : null)), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var line in lines) years.Renew(line.Unit);
        return [];
    }

    /// <summary>Everything that is wrong with a paper as typed, by field.</summary>
    /// <param name="revises">Whether a unit has a target already.</param>
    public static IEnumerable<TargetError> Problems(string? document, DateOnly? issuedOn, DateOnly? effectiveOn, string? reason, int year, bool revises)
    {
        if (string.IsNullOrWhiteSpace(document)) yield return new("document", "请填写下达文件的文号；没有文号的写会议或通知名称");
        else if (document.Trim().Length > 96) yield return new("document", "文号最多96字");
        if (issuedOn is null) yield return new("issuedOn", "请填写成文日期");
        else if (issuedOn.Value.Year > year) yield return new("issuedOn", $"成文日期不应晚于{year}年");
        if (effectiveOn is null) yield return new("effectiveOn", "请填写生效日期");
        else if (effectiveOn.Value.Year != year) yield return new("effectiveOn", $"生效日期应在{year}年内");
        if (revises && string.IsNullOrWhiteSpace(reason)) yield return new("reason", "已有目标，调整须写明原因");
        else if (reason?.Trim().Length > 200) yield return new("reason", "原因最多200字");
    }

    /// <summary>Everything that is wrong with one unit's numbers, under the unit's code.</summary>
    public static IEnumerable<TargetError> Problems(IndicatorDefinition indicator, TargetLine line)
    {
        var key = line.Unit.Code;
        if (line.Value < 0) yield return new(key, $"{line.Unit.Name}：目标值不能小于0");
        else if (indicator.IsRatio && line.Value > 100) yield return new(key, $"{line.Unit.Name}：比率的目标不能超过100%");
        else if (line.Value > 99_999_999_999m) yield return new(key, $"{line.Unit.Name}：目标值过大");
        if (new[] { line.Value, line.Minimum ?? 0, line.Good ?? 0, line.Excellent ?? 0 }.Any(number => decimal.Round(number, 4) != number)) yield return new(key, $"{line.Unit.Name}：最多四位小数");
        decimal[] bands = [.. new[] { line.Minimum, line.Good, line.Excellent }.OfType<decimal>()];
        var ordered = indicator.Better is Direction.Less ? bands.OrderDescending() : bands.Order();
        if (bands.Any(band => band < 0 || band > 99_999_999_999m)) yield return new(key, $"{line.Unit.Name}：最低、良好、优秀不能小于0，也不能过大");
        else if (indicator.IsRatio && bands.Any(band => band > 100)) yield return new(key, $"{line.Unit.Name}：比率的各档不能超过100%");
        else if (!bands.SequenceEqual(ordered))
            yield return new(key, indicator.Better is Direction.Less ? $"{line.Unit.Name}：最低、良好、优秀三档应依次减小" : $"{line.Unit.Name}：最低、良好、优秀三档应依次增大");
    }
}
