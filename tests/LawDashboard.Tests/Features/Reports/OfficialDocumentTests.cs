using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class OfficialDocumentTests
{
    static readonly OfficialDocumentOptions Complete = new(
        ListMissing: true, Origin: new("FZ", 2026, 3), Addressee: "样例县人民政府", Attachments: ["一份附件", "两份附件"], Head: new("样例镇人民政府文件", "样政发〔2027〕3号", "样例甲"),
        Imprint: new(["样例县司法局"], "样例镇人民政府办公室", new(2027, 1, 15)), Sources: [new("人民调解台账", "mediation.accepted", "受理调解案件", "口径。", "2026年", [new("", "186件", "186"), new(":Target", "目标值180件（县司法局文件）", null)])]);

    static MemoryStream Write(ReportDraft draft, OfficialDocumentOptions? options = null)
    {
        var stream = new MemoryStream();
        OfficialDocument.Write(stream, draft, options);
        stream.Position = 0;
        return stream;
    }

    static IReadOnlyList<string> Faults(Stream stream)
    {
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document).Select(fault => $"{fault.Path?.XPath}: {fault.Description}")];
    }

    static void Inspect(ReportDraft draft, Action<MainDocumentPart> inspect, OfficialDocumentOptions? options = null)
    {
        using var stream = Write(draft, options);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        inspect(document.MainDocumentPart!);
    }

    static ReportDraft WithText(string text) => SampleReport.Draft() with
    {
        UnitName = text, Title = [text], Addressee = text, Signature = text, Date = text,
        Blocks = [new HeadingBlock(1, text), new HeadingBlock(2, text + "。"), new ParagraphBlock([new([new(text), new(text,
            new Figure(text, "k", text, FigureFormat.Plain, text, 1, "件", new(new(2026, 1, 1), new(2026, 12, 31))))])])],
        Missing = [new(text, text, [text], true)],
    };

    [Fact]
    public void The_document_is_valid()
    {
        Assert.Empty(Faults(Write(SampleReport.Draft())));
        Assert.Empty(Faults(Write(SampleReport.Draft(), new(ListMissing: true, Sealed: false, DigitFont: "Times New Roman"))));
        Assert.Empty(Faults(Write(SampleReport.Draft(), Complete)));
    }

    [Fact]
    public void Whatever_stands_in_the_entries_the_document_is_valid() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(25),
        Prop.ForAll(Gen.Elements("甲", "\0", "\v", "\uD83D", "\uDE00", "😀", "<&>\"", "]]>", "\uFFFE", " ", "\r\n").ListOf().Select(string.Concat).ToArbitrary(),
            text => Faults(Write(WithText(text), new(ListMissing: true))).Count == 0));

    [Fact]
    public void Characters_that_XML_cannot_hold_are_removed() =>
        Inspect(WithText("甲\u0001乙😀\uD800"), main => Assert.Contains("甲乙😀", main.Document.Body!.InnerText, StringComparison.Ordinal));

    [Fact]
    public void The_page_is_that_of_the_standard() => Inspect(SampleReport.Draft(), main =>
    {
        var section = main.Document.Body!.GetFirstChild<SectionProperties>()!;
        var page = section.GetFirstChild<PageSize>()!;
        var margin = section.GetFirstChild<PageMargin>()!;
        Assert.Equal((11906u, 16838u), (page.Width!.Value, page.Height!.Value));
        // 156 mm and 225 mm in twips.
        Assert.InRange(page.Width.Value - margin.Left!.Value - margin.Right!.Value, 8840u, 8848u);
        Assert.InRange(page.Height.Value - margin.Top!.Value - margin.Bottom!.Value, 12750, 12762);
        Assert.True(22 * section.GetFirstChild<DocGrid>()!.LinePitch!.Value <= page.Height.Value - margin.Top.Value - margin.Bottom.Value);
    });

    [Fact]
    public void Every_run_names_its_East_Asian_font() => Inspect(SampleReport.Draft(), main =>
        Assert.All(main.Document.Descendants<Run>().Concat(main.FooterParts.SelectMany(footer => footer.Footer.Descendants<Run>())),
            run => Assert.False(string.IsNullOrEmpty(run.RunProperties?.RunFonts?.EastAsia?.Value))), new(ListMissing: true));

    [Fact]
    public void Each_level_has_its_font() => Inspect(SampleReport.Draft(), main =>
    {
        string FontOf(string text) => main.Document.Descendants<Run>().First(run => run.InnerText.StartsWith(text, StringComparison.Ordinal)).RunProperties!.RunFonts!.EastAsia!;
        Assert.Equal("方正小标宋简体", FontOf("关于2026年度"));
        Assert.Equal("黑体", FontOf("一、年度重点工作"));
        Assert.Equal("楷体_GB2312", FontOf("（七）"));
        Assert.Equal("仿宋_GB2312", FontOf("坚持和发展"));
    });

    [Fact]
    public void A_second_level_heading_leads_its_own_paragraph() => Inspect(SampleReport.Draft(), main =>
        Assert.StartsWith("（七）依法化解矛盾纠纷，维护辖区稳定。坚持和发展",
            main.Document.Descendants<Paragraph>().Single(paragraph => paragraph.InnerText.StartsWith("（七）", StringComparison.Ordinal)).InnerText, StringComparison.Ordinal));

    [Fact]
    public void Each_figure_can_be_found_again_by_its_tag()
    {
        var draft = SampleReport.Draft();
        Inspect(draft, main =>
        {
            var controls = main.Document.Descendants<SdtRun>().ToList();
            Assert.Equal(
                draft.Figures.Select(figure => (figure.Id, figure.Name, figure.Text)),
                controls.Select(control => (control.SdtProperties!.GetFirstChild<Tag>()!.Val!.Value!, control.SdtProperties.GetFirstChild<SdtAlias>()!.Val!.Value!, control.InnerText)));
            Assert.Equal(controls.Count, controls.Select(control => control.SdtProperties!.GetFirstChild<SdtId>()!.Val!.Value).Distinct().Count());
        });
    }

    [Fact]
    public void The_text_of_the_document_is_the_text_of_the_draft()
    {
        var draft = SampleReport.Draft();
        Inspect(draft, main => Assert.Equal(draft.ToText().Replace("\n", "", StringComparison.Ordinal), main.Document.Body!.InnerText));
    }

    [Theory]
    [InlineData("法政发〔2027〕3号", true), InlineData("法政发[2027]3号", false), InlineData("法政发〔2027〕03号", false), InlineData("法政发〔2027〕第3号", false)]
    public void The_number_of_a_document_is_written_as_the_standard_wants_it(string number, bool right) => Assert.Equal(right, OfficialHead.NumberProblem(number) is null);

    [Fact]
    public void A_document_with_head_attachments_and_imprint_is_read_back_as_the_same_report()
    {
        var draft = SampleReport.Draft();
        var read = LawDashboard.Features.Reports.Documents.DocumentFile.Read(Write(draft, Complete with { Addressee = null, Attachments = null }).ToArray(), "a.docx").Text!;
        var again = LawDashboard.Features.Reports.Merging.TextUnits.ToDraft(LawDashboard.Features.Reports.Merging.TextUnits.Of(read, draft.Figures.ToDictionary(figure => figure.Id).GetValueOrDefault), draft);
        Assert.Equal(draft.ToText(), again.ToText());
        Assert.Equal(draft.Figures.Count(), again.Figures.Count());
    }

    [Fact]
    public void The_web_version_says_the_same_and_runs_nothing()
    {
        var draft = WithText("<script>alert(1)</script>甲");
        Assert.DoesNotContain("<script", WebReport.Html(draft), StringComparison.Ordinal);
        var html = WebReport.Html(SampleReport.Draft());
        var bare = System.Text.RegularExpressions.Regex.Replace(html[html.IndexOf("<body>", StringComparison.Ordinal)..], "<[^>]+>|\\s", "");
        Assert.Equal(SampleReport.Draft().ToText().Replace("\n", "", StringComparison.Ordinal), System.Net.WebUtility.HtmlDecode(bare));
    }

    [Fact]
    public void Gaps_are_highlighted()
    {
        var draft = Drafter.Draft(ReportTemplate.Parse("r", "## 三、问题\n@problems").Template!, new("镇", 2026, new(2026, 12, 31), new SampleFigures(), []));
        Inspect(draft, main => Assert.Contains(main.Document.Descendants<Run>(), run =>
            run.InnerText.StartsWith("〔待补：", StringComparison.Ordinal) && run.RunProperties!.Highlight is not null));
    }

    [Fact]
    public void What_is_missing_is_listed_on_a_page_of_its_own_when_asked_for()
    {
        var draft = SampleReport.Draft();
        Inspect(draft, main => Assert.DoesNotContain("待补事项", main.Document.Body!.InnerText, StringComparison.Ordinal));
        Inspect(draft, main =>
        {
            var title = main.Document.Descendants<Paragraph>().Single(paragraph => paragraph.InnerText == "待补事项");
            Assert.NotNull(title.ParagraphProperties!.PageBreakBefore);
            Assert.All(draft.Missing, missing => Assert.Contains(missing.ToString(), main.Document.Body!.InnerText, StringComparison.Ordinal));
        }, new(ListMissing: true));
    }

    [Fact]
    public async Task The_output_need_not_seek_nor_write_synchronously()
    {
        var forward = new ForwardStream();
        OfficialDocument.Write(forward, SampleReport.Draft());
        Assert.Empty(Faults(new MemoryStream(forward.Written)));
        var response = new ForwardStream { AsynchronousOnly = true };
        await OfficialDocument.WriteAsync(response, SampleReport.Draft());
        Assert.Empty(Faults(new MemoryStream(response.Written)));
    }

    /// <summary>A stream like a response: forward only.</summary>
    sealed class ForwardStream : Stream
    {
        readonly MemoryStream inner = new();
        public bool AsynchronousOnly { get; init; }
        public byte[] Written => inner.ToArray();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (AsynchronousOnly) throw new InvalidOperationException("Synchronous operations are disallowed.");
            inner.Write(buffer, offset, count);
        }
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);
    }
}
