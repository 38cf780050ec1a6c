using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// The rows of one page of a list while their simple fields are edited as in a spreadsheet: what was typed, what is wrong
/// with it, which rows are locked. Nothing is stored here; what was changed leaves as the edits of one batch, and rows that
/// come back refused keep what was typed.
/// </summary>
public sealed class GridEditor
{
    /// <summary>What was typed into a cell.</summary>
    /// <param name="Error">Why it stands for no value.</param>
    sealed record Typed(string Text, object? Value, string? Error);

    readonly LedgerDefinition ledger;
    readonly Person person;
    readonly FieldParser parser;
    readonly EntryValidator validator;
    readonly FieldText texts;
    readonly Dictionary<(long Id, string Field), Typed> typed = [];
    /// <summary>Sentences of cells and, under an empty key, of rows that the last saving refused.</summary>
    readonly Dictionary<(long Id, string Field), string> refused = [];
    /// <summary>What stored rules say of rows that were typed in, by field.</summary>
    readonly Dictionary<long, Dictionary<string, string>> problems = [];

    public GridEditor(LedgerDefinition ledger, IReadOnlyList<ListColumn> columns, IReadOnlyList<Entry> rows, Person person, FieldParser parser, EntryValidator validator, FieldText texts)
    {
        (this.ledger, this.person, this.parser, this.validator, this.texts, Rows) = (ledger, person, parser, validator, texts, rows);
        Columns = [.. columns.Select(column => column.Key == "date" ? column with { Field = ledger.Field(ledger.Date) } : column)];
    }

    public IReadOnlyList<Entry> Rows { get; private set; }
    public IReadOnlyList<ListColumn> Columns { get; }

    /// <summary>Rows with something typed that would change them.</summary>
    public int ChangedRows => typed.Keys.Select(key => key.Id).Distinct().Count();
    public int ChangedCells => typed.Count;
    /// <summary>Cells with something typed that stands for no value or breaks a rule; refusals of the last saving may be tried again.</summary>
    public int Unreadable => typed.Values.Count(cell => cell.Error is not null) + problems.Values.Sum(row => row.Count);
    public int WrongCells => Rows.Index().Sum(row => Columns.Index().Count(column => Error(row.Index, column.Index) is not null));

    /// <summary>Texts, numbers, dates, one of several, yes or no; nothing that is masked.</summary>
    public static bool IsEditable(FieldDefinition? field) => field is { IsPersonal: false }
        && field.Type is FieldType.Text or FieldType.LongText or FieldType.Integer or FieldType.Decimal or FieldType.Money or FieldType.People or FieldType.Date or FieldType.OneOf or FieldType.YesNo;

    /// <summary>Why nothing of the row can be changed; null when it can.</summary>
    public string? Locked(int row) => EntryWorkflow.CanEdit(person, Rows[row]) ? null : !person.CanRecord ? $"{Person.Label(person.Role)}不能修改台账"
        : $"“{EntryWorkflow.Label(Rows[row].State)}”的记录不能修改{(Rows[row].State == EntryState.Approved ? "，确需修改请审核员或负责人先解除锁定" : "")}";

    /// <summary>Why the cell cannot be changed; null when it can.</summary>
    public string? LockedCell(int row, int column) => Locked(row) ?? (IsEditable(Columns[column].Field) ? null : "这一列不能在表格中修改，请打开记录修改");

    /// <summary>What the cell shows, and what editing it begins with: as typed, or the value as one would type it.</summary>
    public string Shown(int row, int column) => At(row, column, out var field) is { } mine ? mine.Text : field is null ? "" : Text(field, Rows[row].Values);

    public bool IsChanged(int row, int column) => At(row, column, out _) is not null;

    /// <summary>The sentence for the cell: unreadable, against a rule, or refused by the last saving.</summary>
    public string? Error(int row, int column)
    {
        if (Columns[column].Field is not { } field) return null;
        var id = Rows[row].Id;
        return At(row, column, out _)?.Error ?? refused.GetValueOrDefault((id, field.Key)) ?? problems.GetValueOrDefault(id)?.GetValueOrDefault(field.Key);
    }

    /// <summary>What the last saving, or a rule about fields that are no columns here, says of the whole row.</summary>
    public string? RowError(int row)
    {
        var id = Rows[row].Id;
        var elsewhere = problems.GetValueOrDefault(id)?.Where(problem => !Columns.Any(column => column.Field?.Key == problem.Key)).Select(problem => problem.Value).FirstOrDefault();
        return refused.GetValueOrDefault((id, "")) ?? elsewhere;
    }

    /// <summary>Takes what was typed; false when the cell cannot be changed.</summary>
    public bool Set(int row, int column, string? text)
    {
        if (LockedCell(row, column) is not null) return false;
        var (entry, field) = (Rows[row], Columns[column].Field!);
        var parsed = parser.Parse(field, text);
        // What means the stored value changes nothing, however it is written.
        if (parsed.Error is null && Equals(FieldValues.Empty.With(field.Key, parsed.Value), FieldValues.Empty.With(field.Key, entry.Values[field.Key]))) typed.Remove((entry.Id, field.Key));
        else typed[(entry.Id, field.Key)] = new(parsed.Error is null ? Text(field, FieldValues.Empty.With(field.Key, parsed.Value)) : text!, parsed.Value, parsed.Error);
        refused.Remove((entry.Id, field.Key));
        refused.Remove((entry.Id, ""));
        Check(entry);
        return true;
    }

    /// <summary>
    /// Lays a block of tab-separated lines, as spreadsheets copy them, over the cells from this one on; a single value fills
    /// nothing but its cell. Returns how many cells took it and how many could not.
    /// </summary>
    public (int Taken, int Refused) Paste(int row, int column, string block)
    {
        var (taken, locked) = (0, 0);
        foreach (var (down, line) in Lines(block).Index())
            foreach (var (right, text) in line.Index())
            {
                // What lies beyond the page's rows or columns has nowhere to go.
                var fits = row + down < Rows.Count && column + right < Columns.Count;
                if (fits && Set(row + down, column + right, text)) taken++;
                // Cells of columns that only show something, with just what they show, are no loss.
                else if (!fits || (text.Trim().Length > 0 && LockedCell(row + down, column + right) is not null)) locked++;
            }
        return (taken, locked);
    }

    /// <summary>Copies the first row's cells of the range into the rows below it; of one row, the row above into it.</summary>
    public (int Taken, int Refused) FillDown(int fromRow, int fromColumn, int toRow, int toColumn)
    {
        var source = fromRow == toRow ? fromRow - 1 : fromRow;
        var (taken, locked) = (0, 0);
        if (source < 0) return (0, 0);
        for (var column = fromColumn; column <= toColumn; column++)
            for (var row = source + 1; row <= toRow; row++)
                if (Set(row, column, Shown(source, column))) taken++; else locked++;
        return (taken, locked);
    }

    /// <summary>Throws everything away that was typed.</summary>
    public void Discard()
    {
        typed.Clear();
        refused.Clear();
        problems.Clear();
    }

    /// <summary>One edit for each changed row, counted from 1 as in <see cref="Rows"/>, on the version that was shown.</summary>
    public IReadOnlyList<BatchEdit> Edits() =>
        [.. from row in Rows.Index()
            let changes = typed.Where(cell => cell.Key.Id == row.Item.Id).Select(cell => (cell.Key.Field, cell.Value.Value)).ToList()
            where changes.Count > 0
            select new BatchEdit.Change(row.Index + 1, row.Item.Id, row.Item.Version, values => changes.Aggregate(values, (sum, change) => sum.With(change.Field, change.Value)))];

    /// <summary>
    /// After a saving: takes the rows as they are stored now. What was saved is no longer typed; rows that were refused keep
    /// what was typed with the reason, and where somebody else changed such a cell meanwhile, it says to what.
    /// </summary>
    public void Saved(IReadOnlyList<Entry> fresh, IReadOnlyList<BatchError> errors)
    {
        var before = Rows.ToDictionary(row => row.Id);
        refused.Clear();
        problems.Clear();
        foreach (var id in typed.Keys.Select(key => key.Id).Distinct().ToList())
        {
            if (errors.FirstOrDefault(error => error.EntryId == id) is { } error)
                foreach (var wrong in error.Errors) refused[(id, Columns.Any(column => column.Field?.Key == wrong.Field) ? wrong.Field : "")] = wrong.Message;
            else foreach (var key in typed.Keys.Where(key => key.Id == id).ToList()) typed.Remove(key);
        }
        Rows = fresh;
        foreach (var (id, key) in typed.Keys.ToList())
            if (fresh.FirstOrDefault(row => row.Id == id) is not { } now) typed.Remove((id, key));
            else if (before.TryGetValue(id, out var then) && !FieldChanges.Same(key, then.Values, now.Values))
                refused[(id, key)] = $"别人刚改为“{Text(ledger.Field(key)!, now.Values)}”；再次保存则用您填的";
    }

    Typed? At(int row, int column, out FieldDefinition? field) =>
        (field = Columns[column].Field) is null ? null : typed.GetValueOrDefault((Rows[row].Id, field.Key));

    /// <summary>Dictionary values by their names, numbers without separators: what the parser reads back as the same value.</summary>
    string Text(FieldDefinition field, FieldValues values) => field.IsNumber ? FieldText.Raw(field, values) : texts.Show(field, values);

    /// <summary>Holds the row as typed against the definition: what is filled must be right, and under review nothing may lack.</summary>
    void Check(Entry entry)
    {
        problems.Remove(entry.Id);
        var mine = typed.Where(cell => cell.Key.Id == entry.Id && cell.Value.Error is null).ToList();
        if (mine.Count == 0) return;
        var values = mine.Aggregate(entry.Values, (sum, cell) => sum.With(cell.Key.Field, cell.Value.Value));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var error in validator.Check(ledger, EntryValidator.Clean(ledger, values)))
            if (entry.State == EntryState.Submitted || values.Filled(error.Field)) found[error.Field] = error.Message;
        foreach (var (key, cell) in mine.Select(cell => (cell.Key.Field, cell.Value)))
            if (cell.Value is not null && !EntryValidator.Shown(ledger, ledger.Field(key)!, values)) found[key] = $"按这一行其他内容，不填{ledger.Field(key)!.Label}";
        if (found.Count > 0) problems[entry.Id] = found;
    }

    /// <summary>Lines and cells of a copied block; a cell with line breaks or tabs stands in quotes, doubled inside.</summary>
    static IEnumerable<IReadOnlyList<string>> Lines(string block)
    {
        var (line, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < block.Length; i++)
        {
            var c = block[i];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < block.Length && block[i + 1] == '"') cell.Append(block[++i]);
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0 && Closes(block, i)) quoted = true;
            else if (c == '\t') Next();
            else if (c == '\n')
            {
                Next();
                yield return line;
                line = [];
            }
            else if (c != '\r') cell.Append(c);
        }
        if (line.Count > 0 || cell.Length > 0)
        {
            Next();
            yield return line;
        }

        void Next()
        {
            line.Add(cell.ToString());
            cell.Clear();
        }
    }

    /// <summary>Whether a cell that begins with a quotation mark is a quoted one, and not a text that begins with it.</summary>
    static bool Closes(string block, int start)
    {
        for (var i = start + 1; i < block.Length; i++)
            if (block[i] == '"')
            {
                if (i + 1 < block.Length && block[i + 1] == '"') i++;
                else return i + 1 == block.Length || block[i + 1] is '\t' or '\r' or '\n';
            }
        return false;
    }
}
