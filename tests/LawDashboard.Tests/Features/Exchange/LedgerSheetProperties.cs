using System.Globalization;
using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>What is read back is what was written, for any table.</summary>
public sealed class LedgerSheetProperties
{
    sealed record Table(IReadOnlyList<SheetColumn> Columns, IReadOnlyList<object?[]> Rows, int SheetRows)
    {
        public override string ToString() => string.Join("\n",
            [$"{SheetRows} rows a sheet: {string.Join(", ", Columns)}", .. Rows.Select(row => string.Join(" | ", row.Select(cell => $"{cell?.GetType().Name} {cell}")))]);
    }

    static readonly Gen<string> texts = Gen.Frequency(
        (4, Gen.Elements("邻里纠纷", "=1+1", "-", "@", "_x000D_", " 前后 ", "\n", "a\r\nb", "<&>\"'", "😀", "0012", "1e5", "2026-03-05", "TRUE")),
        (3, ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)),
        (2, Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(chars => new string(chars))));

    static readonly Gen<DateOnly> dates = Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber);

    // Long and short ones alike.
    static readonly Gen<long> longs =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from shift in Gen.Choose(0, 63)
        select ((long)high << 32 | (uint)low) >> shift;

    static readonly Gen<decimal> decimals =
        from digits in longs
        from scale in Gen.Choose(0, 18)
        select new decimal((int)digits, (int)(digits >> 32) & int.MaxValue, 0, digits < 0, (byte)scale);

    static Gen<object> Cells(SheetCellKind kind) => Gen.Frequency(
        (1, Gen.Constant<object>(null!)),
        (1, texts.Select(text => (object)text)),
        (6, kind switch
        {
            SheetCellKind.Text => texts.Select(text => (object)text),
            SheetCellKind.Integer => Gen.OneOf(longs.Select(n => (object)(int)n), longs.Select(n => (object)n)),
            SheetCellKind.Date => dates.Select(date => (object)date),
            _ => decimals.Select(number => (object)number),
        }));

    static readonly Gen<SheetColumn> columns =
        from heading in texts
        from width in Gen.Choose(1, 60)
        from kind in Gen.Elements(Enum.GetValues<SheetCellKind>())
        from total in Gen.Elements(true, false)
        from places in Gen.Choose(0, 12)
        select new SheetColumn(heading, width, kind, total, places);

    static readonly Gen<Table> tables =
        from columns in columns.NonEmptyListOf()
        from rows in Gen.CollectToSequence(columns, column => Cells(column.Kind)).Select(cells => cells.ToArray()).ListOf()
        from sheetRows in Gen.Choose(5, 40)
        select new Table([.. columns], [.. rows], sheetRows);

    [Fact]
    public void What_is_read_back_is_what_was_written() =>
        Prop.ForAll(tables.ToArbitrary(), table =>
        {
            var layout = new SheetLayout("台账", "标题", ["左", "右"], table.Columns);
            var file = SheetReading.WriteAsync(layout, table.Rows, table.SheetRows).GetAwaiter().GetResult();
            Assert.Equal(Expected(table), Written(SheetReading.Read(file)));
            Assert.Empty(SheetReading.Findings(file));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    // The rows of all sheets without title, second line and headings, each with its running number.
    static List<string> Written(IReadOnlyList<ReadSheet> sheets) =>
        [.. sheets.SelectMany(sheet => sheet.Rows.Skip(3)).Select(row => string.Join(" | ", row.Select(Show)))];

    static List<string> Expected(Table table)
    {
        var rows = table.Rows.Select((row, i) => string.Join(" | ", row.Select(cell => Show(AsRead(cell))).Prepend(Show((double)(i + 1))))).ToList();
        if (!table.Columns.Any(IsTotalled)) return rows;
        var totals = table.Columns.Select((column, i) => IsTotalled(column) ? AsRead(table.Rows.Sum(row => Number(row[i]))) : null);
        rows.Add(string.Join(" | ", totals.Select(Show).Prepend(Show("合计"))));
        return rows;
    }

    static bool IsTotalled(SheetColumn column) => column.Total && column.Kind is not (SheetCellKind.Text or SheetCellKind.Date);

    static decimal Number(object? cell) => cell is int or long or decimal ? Convert.ToDecimal(cell, CultureInfo.InvariantCulture) : 0;

    static object? AsRead(object? cell) => cell switch
    {
        string text => Allowed(text) is { Length: > 0 } allowed ? allowed : null,
        DateOnly date when date >= new DateOnly(1900, 3, 1) => date.ToDateTime(default),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        int or long or decimal => AsDouble(Convert.ToDecimal(cell, CultureInfo.InvariantCulture)),
        _ => null,
    };

    // Excel shows 15 digits, so a number that comes back with 15 digits has come back whole.
    static object AsDouble(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return decimal.Parse(((double)number).ToString("E14", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == number
            ? double.Parse(text, CultureInfo.InvariantCulture) : text;
    }

    static string Allowed(string text)
    {
        var allowed = new StringBuilder();
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        for (var i = 0; i < text.Length; i++)
            if (XmlConvert.IsXmlChar(text[i])) allowed.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) allowed.Append(text[i]).Append(text[++i]);
        return allowed.ToString();
    }

    static string Show(object? cell) => cell switch
    {
        null => "",
        string text => $"“{text}”",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("s", CultureInfo.InvariantCulture),
        _ => $"{cell.GetType().Name} {cell}",
    };
}
