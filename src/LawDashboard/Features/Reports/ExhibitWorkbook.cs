using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LawDashboard.Features.Reports;

/// <summary>The workbook behind a chart in Word: what 编辑数据 opens.</summary>
static class ExhibitWorkbook
{
    public static MemoryStream Of(Exhibit exhibit)
    {
        var stream = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook, autoSave: true))
        {
            var main = book.AddWorkbookPart();
            var sheet = main.AddNewPart<WorksheetPart>("sheet");
            sheet.Worksheet = new(new SheetData([
                new Row([Text(exhibit.AxisName), .. exhibit.Columns.Select(column => Text(column.Heading))]),
                .. exhibit.Rows.Select(row => new Row([Text(row.Label), .. row.Cells.Select(Number)]))]));
            main.Workbook = new(new Sheets(new Sheet { Id = "sheet", SheetId = 1, Name = "数据" }));
        }
        stream.Position = 0;
        return stream;
    }

    static Cell Text(string text) => new(new InlineString(new Text(OfficialText.Legal(text)))) { DataType = CellValues.InlineString };

    static Cell Number(ExhibitCell cell) => cell.Amount is { } amount ? new(new CellValue(amount.ToString(CultureInfo.InvariantCulture))) : new Cell();
}
