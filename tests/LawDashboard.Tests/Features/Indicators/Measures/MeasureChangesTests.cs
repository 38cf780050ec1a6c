using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Indicators.Measures;

public sealed class MeasureChangesTests
{
    static readonly Condition OnlySchools = new Condition.Is("kind", ["school"]);

    [DatabaseTheory, Databases]
    public async Task A_changed_measure_counts_anew_keeps_its_history_and_can_be_taken_back(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        await AddAsync(bench, "FZ01", "cadre", "school", "school");
        var (changes, administrator) = (bench.Get<MeasureChanges>(), bench.Person(Role.Administrator, "NZ", 9));
        var held = bench.Get<IndicatorCatalog>().Measure("lectures.held")!;
        Assert.Equal(3, await FigureAsync(bench));

        Assert.Empty(await changes.SaveAsync(administrator, held with { Where = OnlySchools }, 0, "按新考核办法"));
        Assert.Equal(2, await FigureAsync(bench));
        await AddAsync(bench, "DH01", "school", "village");
        Assert.Equal(3, await FigureAsync(bench));

        var first = Assert.Single(await changes.HistoryAsync("lectures.held"));
        Assert.Equal("按新考核办法", first.Reason);
        Assert.Empty(await changes.RevertAsync(administrator, "lectures.held", null, first.Id, "考核办法撤回"));
        Assert.Equal(5, await FigureAsync(bench));
        var history = await changes.HistoryAsync("lectures.held");
        Assert.Null(history[0].Definition);

        Assert.Empty(await changes.RevertAsync(administrator, "lectures.held", first, history[0].Id, "再次启用"));
        Assert.Equal(3, await FigureAsync(bench));
        await using var db = bench.Context();
        Assert.Equal(["edit", "restore", "edit"], await db.AuditEvents.Where(line => line.Subject == "measure").OrderBy(line => line.Sequence).Select(line => line.Action).ToListAsync());
        Assert.Null(await AuditTrail.FirstBrokenAsync(db, default));
        Assert.Empty(await Recount.DifferencesAsync(db, bench.Tree, bench.Get<Counters>(), default));
    }

    [DatabaseTheory, Databases]
    public async Task A_change_made_by_another_process_holds_for_the_next_entry_that_is_saved_here(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        await AddAsync(bench, "FZ01", "cadre");
        // Another process stores the change and counts anew; this one still has the old rule in memory.
        var changed = bench.Get<IndicatorCatalog>().Measure("lectures.held")! with { Where = OnlySchools };
        await using (var db = bench.Context())
        {
            db.MeasureRevisions.Add(new() { MeasureKey = changed.Key, Definition = MeasureRevision.Write(changed), Reason = "别处", SetById = 1, SetBy = "甲", SetAt = ChinaTime.Now(bench.Clock) });
            await db.SaveChangesAsync();
            var tallies = db.Tallies.Where(tally => tally.MeasureKey == changed.Key);
            await tallies.ExecuteDeleteAsync();
        }
        await AddAsync(bench, "FZ01", "school", "village");
        Assert.Equal(1, await FigureAsync(bench));
        await using var after = bench.Context();
        Assert.Empty(await Recount.DifferencesAsync(after, bench.Tree, bench.Get<Counters>(), default));
    }

    [Fact]
    public async Task What_is_wrong_or_not_allowed_is_refused_and_leaves_nothing()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var (changes, administrator) = (bench.Get<MeasureChanges>(), bench.Person(Role.Administrator, "NZ", 9));
        var held = bench.Get<IndicatorCatalog>().Measure("lectures.held")!;
        var changed = held with { Where = OnlySchools };

        var broken = await changes.SaveAsync(administrator, held with { Where = new Condition.Is("kind", ["gone"]), Kind = MeasureKind.Sum, Sum = "topic" }, 0, "试");
        Assert.Equal(["求和字段“topic”不是数字字段", "字典“kind”中没有代码“gone”"], broken.Select(finding => finding.Message));
        Assert.Contains("没有填完整", Assert.Single(await changes.SaveAsync(administrator, held with { Where = new Condition.Between("cost", null, null) }, 0, "试")).Message);
        Assert.Equal("reason", Assert.Single(await changes.SaveAsync(administrator, changed, 0, " ")).Field);
        Assert.Equal("kind", Assert.Single(await changes.SaveAsync(administrator, held with { Kind = MeasureKind.Level }, 0, "试")).Field);
        Assert.Contains("没有变化", Assert.Single(await changes.SaveAsync(administrator, held, 0, "试")).Message);
        Assert.Contains("系统管理员", Assert.Single(await changes.SaveAsync(bench.Person(Role.Administrator, "FZ", 8), changed, 0, "试")).Message);
        Assert.Contains("系统管理员", Assert.Single(await changes.SaveAsync(bench.Person(Role.Leader, "NZ", 7), changed, 0, "试")).Message);
        Assert.Contains("自动产生", (await changes.SaveAsync(administrator, bench.Get<IndicatorCatalog>().Measure("ledger.lectures")! with { Where = OnlySchools }, 0, "试"))[0].Message);
        await using (var db = bench.Context()) Assert.False(await db.MeasureRevisions.AnyAsync());
        Assert.Same(held, bench.Get<IndicatorCatalog>().Measure("lectures.held"));

        Assert.Empty(await changes.SaveAsync(administrator, changed, 0, "先到"));
        Assert.Contains("其他管理员", Assert.Single(await changes.SaveAsync(administrator, held with { Date = "filedOn" }, 0, "后到")).Message);
    }

    [Fact]
    public async Task A_definition_that_no_longer_fits_its_ledger_is_set_aside_and_named_at_the_next_start()
    {
        await using var bench = await BenchAsync(DatabaseKind.Sqlite);
        var held = bench.Get<IndicatorCatalog>().Measure("lectures.held")!;
        await using (var db = bench.Context())
        {
            foreach (var (key, text) in new[] { ("lectures.held", MeasureRevision.Write(held with { Where = new Condition.Yes("removedField", true) })), ("lectures.cost", "{ not json"), ("lectures.gone", MeasureRevision.Write(held with { Key = "lectures.gone" })) })
                db.MeasureRevisions.Add(new() { MeasureKey = key, Definition = text, Reason = "旧", SetById = 1, SetBy = "甲", SetAt = ChinaTime.Now(bench.Clock) });
            await db.SaveChangesAsync();
        }
        await bench.Get<LocalDefinitions>().LoadAsync();
        Assert.Equal(["lectures.cost", "lectures.gone", "lectures.held"], bench.Get<LocalDefinitions>().Unusable.Keys.Order(StringComparer.Ordinal));
        Assert.Same(held, bench.Get<IndicatorCatalog>().Measure("lectures.held"));
    }

    [Fact]
    public void Every_shipped_measure_opens_on_the_form_and_comes_back_as_it_was()
    {
        var definitions = LawDashboard.Commands.Definitions.Load(Demonstration.SeedFolder);
        var words = new MeasureWords(definitions.Ledgers);
        Assert.All(definitions.Indicators.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)), measure =>
        {
            var ledger = definitions.Ledgers.Ledger(measure.Ledger)!;
            var (built, findings) = new MeasureForm(measure, ledger, definitions.Ledgers).Build();
            Assert.Empty(findings);
            Assert.Equal(words.Sentence(measure), words.Sentence(built!));
            Assert.Equal(MeasureRevision.Write(built!), MeasureRevision.Write(new MeasureForm(built!, ledger, definitions.Ledgers).Build().Measure!));
        });
    }

    [Fact]
    public void The_form_says_at_each_place_what_is_missing()
    {
        var form = new MeasureForm(SampleCatalog.Indicators.Measure("lectures.held")!, SampleCatalog.Lectures, SampleCatalog.Ledgers);
        var (empty, codes, range) = (new ConditionGroup(), new ConditionTest(), new ConditionTest());
        codes.Choose(SampleCatalog.Lectures.Field("kind")!);
        range.Choose(SampleCatalog.Lectures.Field("attended")!);
        (range.Least, range.Greatest) = ("50", "20");
        form.Where.Parts.AddRange([codes, range, empty]);
        (form.Unit, form.Kind, form.Sum) = ("", MeasureKind.Sum, "topic");
        var (built, findings) = form.Build();
        Assert.Null(built);
        Assert.Equal(new[] { codes.Key, range.Key, empty.Key, "unit", "sum" }.Order(), findings.Select(finding => finding.Field).Order());

        codes.Codes.Add("school");
        (range.Least, range.Greatest, form.Unit, form.Sum) = ("20", "", "人", "attended");
        form.Where.Parts.Remove(empty);
        var measure = form.Build().Measure!;
        Assert.Equal("统计“法治讲座”台账中“类别”为“校园”，且“实到”不少于20人的记录，合计其“实到”（人）；以“日期”归入月份。", new MeasureWords(SampleCatalog.Ledgers).Sentence(measure));
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, new IndicatorCatalog(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks,
        SampleCatalog.Indicators.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)), SampleCatalog.Indicators.Indicators));

    static async Task AddAsync(Workbench bench, string unit, params string[] kinds)
    {
        foreach (var kind in kinds)
        {
            var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "NZ"), new(null, "lectures", unit, SampleCatalog.Complete("2026-03-05", ("kind", kind))))).Entry;
            Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "NZ", 2), entry.Id, entry.Version, EntryAction.Approve, null));
        }
    }

    static async Task<decimal> FigureAsync(Workbench bench) => bench.Get<IndicatorReckoner>().Measure(
        await bench.Get<TallyReader>().BookAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("NZ"), MonthRange.OfYear(2026)), "lectures.held", MonthRange.OfYear(2026));
}
