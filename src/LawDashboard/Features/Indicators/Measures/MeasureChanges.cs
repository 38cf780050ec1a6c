using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators.Measures;

/// <summary>Why a change was not stored, and at which field of the form.</summary>
public sealed record MeasureFinding(string Field, string Message);

/// <summary>
/// Changes measures and takes changes back. Each change is a revision of its own with a reason and a line in the audit log;
/// the tallies of the measure are made anew, in the background where that takes long.
/// </summary>
public sealed class MeasureChanges(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, TallyRules rules, LocalDefinitions local, TimeProvider clock)
{
    public const int ReasonLimit = 500;

    /// <summary>A measure counts for everybody, so only who administers all units may change one.</summary>
    public static bool MayChange(Person person, UnitTree tree) => person.CanAdminister && tree.Roots.All(root => person.Sees(tree, root));

    /// <summary>All revisions of a measure, newest first.</summary>
    public async Task<IReadOnlyList<MeasureRevision>> HistoryAsync(string measure, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.MeasureRevisions.AsNoTracking().Where(r => r.MeasureKey == measure).OrderByDescending(r => r.Id).ToListAsync(cancel);
    }

    /// <summary>How many revisions each changed measure has.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.MeasureRevisions.GroupBy(r => r.MeasureKey).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>Stores a changed definition and puts it into force; what is wrong is returned and then nothing is stored.</summary>
    /// <param name="basedOn">The revision that the person saw as the newest; 0 when there was none.</param>
    public async Task<IReadOnlyList<MeasureFinding>> SaveAsync(Person person, MeasureDefinition changed, int basedOn, string reason, CancellationToken cancel = default)
    {
        if (catalog.Measure(changed.Key) is not { } current) return [new("", "没有这个口径。")];
        var findings = Findings(changed, current).ToList();
        if (findings.Count == 0 && MeasureRevision.Write(changed) == MeasureRevision.Write(current)) findings.Add(new("", "定义没有变化，不用保存。"));
        // What equals the shipped definition is the shipped definition, and goes with it when the program is renewed.
        var definition = catalog.Shipped(changed.Key) is { } shipped && MeasureRevision.Write(shipped) == MeasureRevision.Write(changed) ? null : MeasureRevision.Write(changed);
        return findings.Count > 0 ? findings : await StoreAsync(person, changed.Key, definition, basedOn, reason, cancel);
    }

    /// <summary>Goes back to an earlier revision, or with null to the shipped definition.</summary>
    public async Task<IReadOnlyList<MeasureFinding>> RevertAsync(Person person, string measure, MeasureRevision? to, int basedOn, string reason, CancellationToken cancel = default)
    {
        if (catalog.Shipped(measure) is not { } shipped || to is not null && to.MeasureKey != measure) return [new("", "没有这个口径。")];
        var then = to?.Definition is null ? shipped : to.Read();
        return then is null ? [new("", "那次的定义读不出来。")] : await SaveAsync(person, then, basedOn, reason, cancel);
    }

    IEnumerable<MeasureFinding> Findings(MeasureDefinition changed, MeasureDefinition current)
    {
        if (IndicatorCatalog.IsFixed(changed.Key)) yield return new("", "这个口径由程序自动产生，不能调整。");
        if (changed.Ledger != current.Ledger) yield return new("", "口径的台账不能更改。");
        if (!changed.Slices.SequenceEqual(current.Slices)) yield return new("", "分项字段不能在这里更改。");
        if ((changed.Kind == MeasureKind.Level) != (current.Kind == MeasureKind.Level)) yield return new("kind", "在册数与按件、求和的口径不能互换，往年的数会失去意义");
        if (changed.Unit.Length > 8) yield return new("unit", "计量单位最多8字");
        foreach (var problem in IndicatorCatalog.Problems(changed, catalog.Ledgers)) yield return new("", problem);
        // Stored, it would be set aside, and the shipped rule would count in its place.
        if (MeasureRevision.Read(MeasureRevision.Write(changed)) is null) yield return new("", "有条件没有填完整，存下后读不出来。");
    }

    async Task<IReadOnlyList<MeasureFinding>> StoreAsync(Person person, string key, string? definition, int basedOn, string reason, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MayChange(person, tree)) return [new("", "统计口径对所有单位起作用，只有管理全部单位的系统管理员可以调整。")];
        if (string.IsNullOrWhiteSpace(reason)) return [new("reason", "请写明调整原因")];
        if (reason.Trim().Length > ReasonLimit) return [new("reason", $"原因最多{ReasonLimit}字")];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using (var transaction = await db.BeginWriteAsync(cancel))
        {
            var newest = await db.MeasureRevisions.Where(r => r.MeasureKey == key).MaxAsync(r => (int?)r.Id, cancel) ?? 0;
            if (newest != basedOn) return [new("", "这个口径刚被其他管理员调整过，请刷新后再改；您填写的内容还在页面上。")];
            var before = MeasureRevision.Write(catalog.Measure(key)!);
            var now = ChinaTime.Now(clock);
            var revision = new MeasureRevision { MeasureKey = key, Definition = definition, Reason = reason.Trim(), SetById = person.Id, SetBy = person.Name, SetAt = now };
            db.MeasureRevisions.Add(revision);
            await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, definition is null ? "restore" : "edit", "measure", null, catalog.Measure(key)!.Ledger, tree.Roots.FirstOrDefault()?.Id,
                JsonSerializer.Serialize(new { name = catalog.Measure(key)!.Name, measure = key, before, after = definition ?? MeasureRevision.Write(catalog.Shipped(key)!) }), reason.Trim())], cancel);
            await db.SaveChangesAsync(cancel);
            await rules.RebuildAsync(db, [revision.Read() ?? catalog.Shipped(key)!], cancel);
            try
            {
                // Before the commit lets the next writer in: he already counts by the new rule.
                await local.LoadAsync(db, cancel);
                await transaction.CommitAsync(cancel);
            }
            catch
            {
                await local.LoadAsync(CancellationToken.None);
                throw;
            }
        }
        // A crash before the end is made good at the next start.
        await local.ApplyAsync(CancellationToken.None);
        return [];
    }
}
