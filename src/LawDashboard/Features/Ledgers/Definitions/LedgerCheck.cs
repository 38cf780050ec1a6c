using LawDashboard.Data;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>Checks one ledger definition against itself and its dictionaries; every finding names file, key and reason.</summary>
sealed class LedgerCheck(SeedFolder seed, string file, LedgerDefinition ledger, LedgerCatalog catalog)
{
    public void Run(IReadOnlySet<string> tasks)
    {
        if (!LedgerCatalog.KeyPattern().IsMatch(ledger.Key)) Report("key", "台账代码只能用英文字母和数字，以字母开头");
        if (!tasks.Contains(ledger.Task)) Report("task", $"年度任务“{ledger.Task}”不存在");
        foreach (var twice in ledger.Fields.GroupBy(field => field.Key).Where(group => group.Count() > 1))
            Report(twice.Key, "字段代码重复");
        foreach (var field in ledger.Fields) Check(field);
        if (ledger.BackdatedAfterDays < 0) Report("backdatedAfterDays", "补录天数不能小于0");
        if (ledger.Field(ledger.Date) is not { Type: FieldType.Date, Required: true })
            Report("date", $"“{ledger.Date}”应是本台账必填的日期字段");
        if (!ledger.Essentials.Any(field => field.Key == ledger.Date)) Report(ledger.Date, "快捷登记要问日期，请设 essential: true");
        if (ledger.Fields.Count(field => field.Essential) > 8) Report("essential", "快捷登记的要点字段（essential: true）最多8个");
        foreach (var field in ledger.Fields.Where(field => field is { Essential: true, Type: FieldType.Files }))
            Report(field.Key, "附件字段总在快捷登记中，不必设 essential");
        foreach (var key in Patterns.Keys(ledger.Title).Concat(ledger.List).Where(key => ledger.Field(key) is null))
            Report(key, "标题或列表中引用的字段不存在");
        string[] parts = ["unit", "unitName", "code", "year", "number", "number:0000", "number:000", "number:00"];
        foreach (var key in Patterns.Keys(ledger.Serial).Except(parts))
            Report("serial", $"编号规则中的“{{{key}}}”不认识，可用：{string.Join("、", parts)}");
    }

    void Check(FieldDefinition field)
    {
        if (!LedgerCatalog.KeyPattern().IsMatch(field.Key)) Report(field.Key, "字段代码只能用英文字母和数字，以字母开头");
        if (field.IsDictionary && catalog.Dictionary(field.Dictionary) is null) Report(field.Key, $"字典“{field.Dictionary}”不存在");
        if (!field.IsDictionary && field.Dictionary is not null) Report(field.Key, "只有单选、多选字段可以指定字典");
        if (field.NotBefore is { } earlier && ledger.Field(earlier)?.Type != FieldType.Date) Report(field.Key, $"notBefore 指向的“{earlier}”不是日期字段");
        if (field.NotAbove is { } limit && ledger.Field(limit)?.IsNumber != true) Report(field.Key, $"notAbove 指向的“{limit}”不是数字字段");
        if (field.Type == FieldType.Decimal && field.Decimals is < 1 or > 4) Report(field.Key, "小数位数应为1至4");
        if (field.Total && !field.IsNumber) Report(field.Key, "只有数字字段可以合计");
        if (field.Wanted && field.Type != FieldType.Files) Report(field.Key, "只有附件字段可以标为宜附（wanted）");
        if (field.Min > field.Max) Report(field.Key, "最小值大于最大值");
        Check(field.Key, field.RequiredWhen);
        Check(field.Key, field.ShownWhen);
    }

    void Check(string key, Condition? condition)
    {
        foreach (var problem in ConditionCheck.Problems(condition, ledger, catalog)) Report(key, problem);
    }

    void Report(string key, string reason) => seed.Report(file, key, reason);
}

/// <summary>Checks that a condition speaks of fields, types and codes that the ledger has.</summary>
public static class ConditionCheck
{
    public static IEnumerable<string> Problems(Condition? condition, LedgerDefinition ledger, LedgerCatalog catalog)
    {
        switch (condition)
        {
            case null: return [];
            case Condition.All all: return all.Parts.SelectMany(part => Problems(part, ledger, catalog));
            case Condition.Any any: return any.Parts.SelectMany(part => Problems(part, ledger, catalog));
            case Condition.Not not: return Problems(not.Part, ledger, catalog);
        }
        var unknown = condition.Fields.Where(key => ledger.Field(key) is null).Select(key => $"条件中的字段“{key}”在台账“{ledger.Key}”中不存在").ToList();
        return unknown.Count > 0 ? unknown : OfType(condition, ledger, catalog);
    }

    static IEnumerable<string> OfType(Condition condition, LedgerDefinition ledger, LedgerCatalog catalog)
    {
        var field = ledger.Field(condition.Fields.First())!;
        switch (condition)
        {
            case Condition.Is @is when field.IsDictionary:
                foreach (var code in @is.Codes.Where(code => catalog.Dictionary(field.Dictionary)?.ByCode.ContainsKey(code) == false))
                    yield return $"字典“{field.Dictionary}”中没有代码“{code}”";
                break;
            case Condition.Is when field.Type is not (FieldType.Text or FieldType.Unit):
                yield return $"字段“{field.Key}”不是单选、多选或文字，不能用 is";
                break;
            case Condition.Yes when field.Type != FieldType.YesNo:
                yield return $"字段“{field.Key}”不是是否字段，不能用 yes";
                break;
            case Condition.Between when !field.IsNumber:
                yield return $"字段“{field.Key}”不是数字，不能用 atLeast、atMost";
                break;
            case Condition.Within or Condition.Dated:
                foreach (var key in condition.Fields.Where(key => ledger.Field(key)!.Type != FieldType.Date))
                    yield return $"字段“{key}”不是日期";
                break;
        }
    }
}
