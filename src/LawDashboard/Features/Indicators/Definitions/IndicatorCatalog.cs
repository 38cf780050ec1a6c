using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>
/// All year tasks, measures and indicators, loaded from <c>seed-data</c> and checked against the ledgers, as changed by what
/// is kept in the database (<see cref="LocalDefinitions"/>). Keys and ledgers of measures never change.
/// </summary>
public sealed class IndicatorCatalog
{
    const string LedgerPrefix = "ledger.", ListedPrefix = "listed.";
    readonly Dictionary<string, MeasureDefinition> shipped;
    readonly Dictionary<string, IndicatorDefinition> shippedIndicators;
    readonly Dictionary<string, TaskDefinition> tasks;
    volatile Shape shape;

    /// <summary>What is in force, replaced as a whole: whoever reads never sees half of a change.</summary>
    sealed record Shape(Dictionary<string, MeasureDefinition> Measures, Dictionary<string, IndicatorDefinition> Indicators, ILookup<string, MeasureDefinition> ByLedger);

    public IndicatorCatalog(LedgerCatalog ledgers, IEnumerable<TaskDefinition> tasks, IEnumerable<MeasureDefinition> measures, IEnumerable<IndicatorDefinition> indicators)
    {
        Ledgers = ledgers;
        this.tasks = tasks.DistinctBy(task => task.Key).ToDictionary(task => task.Key, StringComparer.Ordinal);
        shipped = ledgers.Ledgers.Select(EveryEntry).Concat(ListedIn(ledgers)).Concat(measures).DistinctBy(measure => measure.Key).ToDictionary(measure => measure.Key, StringComparer.Ordinal);
        shippedIndicators = indicators.DistinctBy(indicator => indicator.Key).ToDictionary(indicator => indicator.Key, StringComparer.Ordinal);
        shape = Build([], []);
    }

    IndicatorCatalog(IndicatorCatalog other, IReadOnlyCollection<MeasureDefinition> changed)
    {
        (Ledgers, shipped, shippedIndicators, tasks) = (other.Ledgers, other.Measures.ToDictionary(measure => measure.Key, StringComparer.Ordinal), other.shape.Indicators, other.tasks);
        shape = Build(changed, []);
    }

    public LedgerCatalog Ledgers { get; }
    /// <summary>The year tasks in the order of the report.</summary>
    public IReadOnlyCollection<TaskDefinition> Tasks => tasks.Values;
    public IReadOnlyCollection<MeasureDefinition> Measures => shape.Measures.Values;
    public IReadOnlyCollection<IndicatorDefinition> Indicators => shape.Indicators.Values;
    /// <summary>Another object after each change of what is in force; for those who keep what they made of it.</summary>
    public object Version => shape;

    public TaskDefinition? Task(string? key) => key is null ? null : tasks.GetValueOrDefault(key);
    public MeasureDefinition? Measure(string? key) => key is null ? null : shape.Measures.GetValueOrDefault(key);
    public IndicatorDefinition? Indicator(string? key) => key is null ? null : shape.Indicators.GetValueOrDefault(key);
    public IEnumerable<MeasureDefinition> OfLedger(string ledger) => shape.ByLedger[ledger];
    /// <summary>The measure as it came with the program.</summary>
    public MeasureDefinition? Shipped(string key) => shipped.GetValueOrDefault(key);
    /// <summary>Measures that nobody wrote, of every ledger and of listed rows, hold as they are.</summary>
    public static bool IsFixed(string key) => key.StartsWith(LedgerPrefix, StringComparison.Ordinal) || key.StartsWith(ListedPrefix, StringComparison.Ordinal);
    /// <summary>The indicators that a measure makes up, whole or as a part of a ratio.</summary>
    public IReadOnlyList<IndicatorDefinition> Using(MeasureDefinition measure) => [.. shape.Indicators.Values.Where(indicator =>
        indicator.Measure == measure.Key || indicator.Numerator == measure.Key || indicator.Denominator == measure.Key)];
    public IEnumerable<IndicatorDefinition> OfTask(string task) => shape.Indicators.Values.Where(indicator => indicator.Task == task);

    /// <summary>Puts changed measures in the place of shipped ones and adds indicators; what was in force before is dropped.</summary>
    public void Use(IReadOnlyCollection<MeasureDefinition> changed, IReadOnlyCollection<IndicatorDefinition> added) => shape = Build(changed, added);

    /// <summary>A catalog for trying out: this one with some measures changed.</summary>
    public IndicatorCatalog With(params IReadOnlyCollection<MeasureDefinition> changed) => new(this, changed);

    Shape Build(IReadOnlyCollection<MeasureDefinition> changed, IReadOnlyCollection<IndicatorDefinition> added)
    {
        var measures = new Dictionary<string, MeasureDefinition>(shipped, StringComparer.Ordinal);
        foreach (var measure in changed.Where(measure => shipped.GetValueOrDefault(measure.Key)?.Ledger == measure.Ledger)) measures[measure.Key] = measure;
        var indicators = new Dictionary<string, IndicatorDefinition>(shippedIndicators, StringComparer.Ordinal);
        foreach (var indicator in added) indicators.TryAdd(indicator.Key, indicator);
        return new(measures, indicators, measures.Values.ToLookup(measure => measure.Ledger, StringComparer.Ordinal));
    }

    /// <summary>Key of the measure that counts every entry of a ledger; it exists for each ledger without being written.</summary>
    public static string EveryEntryKey(string ledger) => LedgerPrefix + ledger;

    /// <summary>Key of the measure that counts a ledger's rows that were logged in another one; it exists where there can be such rows.</summary>
    public static string ListedKey(string ledger) => ListedPrefix + ledger;

    static IEnumerable<MeasureDefinition> ListedIn(LedgerCatalog ledgers) =>
        from key in ledgers.Related.Listings.Select(listing => listing.To).Distinct(StringComparer.Ordinal)
        let ledger = ledgers.Ledger(key)
        where ledger is not null
        select new MeasureDefinition { Key = ListedKey(key), Name = $"{ledger.ShortName}（由其他台账登记）", Ledger = key, Unit = ledger.RecordUnit, Listed = true };

    static MeasureDefinition EveryEntry(LedgerDefinition ledger) =>
        new() { Key = EveryEntryKey(ledger.Key), Name = ledger.ShortName, Ledger = ledger.Key, Unit = ledger.RecordUnit };

    /// <summary>The year tasks alone, needed before the ledgers, which stand under them.</summary>
    public static IReadOnlyList<TaskDefinition> LoadTasks(SeedFolder seed) => seed.Read<List<TaskDefinition>>("tasks.json") ?? [];

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static IndicatorCatalog Load(SeedFolder seed, LedgerCatalog ledgers, IReadOnlyList<TaskDefinition> tasks)
    {
        var measures = seed.ReadLists<MeasureDefinition>("measures");
        var indicators = seed.ReadLists<IndicatorDefinition>("indicators");
        var catalog = new IndicatorCatalog(ledgers, tasks, measures.Select(m => m.Value), indicators.Select(i => i.Value));
        foreach (var task in tasks.GroupBy(task => task.Key).Where(group => group.Count() > 1)) seed.Report("tasks.json", task.Key, "年度任务代码重复");
        foreach (var (file, measure) in measures)
            foreach (var problem in Problems(measure, ledgers)) seed.Report(file, measure.Key, problem);
        foreach (var (file, indicator) in indicators) Check(seed, file, indicator, catalog);
        foreach (var twice in measures.Select(m => (m.File, m.Value.Key)).Concat(indicators.Select(i => (i.File, i.Value.Key)))
            .GroupBy(x => x.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
            seed.Report(twice.Last().File, twice.Key, $"口径或指标代码与 {twice.First().File} 中的重复");
        return catalog;
    }

    /// <summary>What keeps a measure from being counted, in Chinese.</summary>
    public static IEnumerable<string> Problems(MeasureDefinition measure, LedgerCatalog ledgers)
    {
        if (new[] { LedgerPrefix, ListedPrefix }.FirstOrDefault(prefix => measure.Key.StartsWith(prefix, StringComparison.Ordinal)) is { } reserved) yield return $"口径代码不能以“{reserved}”开头";
        if (string.IsNullOrWhiteSpace(measure.Unit)) yield return "没有计量单位";
        if (ledgers.Ledger(measure.Ledger) is not { } ledger)
        {
            yield return $"台账“{measure.Ledger}”不存在";
            yield break;
        }
        if ((measure.Kind == MeasureKind.Sum) != (measure.Sum is not null)) yield return "求和口径（kind 为 sum）应写明 sum 字段，其他口径不应写";
        if (measure.Sum is { } sum && ledger.Field(sum)?.IsNumber != true) yield return $"求和字段“{sum}”不是数字字段";
        if (measure.Date is { } date && ledger.Field(date)?.Type != FieldType.Date) yield return $"日期字段“{date}”不存在或不是日期";
        if (measure.Left is { } left && ledger.Field(left)?.Type != FieldType.Date) yield return $"退出日期字段“{left}”不存在或不是日期";
        if (measure.Left is not null && measure.Kind != MeasureKind.Level) yield return "只有存量口径（level）可以写退出日期 left";
        foreach (var slice in measure.Slices.Where(slice => ledger.Field(slice)?.IsDictionary != true)) yield return $"分项字段“{slice}”不存在或不是单选、多选";
        foreach (var problem in ConditionCheck.Problems(measure.Where, ledger, ledgers)) yield return problem;
    }

    static void Check(SeedFolder seed, string file, IndicatorDefinition indicator, IndicatorCatalog catalog)
    {
        if (string.IsNullOrWhiteSpace(indicator.Unit)) Report("没有计量单位");
        if (catalog.Task(indicator.Task) is null) Report($"年度任务“{indicator.Task}”不存在");
        if (indicator.IsRatio == (indicator.Measure is not null) || indicator.IsRatio != (indicator.Denominator is not null))
            Report("应写 measure，或同时写 numerator 和 denominator");
        foreach (var measure in new[] { indicator.Measure, indicator.Numerator, indicator.Denominator }.OfType<string>().Where(key => catalog.Measure(key) is null))
            Report($"口径“{measure}”不存在");
        foreach (var problem in indicator.Scoring?.Problems() ?? []) Report(problem);
        if (indicator is { Scoring: not null, Points: <= 0 }) Report("写了计分办法（scoring）却没有分值（points）");

        void Report(string reason) => seed.Report(file, indicator.Key, reason);
    }
}
