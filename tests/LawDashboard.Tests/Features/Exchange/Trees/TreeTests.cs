using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Exchange.Trees;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Exchange.Trees;

/// <summary>Indicator trees as workbooks: written out and read in again, broken in all ways, and put into force.</summary>
public sealed class TreeTests
{
    static readonly Lazy<IndicatorCatalog> Shipped = new(() => LawDashboard.Commands.Definitions.Load(Demonstration.SeedFolder).Indicators);

    [Fact]
    public async Task The_current_tree_written_out_and_read_in_again_changes_nothing()
    {
        var reading = await ReadAsync(await FileAsync(TreeTable.Export(Shipped.Value, 2026)));
        Assert.Empty(reading.Findings);
        Assert.Equal(2026, reading.Year);
        var leaves = Leaves(Shipped.Value, reading);
        Assert.True(leaves.Count > 50);
        Assert.True(TreeChanges.Of(CurrentTree.Of(Shipped.Value, 2026), leaves).IsEmpty);
    }

    [Fact]
    public async Task An_uploaded_tree_and_what_was_chosen_for_it_outlast_a_restart_and_are_its_owners()
    {
        using var folder = new TemporaryFolder();
        var (owner, other) = (new Person(7, "a7", "样例", Role.Administrator, null), new Person(8, "a8", "样例", Role.Administrator, null));
        using var content = new MemoryStream();
        var file = TreeTable.Export(Shipped.Value, 2026);
        await LedgerSheet.WriteAsync(content, file.Layout, file.Rows, default);
        content.Position = 0;
        var job = await Desk().ReceiveAsync(owner, "目录/考核指标.xlsx", content, default);
        var judged = job.Reading.Rows[0].Row;
        Desk().Keep(job, new(new() { [judged] = new(LeafSource.Judged, "x") }, new() { [judged] = "norms" }));

        var found = await Desk().FindAsync(owner, job.Id);
        Assert.Equal(("考核指标.xlsx", job.Reading.Rows.Count), (found!.FileName, found.Reading.Rows.Count));
        Assert.Equal(new TreeSource(LeafSource.Judged, "x"), found.Choices!.Sources[judged]);
        Assert.Equal("norms", found.Choices.Tasks[judged]);
        Assert.Null(await Desk().FindAsync(other, job.Id));
        Assert.Null(await Desk().FindAsync(owner, "../" + job.Id));
        Desk().Discard(job.Id);
        Assert.Null(await Desk().FindAsync(owner, job.Id));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "imports")));

        // As a program that was just started would have it.
        TreeDesk Desk() => new(new(folder.Path), Shipped.Value, TimeProvider.System);
    }

    [Fact]
    public async Task Every_mutation_of_a_tree_is_refused_at_its_cell()
    {
        var rows = new List<object?[]>();
        var file = TreeTable.Export(Shipped.Value, 2026);
        await foreach (var row in file.Rows) rows.Add(row);
        var random = new Random(20261122);
        for (var round = 0; round < 60; round++)
        {
            var at = random.Next(1, rows.Count);
            var (column, value) = ((int, object?))(random.Next(8) switch
            {
                0 => (2, null), 1 => (3, "很多"), 2 => (3, -1m), 3 => (3, null), 4 => (4, "看情况给分"), 5 => (6, "并不存在的口径"), 6 => (7, "不存在的任务"),
                _ => (6, rows[at - 1][6]),
            });
            // Judged leaves can be any number, so two of them are no mistake.
            if (column == 6 && (value as string == ScoringWords.Judged || rows[at][6] as string == ScoringWords.Judged)) continue;
            var broken = rows.Select(row => row.ToArray()).ToList();
            broken[at][column] = value;
            var reading = await ReadAsync(await FileAsync(file with { Rows = Async(broken) }));
            // Title, second line and headings stand above; the running number stands before.
            Assert.Contains(reading.Findings, finding => finding.Address == CellText.Address(at + SheetForm.FirstRow, column + 1));
            Assert.True(reading.Refused);
        }
    }

    [Fact]
    public async Task A_tree_of_another_hand_is_read_by_its_headings_with_levels_that_stand_once()
    {
        var reading = await ReadTextAsync("""
            样例县2027年度法治政府建设考核表,,,,,
            一级,二级,考核内容,权重,评分标准,印证材料
            矛盾化解,人民调解,人民调解成功率,4分,最低线90%,卷宗
            ,,受理人民调解案件,２,每少1件扣0.5分,
            ,信访,领导包案效果,3,评议,包案记录
            合计,,,9,,
            """);
        Assert.Empty(reading.Findings);
        Assert.Equal(2027, reading.Year);
        Assert.Equal(["矛盾化解/人民调解/4", "矛盾化解/人民调解/2", "矛盾化解/信访/3"], reading.Rows.Select(row => $"{row.First}/{row.Second}/{row.Points.ToString(CultureInfo.InvariantCulture)}"));
        Assert.Equal([new(LeafSource.Indicator, "disputes.successRate"), new(LeafSource.Indicator, "disputes.mediated"), new(LeafSource.Judged, AssessmentLeaf.OfName("领导包案效果"))], reading.Rows.Select(row => row.Chosen!));
        Assert.Equal(new ScoringRule { Rule = ScoringKind.Minimum, Floor = 90 }, reading.Rows[0].Scoring);
        Assert.Equal(new ScoringRule { Rule = ScoringKind.Deduction, Each = 0.5m }, reading.Rows[1].Scoring);
    }

    [Theory]
    [InlineData("一级指标,二级指标\n甲,乙", "缺少“三级指标”一列")]
    [InlineData("一级指标,二级指标,三级指标,分值\n", "表头下面没有指标")]
    [InlineData("一级指标,二级指标,三级指标,分值,权重\n甲,乙,丙,1,1", "“分值”有两列")]
    public async Task A_table_that_is_none_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, (await ReadTextAsync(text)).Findings.Select(finding => finding.Message));

    [DatabaseTheory, Databases]
    public async Task A_tree_in_force_decides_the_score_of_its_year_and_no_other(DatabaseKind kind)
    {
        await using var bench = await BenchAsync(kind);
        var (service, catalog, administrator) = (bench.Get<AssessmentService>(), bench.Get<IndicatorCatalog>(), bench.Person(Role.Administrator, "NZ", 9));
        Assert.Equal(3, CurrentTree.Of(catalog, 2026)[0].Points);
        IReadOnlyList<AssessmentLeaf> leaves =
        [
            new("学法", "讲座", "按期归档率", 2.5m, new() { Rule = ScoringKind.Full }, "归档目录", LeafSource.Indicator, "study.filed", "study"),
            new("学法", "讲座", "民法典讲座", 4, null, null, LeafSource.Measure, "lectures.civil", "study"),
            new("成效", "评议", "群众评价", 6, null, null, LeafSource.Judged, AssessmentLeaf.OfName("群众评价"), "study"),
        ];
        Assert.Empty(await service.SaveAsync(administrator, 2026, "考核表.xlsx", leaves, 0, "南法委办〔2026〕3号"));

        Assert.Equal(leaves, CurrentTree.Of(catalog, 2026));
        var own = catalog.Indicator("own.lectures.civil")!;
        Assert.Equal("民法典讲座", own.Name);
        await using (var db = bench.Context())
        {
            foreach (var (indicator, value) in new[] { ("study.filed", 90m), (own.Key, 2m), ("study.lectures", 9m) })
                db.Targets.Add(new() { IndicatorKey = indicator, UnitId = bench.Unit("FZ").Id, Year = 2026, Value = value, EffectiveOn = new(2026, 1, 1) });
            await db.SaveChangesAsync();
        }
        foreach (var unit in bench.Tree.All) bench.Get<UnitYears>().Renew(unit);
        var score = await ScoreAsync(bench, 2026);
        Assert.Equal(["学法", "成效"], score.Tasks.Select(task => task.Task.Name));
        // The shipped indicator that the tree leaves out carries nothing; a ratio over nothing cannot be judged.
        Assert.Equal([("study.filed", 2.5m, null), (own.Key, 4m, (decimal?)0m)], score.Tasks[0].Indicators.Select(one => (one.Indicator.Key, one.Full, one.Points)));
        Assert.Equal(4, score.Sum.Full);
        Assert.Equal(["study"], (await ScoreAsync(bench, 2025)).Tasks.Select(task => task.Task.Key));

        Assert.Contains("刚被", Assert.Single(await service.SaveAsync(administrator, 2026, "后到.xlsx", leaves, 0, "原因")).Message);
        var stored = (await service.HistoryAsync(2026))[0];
        Assert.Contains("重复计分", (await service.SaveAsync(administrator, 2026, "重.xlsx", [.. leaves, leaves[0] with { Name = "又一项" }], stored.Id, "原因"))[0].Message);
        Assert.Contains("不存在", (await service.SaveAsync(administrator, 2026, "无.xlsx", [leaves[0] with { Of = "gone" }], stored.Id, "原因"))[0].Message);
        Assert.Contains("系统管理员", (await service.SaveAsync(bench.Person(Role.Leader, "NZ"), 2026, "人.xlsx", leaves, stored.Id, "原因"))[0].Message);
        Assert.Single(await service.HistoryAsync(2026));
        Assert.Equal(leaves, CurrentTree.Of(catalog, 2026));

        // The tree comes out as it went in, and back to the shipped points leads a row of its own.
        Assert.True(TreeChanges.Of(leaves, Leaves(catalog, await ReadAsync(await FileAsync(TreeTable.Export(catalog, 2026)), catalog))) is { Added.Count: 0, Removed.Count: 0 });
        Assert.Empty(await service.SaveAsync(administrator, 2026, "", [], stored.Id, "考核表作废"));
        Assert.Equal(["study"], (await ScoreAsync(bench, 2026)).Tasks.Select(task => task.Task.Key));
        Assert.Equal(2, (await service.HistoryAsync(2026)).Count);
    }

    static async Task<UnitScore> ScoreAsync(Workbench bench, int year) =>
        UnitScore.Of(bench.Get<IndicatorReckoner>(), (await bench.Get<UnitYears>().ReadAsync(bench.Person(Role.Inspector, "NZ"), bench.Unit("FZ"), year))!);

    static IReadOnlyList<AssessmentLeaf> Leaves(IndicatorCatalog catalog, TreeReading reading) =>
        TreeDesk.Leaves(catalog, reading, reading.Rows.ToDictionary(row => row.Row, row => row.Chosen!), new Dictionary<int, string>())!;

    static async Task<TemporaryFolder> FileAsync(LedgerFile file)
    {
        var folder = new TemporaryFolder();
        await using var stream = File.Create(Path.Combine(folder.Path, "tree.xlsx"));
        await LedgerSheet.WriteAsync(stream, file.Layout, file.Rows, default);
        return folder;
    }

    static Task<TreeReading> ReadAsync(TemporaryFolder folder, IndicatorCatalog? catalog = null)
    {
        using (folder) return Task.FromResult(new TreeReader(catalog ?? Shipped.Value).Read(Workbook.Open(Path.Combine(folder.Path, "tree.xlsx"), "tree.xlsx"), default));
    }

    static async Task<TreeReading> ReadTextAsync(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "tree.csv");
        await File.WriteAllTextAsync(path, text);
        return new TreeReader(Shipped.Value).Read(Workbook.Open(path, "tree.csv"), default);
    }

    static async IAsyncEnumerable<object?[]> Async(IEnumerable<object?[]> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.CompletedTask;
    }

    static Task<Workbench> BenchAsync(DatabaseKind kind) => Workbench.CreateAsync(kind, SampleCatalog.Ledgers, new IndicatorCatalog(SampleCatalog.Ledgers, SampleCatalog.Indicators.Tasks,
        SampleCatalog.Indicators.Measures.Where(measure => !IndicatorCatalog.IsFixed(measure.Key)), SampleCatalog.Indicators.Indicators.Select(indicator => indicator with { Points = 3 })));
}
