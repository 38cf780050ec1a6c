using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Features.Deadlines;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.CaseFiles;

public sealed class CaseFileTests
{
    static readonly CaseFileRule Mediation = ClockBench.Definitions.CaseFiles.OfLedger("mediation")!;

    [Fact]
    public void A_closed_case_lacks_what_is_compulsory_until_it_is_ticked_scanned_or_registered()
    {
        var values = ClockBench.Mediation("2026-11-01", "2026-11-09");
        Assert.Equal(["application", "notice", "identity", "record", "agreement", "visit", "backCover"], Mediation.Gaps(values).Select(item => item.Key));
        Assert.Empty(Mediation.Gaps(values.With("closedOn", null)));

        var ticked = values.With("dossierChecked", true).With("dossierMissing", new[] { "visit", "identity" });
        Assert.Equal(["identity", "visit"], Mediation.Gaps(ticked).Select(item => item.Key));
        Assert.Equal("有扫描件", Mediation.Status(ticked, new HashSet<string> { "visitFile" }).Single(item => item.Item.Key == "visit").How);

        // A case without agreement needs neither agreement nor visit, but an explanation.
        var failed = SampleCatalog.Values(("closedOn", "2026-11-09"), ("result", "failed"), ("dossierChecked", true));
        Assert.Equal(["statement"], Mediation.Gaps(failed).Select(item => item.Key));
        Assert.Equal(["confirmation"], Mediation.Gaps(ticked.With("dossierMissing", null).With("confirmation", "applied")).Select(item => item.Key));
    }

    [Fact]
    public void Petitions_and_enforcement_take_what_the_ledger_already_knows_for_granted()
    {
        var petitions = ClockBench.Definitions.CaseFiles.OfLedger("petitions")!;
        var closed = ClockBench.Petition("2026-03-01", ("acceptance", "accepted"), ("route", "petition"), ("closedOn", "2026-04-01"), ("opinionNo", "信访意见〔2026〕1号"), ("dossierFiled", new[] { "letter", "notice" }));
        Assert.Equal(["investigation", "receipt"], petitions.Gaps(closed).Select(item => item.Key));

        var cases = ClockBench.Definitions.CaseFiles.OfLedger("cases")!;
        var penalty = SampleCatalog.Values(("procedure", "simple"), ("result", "penalised"), ("closedOn", "2026-04-01"), ("decisionNo", "1号"), ("servedOn", "2026-03-20"), ("servedBy", "direct"));
        Assert.Equal(["identity"], cases.Gaps(penalty).Select(item => item.Key));
    }

    [DatabaseTheory, Databases]
    public async Task Gaps_are_stored_with_the_entry_and_a_scan_closes_one_at_once(DatabaseKind kind)
    {
        await using var bench = await ClockBench.CreateAsync(kind);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var values = ClockBench.Mediation("2026-11-01", "2026-11-09", ("dossierChecked", true), ("dossierMissing", new[] { "visit", "agreement" }));
        var draft = await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", values, submit: false);
        var reader = bench.Get<CaseFileReader>();
        Assert.Empty(await reader.CountsAsync(recorder, bench.Unit("FZ")));
        var entry = await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", values, before: draft);
        Assert.Equal(["agreement", "visit"], Assert.Single(await reader.RowsAsync(recorder, bench.Unit("FZ"), 0, 10)).Items.Order());
        Assert.Equal(1, (await reader.CountsAsync(recorder, bench.Unit("NZ")))[bench.Unit("FZ01").Id]);
        Assert.Empty(await reader.CountsAsync(bench.Person(Role.Recorder, "DH", 2), bench.Unit("DH")));

        var evidence = bench.Get<EvidenceService>();
        async Task<long> ScanAsync(string field) => (await evidence.AddAsync(recorder, entry.Id, field, "扫描.pdf", new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.7 " + field)))).File!.Id;
        var agreement = await ScanAsync("agreementFile");
        Assert.Equal(["visit"], Assert.Single(await reader.OfEntriesAsync([entry.Id])).Items);
        await ScanAsync("visitFile");
        Assert.Empty(await reader.OfEntriesAsync([entry.Id]));
        Assert.Empty(await reader.CountsAsync(recorder, bench.Unit("FZ")));
        await evidence.RemoveAsync(recorder, agreement);
        Assert.Equal(["agreement"], Assert.Single(await reader.OfEntriesAsync([entry.Id])).Items);

        await using var db = bench.Context();
        var keeper = bench.Get<CaseFileKeeper>();
        Assert.Empty(await keeper.DifferencesAsync(db));
        await db.CaseFileGaps.Where(gap => gap.ItemKey == "visit").ExecuteDeleteAsync();
        Assert.Single(await keeper.DifferencesAsync(db));
        Assert.Contains("mediation", await keeper.ApplyAsync());
        Assert.Empty(await keeper.DifferencesAsync(db));
        Assert.Empty(await keeper.ApplyAsync());

        await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", values.With("dossierMissing", null), submit: false, before: entry);
        Assert.Equal(0, await db.CaseFileGaps.CountAsync());
    }

    [Fact]
    public async Task The_printed_file_holds_cover_index_and_forms_as_approved()
    {
        await using var bench = await BenchAsync();
        var entry = await FullAsync(bench);
        var file = await bench.Get<CaseFilePrint>().PrepareAsync(bench.Person(Role.Leader, "FZ", 5), entry.Id, null);
        Assert.Equal($"人民调解卷宗{entry.Serial}.docx", file!.Name);
        using var package = CaseFileDocument.Package(file.Paper);
        using var document = WordprocessingDocument.Open(package, false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath} {error.Description}"));
        Approved.Equal(Text(document));
    }

    [Fact]
    public async Task Names_are_hidden_unless_a_reason_was_given_and_written_down()
    {
        await using var bench = await BenchAsync();
        var entry = await FullAsync(bench);
        var (print, recorder, leader) = (bench.Get<CaseFilePrint>(), bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Leader, "FZ", 5));
        async Task<string> ReadAsync(Person person, string? key)
        {
            using var document = WordprocessingDocument.Open(CaseFileDocument.Package((await print.PrepareAsync(person, entry.Id, key))!.Paper), false);
            return Text(document);
        }

        Assert.DoesNotContain("张样例", await ReadAsync(recorder, null), StringComparison.Ordinal);
        Assert.Equal((null, "请写明查看完整个人信息的理由"), await print.RevealAsync(recorder, entry.Id, "  "));
        Assert.Null((await print.RevealAsync(leader, entry.Id, "归档")).Key);
        var key = (await print.RevealAsync(recorder, entry.Id, "立卷归档")).Key;
        var whole = await ReadAsync(recorder, key);
        Assert.Contains("张样例", whole, StringComparison.Ordinal);
        Assert.Contains("13800000001", whole, StringComparison.Ordinal);

        // Another's key, an invented one, one for another entry and one that has grown old open nothing.
        var second = await ClockBench.SaveAsync(bench, recorder, "FZ01", "mediation", ClockBench.Mediation("2026-11-01", "2026-11-09"));
        foreach (var (person, bad) in new[] { (bench.Person(Role.Recorder, "FZ", 7), key), (recorder, "invented"), (recorder, (await print.RevealAsync(recorder, second.Id, "归档")).Key) })
            Assert.DoesNotContain("张样例", await ReadAsync(person, bad), StringComparison.Ordinal);
        bench.Clock.Utc = bench.Clock.Utc.AddMinutes(6);
        Assert.DoesNotContain("张样例", await ReadAsync(recorder, key), StringComparison.Ordinal);

        await using var db = bench.Context();
        var log = await db.AuditEvents.Where(line => line.SubjectId == entry.Id && (line.Action == "reveal" || line.Action == "export")).OrderBy(line => line.Sequence).Select(line => line.Action + "：" + line.Note).ToListAsync();
        Assert.Equal(["export：人民调解卷宗（个人信息隐藏）", "reveal：立卷归档", "export：人民调解卷宗"], log.Take(3));
        Assert.Null(await print.PrepareAsync(bench.Person(Role.Reviewer, "DH", 8), entry.Id, null));
    }

    [OfficeFact]
    public async Task LibreOffice_prints_every_kind_of_case_file()
    {
        await using var bench = await BenchAsync();
        var recorder = bench.Person(Role.Recorder, "FZ");
        using var folder = new TemporaryFolder();
        var petition = await ClockBench.SaveAsync(bench, recorder, "FZ", "petitions", ClockBench.Petition("2026-10-20"));
        foreach (var (entry, words) in new[] { (await FullAsync(bench), new[] { "人民调解卷宗", "卷内目录", "人民调解受理登记表", "人民调解协议书", "人民调解协议履行回访记录", "卷宗封底" }), (petition, ["信访事项卷宗", "信访事项登记表"]) })
        {
            var file = Path.Combine(folder.Path, $"{entry.Id}.docx");
            await using (var stream = File.Create(file))
                await CaseFileDocument.Package((await bench.Get<CaseFilePrint>().PrepareAsync(recorder, entry.Id, null))!.Paper).CopyToAsync(stream);
            var text = Office.WithoutGaps(await Office.ToTextAsync(file));
            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
            if (Environment.GetEnvironmentVariable("LAWDASHBOARD_SCREENSHOTS") is { Length: > 0 } pictures)
                foreach (var picture in await Office.ToImagesAsync(file))
                    File.Copy(picture, Path.Combine(pictures, Path.GetFileName(picture)), overwrite: true);
        }
    }

    static Task<Workbench> BenchAsync() => Workbench.CreateAsync(DatabaseKind.Sqlite, ClockBench.Definitions.Ledgers, ClockBench.Definitions.Indicators,
        services => ClockBench.Add(services).AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()).AddSingleton<DownloadKeys>().AddCaseFilePages());

    static Task<Entry> FullAsync(Workbench bench) => ClockBench.SaveAsync(bench, bench.Person(Role.Recorder, "FZ"), "FZ01", "mediation", ClockBench.Mediation("2026-11-01", "2026-11-09",
        ("applicantPhone", "13800000001"), ("applicantAge", 45L), ("applicantGender", "male"), ("mediatedOn", "2026-11-08"), ("sessions", 2L), ("sessionLog", "11月3日：双方陈述，分歧较大。\n11月8日：双方同意共同修整排水沟，费用各半。"),
        ("request", "请求恢复排水"), ("agreementText", "一、双方共同修整排水沟。\n二、费用各半。"), ("agreementNo", "人调协〔2026〕8号"), ("agreementAmount", 500000L), ("performHow", "共同修整"), ("performDue", "2026-12-08"), ("visitOn", "2026-11-20"), ("visitNote", "已经修整完毕"), ("visitSatisfaction", "satisfied"),
        ("dossierChecked", true), ("dossierMissing", new[] { "identity" }), ("dossierOptional", new[] { "proof" })));

    /// <summary>Paragraphs and table rows as lines, a page break as a rule.</summary>
    static string Text(WordprocessingDocument document)
    {
        var lines = new StringBuilder();
        foreach (var element in document.MainDocumentPart!.Document!.Body!.ChildElements)
        {
            if (element is Paragraph paragraph)
            {
                if (paragraph.ParagraphProperties?.PageBreakBefore is not null) lines.Append("--------\n");
                lines.Append(paragraph.InnerText).Append('\n');
            }
            else if (element is Table table)
                foreach (var row in table.Elements<TableRow>())
                    lines.Append("| ").AppendJoin(" | ", row.Elements<TableCell>().Select(cell => string.Join(" / ", cell.Elements<Paragraph>().Select(line => line.InnerText)))).Append(" |\n");
        }
        return lines.ToString();
    }
}
