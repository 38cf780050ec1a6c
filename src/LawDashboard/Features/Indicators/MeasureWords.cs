using System.Globalization;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Indicators;

/// <summary>Says in Chinese what a measure counts, so that whoever sees a figure can check it against the ledger.</summary>
public sealed class MeasureWords(LedgerCatalog catalog)
{
    /// <summary>One sentence: 统计“人民调解”台账中调解结果为“调解成功”的记录，按件计数；以结案日期归入月份。</summary>
    public string Sentence(MeasureDefinition measure)
    {
        if (catalog.Ledger(measure.Ledger) is not { } ledger) return measure.Name;
        return $"统计“{ledger.ShortName}”台账{Rows(measure, ledger)}，{Counted(measure, ledger)}；{Period(measure, ledger)}。";
    }

    /// <summary>What measures of one ledger and date share, for a table in which they stand together: 人民调解台账，以“结案日期”归入月份.</summary>
    public string Heading(MeasureDefinition measure) => catalog.Ledger(measure.Ledger) is { } ledger ? $"{ledger.ShortName}台账，{Period(measure, ledger)}" : measure.Name;

    /// <summary>The rest of the sentence under such a heading: “调解结果”为“调解成功”的记录，每条计1件.</summary>
    public string Under(MeasureDefinition measure) => catalog.Ledger(measure.Ledger) is { } ledger ? $"{Rows(measure, ledger).TrimStart('中', '的')}，{Counted(measure, ledger)}" : measure.Name;

    string Rows(MeasureDefinition measure, LedgerDefinition ledger) =>
        measure.Listed ? "中由其他台账登记、在此同时列入的记录" : measure.Where is { } where ? $"中{Condition(where, ledger)}的记录" : "的全部记录";

    static string Counted(MeasureDefinition measure, LedgerDefinition ledger) => measure.Kind switch
    {
        MeasureKind.Sum => $"合计其“{Label(ledger, measure.Sum!)}”（{measure.Unit}）",
        MeasureKind.Level => $"统计期末在册的数量（{measure.Unit}）",
        _ => $"每条计1{measure.Unit}",
    };

    string Period(MeasureDefinition measure, LedgerDefinition ledger)
    {
        var date = Label(ledger, measure.Date ?? ledger.Date);
        return measure.Kind != MeasureKind.Level ? $"以“{date}”归入月份"
            : measure.Left is { } left ? $"自“{date}”起计入，至“{Label(ledger, left)}”止" : $"自“{date}”起计入";
    }

    /// <summary>The condition as an attribute that can stand before 的记录.</summary>
    public string Condition(Condition condition, LedgerDefinition ledger) => condition switch
    {
        Condition.Is @is => Is(@is, ledger, ledger.Field(@is.Field)?.Type == FieldType.SeveralOf ? "含" : "为"),
        Condition.Filled filled => filled.Wanted ? $"已填“{Label(ledger, filled.Field)}”" : $"未填“{Label(ledger, filled.Field)}”",
        Condition.Yes yes => $"“{Label(ledger, yes.Field)}”{(yes.Wanted ? "" : "不")}为“是”",
        Condition.Between between => Between(between, ledger),
        Condition.Within { Days: 0 } within => $"“{Label(ledger, within.Field)}”不晚于“{Label(ledger, within.Of)}”",
        Condition.Within within => $"“{Label(ledger, within.Field)}”在“{Label(ledger, within.Of)}”后{within.Days}日内",
        Condition.Dated dated => Dated(dated, ledger),
        Condition.All all => string.Join("，且", all.Parts.Select(part => Inner(part, ledger))),
        Condition.Any any => string.Join("，或", any.Parts.Select(part => Inner(part, ledger))),
        Condition.Not { Part: Condition.Is @is } => Is(@is, ledger, ledger.Field(@is.Field)?.Type == FieldType.SeveralOf ? "不含" : "不为"),
        Condition.Not { Part: Condition.Filled filled } => Condition(filled with { Wanted = !filled.Wanted }, ledger),
        Condition.Not { Part: Condition.Yes yes } => Condition(yes with { Wanted = !yes.Wanted }, ledger),
        Condition.Not not => $"不符合（{Condition(not.Part, ledger)}）",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "A kind of condition that has no words yet."),
    };

    /// <summary>“and” inside “or” and the other way round stand in brackets, since Chinese has no precedence for them either.</summary>
    string Inner(Condition part, LedgerDefinition ledger) =>
        part is Condition.All { Parts.Count: > 1 } or Condition.Any { Parts.Count: > 1 } ? $"（{Condition(part, ledger)}）" : Condition(part, ledger);

    string Is(Condition.Is condition, LedgerDefinition ledger, string verb)
    {
        var field = ledger.Field(condition.Field);
        var values = condition.Codes.Select(code => $"“{(field is null ? code : catalog.Label(field, code))}”");
        // 不为甲或乙 could be read as “not A, or B”; 均不 cannot.
        return $"“{Label(ledger, condition.Field)}”{verb}{string.Join(verb.StartsWith('不') ? "和" : "或", values)}";
    }

    static string Between(Condition.Between between, LedgerDefinition ledger)
    {
        var (label, unit) = (Label(ledger, between.Field), ledger.Field(between.Field)?.Unit);
        return (between.AtLeast, between.AtMost) switch
        {
            ({ } least, { } most) => $"“{label}”在{Number(least)}至{Number(most)}{unit}之间",
            ({ } least, null) => $"“{label}”不少于{Number(least)}{unit}",
            (null, { } most) => $"“{label}”不超过{Number(most)}{unit}",
            _ => $"已填“{label}”",
        };
    }

    static string Dated(Condition.Dated dated, LedgerDefinition ledger) => (dated.From, dated.To) switch
    {
        ({ } from, { } to) => $"“{Label(ledger, dated.Field)}”在{Day(from)}至{Day(to)}之间",
        ({ } from, null) => $"“{Label(ledger, dated.Field)}”不早于{Day(from)}",
        (null, { } to) => $"“{Label(ledger, dated.Field)}”不晚于{Day(to)}",
        _ => $"已填“{Label(ledger, dated.Field)}”",
    };

    static string Label(LedgerDefinition ledger, string key) => ledger.Field(key)?.Label ?? key;
    static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
    static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";
}
