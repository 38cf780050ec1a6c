using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators.Assessment;

/// <summary>Puts an indicator tree into force for a year, as a whole or not at all. Each is a row of its own; the earlier ones stay.</summary>
public sealed class AssessmentService(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, LocalDefinitions local, TimeProvider clock)
{
    public const int MostLeaves = 500;

    /// <summary>A tree holds for all units, like a measure.</summary>
    public static bool MayChange(Person person, UnitTree tree) => MeasureChanges.MayChange(person, tree);

    /// <summary>The trees of a year, newest first.</summary>
    public async Task<IReadOnlyList<AssessmentTree>> HistoryAsync(int year, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.AssessmentTrees.AsNoTracking().Where(tree => tree.Year == year).OrderByDescending(tree => tree.Id).ToListAsync(cancel);
    }

    /// <summary>Stores the tree and puts it into force; what is wrong is returned and then nothing is stored.</summary>
    /// <param name="leaves">None to go back to the shipped points.</param>
    public async Task<IReadOnlyList<MeasureFinding>> SaveAsync(Person person, int year, string fileName, IReadOnlyList<AssessmentLeaf> leaves, int basedOn, string reason, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MayChange(person, tree)) return [new("", "考核指标体系对所有单位起作用，只有管理全部单位的系统管理员可以导入。")];
        var findings = Problems(leaves).Select(problem => new MeasureFinding("", problem)).ToList();
        if (string.IsNullOrWhiteSpace(reason)) findings.Add(new("reason", "请写明依据或原因，例如下达考核表的文号"));
        else if (reason.Trim().Length > MeasureChanges.ReasonLimit) findings.Add(new("reason", $"原因最多{MeasureChanges.ReasonLimit}字"));
        if (findings.Count > 0) return findings;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using (var transaction = await db.BeginWriteAsync(cancel))
        {
            var newest = await db.AssessmentTrees.Where(one => one.Year == year).MaxAsync(one => (int?)one.Id, cancel) ?? 0;
            if (newest != basedOn) return [new("", $"{year}年的考核指标体系刚被其他管理员换过，请核对后重新导入。")];
            var now = ChinaTime.Now(clock);
            var name = fileName.Beginning(200);
            db.AssessmentTrees.Add(new() { Year = year, FileName = name, Leaves = leaves.Count == 0 ? "" : AssessmentTree.Write(leaves), Reason = reason.Trim(), SetById = person.Id, SetBy = person.Name, SetAt = now });
            await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, leaves.Count == 0 ? "restore" : "import", "tree", null, null, tree.Roots.FirstOrDefault()?.Id,
                JsonSerializer.Serialize(new { name = $"{year}年考核指标体系", year, file = name, count = leaves.Count, points = leaves.Sum(leaf => leaf.Points) }), reason.Trim())], cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        await local.LoadAsync(CancellationToken.None);
        await local.TellAsync(CancellationToken.None);
        return [];
    }

    IEnumerable<string> Problems(IReadOnlyList<AssessmentLeaf> leaves)
    {
        if (leaves.Count > MostLeaves) yield return $"三级指标最多{MostLeaves}项";
        foreach (var leaf in leaves)
        {
            if (leaf.Points is <= 0 or > 1_000) yield return $"“{leaf.Name}”的分值应大于0、不超过1000";
            if (catalog.Task(leaf.Task) is null) yield return $"“{leaf.Name}”没有选择年度任务";
            if (leaf.Source is LeafSource.Indicator && catalog.Indicator(leaf.Of) is null || leaf.Source is LeafSource.Measure && catalog.Measure(leaf.Of) is null) yield return $"“{leaf.Name}”的取数不存在";
            foreach (var problem in leaf.Scoring?.Problems() ?? []) yield return $"“{leaf.Name}”：{problem}";
        }
        foreach (var twice in leaves.GroupBy(leaf => leaf.Key).Where(group => group.Count() > 1))
            yield return $"{string.Join("、", twice.Select(leaf => $"“{leaf.Name}”"))}取的是同一个数，会重复计分；请只保留一项，或改为评议";
    }
}
