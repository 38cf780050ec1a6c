using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LawDashboard.Features.Exchange;

/// <summary>A sheet that was written: its name, its last row of data and its last printed row.</summary>
sealed record SheetExtent(string Name, int LastRow, int LastPrinted);

/// <summary>
/// The parts of the package around the sheets (ECMA-376 part 2). What the workbook says of the sheets is known when they are
/// written, so it comes last.
/// </summary>
sealed class SheetPackage(SheetOutput output, ZipArchive archive, CancellationToken cancel) : IAsyncDisposable
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";

    static readonly XNamespace main = Main, relations = Relations, packageRelations = PackageRelations;

    // Whoever tells a file by its first bytes expects this part first, when the number of sheets is not known yet; so the
    // sheets are what is XML by default.
    static readonly byte[] contentTypes = Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/></Types>
        """);

    static readonly byte[] packageLinks = Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="{PackageRelations}"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """);

    /// <summary>Opens a package and writes the parts that do not depend on the ledger.</summary>
    public static async Task<SheetPackage> BeginAsync(Stream output, CancellationToken cancel)
    {
        var queue = new SheetOutput(output);
        var archive = await ZipArchive.CreateAsync(queue, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var package = new SheetPackage(queue, archive, cancel);
        await package.PartAsync("[Content_Types].xml", contentTypes);
        await package.PartAsync("_rels/.rels", packageLinks);
        await package.PartAsync("xl/styles.xml", SheetStyles.Part);
        return package;
    }

    /// <summary>The part of the <paramref name="number"/>th sheet, to be written and closed before the next.</summary>
    public Task<Stream> SheetAsync(int number) => OpenAsync($"xl/worksheets/sheet{number}.xml");

    /// <summary>The workbook, its links to the sheets and the end of the package.</summary>
    public async Task EndAsync(SheetForm form, IReadOnlyList<SheetExtent> sheets)
    {
        await PartAsync("xl/_rels/workbook.xml.rels", Bytes(Links(sheets.Count)));
        await PartAsync("xl/workbook.xml", Bytes(Workbook(form, sheets)));
        await archive.DisposeAsync();
        await output.DrainAsync(cancel);
    }

    public ValueTask DisposeAsync() => archive.DisposeAsync();

    static XElement Links(int sheets) => new(packageRelations + "Relationships",
        Enumerable.Range(1, sheets).Select(number => Link($"rId{number}", "worksheet", $"worksheets/sheet{number}.xml")),
        Link($"rId{sheets + 1}", "styles", "styles.xml"));

    static XElement Link(string id, string type, string target) => new(packageRelations + "Relationship",
        new XAttribute("Id", id), new XAttribute("Type", $"{Relations}/{type}"), new XAttribute("Target", target));

    static XElement Workbook(SheetForm form, IReadOnlyList<SheetExtent> sheets) => new(main + "workbook",
        new XAttribute(XNamespace.Xmlns + "r", Relations),
        // Without it LibreOffice distrusts the row heights and makes its own.
        new XElement(main + "fileVersion", new XAttribute("appName", "xl")),
        new XElement(main + "bookViews", new XElement(main + "workbookView")),
        new XElement(main + "sheets", sheets.Select((sheet, i) => new XElement(main + "sheet",
            new XAttribute("name", sheet.Name), new XAttribute("sheetId", i + 1), new XAttribute(relations + "id", $"rId{i + 1}")))),
        new XElement(main + "definedNames", sheets.SelectMany((sheet, i) => Names(form, sheet, i))));

    static IEnumerable<XElement> Names(SheetForm form, SheetExtent sheet, int index)
    {
        var name = $"'{sheet.Name.Replace("'", "''", StringComparison.Ordinal)}'";
        yield return Name("_FilterDatabase", $"{name}!$A${SheetForm.HeadingRow}:${form.LastColumn}${sheet.LastRow}", new XAttribute("hidden", 1));
        yield return Name("Print_Area", $"{name}!$A$1:${form.LastColumn}${sheet.LastPrinted}");
        yield return Name("Print_Titles", $"{name}!$1:${SheetForm.HeadingRow}");

        XElement Name(string what, string range, params XAttribute[] attributes) => new(main + "definedName",
            new XAttribute("name", $"_xlnm.{what}"), new XAttribute("localSheetId", index), attributes, range);
    }

    static byte[] Bytes(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false) }))
            new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(writer);
        return bytes.ToArray();
    }

    async Task PartAsync(string name, byte[] content)
    {
        await using var part = await OpenAsync(name);
        await part.WriteAsync(content, cancel);
    }

    Task<Stream> OpenAsync(string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        // The same ledger gives the same bytes.
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.OpenAsync(cancel);
    }
}
