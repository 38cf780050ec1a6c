using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.CaseFiles;

/// <summary>All kinds of case files, loaded from <c>seed-data/case-files</c> and checked against their ledgers.</summary>
public sealed class CaseFileCatalog
{
    static readonly string[] OtherKeys = ["serial", "unit", "keeping", "date.year"];

    readonly Dictionary<string, CaseFileRule> byLedger;

    public CaseFileCatalog(IEnumerable<CaseFileDefinition> definitions, LedgerCatalog ledgers) =>
        byLedger = definitions.Where(definition => ledgers.Ledger(definition.Ledger) is not null).DistinctBy(definition => definition.Ledger)
            .ToDictionary(definition => definition.Ledger, definition => new CaseFileRule(definition, ledgers.Ledger(definition.Ledger)!), StringComparer.Ordinal);

    public CaseFileRule? OfLedger(string ledger) => byLedger.GetValueOrDefault(ledger);
    public IEnumerable<CaseFileRule> All => byLedger.Values;

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static CaseFileCatalog Load(SeedFolder seed, LedgerCatalog ledgers)
    {
        var files = seed.ReadEach<CaseFileDefinition>("case-files");
        foreach (var (file, definition) in files)
            foreach (var (key, problem) in Problems(definition, ledgers)) seed.Report(file, key, problem);
        foreach (var twice in files.GroupBy(file => file.Value.Ledger).Where(group => group.Count() > 1))
            seed.Report(twice.Last().File, twice.Key, $"台账的卷宗已在 {twice.First().File} 中定义");
        return new(files.Select(file => file.Value), ledgers);
    }

    static IEnumerable<(string Key, string Problem)> Problems(CaseFileDefinition file, LedgerCatalog ledgers)
    {
        if (ledgers.Ledger(file.Ledger) is not { } ledger) return [("ledger", $"台账“{file.Ledger}”不存在")];
        return [.. Conditions("when", file.When), .. Tick(file, ledger, ledgers), .. file.Items.SelectMany(Item), .. Printed(file, ledger), .. file.Forms.SelectMany(form => Conditions(form.Key, form.When))];

        IEnumerable<(string, string)> Conditions(string key, Condition? condition) => ConditionCheck.Problems(condition, ledger, ledgers).Select(problem => (key, problem));

        IEnumerable<(string, string)> Item(CaseFileItem item)
        {
            foreach (var found in Conditions(item.Key, item.RequiredWhen).Concat(Conditions(item.Key, item.In))) yield return found;
            if (item.Files is { } files && ledger.Field(files)?.Type != FieldType.Files) yield return (item.Key, $"“{files}”不是附件字段");
            if (item.Form is { } form && file.Forms.All(other => other.Key != form)) yield return (item.Key, $"没有文书“{form}”");
            if (file.Items.Count(other => other.Key == item.Key) > 1) yield return (item.Key, "材料代码重复");
            if (file.Tick is null && item.In is null && item.Files is null) yield return (item.Key, "没有写怎样算已入卷（in、files，或者卷宗的 tick）");
        }
    }

    static IEnumerable<(string, string)> Tick(CaseFileDefinition file, LedgerDefinition ledger, LedgerCatalog ledgers)
    {
        if (file.Tick is not { } tick) yield break;
        if (ledger.Field(tick) is not { Type: FieldType.SeveralOf } field)
        {
            yield return ("tick", $"“{tick}”不是多选字段");
            yield break;
        }
        foreach (var item in file.Items.Where(item => ledgers.Dictionary(field.Dictionary)?.ByCode.ContainsKey(item.Key) != true))
            yield return (item.Key, $"字典“{field.Dictionary}”中没有代码“{item.Key}”");
    }

    static IEnumerable<(string, string)> Printed(CaseFileDefinition file, LedgerDefinition ledger)
    {
        foreach (var line in file.Cover.Lines.Where(line => line.Count != 2)) yield return ("cover", $"封面的一行应是两项：名称、内容（现为{line.Count}项）");
        var texts = file.Cover.Lines.SelectMany(line => line).Select(text => ("cover", text))
            .Concat(file.Forms.SelectMany(form => form.Blocks.SelectMany(block => block.Texts).Select(text => (form.Key, text))));
        foreach (var (place, text) in texts)
            foreach (var key in Patterns.Keys(text).Where(key => ledger.Field(key) is null && !OtherKeys.Contains(key)))
                yield return (place, $"引用的字段“{key}”不存在");
        foreach (var form in file.Forms)
            foreach (var block in form.Blocks.Where(block => block.Row is { Count: not (2 or 4) })) yield return (form.Key, $"表格的一行应是2或4格（现为{block.Row!.Count}格）");
    }
}
