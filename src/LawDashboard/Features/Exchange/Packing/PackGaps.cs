using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Supervision;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>Something that an inspector will ask for and that is not there.</summary>
/// <param name="Kind">What sort of thing: 没有记录的指标.</param>
/// <param name="Href">Where it can be mended; for the page, not for the pack.</param>
public sealed record PackGap(string Kind, string Text, string Why, string? Href = null);

/// <summary>
/// Looks for what is missing before a pack is built: indicators without entries, targets missed, evidence and case files
/// wanted, entries still waiting, the report not signed.
/// </summary>
public sealed class PackGaps(
    IndicatorReckoner reckoner, TargetGaps targets, EvidenceWanting evidence, CaseFileReader caseFiles, EntryLists entries, ReportDesk reports, ReportLives lives)
{
    /// <summary>So many incomplete case files are looked at; who has more has another problem.</summary>
    const int MostFiles = 2_000;

    public async Task<IReadOnlyList<PackGap>> FindAsync(Person person, UnitYear facts, CancellationToken cancel = default)
    {
        var links = new RowLinks(reckoner.Catalog, facts.Unit, facts.Year);
        return
        [
            .. await ReportAsync(person, facts, cancel), .. Indicators(facts, links),
            .. targets.Find(facts).Select(gap => new PackGap("没有达到或可能达不到的目标", gap.Text, gap.Why, gap.Href)),
            .. await EvidenceAsync(person, facts, links, cancel), .. await CaseFilesAsync(person, facts, cancel), .. await WaitingAsync(person, facts, links, cancel),
        ];
    }

    async Task<IEnumerable<PackGap>> ReportAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        if (!ReportService.Reports(facts.Unit)) return [];
        var of = await reports.AnnualAsync(facts.Unit, facts.Year, cancel);
        var address = of.Link("/report", facts.Unit);
        if (await reports.OpenAsync(person, facts.Unit, of, cancel: cancel) is not { } open) return [new("年度报告", "年度报告还没有开始编写", "包中放入按台账起草的稿子", address)];
        var life = await lives.ReadAsync(person, facts.Unit, of, open.ReportId, cancel);
        if (life.State == ReportState.Signed) return [];
        if (life.Signature is { } signature) return [new("年度报告", "年度报告正在更正", $"包中放入已签发的第{signature.Version}版", address)];
        return [new("年度报告", life.State == ReportState.InReview ? "年度报告正在送审，尚未签发" : "年度报告尚未签发", $"包中放入第{open.Number}版", address)];
    }

    IEnumerable<PackGap> Indicators(UnitYear facts, RowLinks links)
    {
        var standings = new Standings(reckoner, facts);
        foreach (var indicator in reckoner.Catalog.Indicators)
        {
            var standing = standings.Of(indicator);
            // An indicator of which less is better is well when nothing is there.
            if (!standing.Value.IsNothing || indicator.Better is Direction.Less) continue;
            yield return new("没有记录的指标", $"{reckoner.Catalog.Task(indicator.Task)?.Name}：{indicator.Name}",
                !standing.HasPending ? "全年没有已审记录" : indicator.IsRatio ? "有关记录还在待审，审核通过后才计入" : $"另有待审{standing.Pending.WithUnit}，审核通过后才计入", links.Indicator(indicator));
        }
    }

    async Task<IEnumerable<PackGap>> EvidenceAsync(Person person, UnitYear facts, RowLinks links, CancellationToken cancel)
    {
        var counts = await evidence.CountsAsync(Approved(person, facts), cancel);
        return reckoner.Catalog.Ledgers.Ledgers.Where(ledger => counts.ContainsKey(ledger.Key))
            .Select(ledger => new PackGap("缺佐证材料", $"{ledger.Name}有{counts[ledger.Key]}条已审记录没有附件", "这本台账要求附照片、签到表等", links.Ledger(ledger.Key, EntryState.Approved)));
    }

    async Task<IEnumerable<PackGap>> CaseFilesAsync(Person person, UnitYear facts, CancellationToken cancel)
    {
        var incomplete = await caseFiles.RowsAsync(person, facts.Unit, 0, MostFiles, cancel);
        var found = await entries.FindAllAsync(person, [.. incomplete.Select(file => file.EntryId)], cancel);
        return found.Values.Where(entry => entry.Date.Year == facts.Year && entry.State == EntryState.Approved).GroupBy(entry => entry.LedgerKey)
            .Select(ledger => new PackGap("卷宗不齐", $"{reckoner.Catalog.Ledgers.Ledger(ledger.Key)?.Name}有{ledger.Count()}件卷宗缺必备材料", "缺什么见各卷的卷内目录", WorkContext.Link("/todo/casefiles", facts.Unit, facts.Year)));
    }

    async Task<IEnumerable<PackGap>> WaitingAsync(Person person, UnitYear facts, RowLinks links, CancellationToken cancel)
    {
        var waiting = await entries.CountAsync(Approved(person, facts) with { States = [EntryState.Submitted] }, cancel);
        return waiting == 0 ? [] : [new("还在待审", $"{waiting}条记录还没有审核", "没有审核的不计数，也不进资料包", links.All(EntryState.Submitted))];
    }

    static EntryQuery Approved(Person person, UnitYear facts) => new()
    {
        Person = person, Unit = facts.Unit, States = [EntryState.Approved], From = new(facts.Year, 1, 1), To = new(facts.Year, 12, 31),
    };
}
