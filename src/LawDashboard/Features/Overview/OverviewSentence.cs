using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Features.Overview;

/// <summary>The year in one sentence: 截至11月22日，8项任务中5项超前、2项正常、1项滞后；待审9件。</summary>
static class OverviewSentence
{
    static readonly PaceLevel[] Levels = [PaceLevel.Ahead, PaceLevel.OnTrack, PaceLevel.Behind, PaceLevel.FarBehind];

    public static IReadOnlyList<SentencePart> Of(IndicatorCatalog catalog, UnitYear facts, IReadOnlyList<TaskStanding> tasks, IReadOnlyList<LedgerMonths> ledgers)
    {
        var links = new RowLinks(catalog, facts.Unit, facts.Year, asOf: facts.Past?.Text);
        if (facts.LastMonth == 0) return [new($"{facts.Year}年尚未开始"), new("。")];
        return [new(Until(facts)), .. Paces(links, tasks), .. Waiting(links, ledgers.Sum(ledger => ledger.Total.Pending - ledger.Listed.Pending)), new("。")];
    }

    static string Until(UnitYear facts) => facts.Today.Year > facts.Year ? $"{facts.Year}年全年，" : $"截至{facts.Until.Month}月{facts.Until.Day}日，";

    static IEnumerable<SentencePart> Paces(RowLinks links, IReadOnlyList<TaskStanding> tasks)
    {
        var judged = Levels.Select(level => (level, count: tasks.Count(task => task.Level == level))).Where(group => group.count > 0).ToList();
        yield return new($"{tasks.Count}项任务", links.Indicators());
        if (judged.Count == 0)
        {
            yield return new("没有设年度目标");
            yield break;
        }
        yield return new("中");
        var others = tasks.Count - judged.Sum(group => group.count);
        foreach (var (index, (level, count)) in judged.Index())
        {
            if (index > 0) yield return new("、");
            yield return new($"{count}项{Pace.Label(level)}", links.Indicators(level), level);
        }
        if (others > 0) yield return new($"，{others}项未设目标或暂无数据");
    }

    static IEnumerable<SentencePart> Waiting(RowLinks links, long pending)
    {
        yield return new("；");
        yield return pending > 0 ? new($"待审{pending}件", links.All(EntryState.Submitted)) : new("没有待审记录");
    }
}
