using System.IO.Compression;
using System.Text;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>
/// Whatever is done to a workbook, reading it ends, in little time and memory, with rows or with a sentence; and an import of
/// it writes all that its trial said, or nothing.
/// </summary>
public sealed class WorkbookFuzzTests(ITestOutputHelper output)
{
    static readonly string[] Junk =
    [
        "", "\0", "<", "&", "&amp;", "]]>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "-1", "99999999999999999999", "1e308", "NaN", "XFD1048576", "A0", "ZZZZZZZZ9", "A2000000000",
        "=cmd|' /C calc'!A0", "2022-99-99", "约约约", "万万万万", "合计", "\u202e反", "😀", "\ud800", new('9', 400), new('长', 5_000), "s", "str", "inlineStr", "e", "b", "d", "n",
    ];

    [Fact]
    public async Task Mutated_workbooks_are_read_or_refused_and_never_half_imported()
    {
        await using var bench = await ImportBench.CreateAsync();
        var (tries, seeds) = (TestScale.Of(200, 10_000), await SeedsAsync(bench));
        var (refused, imported, slowest, most, greediest, which) = (0, 0, TimeSpan.Zero, 0L, 0L, 0);
        for (var n = 0; n < tries; n++)
        {
            var random = new Random(n);
            var (content, name) = seeds[random.Next(seeds.Count)];
            var mutated = Mutate(content, random);
            var (started, allocated) = (System.Diagnostics.Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            try
            {
                var written = await ImportAsync(bench, mutated, name, import: n % 10 == 0);
                if (written > 0) imported++;
            }
            catch (WorkbookException e)
            {
                refused++;
                Assert.True(e.Message.Length is > 5 and < 300, $"Try {n}: {e.Message}");
            }
            catch (Exception e)
            {
                Assert.Fail($"Try {n} of {name} ended in {e}");
            }
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
            if (took > slowest) slowest = took;
            Assert.True(took < TimeSpan.FromSeconds(30), $"Try {n} took {took}.");
            if (GC.GetTotalAllocatedBytes() - allocated is var taken && taken > greediest) (greediest, which) = (taken, n);
            if (n % 50 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            Directory.Delete(Path.GetDirectoryName(bench.LastFile)!, recursive: true);
        }
        Assert.True(most < 700L << 20, $"The heap grew to {most >> 20} MB.");
        output.WriteLine($"{tries} workbooks: {refused} refused, {imported} imported, slowest {slowest.TotalSeconds:0.0} s, {most >> 20} MB kept at most, {greediest >> 20} MB allocated for try {which}.");
        Assert.InRange(refused, tries / 20, tries - tries / 20);
        await using var db = bench.Bench.Context();
        Assert.Equal(await db.EntryBatches.SumAsync(batch => batch.Created), await db.EntryBatchItems.CountAsync(item => item.Created));
    }

    static async Task<int> ImportAsync(ImportBench bench, byte[] content, string name, bool import)
    {
        var workbook = bench.Open(content, name);
        var choices = ImportBench.Choices("publicity", ImportFiles.FirstSheet(workbook)) with { Similar = OnDuplicate.New };
        var trial = await bench.TryAsync(workbook, choices);
        if (!import) return 0;
        var before = await CountAsync(bench);
        var outcome = await bench.Importer.ImportAsync(bench.Recorder, workbook, choices, trial, null, default);
        Assert.Equal(before + outcome.Created, await CountAsync(bench));
        Assert.Equal(trial.Of(Fate.New) + trial.Of(Fate.Draft), outcome.Created);
        return outcome.Created;
    }

    static async Task<int> CountAsync(ImportBench bench)
    {
        await using var db = bench.Bench.Context();
        return await db.Entries.CountAsync();
    }

    static async Task<List<(byte[] Content, string Name)>> SeedsAsync(ImportBench bench)
    {
        var sheet = new WildSheet("2024年").Row("法镇2024年普法宣传活动台账").Row("序号", "时间", "活动情况", null, "主办单位", "受众人数", "所属村").Row(null, null, "主题", "形式");
        for (var n = 1; n <= 20; n++) sheet.Row(n, n % 3 == 0 ? new DateOnly(2024, 3, n) : $"3月{n}日", $"宪法宣传{n}", "集中宣传", "司法所", n % 4 == 0 ? "约50人" : n * 10, n % 2 == 0 ? "样例村" : "示范村");
        sheet.Row("合计", null, null, null, null, new Formula("SUM(F4:F23)", 2100)).Merge("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:G3");
        var xlsx = WildBook.Xlsx(sheet, new WildSheet("另一张") { Hidden = true }.Row("a", "b"));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        List<(byte[], string)> seeds = [(xlsx, "a.xlsx"), (xlsx, "b.xlsx"), (Encoding.GetEncoding(936).GetBytes(sheet.Csv()), "c.csv"), (Encoding.UTF8.GetBytes(sheet.Csv()), "d.csv")];
        if (Office.Missing is null) seeds.Add((await File.ReadAllBytesAsync(await Office.ConvertAsync(bench.Save(xlsx), "xls")), "e.xls"));
        return seeds;
    }

    /// <summary>Bytes of the file, or texts within its parts, are changed, cut, doubled or replaced.</summary>
    static byte[] Mutate(byte[] content, Random random)
    {
        if (content[0] != 'P' || random.Next(4) == 0) return Bytes(content, random);
        var parts = new Dictionary<string, string>();
        using (var archive = new ZipArchive(new MemoryStream(content)))
            foreach (var part in archive.Entries)
                using (var reader = new StreamReader(part.Open())) parts[part.FullName] = reader.ReadToEnd();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var key = random.Next(3) > 0 ? WildBook.Sheet1 : parts.Keys.ElementAt(random.Next(parts.Count));
            if (random.Next(30) == 0) { parts.Remove(key); if (parts.Count == 0) break; continue; }
            if (parts.TryGetValue(key, out var text)) parts[key] = Text(text, random);
        }
        return WildBook.Package(parts);
    }

    static string Text(string text, Random random)
    {
        if (text.Length < 4) return text + Junk[random.Next(Junk.Length)];
        var junk = Junk[random.Next(Junk.Length)];
        var (at, length) = (random.Next(text.Length), random.Next(1, 40));
        var end = Math.Min(text.Length, at + length);
        // A value between tags or quotes is where a reader looks; anywhere else is where an editor crashed.
        var opens = text.IndexOfAny(['>', '"'], at);
        var closes = opens < 0 ? -1 : text.IndexOfAny(['<', '"'], opens + 1);
        return random.Next(6) switch
        {
            0 => text[..at] + text[end..],
            1 => text[..at] + junk + text[at..],
            2 => text[..end] + text[at..],
            3 when random.Next(5) == 0 => text[..at],
            _ => closes < 0 ? text : text[..(opens + 1)] + System.Security.SecurityElement.Escape(junk.Replace('\0', ' ')) + text[closes..],
        };
    }

    static byte[] Bytes(byte[] content, Random random)
    {
        byte[] copy = [.. content];
        for (var n = random.Next(1, 20); n > 0; n--) copy[random.Next(copy.Length)] = (byte)random.Next(256);
        return random.Next(5) switch
        {
            0 => copy[..random.Next(1, copy.Length)],
            1 => [.. copy, .. copy[random.Next(copy.Length)..]],
            _ => copy,
        };
    }
}
