using System.Globalization;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators.Measures;

/// <summary>A part of a condition as it stands on the form; it keeps every text as typed.</summary>
public abstract class ConditionPart
{
    static int last;
    /// <summary>Names the part, so that a finding can stand under it.</summary>
    public string Key { get; } = $"part-{Interlocked.Increment(ref last)}";

    /// <summary>The condition; null when something is missing, which is then said in <paramref name="findings"/>.</summary>
    public abstract Condition? Build(LedgerDefinition ledger, List<MeasureFinding> findings);

    public static ConditionPart From(Condition condition) => condition switch
    {
        Condition.All all => new ConditionGroup(false, false, all.Parts),
        Condition.Any any => new ConditionGroup(true, false, any.Parts),
        Condition.Not { Part: Condition.All all } => new ConditionGroup(false, true, all.Parts),
        Condition.Not { Part: Condition.Any any } => new ConditionGroup(true, true, any.Parts),
        Condition.Not { Part: Condition.Not inner } => From(inner.Part),
        Condition.Not not => ConditionTest.Of(not.Part, negated: true),
        _ => ConditionTest.Of(condition, negated: false),
    };
}

/// <summary>Several parts that must all hold, or one of which must.</summary>
public sealed class ConditionGroup : ConditionPart
{
    /// <summary>Deeper nesting nobody can read as a sentence.</summary>
    public const int Depth = 4, Most = 20;

    public ConditionGroup() { }

    public ConditionGroup(bool any, bool negated, IEnumerable<Condition> parts) => (Any, Negated, Parts) = (any, negated, [.. parts.Select(From)]);

    public bool Any { get; set; }
    public bool Negated { get; set; }
    public List<ConditionPart> Parts { get; } = [];

    /// <summary>The form of a whole definition: a group, also where the condition is a single one or there is none.</summary>
    public static ConditionGroup Root(Condition? where) => where is null ? new() : From(where) is ConditionGroup group ? group : new(false, false, [where]);

    public override Condition? Build(LedgerDefinition ledger, List<MeasureFinding> findings)
    {
        if (Parts.Count == 0) findings.Add(new(Key, "这一组还没有条件；不要的话请删去这一组"));
        if (Parts.Count > Most) findings.Add(new(Key, $"一组最多{Most}个条件"));
        var known = findings.Count;
        var built = Parts.Select(part => part.Build(ledger, findings)).ToList();
        if (findings.Count > known || built.Count == 0 || built.Contains(null)) return null;
        Condition whole = built.Count == 1 ? built[0]! : Any ? new Condition.Any(built!) : new Condition.All(built!);
        return Negated ? new Condition.Not(whole) : whole;
    }
}

/// <summary>How a field is tested.</summary>
public enum Comparison { Is, Filled, Yes, Between, Within, Dated }

/// <summary>One test of one field.</summary>
public sealed class ConditionTest : ConditionPart
{
    public string Field { get; set; } = "";
    public Comparison Comparison { get; set; } = Comparison.Filled;
    public bool Negated { get; set; }
    /// <summary>Chosen codes of a dictionary field.</summary>
    public List<string> Codes { get; } = [];
    /// <summary>Typed texts of a text or unit field, each on its own, joined by “；”.</summary>
    public string Texts { get; set; } = "";
    public string Least { get; set; } = "";
    public string Greatest { get; set; } = "";
    public DateOnly? FirstDay { get; set; }
    public DateOnly? LastDay { get; set; }
    /// <summary>Something stands in the field that is no day; a condition without it would not be the one that was typed.</summary>
    public bool FirstUnread { get; set; }
    public bool LastUnread { get; set; }
    public string Days { get; set; } = "";
    /// <summary>The date field from which the days are counted.</summary>
    public string Start { get; set; } = "";

    /// <summary>The ways in which a field of a type can be tested, with their words.</summary>
    public static IEnumerable<(Comparison Comparison, bool Negated, string Words)> Ways(FieldDefinition field)
    {
        // A name is nobody's business here: whether it is filled may be asked, who it is may not.
        if (!field.IsPersonal && (field.IsDictionary || field.Type is FieldType.Text or FieldType.Unit))
            foreach (var negated in (bool[])[false, true]) yield return (Comparison.Is, negated, field.Type == FieldType.SeveralOf ? negated ? "不含" : "含" : negated ? "不为" : "为");
        if (field.Type == FieldType.YesNo)
            foreach (var negated in (bool[])[false, true]) yield return (Comparison.Yes, negated, negated ? "不为“是”" : "为“是”");
        if (field.IsNumber) yield return (Comparison.Between, false, "在范围内");
        if (field.Type == FieldType.Date)
        {
            yield return (Comparison.Within, false, "在另一日期后若干日内");
            yield return (Comparison.Dated, false, "在起止日期内");
        }
        if (field.IsNumber) yield return (Comparison.Between, true, "不在范围内（含未填）");
        if (field.Type == FieldType.Date)
        {
            yield return (Comparison.Within, true, "不在另一日期后若干日内（含未填）");
            yield return (Comparison.Dated, true, "不在起止日期内（含未填）");
        }
        yield return (Comparison.Filled, false, "已填");
        yield return (Comparison.Filled, true, "未填");
    }

    /// <summary>Another field was chosen: the first way that it can be tested, and nothing of the old one's values.</summary>
    public void Choose(FieldDefinition field)
    {
        (Field, Texts, Least, Greatest, FirstDay, LastDay, Days, Start) = (field.Key, "", "", "", null, null, "", "");
        (FirstUnread, LastUnread) = (false, false);
        Codes.Clear();
        (Comparison, Negated, _) = Ways(field).First();
    }

    public static ConditionTest Of(Condition condition, bool negated)
    {
        var test = new ConditionTest { Field = condition.Fields.First(), Negated = negated };
        switch (condition)
        {
            case Condition.Is @is:
                test.Comparison = Comparison.Is;
                test.Codes.AddRange(@is.Codes);
                test.Texts = string.Join('；', @is.Codes);
                break;
            case Condition.Filled filled: (test.Comparison, test.Negated) = (Comparison.Filled, negated == filled.Wanted); break;
            case Condition.Yes yes: (test.Comparison, test.Negated) = (Comparison.Yes, negated == yes.Wanted); break;
            case Condition.Between between: (test.Comparison, test.Least, test.Greatest) = (Comparison.Between, Text(between.AtLeast), Text(between.AtMost)); break;
            case Condition.Within within: (test.Comparison, test.Days, test.Start) = (Comparison.Within, within.Days.ToString(CultureInfo.InvariantCulture), within.Of); break;
            case Condition.Dated dated: (test.Comparison, test.FirstDay, test.LastDay) = (Comparison.Dated, dated.From, dated.To); break;
        }
        return test;

        static string Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
    }

    public override Condition? Build(LedgerDefinition ledger, List<MeasureFinding> findings)
    {
        if (ledger.Field(Field) is not { } field) return Missing("请选择字段");
        if (!Ways(field).Any(way => way.Comparison == Comparison && way.Negated == Negated)) return Missing($"“{field.Label}”不能这样比较，请重新选择");
        Condition? built = Comparison switch
        {
            Comparison.Is => Is(field),
            Comparison.Filled => new Condition.Filled(Field, !Negated),
            Comparison.Yes => new Condition.Yes(Field, !Negated),
            Comparison.Between => Between(),
            Comparison.Within => Within(ledger),
            _ => Dated(),
        };
        return built is null or Condition.Filled or Condition.Yes || !Negated ? built : new Condition.Not(built);

        Condition? Missing(string message)
        {
            findings.Add(new(Key, message));
            return null;
        }

        Condition? Is(FieldDefinition field)
        {
            string[] codes = field.IsDictionary ? [.. Codes] : [.. Texts.Split(['；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
            return codes.Length > 0 ? new Condition.Is(Field, codes) : Missing(field.IsDictionary ? "请至少选择一项" : "请填写要比对的内容，几项之间用“；”隔开");
        }

        Condition? Between()
        {
            if (Number(Least) is not { } least || Number(Greatest) is not { } greatest) return Missing("上下限只填数字，没有的空着");
            if (least.Value is null && greatest.Value is null) return Missing("请填下限或上限");
            return least.Value > greatest.Value ? Missing("下限大于上限") : new Condition.Between(Field, least.Value, greatest.Value);
        }

        Condition? Within(LedgerDefinition ledger) =>
            ledger.Field(Start)?.Type != FieldType.Date || Start == Field ? Missing("请选择起算的日期字段")
            : !int.TryParse(Days.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > 3_660 ? Missing("日数请填0至3660的整数")
            : new Condition.Within(Field, days, Start);

        Condition? Dated() => FirstUnread || LastUnread ? Missing("日期看不懂，请改正或清空") : FirstDay is null && LastDay is null ? Missing("请填开始或结束日期") : FirstDay > LastDay ? Missing("开始日期晚于结束日期") : new Condition.Dated(Field, FirstDay, LastDay);
    }

    /// <summary>The number, which may be none; null for what is no number.</summary>
    static (decimal? Value, bool Read)? Number(string text) => text.Trim().Length == 0 ? (null, true)
        : decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m ? (number, true) : null;
}
