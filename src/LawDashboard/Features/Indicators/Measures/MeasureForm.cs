using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators.Measures;

/// <summary>A measure's definition on the form. Key, ledger and parts by which it is tallied stay as they are.</summary>
public sealed class MeasureForm
{
    readonly MeasureDefinition before;
    readonly LedgerDefinition ledger;
    readonly LedgerCatalog ledgers;

    public MeasureForm(MeasureDefinition from, LedgerDefinition ledger, LedgerCatalog ledgers)
    {
        (before, this.ledger, this.ledgers) = (from, ledger, ledgers);
        (Where, Kind, Unit) = (ConditionGroup.Root(from.Where), from.Kind, from.Unit);
        (Sum, Date, Left) = (from.Sum ?? "", from.Date ?? ledger.Date, from.Left ?? "");
        // What only writes itself differently is no change.
        Opened = Build().Measure;
    }

    /// <summary>The definition that the form was filled with.</summary>
    public MeasureDefinition Of => before;
    public LedgerDefinition Ledger => ledger;
    public ConditionGroup Where { get; }
    public MeasureKind Kind { get; set; }
    public string Unit { get; set; }
    /// <summary>Key of the summed field; empty for none.</summary>
    public string Sum { get; set; }
    public string Date { get; set; }
    public string Left { get; set; }
    /// <summary>The definition as the form was opened with it.</summary>
    public MeasureDefinition? Opened { get; }

    /// <summary>Number fields that may be summed; a level counts and sums nothing.</summary>
    public IEnumerable<FieldDefinition> Summable => ledger.Fields.Where(one => one.IsNumber);
    public IEnumerable<FieldDefinition> Dates => ledger.Fields.Where(one => one.Type == FieldType.Date);

    /// <summary>The definition, or everything that keeps it from being one, each at its field.</summary>
    public (MeasureDefinition? Measure, IReadOnlyList<MeasureFinding> Findings) Build()
    {
        var findings = new List<MeasureFinding>();
        var where = Where.Parts.Count == 0 ? null : Where.Build(ledger, findings);
        if (where is not null && Depth(where) > ConditionGroup.Depth) findings.Add(new(Where.Key, $"条件最多套{ConditionGroup.Depth}层，请改写得平一些"));
        if (string.IsNullOrWhiteSpace(Unit)) findings.Add(new("unit", "请填写计量单位"));
        else if (Unit.Trim().Length > 8) findings.Add(new("unit", "计量单位最多8字"));
        if (Kind == MeasureKind.Sum && !Summable.Any(field => field.Key == Sum)) findings.Add(new("sum", "请选择要合计的数字字段"));
        if (!Dates.Any(field => field.Key == Date)) findings.Add(new("date", "请选择归入月份的日期字段"));
        if (Kind == MeasureKind.Level && Left.Length > 0 && (Left == Date || !Dates.Any(field => field.Key == Left))) findings.Add(new("left", "退出日期应是另一个日期字段"));
        if (findings.Count > 0) return (null, findings);
        var measure = before with
        {
            Kind = Kind, Unit = Unit.Trim(), Where = where, Sum = Kind == MeasureKind.Sum ? Sum : null,
            Date = Date == ledger.Date ? null : Date, Left = Kind == MeasureKind.Level && Left.Length > 0 ? Left : null,
        };
        findings.AddRange(IndicatorCatalog.Problems(measure, ledgers).Select(problem => new MeasureFinding("", problem)));
        return findings.Count > 0 ? (null, findings) : (measure, []);
    }

    static int Depth(Condition condition) => condition switch
    {
        Condition.All all => 1 + all.Parts.Max(Depth),
        Condition.Any any => 1 + any.Parts.Max(Depth),
        Condition.Not not => Depth(not.Part),
        _ => 1,
    };
}
