using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>
/// Writes the sheet that was read again as .xlsx, each cell at its place with its value, those with findings in red and
/// what was found in a column of its own at the end. Streamed; it is for mending and importing once more.
/// </summary>
static class MarkedWorkbook
{
    public const string Heading = "导入时发现的问题";
    const int Red = 1, Orange = 2, Day = 3, RedDay = 4;
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006", Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    static readonly (string Name, string Content)[] parts =
    [
        ("[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/></Types>"""),
        ("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="导入检查" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FF9C0006"/><name val="宋体"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFEB9C"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFill="1" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="3" borderId="0" xfId="0" applyFill="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1" applyFont="1"/></cellXfs></styleSheet>"""),
    ];

    /// <param name="headRow">Number of the last heading row, which the new column's heading joins.</param>
    public static async Task WriteAsync(Stream output, IAsyncEnumerable<(SheetRow Row, IReadOnlyList<Finding> Findings)> rows, int headRow, int columns, CancellationToken cancel)
    {
        var queue = new SheetOutput(output);
        await using (var archive = await ZipArchive.CreateAsync(queue, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            foreach (var (name, content) in parts)
            {
                await using var part = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
                await part.WriteAsync(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content), cancel);
            }
            await using var sheet = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancel);
            await SheetAsync(sheet, rows, headRow, columns, cancel);
        }
        await queue.DrainAsync(cancel);
    }

    static async Task SheetAsync(Stream sheet, IAsyncEnumerable<(SheetRow Row, IReadOnlyList<Finding> Findings)> rows, int headRow, int columns, CancellationToken cancel)
    {
        var xml = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"{columns}\" width=\"14\" customWidth=\"1\"/><col min=\"{columns + 1}\" max=\"{columns + 1}\" width=\"60\" customWidth=\"1\"/></cols><sheetData>"));
        await foreach (var (row, findings) in rows.WithCancellation(cancel))
        {
            Row(xml, row, findings, columns, row.Number == headRow);
            if (xml.Length < 1 << 16) continue;
            await sheet.WriteAsync(Encoding.UTF8.GetBytes(xml.ToString()), cancel);
            xml.Clear();
        }
        xml.Append("</sheetData></worksheet>");
        await sheet.WriteAsync(Encoding.UTF8.GetBytes(xml.ToString()), cancel);
    }

    static void Row(StringBuilder xml, SheetRow row, IReadOnlyList<Finding> findings, int columns, bool isHead)
    {
        xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row.Number}\">");
        for (var column = 0; column < Math.Min(columns, row.Cells.Length); column++)
        {
            var marks = findings.Where(finding => finding.Column == column).ToList();
            var style = marks.Count == 0 ? 0 : marks.Max(finding => finding.Severity) == Severity.Info ? Orange : Red;
            if (row.Cells[column] is { } cell) Cell(xml, row.Number, column, cell, style);
            else if (style > 0) xml.Append($"<c r=\"{CellText.Address(row.Number, column)}\" s=\"{style}\"/>");
        }
        if (isHead) Cell(xml, row.Number, columns, Heading, 0);
        else if (findings.Count > 0)
            Cell(xml, row.Number, columns, string.Join("；", findings.Select(finding => $"{finding.Address}：{finding.Message}")), findings.Max(finding => finding.Severity) == Severity.Info ? Orange : Red);
        xml.Append("</row>");
    }

    static void Cell(StringBuilder xml, int row, int column, object cell, int style)
    {
        var at = CellText.Address(row, column);
        switch (cell)
        {
            case double number when double.IsFinite(number): xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{style}\"><v>{number:R}</v></c>"); break;
            case DateTime { Year: >= 1901 } day: xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{(style == Red ? RedDay : style == Orange ? Orange : Day)}\"><v>{day.ToOADate():R}</v></c>"); break;
            // As text: what began with = in somebody's cell must not become a formula in ours.
            default: xml.Append($"<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(SheetText.Clean(CellText.Show(cell)))}</t></is></c>"); break;
        }
    }
}
