using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>Reads and checks <c>seed-data/demo</c>; every finding names file, key and reason.</summary>
public static class DemoSpecs
{
    public const string Folder = "demo";

    /// <summary>Words that stand in texts beside the keys of fields.</summary>
    internal static readonly string[] Words = ["unit", "town", "year", "n"];

    /// <summary>The specs of all ledgers in the order of their files; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static IReadOnlyList<DemoLedger> Load(SeedFolder seed, LedgerCatalog catalog)
    {
        var ledgers = new List<DemoLedger>();
        foreach (var (file, spec) in seed.ReadEach<DemoSpec>(Folder))
        {
            if (catalog.Ledger(spec.Ledger) is not { } ledger) seed.Report(file, "ledger", $"台账“{spec.Ledger}”不存在");
            else if (ledgers.Exists(other => other.Ledger == ledger)) seed.Report(file, "ledger", $"台账“{spec.Ledger}”的演示数据已在另一文件中定义");
            else
            {
                foreach (var (key, reason) in Problems(spec, ledger, catalog)) seed.Report(file, key, reason);
                ledgers.Add(new(ledger, spec));
            }
        }
        return ledgers;
    }

    static IEnumerable<(string Key, string Reason)> Problems(DemoSpec spec, LedgerDefinition ledger, LedgerCatalog catalog)
    {
        if (spec.PerYear is < 0 or > 100_000) yield return ("perYear", "每年条数应在0至100000之间");
        if (spec.Months.Count != 12 || spec.Months.Any(weight => weight < 0) || spec.Months.Sum() <= 0) yield return ("months", "应为12个不小于0、合计大于0的分月权重");
        if (spec.Initial < 0 || (spec.Initial > 0 && !ledger.Register)) yield return ("initial", "只有名册可以有年初已在册的条数，且不小于0");
        foreach (var (key, rule) in spec.Fields)
        {
            if (ledger.Field(key) is not { } field) yield return (key, $"台账“{ledger.Key}”没有这个字段");
            else if (key == ledger.Date) yield return (key, "台账的日期字段由生成器填写，不能列出");
            else
                foreach (var reason in new DemoFieldCheck(key, field, rule, ledger, catalog).Problems()) yield return (key, reason);
        }
        if (FieldOrder.Of(ledger, spec).Cycle is { } cycle) yield return (cycle[0], $"字段互相引用，无法先后填写：{string.Join("→", cycle)}");
    }
}

/// <summary>Checks the rule of one field against the field it fills.</summary>
sealed class DemoFieldCheck(string key, FieldDefinition field, DemoField rule, LedgerDefinition ledger, LedgerCatalog catalog)
{
    public IEnumerable<string> Problems()
    {
        string[] rules = [.. Rules()];
        if (rules.Length > 1) yield return $"只能写一种填法，现有：{string.Join("、", rules)}";
        else if (rules.Length == 0 && field.Type != FieldType.YesNo) yield return "没有写填法（weights、texts、pattern、range、shareOf、after、person、phone、idNumber）";
        else if (rules.Length == 1 && !Fits(rules[0])) yield return $"“{rules[0]}”不能用于“{field.Label}”这类字段";
        if (rule.Chance is < 0 or > 1) yield return "chance 应在0至1之间";
        foreach (var problem in ConditionCheck.Problems(rule.When, ledger, catalog)) yield return problem;
        foreach (var problem in OfWeights().Concat(OfNumbers()).Concat(OfReferences())) yield return problem;
    }

    IEnumerable<string> Rules()
    {
        if (rule.Weights is not null) yield return "weights";
        if (rule.Texts is not null) yield return "texts";
        if (rule.Pattern is not null) yield return "pattern";
        if (rule.Range is not null) yield return "range";
        if (rule.ShareOf is not null) yield return "shareOf";
        if (rule.After is not null) yield return "after";
        if (rule.Person) yield return "person";
        if (rule.Phone) yield return "phone";
        if (rule.IdNumber) yield return "idNumber";
    }

    bool Fits(string name) => name switch
    {
        "weights" => field.IsDictionary,
        "range" or "shareOf" => field.IsNumber,
        "after" => field.Type == FieldType.Date,
        _ => field.Type is FieldType.Text or FieldType.LongText or FieldType.Person,
    };

    IEnumerable<string> OfWeights()
    {
        var tables = (rule.InMonths?.Values ?? []).Prepend(rule.Weights).OfType<IReadOnlyDictionary<string, decimal>>().ToList();
        foreach (var code in tables.SelectMany(table => table.Keys).Distinct().Where(code => catalog.Dictionary(field.Dictionary)?.ByCode.ContainsKey(code) != true))
            yield return $"字典“{field.Dictionary}”中没有代码“{code}”";
        if (tables.Exists(table => table.Values.Any(weight => weight < 0) || table.Values.Sum() <= 0)) yield return "权重不能小于0，合计应大于0";
        if (rule.InMonths is { } months && (rule.Weights is null || months.Keys.Any(month => month is < 1 or > 12))) yield return "inMonths 只能与 weights 同用，月份为1至12";
        if (rule.Count is { } count && (field.Type != FieldType.SeveralOf || !Ordered(count, least: 1))) yield return "count 只用于多选，写成 [最少, 最多]";
    }

    IEnumerable<string> OfNumbers()
    {
        if (rule.Range is { } range && !Ordered(range)) yield return "range 应写成 [最小, 最大]";
        if (rule.Step is { } step && (rule.Range is null || step <= 0)) yield return "step 只能与 range 同用，且大于0";
        if (rule.ShareOf is null != rule.Share is null) yield return "shareOf 与 share 应同时写";
        if (rule.Share is { } share && !Ordered(share, least: 0)) yield return "share 应写成 [最小, 最大]，不小于0";
        if (rule.After is null != rule.Days is null) yield return "after 与 days 应同时写";
        if (rule.Days is { } days && !Ordered(days)) yield return "days 应写成 [最少, 最多]";
        if (rule.Texts is { Count: 0 }) yield return "texts 至少写一条";
    }

    IEnumerable<string> OfReferences()
    {
        if (rule.After is { } after && ledger.Field(after)?.Type != FieldType.Date) yield return $"after 指向的“{after}”不是日期字段";
        if (rule.ShareOf is { } whole && ledger.Field(whole)?.IsNumber != true) yield return $"shareOf 指向的“{whole}”不是数字字段";
        foreach (var word in rule.Patterns.SelectMany(Patterns.Keys).Distinct().Where(word => word == key || (ledger.Field(word) is null && !DemoSpecs.Words.Contains(word))))
            yield return $"文字中的“{{{word}}}”不是本台账的其他字段，也不是 {string.Join("、", DemoSpecs.Words)}";
    }

    static bool Ordered<T>(IReadOnlyList<T> pair, T? least = null) where T : struct, IComparable<T> =>
        pair.Count == 2 && pair[0].CompareTo(pair[1]) <= 0 && (least is not { } bound || pair[0].CompareTo(bound) >= 0);
}
