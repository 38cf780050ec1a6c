using System.Collections.Concurrent;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>A sheet of a workbook. Rows and columns are what the file claims, blank ones included.</summary>
sealed record SheetInfo(int Index, string Name, bool Hidden, int Rows, int Columns);

/// <summary>A row with its number as Excel shows it.</summary>
/// <param name="Cells">Texts, numbers (double), dates, booleans, or null; formulas by their stored result.</param>
sealed record SheetRow(int Number, object?[] Cells, bool Hidden)
{
    public object? Cell(int column) => column < Cells.Length ? Cells[column] : null;
}

/// <summary>Cells merged into one; rows from 1, columns from 0, both ends included.</summary>
readonly record struct Merged(int FirstRow, int LastRow, int FirstColumn, int LastColumn);

/// <summary>
/// An .xlsx, .xls or .csv file, read sheet by sheet and row by row. Whatever the reader makes of a damaged file comes out as
/// a <see cref="WorkbookException"/> with a sentence.
/// </summary>
sealed class Workbook
{
    public const int RowsLimit = 200_000;
    public const int ColumnsLimit = 1_024;
    const int ExcelRows = 1_048_576;
    const int SheetsLimit = 200;

    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    readonly string path;
    readonly WorkbookKind kind;

    Workbook(string path, string name, WorkbookKind kind)
    {
        (this.path, this.kind, Name) = (path, kind, name);
        Sheets = Guarded(ReadSheets);
    }

    /// <summary>The file's name as its owner calls it.</summary>
    public string Name { get; }
    public IReadOnlyList<SheetInfo> Sheets { get; }
    /// <summary>Sheets that were looked at for a ledger: opening one reads all of it.</summary>
    public ConcurrentDictionary<(int Sheet, string Ledger, int Unit, int Year), SheetView> Views { get; } = [];

    public static Workbook Open(string path, string name)
    {
        var workbook = new Workbook(path, name, WorkbookGuard.Check(path));
        if (workbook.Sheets.Count == 0) throw new WorkbookException("文件里没有工作表");
        return workbook;
    }

    public SheetReading Read(int sheet) => Guarded(() =>
    {
        var reader = OpenReader();
        try
        {
            for (var at = 0; at < sheet; at++)
                if (!reader.NextResult()) throw new WorkbookException("文件里没有这个工作表");
            if (reader.FieldCount > ColumnsLimit)
                throw new WorkbookException($"{(kind == WorkbookKind.Csv ? "表中" : $"工作表“{reader.Name}”")}有{reader.FieldCount}列，超过{ColumnsLimit}列；请删去右边的空列再导入");
            if (kind != WorkbookKind.Csv && reader.RowCount > ExcelRows) throw new WorkbookException($"工作表“{reader.Name}”的行号超出 Excel 的范围，文件不正常，没有读取");
            return new SheetReading(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    });

    internal static WorkbookException TooManyRows() => new($"表中数据超过{RowsLimit / 10_000}万行，请按年度或单位拆成几个文件再导入");

    List<SheetInfo> ReadSheets()
    {
        using var reader = OpenReader();
        var sheets = new List<SheetInfo>();
        do
        {
            if (sheets.Count >= SheetsLimit) throw new WorkbookException($"工作表超过{SheetsLimit}个，请拆成几个文件再导入");
            sheets.Add(new(sheets.Count, reader.Name is { Length: > 0 } name ? name : "表1", reader.VisibleState is not (null or "visible"), reader.RowCount, reader.FieldCount));
        }
        while (reader.NextResult());
        return sheets;
    }

    IExcelDataReader OpenReader()
    {
        var stream = File.OpenRead(path);
        try
        {
            return kind switch
            {
                WorkbookKind.Xlsx => ExcelReaderFactory.CreateOpenXmlReader(stream),
                WorkbookKind.Xls => ExcelReaderFactory.CreateBinaryReader(stream, new() { FallbackEncoding = Encoding.GetEncoding(936) }),
                // What is no UTF-8 is GBK; 54936 (GB 18030) reads it and what came after it.
                _ => ExcelReaderFactory.CreateCsvReader(stream, new() { FallbackEncoding = Encoding.GetEncoding(54936), AutodetectSeparators = [',', '\t', ';', '|'] }),
            };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>A reader meets damage in every place there is, and says so by any exception there is.</summary>
    internal static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException e)
        {
            throw new WorkbookException("文件有打开密码；请在 Excel 或 WPS 中取消密码后再导入", e);
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new WorkbookException("文件里有不该有的 XML 声明（DTD），可能是有害文件，没有读取", e);
        }
        catch (Exception e) when (e is not (WorkbookException or OperationCanceledException))
        {
            throw new WorkbookException("文件已损坏或不是 Excel 文件，读不出来；请用 Excel 或 WPS 打开后另存为 .xlsx 再导入", e);
        }
    }
}

/// <summary>The rows of one sheet, from the first, once.</summary>
sealed class SheetReading(IExcelDataReader reader) : IDisposable
{
    public int Columns { get; } = reader.FieldCount;

    public IReadOnlyList<Merged> Merges { get; } =
        [.. (reader.MergeCells ?? []).Select(m => new Merged(m.FromRow + 1, m.ToRow + 1, m.FromColumn, m.ToColumn)).OrderBy(m => m.FirstRow)];

    public bool IsHidden(int column) => Workbook.Guarded(() => reader.GetColumnWidth(column) == 0);

    /// <summary>The rows that are not blank.</summary>
    public IEnumerable<SheetRow> Rows(CancellationToken cancel = default)
    {
        var filled = 0;
        while (Workbook.Guarded(reader.Read))
        {
            cancel.ThrowIfCancellationRequested();
            if (Workbook.Guarded(Row) is not { } row) continue;
            if (++filled > Workbook.RowsLimit) throw Workbook.TooManyRows();
            yield return row;
        }
    }

    SheetRow? Row()
    {
        var cells = new object?[Columns];
        var blank = true;
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = reader.GetValue(column);
            if (CellText.IsBlank(cell)) continue;
            cells[column] = cell is double or string or DateTime or bool ? cell : cell is int number ? (double)number : CellText.Show(cell);
            blank = false;
        }
        return blank ? null : new(reader.Depth + 1, cells, reader.RowHeight == 0);
    }

    public void Dispose() => reader.Dispose();
}
