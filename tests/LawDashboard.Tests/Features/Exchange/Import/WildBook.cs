using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>A formula with the result that Excel stored beside it; null when none was.</summary>
sealed record Formula(string Text, object? Result);

/// <summary>A sheet as a clerk makes it: anything in any cell.</summary>
sealed class WildSheet(string name)
{
    readonly SortedDictionary<int, object?[]> rows = [];
    readonly HashSet<int> hidden = [];

    public string Name => name;
    public bool Hidden { get; init; }
    public List<string> Merges { get; } = [];
    public List<int> HiddenColumns { get; } = [];
    public int Last => rows.Count == 0 ? 0 : rows.Keys.Max();

    public WildSheet Row(params object?[] cells)
    {
        rows[Last + 1] = cells;
        return this;
    }

    public WildSheet HiddenRow(params object?[] cells)
    {
        Row(cells);
        hidden.Add(Last);
        return this;
    }

    public WildSheet Merge(params string[] ranges)
    {
        Merges.AddRange(ranges);
        return this;
    }

    public string Xml()
    {
        var xml = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">""");
        if (HiddenColumns.Count > 0) xml.Append("<cols>").AppendJoin("", HiddenColumns.Select(c => $"<col min=\"{c + 1}\" max=\"{c + 1}\" width=\"9\" hidden=\"1\"/>")).Append("</cols>");
        xml.Append("<sheetData>");
        foreach (var (number, cells) in rows)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\"{(hidden.Contains(number) ? " hidden=\"1\"" : "")}>");
            for (var c = 0; c < cells.Length; c++) Cell(xml, $"{Letters(c)}{number}", cells[c]);
            xml.Append("</row>");
        }
        xml.Append("</sheetData>");
        if (Merges.Count > 0) xml.Append("<mergeCells>").AppendJoin("", Merges.Select(m => $"<mergeCell ref=\"{m}\"/>")).Append("</mergeCells>");
        return xml.Append("</worksheet>").ToString();
    }

    public string Csv() => string.Concat(rows.Values.Select(cells => string.Join(',', cells.Select(cell => cell switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy/M/d", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"\"{cell.ToString()!.Replace("\"", "\"\"")}\"",
    })) + "\r\n"));

    static void Cell(StringBuilder xml, string at, object? cell)
    {
        switch (cell)
        {
            case null: break;
            case Formula formula:
                xml.Append($"<c r=\"{at}\"{(formula.Result is string ? " t=\"str\"" : "")}><f>{SecurityElement.Escape(formula.Text)}</f>");
                if (formula.Result is { } result) xml.Append($"<v>{SecurityElement.Escape(Convert.ToString(result, CultureInfo.InvariantCulture))}</v>");
                xml.Append("</c>");
                break;
            case DateOnly day: xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"1\"><v>{day.ToDateTime(default).ToOADate()}</v></c>"); break;
            case bool flag: xml.Append($"<c r=\"{at}\" t=\"b\"><v>{(flag ? 1 : 0)}</v></c>"); break;
            case string text: xml.Append($"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>"); break;
            default: xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{cell}</v></c>"); break;
        }
    }

    public static string Letters(int c) => c < 26 ? ((char)('A' + c)).ToString() : Letters(c / 26 - 1) + (char)('A' + c % 26);
}

/// <summary>Writes wild workbooks as raw packages, past every library that would tidy them up.</summary>
static class WildBook
{
    public const string Workbook = "xl/workbook.xml", Sheet1 = "xl/worksheets/sheet1.xml";

    public static byte[] Xlsx(params WildSheet[] sheets) => Package(Parts(sheets));

    public static Dictionary<string, string> Parts(params WildSheet[] sheets)
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006", types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = $"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{types}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/></Types>""",
            ["_rels/.rels"] = $"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            ["xl/styles.xml"] = $"""<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""",
            [Workbook] = $"""<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{string.Concat(sheets.Select((s, n) => $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{n + 1}\" r:id=\"rId{n + 1}\"{(s.Hidden ? " state=\"hidden\"" : "")}/>"))}</sheets></workbook>""",
            ["xl/_rels/workbook.xml.rels"] = $"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}/relationships">{string.Concat(sheets.Select((_, n) => $"<Relationship Id=\"rId{n + 1}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{n + 1}.xml\"/>"))}<Relationship Id="rId900" Type="{relations}/styles" Target="styles.xml"/></Relationships>""",
        };
        for (var n = 0; n < sheets.Length; n++) parts[$"xl/worksheets/sheet{n + 1}.xml"] = sheets[n].Xml();
        return parts;
    }

    public static byte[] Package(IEnumerable<KeyValuePair<string, string>> parts)
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        return output.ToArray();
    }
}
