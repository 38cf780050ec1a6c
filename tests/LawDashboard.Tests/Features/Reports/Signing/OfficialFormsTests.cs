using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Reports.Versions;
using static LawDashboard.Tests.Features.Reports.Signing.ReportBench;

namespace LawDashboard.Tests.Features.Reports.Signing;

/// <summary>Head, addressee, attachments, signature and imprint as GB/T 9704-2012 wants them.</summary>
public sealed class OfficialFormsTests
{
    static OfficialInput Input() => new()
    {
        WithHead = true, Body = "法镇人民政府文件", Number = "法政发〔2026〕3号", Signer = "样例负责人", Addressee = "样例县人民政府", Attachments = "2025年数据来源表。\n任务清单", Signature = "法镇人民政府",
        Date = new(2026, 2, 5), WithImprint = true, Copies = "样例县依法治县委员会办公室", Printer = "法镇人民政府办公室", PrintedOn = new(2026, 2, 6),
    };

    [DatabaseTheory, Databases]
    public async Task The_parts_are_kept_printed_frozen_with_the_signature_and_remembered_for_the_next_report(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (forms, unit) = (bench.Get<OfficialForms>(), bench.Unit("FZ"));
        var outcome = await forms.SaveAsync(Clerk(bench), unit, await BegunAsync(bench), Input());
        Assert.Empty(outcome.Errors);
        Assert.Equal(2, outcome.Version);
        var (view, latest) = (await ViewAsync(bench), await LatestAsync(bench));
        Assert.Equal(("样例县人民政府：", "法镇人民政府", "2026年2月5日"), (latest.Document.Addressee, latest.Document.Signature, latest.Document.Date));
        Assert.Equal(["2025年数据来源表", "任务清单"], view.Form.Attachments);
        // The same again changes no text and makes no version.
        Assert.Equal(2, (await forms.SaveAsync(Clerk(bench), unit, latest, OfficialInput.Of(view.Form, latest.Document))).Version);

        var file = (await bench.Get<ReportDownload>().PrepareAsync(Clerk(bench), "/report/download?unit=FZ&year=2025"))!;
        Assert.Equal((new OfficialHead("法镇人民政府文件", "法政发〔2026〕3号", "样例负责人"), true), (file.Options.Head, file.Options.Sealed));
        Assert.Contains("附件：1.2025年数据来源表", WebReport.Html(file.Draft, file.Options.Attachments), StringComparison.Ordinal);
        Assert.DoesNotContain("法政发", WebReport.Html(file.Draft, file.Options.Attachments), StringComparison.Ordinal);
        Assert.EndsWith("附件：1.2025年数据来源表\n2.任务清单\n法镇人民政府\n2026年2月5日\n", WebReport.Text(file.Draft, file.Options.Attachments), StringComparison.Ordinal);

        await SignedAsync(bench);
        Assert.NotEmpty((await forms.SaveAsync(Clerk(bench), unit, latest, Input())).Errors);
        Assert.Equal("法政发〔2026〕3号", (await ViewAsync(bench)).Form.Number);
        var next = await bench.Get<ReportLives>().ReadAsync(Clerk(bench), unit, new(Year + 1), null);
        Assert.Equal(("法镇人民政府文件", "", "样例负责人", (DateOnly?)null), (next.Form.Body, next.Form.Number, next.Form.Signer, next.Form.PrintedOn));
    }

    [DatabaseTheory, Databases]
    public async Task A_document_with_all_its_parts_comes_back_without_any_of_them_in_the_text(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var unit = bench.Unit("FZ");
        await bench.Get<OfficialForms>().SaveAsync(Clerk(bench), unit, await BegunAsync(bench), Input());
        var file = (await bench.Get<ReportDownload>().PrepareAsync(Clerk(bench), "/report/download?unit=FZ&year=2025"))!;
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, file.Draft, file.Options);
        var content = DocumentFile.Read(stream.ToArray(), "a.docx").Text!;
        var outcome = await bench.Get<ReportDesk>().SubmitAsync(Clerk(bench), unit, new(Year), 2, content, "a.docx", VersionKind.Uploaded, atOnce: false);
        var merge = (await bench.Get<ReportDesk>().MergeAsync(Clerk(bench), unit, new(Year), outcome.Upload))!;
        Assert.Empty(merge.Result.Conflicts);
        Assert.Empty(merge.Result.Notes);
        Assert.Empty(merge.NotTaken);
        Assert.Equal(file.Draft.ToText(), merge.Result.Resolve().ToText());
    }

    [Theory]
    [InlineData(nameof(OfficialInput.Number), "法政发第3号"), InlineData(nameof(OfficialInput.Number), "法政发[2026]3号"), InlineData(nameof(OfficialInput.Number), "法政发〔2026〕03号"),
     InlineData(nameof(OfficialInput.Number), "法政发〔2026〕第3号"), InlineData(nameof(OfficialInput.Number), "法政发〔2025〕3号"), InlineData(nameof(OfficialInput.Number), ""), InlineData(nameof(OfficialInput.Signer), ""),
     InlineData(nameof(OfficialInput.Body), ""), InlineData(nameof(OfficialInput.Addressee), ""), InlineData(nameof(OfficialInput.Addressee), "示范村村民委员会"), InlineData(nameof(OfficialInput.Copies), "样例县司法局\n示范村"),
     InlineData(nameof(OfficialInput.Signature), "张三"), InlineData(nameof(OfficialInput.Printer), "")]
    public async Task What_is_not_as_the_standard_wants_it_is_said_at_its_field(string field, string value)
    {
        await using var bench = await CreateAsync(DatabaseKind.Sqlite);
        var (report, input) = (await BegunAsync(bench), Input());
        Assert.Empty(OfficialForms.Check(input, report.Document, bench.Tree, bench.Unit("FZ")));
        typeof(OfficialInput).GetProperty(field)!.SetValue(input, value);
        Assert.Equal(field, Assert.Single(OfficialForms.Check(input, report.Document, bench.Tree, bench.Unit("FZ"))).Key);
    }
}
