using System.IO.Compression;
using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

public sealed class LedgerSheetTests
{
    static readonly SheetLayout small = new(
        "普法宣传", "法镇2026年度普法宣传活动台账", ["填报单位：法镇人民政府", "填表人：李晓梅", "填表日期：2027年1月6日"],
        [
            new("活动日期", 11, SheetCellKind.Date),
            new("活动主题", 24, SheetCellKind.Text),
            new("受众人数（人次）", 9, SheetCellKind.Integer, Total: true),
            new("学时", 8, SheetCellKind.Decimal, Total: true, Decimals: 1),
            new("经费（元）", 11, SheetCellKind.Money, Total: true),
            new("备注", 12, SheetCellKind.Text),
        ]);

    static readonly object?[][] smallRows =
    [
        [new DateOnly(2026, 3, 15), "“3·15”消费者权益保护法集中宣传，现场解答群众关于预付卡消费、网络购物退换货等方面的咨询", 320L, 1.5m, 1_234.5m, "=SUM(A1)"],
        [new DateOnly(2026, 12, 4), "宪法宣传周进校园", 180, 2m, 0.05m, null],
        [null, null, null, null, null, "活动取消"],
    ];

    [Fact]
    public async Task A_ledger_reads_back_with_its_title_headings_rows_and_totals()
    {
        var sheet = Assert.Single(SheetReading.Read(await SheetReading.WriteAsync(small, smallRows)));

        Assert.Equal("普法宣传", sheet.Name);
        Assert.Equal(7, sheet.Rows.Count);
        Assert.Equal("法镇2026年度普法宣传活动台账", sheet.Rows[0][0]);
        Assert.Equal(small.SecondLine, sheet.Rows[1].OfType<string>());
        Assert.Equal<object?>(["序号", "活动日期", "活动主题", "受众人数（人次）", "学时", "经费（元）", "备注"], sheet.Rows[2]);
        Assert.Equal<object?>([1d, new DateTime(2026, 3, 15), smallRows[0][1], 320d, 1.5d, 1234.5d, "=SUM(A1)"], sheet.Rows[3]);
        Assert.Equal<object?>([2d, new DateTime(2026, 12, 4), "宪法宣传周进校园", 180d, 2d, 0.05d, null], sheet.Rows[4]);
        Assert.Equal<object?>([3d, null, null, null, null, null, "活动取消"], sheet.Rows[5]);
        Assert.Equal<object?>(["合计", null, null, 500d, 3.5d, 1234.55d, null], sheet.Rows[6]);
    }

    [Fact]
    public async Task A_small_ledger_is_laid_out_as_approved() =>
        Approved.Equal(SheetReading.Describe(await SheetReading.WriteAsync(small, smallRows)));

    [Fact]
    public async Task The_validator_finds_nothing_in_a_ledger()
    {
        Assert.Empty(SheetReading.Findings(await SheetReading.WriteAsync(small, smallRows)));
        Assert.Empty(SheetReading.Findings(await SheetReading.WriteAsync(small, [])));
        Assert.Empty(SheetReading.Findings(await SheetReading.WriteAsync(small, smallRows, maxRows: 5)));
        Assert.Empty(SheetReading.Findings(await SheetReading.WriteAsync(MediationLedger.Layout, MediationLedger.Rows(60).ToBlockingEnumerable())));
        var narrow = new SheetLayout("a'b[1]", "", [], [new("", 0, SheetCellKind.Decimal, Decimals: 40)]);
        Assert.Empty(SheetReading.Findings(await SheetReading.WriteAsync(narrow, [["x"]])));
    }

    [Fact]
    public async Task An_empty_ledger_has_headings_and_totals_of_nothing()
    {
        var sheet = Assert.Single(SheetReading.Read(await SheetReading.WriteAsync(small, [])));

        Assert.Equal("活动日期", sheet.Rows[2][1]);
        Assert.Equal<object?>(["合计", null, null, 0d, 0d, 0d, null], sheet.Rows[3]);
        Assert.Equal(4, sheet.Rows.Count);
    }

    [Fact]
    public async Task A_ledger_without_totalled_columns_ends_with_its_last_row()
    {
        var roster = new SheetLayout("花名册", "法律明白人花名册", [], [new("姓名", 10, SheetCellKind.Text)]);

        Assert.Equal<object?>([1d, "张某"], SheetReading.Read(await SheetReading.WriteAsync(roster, [["张某"]]))[0].Rows[^1]);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 13800000000")]
    [InlineData("-50元")]
    [InlineData("@SUM(A1)")]
    [InlineData("\u0001=cmd|' /C calc'!A0")]
    public async Task A_text_that_looks_like_a_formula_stays_a_text(string text)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(await SheetReading.WriteAsync(small, [[null, text]])), false);
        var cell = SheetReading.Cell(document, "C4");

        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        Assert.Null(cell.CellFormula);
        Assert.Equal(text.TrimStart('\u0001'), cell.InlineString!.Text!.Text);
        Assert.True(SheetReading.Format(document, cell).QuotePrefix!.Value);
    }

    [Fact]
    public async Task Characters_that_XML_forbids_are_dropped_and_all_others_stay()
    {
        var text = "\0甲\u0007乙\uD800丙\uDC00丁\uFFFE戊\uFFFF & <b>“己”</b> 😀𠮷\t庚\r\n辛\r壬\u0085 癸 ";

        Assert.Equal("甲乙丙丁戊 & <b>“己”</b> 😀𠮷\t庚\n辛\n壬\u0085 癸 ", await ReadBackAsync(text));
    }

    [Theory]
    [InlineData(" 前")]
    [InlineData("后\n")]
    [InlineData("　")]
    public async Task Blanks_around_a_text_are_kept_by_every_reader(string text)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(await SheetReading.WriteAsync(small, [[null, text]])), false);
        var inline = SheetReading.Cell(document, "C4").InlineString!.Text!;

        Assert.Equal(text, inline.Text);
        Assert.Equal(SpaceProcessingModeValues.Preserve, inline.Space!.Value);
    }

    [Theory]
    [InlineData("_x000D_")]
    [InlineData("__x4E00_x4e01_")]
    [InlineData("a_b_x_x12_")]
    [InlineData("_X0041_")]
    public async Task An_underscore_sequence_is_shown_as_typed(string text)
    {
        Assert.Equal(text, await ReadBackAsync(text));
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_holds_ends_with_an_ellipsis()
    {
        Assert.Equal(new string('长', 32_767), await ReadBackAsync(new('长', 32_767)));
        Assert.Equal(new string('长', 32_766) + "…", await ReadBackAsync(new('长', 32_768)));
        // Not half a character at the cut.
        Assert.Equal("x" + new string('长', 32_764) + "…", await ReadBackAsync("x" + new string('长', 32_764) + "😀😀😀"));
        Assert.Equal(new string('长', 32_767), await ReadBackAsync(new string('\u0001', 9) + new string('长', 32_767)));
    }

    [Fact]
    public async Task A_date_before_Excel_can_count_is_a_text()
    {
        var rows = SheetReading.Read(await SheetReading.WriteAsync(small,
            [[new DateOnly(1900, 2, 28)], [new DateOnly(1900, 3, 1)], [new DateOnly(9999, 12, 31)], ["约三月中旬"]]))[0].Rows;

        Assert.Equal<object?>(["1900-02-28", new DateTime(1900, 3, 1), new DateTime(9999, 12, 31), "约三月中旬"], rows.Skip(3).Take(4).Select(row => row[1]));
    }

    [Fact]
    public async Task A_number_longer_than_Excel_keeps_is_a_text_with_every_digit()
    {
        object?[][] rows =
        [
            [null, null, 123_456_789_012_345L], [null, null, 1_234_567_890_123_456L], [null, null, long.MinValue],
            [null, null, 1_200_000_000_000_000_000L], [null, null, 0.1234567890123456m], [null, null, 12_345_678_901_234.50m],
        ];

        var cells = SheetReading.Read(await SheetReading.WriteAsync(small, rows))[0].Rows.Skip(3).Take(6).Select(row => row[3]);

        Assert.Equal<object?>([123_456_789_012_345d, "1234567890123456", "-9223372036854775808", 1.2e18, "0.1234567890123456", 12_345_678_901_234.5], cells);
    }

    [Fact]
    public async Task Totals_are_exact_where_floating_point_is_not()
    {
        var file = await SheetReading.WriteAsync(small, Enumerable.Repeat<object?[]>([null, null, null, null, 0.1m], 3));
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);

        Assert.Equal("0.3", SheetReading.Cell(document, "F7").CellValue!.Text);
    }

    [Fact]
    public async Task A_ledger_longer_than_a_sheet_continues_on_the_next()
    {
        var rows = Enumerable.Range(1, 7).Select(i => new object?[] { null, $"第{i}场", i });

        var sheets = SheetReading.Read(await SheetReading.WriteAsync(small, rows, maxRows: 7));

        Assert.Equal(["普法宣传", "普法宣传（2）", "普法宣传（3）"], sheets.Select(sheet => sheet.Name));
        Assert.All(sheets, sheet => Assert.Equal("序号", sheet.Rows[2][0]));
        Assert.Equal<object?>(["第1场", "第2场", "第3场"], sheets[0].Rows.Skip(3).Select(row => row[2]));
        Assert.Equal<object?>([4d, 5d, 6d], sheets[1].Rows.Skip(3).Select(row => row[0]));
        Assert.Equal<object?>(["合计", 28d], [sheets[2].Rows[4][0], sheets[2].Rows[4][3]]);
    }

    [Fact]
    public async Task A_ledger_that_just_fills_a_sheet_has_no_second()
    {
        var rows = Enumerable.Range(1, 3).Select(i => new object?[] { null, null, i });

        Assert.Equal(7, Assert.Single(SheetReading.Read(await SheetReading.WriteAsync(small, rows, maxRows: 7))).Rows.Count);
    }

    [Fact]
    public async Task A_response_that_cannot_seek_or_be_written_synchronously_gets_the_same_bytes_every_time()
    {
        var first = new ResponseBody();
        var second = new ResponseBody();
        await LedgerSheet.WriteAsync(first, MediationLedger.Layout, MediationLedger.Rows(3_000), CancellationToken.None);
        await LedgerSheet.WriteAsync(second, MediationLedger.Layout, MediationLedger.Rows(3_000), CancellationToken.None);

        Assert.Equal(first.Bytes, second.Bytes);
        Assert.False(first.Closed);
        Assert.Empty(SheetReading.Findings(first.Bytes));
        Assert.Equal(3_004, SheetReading.Read(first.Bytes)[0].Rows.Count);
    }

    [Fact]
    public async Task A_cancelled_export_stops()
    {
        using var source = new CancellationTokenSource();
        var written = 0;
        async IAsyncEnumerable<object?[]> Endless([EnumeratorCancellation] CancellationToken cancel = default)
        {
            for (; ; written++)
            {
                if (written == 10) await source.CancelAsync();
                yield return [null];
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LedgerSheet.WriteAsync(Stream.Null, small, Endless(), source.Token));
        Assert.Equal(10, written);
    }

    [Fact]
    public async Task A_failed_export_tells_its_own_reason_and_leaves_no_file_that_looks_whole()
    {
        async IAsyncEnumerable<object?[]> Failing()
        {
            await foreach (var row in MediationLedger.Rows(20_000)) yield return row;
            throw new TimeoutException("The database went away.");
        }
        var body = new ResponseBody();

        await Assert.ThrowsAsync<TimeoutException>(() => LedgerSheet.WriteAsync(body, MediationLedger.Layout, Failing(), CancellationToken.None));

        Assert.InRange(body.Bytes.Length, 100_000, int.MaxValue);
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(body.Bytes)));
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_the_export()
    {
        var body = new ResponseBody { Limit = 100_000 };

        await Assert.ThrowsAsync<IOException>(() => LedgerSheet.WriteAsync(body, MediationLedger.Layout, MediationLedger.Rows(1_000_000), CancellationToken.None));
    }

    [Fact]
    public async Task A_value_that_no_cell_holds_is_named_by_column_and_row()
    {
        var wrongType = await Assert.ThrowsAsync<ArgumentException>(() => SheetReading.WriteAsync(small, [[null], [null, 1.5]]));
        Assert.StartsWith("“活动主题” of row 2 cannot hold a Double.", wrongType.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => SheetReading.WriteAsync(small, [new object?[7]]));
        await Assert.ThrowsAsync<ArgumentException>(() => SheetReading.WriteAsync(small with { Columns = [] }, []));
    }

    static async Task<object?> ReadBackAsync(string text) =>
        SheetReading.Read(await SheetReading.WriteAsync(small, [[null, text]]))[0].Rows[3][2];

    /// <summary>What ASP.NET Core hands out as the body of a response.</summary>
    sealed class ResponseBody : Stream
    {
        readonly MemoryStream content = new();
        public byte[] Bytes => content.ToArray();
        public bool Closed { get; private set; }
        /// <summary>The connection is lost after so many bytes.</summary>
        public long Limit { get; init; } = long.MaxValue;
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (content.Length + buffer.Length > Limit) throw new IOException("The client is gone.");
            content.Write(buffer.Span);
        }
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        protected override void Dispose(bool disposing)
        {
            Closed = true;
            base.Dispose(disposing);
        }
    }
}
