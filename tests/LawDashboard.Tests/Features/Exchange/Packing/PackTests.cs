using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Packing;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Exchange.Packing;

/// <summary>The pack of a demonstration town, unpacked and held against the data it was made from.</summary>
public sealed class PackTests(Demonstration demo) : IClassFixture<Demonstration>
{
    static readonly PackRequest Masked = new(PackBench.Town, 2026);
    static readonly PackRequest Full = Masked with { Edition = LedgerEdition.Full, Reason = "市级督察现场核查" };

    [Fact]
    public async Task A_towns_masked_pack_is_whole_opens_verifies_and_shows_nobodys_data()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var people = await PersonalAsync(bench);
        await bench.AddEvidenceAsync(TestScale.Of(120, 2_000), name: people.First(value => value.Length is > 2 and < 12));
        var made = (await bench.BuildAsync(Masked))!;
        var folder = bench.Unpack();

        Verify(folder, made);
        var links = PackBench.Links(Path.Combine(folder, PackIndexBook.Name));
        Assert.True(links.Count > 100);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(folder, link)), link));
        var data = Viewer(folder);
        Assert.All(Paths(data), path => Assert.True(File.Exists(Path.Combine(folder, path)), path));
        Assert.True(data["gaps"]!.AsArray().Count > 0);
        Assert.Contains(made.Gaps, gap => gap.Kind == "缺佐证材料");
        Assert.Contains(made.Gaps, gap => gap.Kind == "年度报告");
        // What is left out for the parties' sake stands first everywhere, by ledger and with its reason, and leads to its entries.
        var left = Assert.Single(made.LeftOut);
        var withheld = data["lines"]!.AsArray().Select(line => (int?)line!["w"] ?? 0).Where(files => files > 0).ToList();
        Assert.Equal((withheld.Count, withheld.Sum()), (left.Entries, left.Files));
        Assert.True(left.Files > 0);
        Assert.Equal(left.Text, (string)Assert.Single(data["withheld"]!.AsArray())!["text"]!);
        foreach (var said in (string[])[File.ReadAllText(Path.Combine(folder, PackIndex.Name)), .. PackBench.Contents(Path.Combine(folder, PackIndexBook.Name)).Where(part => part.Where.EndsWith("sheet1.xml", StringComparison.Ordinal)).Select(part => Encoding.UTF8.GetString(part.Bytes))])
            Assert.True(said.IndexOf(left.Text, StringComparison.Ordinal) is > 0 and var at && at < said.IndexOf("缺佐证材料", StringComparison.Ordinal) && said.Contains(PackLeftOut.Why, StringComparison.Ordinal), said[..500]);
        Assert.All(Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories), WindowsTakes);

        var needles = people.Select(Encoding.UTF8.GetBytes).ToList();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            foreach (var (where, bytes) in PackBench.Contents(file).Append((Path.GetRelativePath(folder, file), Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)))))
            {
                var found = needles.Find(needle => bytes.AsSpan().IndexOf(needle) >= 0);
                Assert.True(found is null, found is null ? "" : $"{where} shows {Encoding.UTF8.GetString(found)}");
            }

        // A place in degrees stands in the Exif block of every photograph that was put in.
        var photos = Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(photos);
        Assert.All(photos.Take(50), photo =>
        {
            using var content = File.OpenRead(photo);
            Assert.Null(LawDashboard.Features.Evidence.Photo.Read(content).Latitude);
        });
    }

    [DatabaseTheory, Databases]
    public async Task A_small_countys_pack_is_whole_on_either_database(DatabaseKind kind)
    {
        await using var bench = await PackBench.SmallAsync(kind, entries: 400);
        await bench.AddEvidenceAsync(12);
        var made = (await bench.BuildAsync(Masked))!;
        var folder = bench.Unpack();
        Verify(folder, made);
        var (data, links) = (Viewer(folder), PackBench.Links(Path.Combine(folder, PackIndexBook.Name)));
        Assert.All(links.Concat(Paths(data)), path => Assert.True(File.Exists(Path.Combine(folder, path)), path));
        Assert.Equal(made.Entries, data["lines"]!.AsArray().Count);
        Assert.True(made.Entries > 20);
        // What the page says beforehand is what the pack leaves out.
        var tree = await bench.Get<UnitDirectory>().TreeAsync();
        var facts = (await bench.Get<LawDashboard.Features.Indicators.UnitYears>().ReadAsync(PackBench.Clerk, tree.Find(PackBench.Town)!, 2026))!;
        var announced = await bench.Get<PackLeavings>().FindAsync(PackBench.Clerk, facts);
        Assert.Equal(made.LeftOut.Select(ledger => ledger.Text), announced.Select(ledger => ledger.Text));
        Assert.Equal(12, made.LeftOut.Sum(ledger => ledger.Files) + Paths(data).Count(path => path.EndsWith(".jpg", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_full_pack_holds_everything_and_its_tables_hold_just_the_rows_that_are_counted()
    {
        await using var bench = await PackBench.OfAsync(demo);
        await bench.AddEvidenceAsync(40);
        var made = (await bench.BuildAsync(Full))!;
        var folder = bench.Unpack();
        Verify(folder, made);
        var data = Viewer(folder);
        Assert.Equal(40, Paths(data).Count(path => path.EndsWith(".jpg", StringComparison.Ordinal)));
        var text = string.Concat(Directory.EnumerateFiles(folder, "*.xlsx", SearchOption.AllDirectories).SelectMany(PackBench.Contents).Select(part => Encoding.UTF8.GetString(part.Bytes)));
        Assert.Contains((await PersonalAsync(bench)).Where(value => value.Length is 2 or 3), text.Contains);

        // The workbook of an indicator, the entries that the viewer lists under it, and its value: the same number three times.
        using var connection = demo.Connect();
        var independent = new IndependentCount(Demonstration.SeedFolder, connection, PackBench.Town);
        var lines = data["lines"]!.AsArray();
        var checkedCounts = 0;
        foreach (var indicator in data["sections"]!.AsArray().SelectMany(section => section!["indicators"]!.AsArray()))
        {
            if (indicator!["tables"]!.AsArray() is not [{ } table]) continue;
            var number = (int?)indicator["n"] ?? 0;
            Assert.Equal((int?)table["rows"] ?? 0, lines.Count(line => line!["m"]!.AsArray().Any(at => (int)at! == number)));
            var key = bench.Get<LawDashboard.Features.Indicators.Definitions.IndicatorCatalog>().Indicators.First(of => of.Name == (string)indicator["name"]! && !of.IsRatio).Measure!;
            if (bench.Get<LawDashboard.Features.Indicators.Definitions.IndicatorCatalog>().Measure(key) is not { Sum: null }) continue;
            Assert.Equal(independent.Value(key, new(2026, 1, 1), new(2026, 12, 31)), (int?)table["rows"] ?? 0);
            checkedCounts++;
        }
        Assert.True(checkedCounts > 10);
    }

    [Fact]
    public async Task A_name_that_somebody_wrote_into_a_summary_or_the_report_is_hidden_as_well()
    {
        await using var bench = await PackBench.OfAsync(demo);
        const string Name = "欧阳测试";
        await using (var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            var tree = await bench.Get<UnitDirectory>().TreeAsync();
            var units = tree.Subtree(tree.Find(PackBench.Town)!).Select(unit => unit.Id).ToList();
            var entry = await db.Entries.FirstAsync(of => of.LedgerKey == "mediation" && of.State == EntryState.Approved && units.Contains(of.UnitId) && of.Date >= new DateOnly(2026, 1, 1));
            entry.Values = entry.Values.With("applicant", Name).With("summary", $"{Name}（13812345678，61072119800101001X）与邻居因采光争执。").With("remarks", $"{Name}已满意");
            entry.Title = $"{Name}与邻居";
            await db.SaveChangesAsync();
        }
        Assert.NotNull(await bench.BuildAsync(Masked with { Outline = "tasks", Evidence = false }));
        var folder = bench.Unpack();
        foreach (var (where, bytes) in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).SelectMany(PackBench.Contents))
            foreach (var needle in (string[])[Name, "13812345678", "61072119800101001X"])
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) < 0, $"{where} shows {needle}");
    }

    [Fact]
    public async Task The_full_edition_wants_the_right_and_a_reason_and_is_logged_before_it_is_built()
    {
        await using var bench = await PackBench.OfAsync(demo);
        var desk = bench.Get<PackDesk>();
        var leader = PackBench.Clerk with { Role = Role.Leader };
        Assert.Contains("不能导出完整个人信息", (await desk.BeginAsync(leader, Full)).Refusal);
        Assert.Contains("理由", (await desk.BeginAsync(PackBench.Clerk, Full with { Reason = " " })).Refusal);
        Assert.Contains("不在您的范围内", (await desk.BeginAsync(PackBench.Clerk with { UnitId = (await bench.Get<UnitDirectory>().TreeAsync()).Find("DH")!.Id }, Masked)).Refusal);

        var (job, refusal) = await desk.BeginAsync(PackBench.Clerk, Full with { Evidence = false, CaseFiles = false });
        Assert.Null(refusal);
        Assert.Same(job, (await desk.BeginAsync(PackBench.Clerk, Full with { Evidence = false, CaseFiles = false })).Job);
        await EndedAsync(job!);
        Assert.Equal(PackState.Done, job!.Slip.State);
        var file = await desk.FileAsync(PackBench.Clerk, job.Slip.Id);
        Assert.True(File.Exists(file!.Value.Path));
        Assert.Null(await desk.FileAsync(leader with { Id = 1 }, job.Slip.Id));
        Assert.Null(await desk.FileAsync(PackBench.Clerk with { Id = 2 }, job.Slip.Id));
        await desk.NoteTakenAsync(PackBench.Clerk, job.Slip);
        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var notes = await db.AuditEvents.Where(line => line.Subject == "pack").OrderBy(line => line.Sequence).Select(line => line.Note!).ToListAsync();
        Assert.Equal(3, notes.Count);
        Assert.Contains("市级督察现场核查", notes[0]);
        Assert.Contains(job.Slip.Manifest!, notes[1]);
        Assert.Contains("下载", notes[2]);

        desk.Remove(PackBench.Clerk, job.Slip.Id);
        Assert.False(File.Exists(file.Value.Path));
        Assert.Empty(desk.Of(PackBench.Clerk));
    }

    [Fact]
    public async Task A_year_with_an_imported_tree_is_packed_by_its_levels()
    {
        await using var bench = await PackBench.OfAsync(demo);
        Assert.Null(await bench.BuildAsync(Masked with { Outline = "tree" }));
        AssessmentLeaf Leaf(string second, string name, string of) => new("依法行政", second, name, 5, null, "照片", LeafSource.Measure, of, "disputes");
        var leaves = (AssessmentLeaf[])[Leaf("化解纠纷", "人民调解", "mediation.accepted"), Leaf("普法宣传", "宣传活动", "publicity.events"), Leaf("群众满意", "满意度", AssessmentLeaf.OfName("满意度")) with { Source = LeafSource.Judged }];
        Assert.Empty(await bench.Get<AssessmentService>().SaveAsync(Person.Machine with { Role = Role.Administrator }, 2026, "考核表.xlsx", leaves, 0, "上级下发"));

        Assert.NotNull(await bench.BuildAsync(Masked with { Outline = "tree", Evidence = false, CaseFiles = false }));
        var folders = Directory.GetDirectories(bench.Unpack()).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Contains(folders, folder => folder!.EndsWith("依法行政 化解纠纷", StringComparison.Ordinal));
        Assert.Contains(folders, folder => folder!.EndsWith("依法行政 普法宣传", StringComparison.Ordinal));
        Assert.DoesNotContain(folders, folder => folder!.Contains("群众满意", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_build_leaves_no_file_and_says_so()
    {
        await using var bench = await PackBench.OfAsync(demo);
        await bench.AddEvidenceAsync(30);
        var desk = bench.Get<PackDesk>();
        var (job, _) = await desk.BeginAsync(PackBench.Clerk, Masked);
        job!.Changed += () => { if (job.Progress.Done > 0) job.Stop(); };
        job.Stop();
        await EndedAsync(job);
        Assert.Equal(PackState.Cancelled, job.Slip.State);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(bench.Data, "packs")), file => !file.EndsWith(".json", StringComparison.Ordinal));

        using var stop = new CancellationTokenSource();
        var half = new Watcher(progress => { if (progress.Done > 10) stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.BuildAsync(Masked, half, stop.Token));
        Assert.False(File.Exists(bench.Zip));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(bench.Zip)!));
    }

    [Fact]
    public async Task A_pack_outlives_a_restart_and_goes_after_a_week_and_a_broken_one_says_so()
    {
        using var folder = new TemporaryFolder();
        var clock = new StoppedClock(new DateTime(2026, 11, 22, 2, 0, 0));
        var packs = Directory.CreateDirectory(folder["packs"]).FullName;
        PackSlip Slip(char id, PackState state, DateTime at) => new(new string(id, 32), 1, Masked, state, at);
        foreach (var slip in (PackSlip[])[Slip('a', PackState.Done, new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc)), Slip('b', PackState.Building, new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc)), Slip('c', PackState.Done, new(2026, 11, 10, 0, 0, 0, DateTimeKind.Utc))])
        {
            await File.WriteAllTextAsync(Path.Combine(packs, slip.Id + ".json"), System.Text.Json.JsonSerializer.Serialize(slip));
            await File.WriteAllTextAsync(Path.Combine(packs, slip.Id + (slip.State == PackState.Done ? ".zip" : ".zip.part")), "x");
        }
        await File.WriteAllTextAsync(Path.Combine(packs, "d.json"), "{\"Id\":");
        var desk = new PackDesk(new(folder.Path), null!, null!, null!, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<PackDesk>.Instance);
        var found = desk.Of(PackBench.Clerk);
        Assert.Equal([PackState.Failed, PackState.Done], found.Select(job => job.Slip.State));
        Assert.Contains("重新启动", found[0].Slip.Problem);
        Assert.Equal(["aaaa", "bbbb", "d.js"], Directory.EnumerateFiles(packs).Select(file => Path.GetFileName(file)[..4]).Distinct().Order());
    }

    [Theory]
    [InlineData("a:b*?.jpg", "a_b__.jpg")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.jpg", "_nul.jpg")]
    [InlineData(" . ", "未命名")]
    [InlineData("..\\..\\etc", "_.._etc")]
    [InlineData("（2026）法人调字第1号", "（2026）法人调字第1号")]
    public void Names_are_such_as_Windows_takes(string name, string expected) => Assert.Equal(expected, PackNames.Part(name, 40));

    [Fact]
    public void Long_names_are_cut_before_their_ending_and_equal_ones_numbered()
    {
        Assert.Equal(40, PackNames.Part(new string('长', 300) + ".docx", 40).Length);
        Assert.EndsWith("….docx", PackNames.Part(new string('长', 300) + ".docx", 40), StringComparison.Ordinal);
        var names = new PackNames();
        Assert.Equal(["a/B.jpg", "a/b（2）.jpg", "a/b（3）.jpg"], (string[])[names.Unique("a/B.jpg"), names.Unique("a/b.jpg"), names.Unique("a/b.jpg")]);
    }

    static async Task EndedAsync(PackJob job)
    {
        var ended = new TaskCompletionSource();
        job.Changed += () => { if (!job.Busy) ended.TrySetResult(); };
        if (!job.Busy) ended.TrySetResult();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(5));
    }

    static void WindowsTakes(string path)
    {
        var root = Path.GetDirectoryName(path)!;
        Assert.True(path.Length - path.IndexOf("迎检资料", StringComparison.Ordinal) < PackNames.LongestPath, path);
        Assert.DoesNotContain(Path.GetFileName(path), c => "<>:\"|?*".Contains(c) || char.IsControl(c));
        Assert.False(path.EndsWith('.') || path.EndsWith(' '), root);
    }

    /// <summary>As sha256sum -c does it; and nothing lies there that the manifest does not name.</summary>
    static void Verify(string folder, PackResult made)
    {
        var manifest = Path.Combine(folder, PackArchive.Manifest);
        Assert.Equal(made.Manifest, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(manifest))));
        var named = File.ReadAllLines(manifest).Select(line => (Hash: line[..64], Path: line[66..])).ToList();
        Assert.All(named, file => Assert.Equal(file.Hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file.Path))))));
        var there = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(file => file != PackArchive.Manifest);
        Assert.Equal(named.Select(file => file.Path).Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        Assert.Equal(made.Files, named.Count + 1);
    }

    static JsonNode Viewer(string folder)
    {
        var html = File.ReadAllText(Path.Combine(folder, PackViewer.Name));
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        var from = html.IndexOf("id=\"data\">", StringComparison.Ordinal) + 10;
        return JsonNode.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)])!;
    }

    static IEnumerable<string> Paths(JsonNode data) =>
    [
        .. data["lines"]!.AsArray().SelectMany(line => line!["f"]!.AsArray()).Select(file => (string)file!["p"]!),
        .. data["sections"]!.AsArray().SelectMany(section => section!["indicators"]!.AsArray()).SelectMany(indicator => indicator!["tables"]!.AsArray()).Select(table => (string)table!["path"]!),
        (string)data["report"]!, (string)data["book"]!, (string)data["checker"]!,
    ];

    /// <summary>Every personal value of the county. Jobs and peoples are words of the language, and so is a unit whose name is an address.</summary>
    static async Task<List<string>> PersonalAsync(PackBench bench)
    {
        var catalog = bench.Get<LedgerCatalog>();
        var tree = await bench.Get<UnitDirectory>().TreeAsync();
        var units = tree.All.SelectMany(unit => (string[])[unit.Name, unit.OfficialName, tree.Government(unit).Name + unit.Name]).ToHashSet();
        var fields = catalog.Ledgers.ToDictionary(ledger => ledger.Key, ledger => ledger.Fields.Where(field => field.IsPersonal).ToList());
        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var values = new HashSet<string>();
        await foreach (var entry in db.Entries.AsNoTracking().AsAsyncEnumerable())
            foreach (var field in fields[entry.LedgerKey])
                if (entry.Values.Text(field.Key) is { } text)
                    foreach (var value in field.Mask == PersonalData.Name ? text.Split(['、', '，', ',', ' '], StringSplitOptions.RemoveEmptyEntries) : [text])
                        if (value.Length >= (field.Mask == PersonalData.Text ? 6 : 2) && !units.Contains(value)) values.Add(value);
        return [.. values];
    }

    sealed class Watcher(Action<PackProgress> seen) : IProgress<PackProgress>
    {
        public void Report(PackProgress value) => seen(value);
    }
}
