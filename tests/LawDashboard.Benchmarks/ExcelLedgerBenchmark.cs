using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using LawDashboard.Features.Exchange;

namespace LawDashboard.Benchmarks;

/// <summary>
/// The official Excel ledger of 100,000 rows × 15 columns, against the bare XML of the same values put into a zip and
/// against ClosedXML writing the same table.
/// </summary>
static class ExcelLedgerBenchmark
{
    const int RowCount = 100_000;

    static readonly SheetLayout layout = new(
        "人民调解案件", "法镇2026年度人民调解案件登记台账", ["填报单位：法镇人民政府", "填表日期：2027年1月6日"],
        [
            .. Enumerable.Range(1, 9).Select(i => new SheetColumn($"文本{i}", 12, SheetCellKind.Text)),
            new("纠纷简要情况", 36, SheetCellKind.Text),
            new("受理日期", 11, SheetCellKind.Date), new("结案日期", 11, SheetCellKind.Date),
            new("涉及人数", 8, SheetCellKind.Integer, Total: true), new("学时", 8, SheetCellKind.Decimal, Total: true, Decimals: 1),
            new("涉及金额（元）", 13, SheetCellKind.Money, Total: true),
        ]);

    // The values are made beforehand: the figures are the writers' own.
    static readonly object?[][] rows = [.. Enumerable.Range(0, 1_000).Select(Row)];

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var own = await Measured.BestOfAsync(5, () => WriteAsync(new Source(RowCount)));
        var floor = await Measured.BestOfAsync(5, BareXml);
        yield return new("Excel ledger of 100,000 rows × 15 columns", own.Milliseconds, "ms",
            own.Milliseconds / floor.Milliseconds, FormattableString.Invariant($"the bare XML into a zip, {floor.Milliseconds:0} ms"), 3);

        var few = await HeldAsync(RowCount / 10);
        var many = await HeldAsync(RowCount);
        yield return new("Managed heap when the 100,000th row is written", many, "MB",
            many / few, FormattableString.Invariant($"the same at the 10,000th, {few:0.00} MB"), 1.5);

        var peer = await Measured.OnceAsync(ClosedXmlAsync);
        yield return new("Excel ledger, times faster than its peer", own.Milliseconds, "ms",
            peer.Milliseconds / own.Milliseconds, FormattableString.Invariant($"ClosedXML 0.95.4, {peer.Milliseconds:0} ms; at least"), 20);
        yield return new("Excel ledger, allocated", own.Megabytes, "MB",
            own.Megabytes / peer.Megabytes, FormattableString.Invariant($"ClosedXML 0.95.4, {peer.Megabytes:0} MB"), 0.05);
    }

    static Task WriteAsync(Source source) => LedgerSheet.WriteAsync(new Sink(), layout, source, CancellationToken.None);

    // The whole managed heap after the last row, the pooled buffers included.
    static async Task<double> HeldAsync(int count)
    {
        var source = new Source(count, measure: true);
        await WriteAsync(source);
        return source.Memory / 1e6;
    }

    // The least that holds the same values: no styles, no references, no widths.
    static void BareXml()
    {
        using var archive = new ZipArchive(new Sink(), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 1 << 16);
        writer.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        Span<char> number = stackalloc char[40];
        for (var i = 0; i < RowCount; i++)
        {
            writer.Write("<row>");
            foreach (var value in rows[i % rows.Length])
                if (value is string text)
                {
                    writer.Write("<c t=\"inlineStr\"><is><t>");
                    writer.Write(text);
                    writer.Write("</t></is></c>");
                }
                else
                {
                    var length = 0;
                    if (value is DateOnly date) (date.DayNumber - 693_593).TryFormat(number, out length, default, CultureInfo.InvariantCulture);
                    else if (value is ISpanFormattable formattable) formattable.TryFormat(number, out length, default, CultureInfo.InvariantCulture);
                    writer.Write("<c><v>");
                    writer.Write(number[..length]);
                    writer.Write("</v></c>");
                }
            writer.Write("</row>");
        }
        writer.Write("</sheetData></worksheet>");
    }

    static Task ClosedXmlAsync()
    {
        using var workbook = new XLWorkbook();
        var sheet = workbook.AddWorksheet(layout.SheetName);
        for (var column = 0; column < layout.Columns.Count; column++) sheet.Cell(1, column + 1).Value = layout.Columns[column].Heading;
        for (var i = 0; i < RowCount; i++)
        {
            var row = rows[i % rows.Length];
            for (var column = 0; column < row.Length; column++)
                sheet.Cell(i + 2, column + 1).Value = row[column] is DateOnly date ? date.ToDateTime(default) : row[column];
        }
        using var output = new MemoryStream();
        workbook.SaveAs(output);
        return Task.CompletedTask;
    }

    static object?[] Row(int i) =>
    [
        $"(2026)法人调字第{i * 7919 % 100_000}号", $"第{i % 23}村", "当事人申请", i % 3 == 0 ? "邻里纠纷" : "山林土地纠纷", $"张某{i % 91}", $"李某{i % 83}",
        $"调解员{i % 17}", i % 9 == 7 ? "调解不成" : "调解成功", $"6107{i * 104_729L % 100_000_000_000_000:00000000000000}",
        $"双方对承包地田埂界址各执一词，被申请人越界栽种核桃树{i % 40}株，申请人要求恢复原状并赔偿青苗损失{i * 31 % 9_000}元。",
        new DateOnly(2026, 1, 1).AddDays(i % 365), new DateOnly(2026, 1, 20).AddDays(i % 340),
        (long)(i % 12 + 2), i % 80 / 2m, i * 13.37m,
    ];

    sealed class Source(int count, bool measure = false) : IAsyncEnumerable<object?[]>, IAsyncEnumerator<object?[]>
    {
        int next = -1;
        /// <summary>What the process held after the last row.</summary>
        public long Memory { get; private set; }
        public object?[] Current => rows[next % rows.Length];
        public IAsyncEnumerator<object?[]> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;
        public ValueTask<bool> MoveNextAsync()
        {
            if (++next < count) return new(true);
            if (measure) Memory = GC.GetTotalMemory(forceFullCollection: true);
            return new(false);
        }
        public ValueTask DisposeAsync() => default;
    }

    /// <summary>A stream that cannot seek and keeps nothing.</summary>
    sealed class Sink : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) { }
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
