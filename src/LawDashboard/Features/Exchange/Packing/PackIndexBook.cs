using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// The index of a pack as a workbook: first what is missing, then indicators and ledgers, then every entry with its files.
/// Links are relative, so they work wherever the folder lies. Streamed from the spool, as often as a part needs it.
/// </summary>
static class PackIndexBook
{
    public const string Name = "00-目录.xlsx";
    /// <summary>Excel allows 65,530 links on a sheet.</summary>
    const int RowsOfSheet = 60_000;
    const int Head = 1, Link = 2, Wrapped = 3, Bold = 4;
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006", Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    const string Styles = $"""<styleSheet xmlns="{Main}"><fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><u/><sz val="11"/><color rgb="FF1F4E8C"/><name val="宋体"/></font><font><b/><sz val="14"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF8"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color rgb="FFBFC9D4"/></left><right style="thin"><color rgb="FFBFC9D4"/></right><top style="thin"><color rgb="FFBFC9D4"/></top><bottom style="thin"><color rgb="FFBFC9D4"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="2" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>""";

    /// <summary>A cell: its text, and where it leads.</summary>
    readonly record struct Cell(string Text, string? Path = null);

    sealed record Sheet(string Name, double[] Widths, IReadOnlyList<string> Above, string[] Headings, Func<IAsyncEnumerable<Cell[]>> Rows);

    public static Task WriteAsync(PackArchive archive, PackIndex index, CancellationToken cancel) =>
        archive.AddAsync(archive.Names.Unique(Name), CompressionLevel.NoCompression, stream => WriteAsync(stream, index, cancel), cancel);

    static async Task WriteAsync(Stream output, PackIndex index, CancellationToken cancel)
    {
        var queue = new SheetOutput(output);
        var sheets = Sheets(index, await StartsAsync(index, cancel), cancel);
        await using (var zip = await ZipArchive.CreateAsync(queue, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            await TextAsync(zip, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/></Types>""", cancel);
            await TextAsync(zip, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""", cancel);
            await TextAsync(zip, "xl/styles.xml", Styles, cancel);
            await TextAsync(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>{string.Concat(sheets.Select((sheet, at) => $"<sheet name=\"{Escaped(sheet.Name)}\" sheetId=\"{at + 1}\" r:id=\"rId{at + 1}\"/>"))}</sheets></workbook>""", cancel);
            await TextAsync(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{string.Concat(sheets.Select((_, at) => $"<Relationship Id=\"rId{at + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))}<Relationship Id="rId{sheets.Count + 1}" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""", cancel);
            foreach (var (at, sheet) in sheets.Index())
            {
                await PartAsync(zip, $"xl/worksheets/sheet{at + 1}.xml", SheetXml(sheet, first: at == 0), cancel);
                await PartAsync(zip, $"xl/worksheets/_rels/sheet{at + 1}.xml.rels", LinksXml(sheet), cancel);
            }
        }
        await queue.DrainAsync(cancel);
    }

    /// <summary>Number of the first entry on each sheet of entries, so that no sheet has too many links.</summary>
    static async Task<List<int>> StartsAsync(PackIndex index, CancellationToken cancel)
    {
        var (starts, at, rows) = (new List<int> { 0 }, 0, 0);
        await foreach (var line in index.Spool.LinesAsync(cancel))
        {
            if (rows + line.Files.Count + 1 > RowsOfSheet)
            {
                starts.Add(at);
                rows = 0;
            }
            rows += line.Files.Count + 1;
            at++;
        }
        return [.. starts, at];
    }

    static List<Sheet> Sheets(PackIndex index, List<int> starts, CancellationToken cancel)
    {
        var plan = index.Plan;
        List<Sheet> sheets =
        [
            new("缺什么和未附什么", [22, 56, 46], [.. index.Notes, plan.Gaps.Count == 0 ? "没有发现缺少的材料。" : $"下面{plan.Gaps.Count}项还缺，请先看。"], ["类别", "缺什么", "说明"],
                () => Rows(index.LeftOut.Select(ledger => (Cell[])[new(PackLeftOut.Kind), new(ledger.Text), new(PackLeftOut.Why)]).Concat(plan.Gaps.Select(gap => (Cell[])[new(gap.Kind), new(gap.Text), new(gap.Why)])))),
            new("目录", [16, 36, 14, 12, 10, 34, 60], [$"{plan.Title}（{plan.EditionLabel}）"], ["任务", "指标或台账", "数值", "目标", "记录数", "打开", "口径"], () => Rows(Contents(index))),
        ];
        for (var number = 0; number < starts.Count - 1; number++)
        {
            var (from, to) = (starts[number], starts[number + 1]);
            sheets.Add(new(number == 0 ? "记录与材料" : $"记录与材料（{number + 1}）", [14, 26, 12, 44, 14, 40], [], ["台账", "编号", "日期", "事项", "单位", "材料"], () => EntriesAsync(index, from, to, cancel)));
        }
        return sheets;
    }

    static IEnumerable<Cell[]> Contents(PackIndex index)
    {
        if (index.HasReport) yield return [new("年度报告"), new("法治政府建设情况报告"), new(""), new(""), new(""), new(PackReport.Name, PackReport.Name), new("")];
        foreach (var (at, section) in index.Plan.Sections.Index())
        {
            foreach (var indicator in index.Plan.Indicators.Where(of => of.Section == at))
                foreach (var table in indicator.Tables)
                    yield return [new(section.Title), new(indicator.Definition.Name + (table.Label.Length > 0 ? $"（{table.Label}）" : "")), new(indicator.Value), new(indicator.Target), new(Number(table.Rows)), new("打开台账", table.Path), new(indicator.Sentence)];
            foreach (var ledger in section.Ledgers)
                if (index.Plan.Ledgers.First(of => of.Definition == ledger).Table is { } table)
                    yield return [new(section.Title), new(ledger.Name), new(""), new(""), new(Number(table.Rows)), new("打开台账", table.Path), new("")];
        }
    }

    /// <summary>A row for each file, and one for what an entry lacks.</summary>
    static async IAsyncEnumerable<Cell[]> EntriesAsync(PackIndex index, int from, int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var at = 0;
        await foreach (var line in index.Spool.LinesAsync(cancel))
        {
            if (at >= to) yield break;
            if (at++ < from) continue;
            Cell[] entry = [new(index.Plan.Ledgers[line.Ledger].Definition.ShortName), new(line.Serial), new(line.Date), new(line.Title), new(line.Unit)];
            foreach (var file in line.Files) yield return [.. entry, new(file.Name, file.Path)];
            var note = string.Join("；", ((string[])[line.Withheld > 0 ? $"附件{line.Withheld}件含当事人信息，未附" : "", line.Missing ?? ""]).Where(text => text.Length > 0));
            if (line.Files.Count == 0 || note.Length > 0) yield return [.. entry, new(note)];
        }
    }

    static async IAsyncEnumerable<Cell[]> Rows(IEnumerable<Cell[]> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.CompletedTask;
    }

    static async IAsyncEnumerable<string> SheetXml(Sheet sheet, bool first)
    {
        yield return $"""<worksheet xmlns="{Main}" xmlns:r="{Relations}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView {(first ? "tabSelected=\"1\" " : "")}workbookViewId="0"><pane ySplit="{sheet.Above.Count + 1}" topLeftCell="A{sheet.Above.Count + 2}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{string.Concat(sheet.Widths.Select((width, at) => $"<col min=\"{at + 1}\" max=\"{at + 1}\" width=\"{Number(width)}\" customWidth=\"1\"/>"))}</cols><sheetData>""";
        var row = 0;
        foreach (var text in sheet.Above) yield return Row(++row, [new(text)], row == 1 ? Bold : 0);
        yield return Row(++row, [.. sheet.Headings.Select(heading => new Cell(heading))], Head);
        await foreach (var cells in sheet.Rows()) yield return Row(++row, cells, Wrapped);
        yield return "</sheetData>";
        var (at, number, any) = (sheet.Above.Count + 1, 0, false);
        await foreach (var cells in sheet.Rows())
        {
            at++;
            foreach (var (column, cell) in cells.Index())
                if (cell.Path is not null)
                {
                    yield return $"{(any ? "" : "<hyperlinks>")}<hyperlink ref=\"{SheetForm.Letters(column)}{at}\" r:id=\"rId{++number}\"/>";
                    any = true;
                }
        }
        yield return $"""{(any ? "</hyperlinks>" : "")}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>""";
    }

    static async IAsyncEnumerable<string> LinksXml(Sheet sheet)
    {
        yield return $"<Relationships xmlns=\"{Package}/relationships\">";
        var number = 0;
        await foreach (var cells in sheet.Rows())
            foreach (var cell in cells)
                if (cell.Path is { } path)
                    yield return $"<Relationship Id=\"rId{++number}\" Type=\"{Relations}/hyperlink\" Target=\"{Escaped(Address(path))}\" TargetMode=\"External\"/>";
        yield return "</Relationships>";
    }

    /// <summary>The path as a relative address, each part escaped.</summary>
    static string Address(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    static string Row(int number, IReadOnlyList<Cell> cells, int style)
    {
        var xml = new StringBuilder($"<row r=\"{number}\">");
        foreach (var (column, cell) in cells.Index())
            xml.Append($"<c r=\"{SheetForm.Letters(column)}{number}\" s=\"{(cell.Path is null ? style : Link)}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escaped(cell.Text)}</t></is></c>");
        return xml.Append("</row>").ToString();
    }

    static string Number(double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    static string Escaped(string text) => SecurityElement.Escape(SheetText.Clean(text));

    static Task TextAsync(ZipArchive zip, string name, string xml, CancellationToken cancel) => PartAsync(zip, name, One(xml), cancel);

    static async IAsyncEnumerable<string> One(string xml)
    {
        yield return xml;
        await Task.CompletedTask;
    }

    static async Task PartAsync(ZipArchive zip, string name, IAsyncEnumerable<string> pieces, CancellationToken cancel)
    {
        await using var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
        await using var writer = new StreamWriter(part, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        await writer.WriteAsync(Declaration);
        await foreach (var piece in pieces.WithCancellation(cancel)) await writer.WriteAsync(piece.AsMemory(), cancel);
        await writer.FlushAsync(cancel);
    }
}
