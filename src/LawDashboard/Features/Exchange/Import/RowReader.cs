using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>Something found at a cell, or with column −1 about the whole row.</summary>
sealed record Finding(int Row, int Column, Severity Severity, string Read, string Message)
{
    public string Address => Column < 0 ? $"第{Row}行" : CellText.Address(Row, Column);
}

/// <summary>Why a row of the file is none of the table's.</summary>
enum RowKind { Entry, Total, Footer, Heading }

/// <summary>A row as an entry of the ledger.</summary>
sealed record ReadRow(SheetRow Source, RowKind Kind, FieldValues Values, Unit Unit, string? Serial, IReadOnlyList<Finding> Findings)
{
    public int Number => Source.Number;
    public DateOnly? Date { get; init; }
    public bool Faulty => Findings.Any(finding => finding.Severity == Severity.Error);
    /// <summary>Nothing required is missing.</summary>
    public bool Complete { get; init; }
    /// <summary>Keys of personal fields that came masked, as an exported ledger has them: they must not take the place of whole ones.</summary>
    public IReadOnlyCollection<string> Masked { get; init; } = [];
}

/// <summary>Turns rows under a heading into values, with a finding for every cell that was not taken as it stands.</summary>
sealed class RowReader
{
    /// <summary>What is longer is a sentence, and neither a heading nor 合计.</summary>
    const int LongestWord = 20;

    readonly LedgerDefinition ledger;
    readonly CellReader cells;
    readonly EntryValidator validator;
    readonly Unit unit;
    readonly SheetHead head;
    readonly (ColumnHead Head, ImportTarget Target, decimal Factor)[] columns;
    readonly Dictionary<string, int> columnOf;
    readonly HashSet<string> totals, headings;
    readonly IReadOnlyList<string> footers;
    readonly FieldDefinition? remark;

    public RowReader(LedgerDefinition ledger, ImportTargets targets, ImportWords words, CellReader cells, EntryValidator validator, Unit unit, SheetHead head, IReadOnlyDictionary<int, string> mapping)
    {
        (this.ledger, this.cells, this.validator, this.unit, this.head) = (ledger, cells, validator, unit, head);
        columns = [.. from column in head.Columns
                      let target = targets.Find(mapping.GetValueOrDefault(column.Index))
                      where target is not null
                      select (column, target, NumberWords.Factor(target.Field, column))];
        columnOf = columns.ToDictionary(column => column.Target.Key, column => column.Head.Index, StringComparer.Ordinal);
        totals = [.. words.Totals.Select(CellText.Plain)];
        footers = words.Footers;
        headings = [.. head.Columns.SelectMany(column => new[] { column.Text, column.Group + column.Text }).Select(CellText.Plain)];
        remark = ledger.Fields.FirstOrDefault(field => field is { Key: "remark", Type: FieldType.LongText or FieldType.Text })
            ?? ledger.Fields.FirstOrDefault(field => field is { Label: "备注", Type: FieldType.LongText or FieldType.Text });
    }

    /// <summary>The columns that are taken over, in the order of the file.</summary>
    public IEnumerable<(ColumnHead Head, ImportTarget Target)> Columns => columns.Select(column => (column.Head, column.Target));

    public int? ColumnOf(string key) => columnOf.TryGetValue(key, out var column) ? column : null;

    public ReadRow Read(SheetRow row)
    {
        var kind = KindOf(row);
        if (kind != RowKind.Entry) return new(row, kind, FieldValues.Empty, unit, null, []);
        var findings = new List<Finding>();
        var pairs = new List<KeyValuePair<string, object?>>();
        var masked = new List<string>();
        var kept = new List<string>();
        var (of, serial) = (unit, (string?)null);
        foreach (var (column, target, factor) in columns)
        {
            var cell = row.Cell(column.Index);
            if (CellText.IsBlank(cell)) continue;
            var text = CellText.Show(cell);
            if (target.Key == ImportTarget.Serial) serial = text;
            else if (target.Key == ImportTarget.Unit)
            {
                if (cells.Unit(text) is { } named) of = named;
                else Say(column.Index, Severity.Error, text, $"{unit.Name}下没有“{text}”，请写单位的全称或代码");
            }
            else if (target.Field is { } field)
            {
                var value = cells.Read(field, cell, factor);
                if (value.Problem is { } problem) Say(column.Index, problem.Severity, text, problem.Message);
                if (value.Keep && field.Key != remark?.Key) kept.Add($"原表“{column.Text}”：{text}");
                if (field.IsPersonal && text.Contains('*'))
                {
                    masked.Add(field.Key);
                    Say(column.Index, Severity.Info, text, "个人信息已脱敏，按原样导入；更新已有记录时保留原有内容");
                }
                pairs.Add(new(field.Key, value.Value));
            }
        }
        var number = serial is null ? null : Number(of, serial, pairs, kept, Say);
        var values = Checked(row, Remarked(Asked(row, FieldValues.From(pairs), kept, Say), kept), Say, out var complete);
        return new(row, kind, values, of, number, findings) { Date = values.Date(ledger.Date), Complete = complete, Masked = masked };

        void Say(int column, Severity severity, string read, string message) => findings.Add(new(row.Number, column, severity, read, message));
    }

    /// <summary>The row without the cells that could not be taken; null when nothing is left to register it by.</summary>
    public ReadRow? Blanked(ReadRow row)
    {
        if (!row.Faulty) return row;
        var wrong = row.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Column).ToHashSet();
        var values = row.Values;
        foreach (var (column, target, _) in columns)
            if (wrong.Contains(column.Index) && target.Field is { } field) values = values.With(field.Key, null);
        // Emptying one field may hide another that was asked for because of it.
        values = EntryValidator.Clean(ledger, values);
        return wrong.Contains(-1) || (ColumnOf(ImportTarget.Unit) is { } unitColumn && wrong.Contains(unitColumn)) || values.Date(ledger.Date) is not { } date
            ? null : row with { Values = values, Complete = false, Date = date };
    }

    /// <summary>The serial number where it is one of this ledger, unit and year; another one is kept among the remarks.</summary>
    string? Number(Unit of, string serial, List<KeyValuePair<string, object?>> pairs, List<string> kept, Action<int, Severity, string, string> say)
    {
        var date = pairs.FirstOrDefault(pair => pair.Key == ledger.Date).Value as DateOnly?;
        if (date is { } day && SerialNumbers.Read(ledger, of, day.Year, serial) is not null) return serial;
        kept.Add($"原编号：{serial}");
        say(columnOf[ImportTarget.Serial], Severity.Info, serial, $"不是{of.Name}本台账的编号，将重新编号，原编号记入备注");
        return null;
    }

    FieldValues Remarked(FieldValues values, List<string> kept)
    {
        if (kept.Count == 0 || remark is null) return values;
        var text = string.Join('；', kept.Prepend(values.Text(remark.Key)).Where(part => !string.IsNullOrEmpty(part)));
        return values.With(remark.Key, text.Length <= remark.TextLimit ? text : text[..remark.TextLimit]);
    }

    /// <summary>The values without what the ledger does not ask for, given the others; their texts go to the remarks.</summary>
    FieldValues Asked(SheetRow row, FieldValues values, List<string> kept, Action<int, Severity, string, string> say)
    {
        var clean = EntryValidator.Clean(ledger, values);
        foreach (var key in values.Keys.Where(key => !clean.Filled(key)))
        {
            var (column, field) = (columnOf[key], ledger.Field(key)!);
            kept.Add($"原表“{field.Label}”：{CellText.Show(row.Cell(column))}");
            say(column, Severity.Warning, CellText.Show(row.Cell(column)), $"按其他内容，这一条不应填“{field.Label}”，没有导入，原文记入备注");
        }
        return clean;
    }

    /// <summary>Holds the values against the ledger's rules.</summary>
    FieldValues Checked(SheetRow row, FieldValues clean, Action<int, Severity, string, string> say, out bool complete)
    {
        complete = true;
        foreach (var error in validator.Check(ledger, clean))
        {
            var column = columnOf.TryGetValue(error.Field, out var at) ? at : -1;
            if (clean.Filled(error.Field)) say(column, Severity.Error, column < 0 ? "" : CellText.Show(row.Cell(column)), error.Message);
            else
            {
                complete = false;
                // A cell that could not be read says so already.
                if (column >= 0 && !CellText.IsBlank(row.Cell(column)) && error.Field != ledger.Date && cells.Read(ledger.Field(error.Field)!, row.Cell(column)).Problem is { Severity: Severity.Error }) continue;
                // Without its day an entry belongs nowhere; all else can be added to the draft.
                if (error.Field != ledger.Date) say(column, Severity.Warning, "", $"{error.Message}；现为空，只能存为草稿");
                else if (column < 0 || CellText.IsBlank(row.Cell(column))) say(column, Severity.Error, "", $"没有{ledger.Field(error.Field)!.Label}，不能登记");
            }
        }
        return clean;
    }

    RowKind KindOf(SheetRow row)
    {
        var (filled, first, early) = (0, "", (RowKind?)null);
        for (var column = 0; column < row.Cells.Length; column++)
        {
            if (row.Cells[column] is not { } cell) continue;
            // Who adds up says so at the beginning of the row; so does a heading that is repeated.
            if (filled++ >= 3 || cell is not string text) continue;
            if (first.Length == 0) first = text.Trim();
            if (text.Length > LongestWord) continue;
            if (totals.Contains(CellText.Plain(CellText.WithoutBrackets(text)))) return RowKind.Total;
            if (headings.Contains(CellText.Plain(text))) early = RowKind.Heading;
        }
        if (early is not null && row.Cells.Count(cell => cell is string text && headings.Contains(CellText.Plain(text))) * 2 > filled) return RowKind.Heading;
        // A row of column numbers stands under the headings of printed forms.
        if (filled >= 3 && row.Cells.All(cell => cell is null or double) && row.Cells.OfType<double>().SequenceEqual(Enumerable.Range(1, filled).Select(n => (double)n))) return RowKind.Heading;
        if (filled > 2 && ColumnOf(ledger.Date) is { } date && !CellText.IsBlank(row.Cell(date))) return RowKind.Entry;
        return footers.Any(word => first.StartsWith(word, StringComparison.Ordinal) && (first.Length == word.Length || word[^1] is '：' || first[word.Length] is '：' or ':' or ' ' or '　'))
            || (filled == 1 && first.Length > LongestWord && head.Columns.Count > 3) ? RowKind.Footer : RowKind.Entry;
    }
}
