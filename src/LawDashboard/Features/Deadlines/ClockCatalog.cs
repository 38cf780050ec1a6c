using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Deadlines;

/// <summary>A time limit with the ledger it runs on and its conditions made ready.</summary>
public sealed class ClockRule(ClockDefinition definition, LedgerDefinition ledger)
{
    readonly Func<FieldValues, bool>? when = definition.When?.Compile(ledger), stopped = definition.StopWhen?.Compile(ledger);

    public ClockDefinition Definition => definition;
    public LedgerDefinition Ledger => ledger;
    public bool Applies(FieldValues values) => when is null || when(values);
    public bool Stopped(FieldValues values) => stopped is not null && stopped(values);
    public string Label(string field) => ledger.Field(field)?.Label ?? field;
}

/// <summary>All time limits, loaded from <c>seed-data/clocks</c> and checked against the ledgers they run on.</summary>
public sealed partial class ClockCatalog
{
    readonly ILookup<string, ClockRule> byLedger;
    readonly Dictionary<string, string> names;

    public ClockCatalog(IEnumerable<ClockDefinition> definitions, LedgerCatalog ledgers)
    {
        var rules = definitions.Where(definition => ledgers.Ledger(definition.Ledger) is not null)
            .Select(definition => new ClockRule(definition, ledgers.Ledger(definition.Ledger)!)).ToList();
        byLedger = rules.ToLookup(rule => rule.Definition.Ledger, StringComparer.Ordinal);
        names = rules.DistinctBy(rule => rule.Definition.Key).ToDictionary(rule => rule.Definition.Key, rule => rule.Definition.Name, StringComparer.Ordinal);
    }

    public static readonly ClockCatalog Empty = new([], new LedgerCatalog([], []));

    /// <summary>Every version of every limit of a ledger, in the order of its file.</summary>
    public IEnumerable<ClockRule> OfLedger(string ledger) => byLedger[ledger];
    public IEnumerable<string> Ledgers => byLedger.Select(rules => rules.Key);
    public IEnumerable<ClockRule> All => byLedger.SelectMany(rules => rules);
    public string Name(string key) => names.GetValueOrDefault(key, key);

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static ClockCatalog Load(SeedFolder seed, LedgerCatalog ledgers)
    {
        var clocks = seed.ReadLists<ClockDefinition>("clocks");
        foreach (var (file, clock) in clocks)
            foreach (var problem in Problems(clock, ledgers)) seed.Report(file, clock.Key, problem);
        foreach (var versions in clocks.GroupBy(clock => clock.Value.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            if (versions.Select(version => version.Value.Ledger).Distinct().Count() > 1)
                seed.Report(versions.Last().File, versions.Key, "同一时限的各个版本应属于同一本台账");
            var ordered = versions.OrderBy(version => version.Value.ValidFrom ?? DateOnly.MinValue).ToList();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
                if ((earlier.Value.ValidTo ?? DateOnly.MaxValue) >= (later.Value.ValidFrom ?? DateOnly.MinValue))
                    seed.Report(later.File, versions.Key, "与同一时限的另一版本的有效期重叠");
        }
        return new(clocks.Select(clock => clock.Value), ledgers);
    }

    static IEnumerable<string> Problems(ClockDefinition clock, LedgerCatalog ledgers)
    {
        if (!KeyPattern().IsMatch(clock.Key) || clock.Key.Length > 64) yield return "时限代码只能用英文字母、数字和点，以字母开头，最多64字";
        if (ledgers.Ledger(clock.Ledger) is not { } ledger)
        {
            yield return $"台账“{clock.Ledger}”不存在";
            yield break;
        }
        foreach (var problem in Shape(clock).Concat(FieldProblems(clock, ledger))
            .Concat(ConditionCheck.Problems(clock.When, ledger, ledgers)).Concat(ConditionCheck.Problems(clock.StopWhen, ledger, ledgers)))
            yield return problem;
    }

    /// <summary>What does not go together whatever the ledger.</summary>
    static IEnumerable<string> Shape(ClockDefinition clock)
    {
        if (clock.Due is null == (clock.Start.Count == 0)) yield return "应写 start（起算日期字段）或者 due（直接填写到期日的字段），只写其一";
        if (clock.Due is null && clock.Length < 1) yield return "length 应是1以上的整数";
        if (clock.Due is not null && (clock.Length != 0 || clock.Pauses.Count > 0 || clock.Extension is not null || clock.Backward))
            yield return "直接填写到期日的时限不能再设 length、pauses、extension、backward";
        if (clock.Stop.Count == 0 && clock.StopWhen is null) yield return "没有写 stop 或者 stopWhen，时限永远不会停止";
        if (clock.Days == DayKind.Months && (clock.Pauses.Count > 0 || clock.Extension is not null || clock.Backward)) yield return "按月计算的时限不能设 pauses、extension、backward";
        if (clock.Backward && (clock.Pauses.Count > 0 || clock.Extension is not null || clock.RollsOver)) yield return "倒算的时限不能设 pauses、extension、rollsOver";
        if (clock.Extension is { Most: < 1 }) yield return "extension.most 应是1以上的整数";
        if (clock.ValidFrom > clock.ValidTo) yield return "有效期的起日晚于止日";
        if (string.IsNullOrWhiteSpace(clock.Basis)) yield return "没有写依据 basis";
    }

    static IEnumerable<string> FieldProblems(ClockDefinition clock, LedgerDefinition ledger)
    {
        IEnumerable<string?> dates = [.. clock.Start, .. clock.Stop, clock.Due, .. clock.Pauses.SelectMany(pause => new[] { pause.From, pause.To }), clock.Extension?.Until];
        foreach (var key in dates.OfType<string>().Distinct())
            if (ledger.Field(key)?.Type != FieldType.Date) yield return $"“{key}”不是台账“{ledger.Key}”的日期字段";
        foreach (var key in clock.Extension?.Needs ?? [])
            if (ledger.Field(key) is null) yield return $"延期所需的字段“{key}”在台账“{ledger.Key}”中不存在";
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9.]*$")]
    private static partial Regex KeyPattern();
}
