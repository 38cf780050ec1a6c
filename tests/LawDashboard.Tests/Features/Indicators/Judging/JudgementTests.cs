using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Judging;
using LawDashboard.Tests.Support;

namespace LawDashboard.Tests.Features.Indicators.Judging;

public sealed class JudgementTests
{
    static readonly JudgedIndicator Conduct = new() { Key = "study.conduct", Name = "学法实效", Task = "study", Points = 5 };

    [DatabaseTheory, Databases]
    public async Task A_judgement_gives_its_share_of_the_points_and_a_later_one_replaces_it_with_a_reason(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (service, leader, unit) = (bench.Get<JudgementService>(), bench.Person(Role.Leader, "NZ"), bench.Unit("FZ"));
        var unjudged = Assert.Single(await ScoreAsync(bench));
        Assert.Null(unjudged.Judgement);
        Assert.Null(unjudged.Points);

        Assert.Empty(await service.SaveAsync(leader, unit, Conduct, 2026, new("良好", "学用结合，有案例", null, 0)));
        Assert.Equal(4.25m, Assert.Single(await ScoreAsync(bench)).Points);
        var first = Assert.Single(await service.HistoryAsync(leader, unit, Conduct.Key, 2026));
        Assert.Equal("reason", Assert.Single(await service.SaveAsync(leader, unit, Conduct, 2026, new("优秀", "复核后", " ", first.Id))).Field);
        Assert.Contains("最新", Assert.Single(await service.SaveAsync(leader, unit, Conduct, 2026, new("优秀", "复核后", "补充材料", 0))).Message);
        Assert.Empty(await service.SaveAsync(leader, unit, Conduct, 2026, new("不合格", "弄虚作假", "核查发现问题", first.Id)));
        Assert.Equal(0m, Assert.Single(await ScoreAsync(bench)).Points);
        Assert.Equal(["不合格", "良好"], (await service.HistoryAsync(leader, unit, Conduct.Key, 2026)).Select(judged => judged.Grade));
        await using var db = bench.Context();
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
        Assert.Equal(2, db.AuditEvents.Count(line => line.Subject == "judgement"));
    }

    [Fact]
    public async Task Only_who_reviews_or_leads_the_unit_or_one_above_it_judges_and_nothing_half_filled_is_kept()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var (service, unit, input) = (bench.Get<JudgementService>(), bench.Unit("FZ"), new JudgementInput("优秀", "好", null, 0));
        foreach (var role in (Role[])[Role.Recorder, Role.Inspector, Role.Administrator])
            Assert.Contains("不能评议", Assert.Single(await service.SaveAsync(bench.Person(role, "NZ"), unit, Conduct, 2026, input)).Message);
        Assert.Contains("单位范围", Assert.Single(await service.SaveAsync(bench.Person(Role.Leader, "DH"), unit, Conduct, 2026, input)).Message);
        Assert.Contains("还没有开始", Assert.Single(await service.SaveAsync(bench.Person(Role.Leader, "NZ"), unit, Conduct, 2027, input)).Message);
        Assert.Equal(["grade", "text"], (await service.SaveAsync(bench.Person(Role.Reviewer, "FZ"), unit, Conduct, 2026, new("特优", " ", null, 0))).Select(error => error.Field));
        await using var db = bench.Context();
        Assert.Empty(db.Judgements);
        Assert.Empty(await service.HistoryAsync(bench.Person(Role.Leader, "DH"), unit, Conduct.Key, 2026));
    }

    static async Task<IReadOnlyList<JudgedScore>> ScoreAsync(Workbench bench)
    {
        var facts = await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("FZ"), 2026);
        var score = UnitScore.Of(bench.Get<IndicatorReckoner>(), facts!);
        var judged = score.Tasks.SelectMany(task => task.Judged).ToList();
        // What nobody judged weighs nothing: neither for nor against.
        Assert.Equal(judged.Where(one => one.Points is not null).Sum(one => one.Indicator.Points), score.Sum.Full);
        return judged;
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, new IndicatorCatalog(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks,
        SampleCatalog.Indicators.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)), SampleCatalog.Indicators.Indicators, [Conduct]));
}
