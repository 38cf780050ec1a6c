using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>How much a finding matters: read with an assumption, something left out, or not readable.</summary>
enum Severity { Info, Warning, Error }

/// <summary>What is to be said about a cell: what was made of it, or what to do.</summary>
sealed record CellProblem(Severity Severity, string Message);

/// <summary>A cell as the value of a field.</summary>
/// <param name="Value">As stored; null when the cell is empty or cannot be read.</param>
/// <param name="Keep">The value says less than the cell (约50人 → 50), so the cell's text is to be kept as well.</param>
readonly record struct CellValue(object? Value, CellProblem? Problem = null, bool Keep = false)
{
    public static CellValue Wrong(string message) => new(null, new(Severity.Error, message));
    public static CellValue Assumed(object value, string message, bool keep = false) => new(value, new(Severity.Info, message), keep);
}

/// <summary>Reads cells as people fill them: 2022.3.5, 约50人, 1.2万, ✓, words of dictionaries, names of villages.</summary>
sealed class CellReader(LedgerCatalog catalog, ImportWords words, UnitTree tree, Unit under, int year)
{
    readonly HashSet<string> yes = Plain(words.Yes), no = Plain(words.No), empty = [.. words.Empty.Select(word => word.Trim())];
    // Rows are read on both cores at once.
    readonly ConcurrentDictionary<string, DictionaryWords> dictionaries = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Unit?> units = new(StringComparer.Ordinal);

    /// <param name="factor">What a number in this column is to be multiplied by, as its heading says (万元).</param>
    public CellValue Read(FieldDefinition field, object? cell, decimal factor = 1)
    {
        if (CellText.IsBlank(cell)) return default;
        var text = CellText.Show(cell);
        if (empty.Contains(text)) return default;
        if (text is ['#', .., '!' or '?'] || text == "#N/A")
            return CellValue.Wrong($"单元格里的公式出错（{text}），请改成数值");
        return field.Type switch
        {
            FieldType.Date => DateWords.Read(cell!, year),
            FieldType.YesNo => YesNo(field, cell!, text),
            FieldType.OneOf => OneOf(field, text),
            FieldType.SeveralOf => Dictionary(field).Several(text) is var (codes, unknown) && unknown is null
                ? new(codes) : CellValue.Wrong($"“{unknown}”不在“{field.Label}”的可选范围内；可选：{Offered(field)}"),
            FieldType.Unit => Unit(text) is { } unit ? new(unit.Code) : CellValue.Wrong($"没有单位“{text}”，请写单位的全称或代码"),
            _ when field.IsNumber => NumberWords.Read(field, cell!, text, factor),
            _ => Text(field, cell!, text),
        };
    }

    /// <summary>The unit below the one that is imported for, by code or by name, with or without 村, 社区, 村委会 and the town before it.</summary>
    public Unit? Unit(string text) => units.GetOrAdd(text, typed => Find(typed.Trim()));

    Unit? Find(string text)
    {
        if (tree.Find(text) is { } coded) return tree.Covers(under, coded) ? coded : null;
        var all = tree.Subtree(under).ToList();
        foreach (var same in (Func<string, string>[])[name => name, Short])
        {
            var asked = same(text);
            if (asked.Length == 0) continue;
            var found = all.Where(unit => same(unit.Name) == asked || unit.OfficialName == text).ToList();
            // 法镇松坪梁村: the town stands before the village.
            if (found.Count == 0)
                found = [.. all.Where(unit => unit.ParentId is { } parent && tree.Find(parent) is { } above && same(above.Name + unit.Name) == asked)];
            if (found.Count == 1) return found[0];
        }
        return null;
    }

    static readonly string[] UnitEndings = ["村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "镇人民政府", "镇", "乡", "街道办事处", "街道"];

    /// <summary>样例村村委会, 样例村 and 样例 are the same village.</summary>
    static string Short(string name)
    {
        while (Array.Find(UnitEndings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) is { } ending) name = name[..^ending.Length];
        return name;
    }

    CellValue YesNo(FieldDefinition field, object cell, string text)
    {
        if (cell is bool flag) return new(flag);
        var plain = CellText.Plain(text);
        if (plain.Length == 0) plain = text.Trim();
        return yes.Contains(plain) ? new(true) : no.Contains(plain) ? new(false) : CellValue.Wrong($"“{text}”看不出是与否，请写“是”或“否”");
    }

    CellValue OneOf(FieldDefinition field, string text)
    {
        var (code, exact) = Dictionary(field).One(text);
        if (code is null) return CellValue.Wrong($"“{text}”不在“{field.Label}”的可选范围内；可选：{Offered(field)}");
        return exact ? new(code) : CellValue.Assumed(code, $"“{text}”按“{catalog.Label(field, code)}”读取", keep: true);
    }

    static CellValue Text(FieldDefinition field, object cell, string text)
    {
        if (cell is double and >= 1e15 or double and <= -1e15) return CellValue.Wrong("长数字在 Excel 里存成了数值，末几位已经丢失；请在 Excel 中改成文本格式后重新填写");
        text = field.Type == FieldType.LongText ? text.ReplaceLineEndings("\n") : text.ReplaceLineEndings(" ");
        return text.Length <= field.TextLimit ? new(text) : CellValue.Wrong($"最多{field.TextLimit}字，现有{text.Length}字，请缩短");
    }

    DictionaryWords Dictionary(FieldDefinition field) =>
        dictionaries.GetOrAdd(field.Dictionary!, key => new(catalog.Dictionary(key)!, words.WordsOf(key)));

    string Offered(FieldDefinition field)
    {
        var labels = catalog.Values(field).Where(value => !value.Retired).Select(value => value.Label).ToList();
        return string.Join('、', labels.Take(8)) + (labels.Count > 8 ? "等" : "");
    }

    static HashSet<string> Plain(IEnumerable<string> all) => [.. all.Select(word => CellText.Plain(word) is { Length: > 0 } plain ? plain : word)];
}

/// <summary>The words of one dictionary: labels, codes, and other words for them.</summary>
sealed class DictionaryWords
{
    static readonly char[] Separators = ['、', '，', ',', ';', '；', '/', '|', '\n', '\r', ' ', '\u3000'];
    static readonly string[] Endings = ["纠纷", "案件", "事项", "类", "件"];

    readonly Dictionary<string, string> exact = new(StringComparer.Ordinal);
    readonly List<(string Word, string Code)> labels = [];
    readonly ConcurrentDictionary<string, (string?, bool)> seen = new(StringComparer.Ordinal);
    int remembered;

    public DictionaryWords(DictionaryDefinition dictionary, IEnumerable<(string Word, string Code)> also)
    {
        foreach (var value in dictionary.Values) exact.TryAdd(CellText.Plain(value.Label), value.Code);
        foreach (var value in dictionary.Values) exact.TryAdd(CellText.Plain(value.Code), value.Code);
        foreach (var (word, code) in also) exact.TryAdd(CellText.Plain(word), code);
        foreach (var value in dictionary.Values.Where(value => !value.Retired)) labels.Add((CellText.Plain(value.Label), value.Code));
    }

    /// <summary>The code that a word stands for, and whether it says so exactly; null when there is none, or more than one.</summary>
    public (string? Code, bool Exact) One(string text)
    {
        if (seen.TryGetValue(text, out var known)) return known;
        var found = Find(CellText.Plain(text));
        // What people write repeats itself; a column of sentences must not fill the memory.
        if (remembered < 10_000 && seen.TryAdd(text, found)) Interlocked.Increment(ref remembered);
        return found;
    }

    /// <summary>The codes of words that stand beside each other; a label may itself hold a separator. Or the word that is none.</summary>
    public (string[] Codes, string? Unknown) Several(string text)
    {
        if (One(text) is ({ } whole, true)) return ([whole], null);
        var parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var codes = new List<string>();
        for (var at = 0; at < parts.Length;)
        {
            var taken = parts.Length - at;
            string? code = null;
            for (; taken > 0 && code is null; taken--)
                if (One(string.Concat(parts.Skip(at).Take(taken))) is ({ } found, var exact) && (exact || taken == 1)) { code = found; taken++; }
            if (code is null) return ([], parts[at]);
            if (!codes.Contains(code)) codes.Add(code);
            at += taken;
        }
        return (codes.ToArray(), codes.Count == 0 ? text : null);
    }

    (string?, bool) Find(string plain)
    {
        if (plain.Length == 0) return default;
        if (exact.TryGetValue(plain, out var code)) return (code, true);
        foreach (var ending in Endings)
            if (plain.Length > ending.Length && plain.EndsWith(ending, StringComparison.Ordinal) && exact.TryGetValue(plain[..^ending.Length], out code)) return (code, true);
            else if (exact.TryGetValue(plain + ending, out code)) return (code, true);
        if (plain.Length < 2) return default;
        var near = labels.Where(label => label.Word.Length >= 2 && (label.Word.Contains(plain, StringComparison.Ordinal) || plain.Contains(label.Word, StringComparison.Ordinal)))
            .Select(label => label.Code).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return near.Count == 1 ? (near[0], false) : default;
    }
}
