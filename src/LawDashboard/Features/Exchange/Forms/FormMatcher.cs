using System.Text.RegularExpressions;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>
/// Proposes what the blanks of a form are, by the words of their labels: the period by 本月, 累计, 上年同期; the figure by the
/// measure, part of a measure or indicator whose name is most alike; the columns of a list by the ledger whose fields they name.
/// A proposal only: people look at it before anything is filled.
/// </summary>
public sealed partial class FormMatcher
{
    const double Least = 0.5;

    readonly IndicatorCatalog catalog;
    readonly List<Candidate> candidates;

    sealed record Candidate(string Source, string Words, string Context, bool Ratio);

    public FormMatcher(IndicatorCatalog catalog)
    {
        this.catalog = catalog;
        candidates = [.. Candidates()];
    }

    public FormMapping Propose(FormMapping layout) => new([.. layout.Blanks.Select(Propose)], [.. layout.Lists.Select(Propose)]);

    IEnumerable<Candidate> Candidates()
    {
        foreach (var measure in catalog.Measures.Where(measure => !measure.Listed))
        {
            var ledger = catalog.Ledgers.Ledger(measure.Ledger);
            var context = ledger?.ShortName + measure.Unit;
            yield return new(FormSource.OfMeasure(measure.Key), Core(measure.Name), context, false);
            foreach (var slice in measure.Slices)
                if (ledger?.Field(slice) is { } field)
                    foreach (var value in catalog.Ledgers.Dictionary(field.Dictionary)?.Values ?? [])
                        yield return new(FormSource.OfMeasure(measure.Key, $"{slice}={value.Code}"), Core(measure.Name) + Core(value.Label), context + field.Label, false);
        }
        foreach (var indicator in catalog.Indicators.Where(indicator => indicator.IsRatio))
            yield return new(FormSource.OfIndicator(indicator.Key), Core(indicator.Name), "", true);
    }

    FormBlank Propose(FormBlank blank)
    {
        if (blank.Source == FormSource.Line) return blank;
        if (Word(blank.Label) is { } word) return blank with { Source = word };
        var (label, ratio) = (Core(blank.Label), blank.Label.Contains('率') || blank.Label.Contains('%'));
        if (label.Length < 2) return blank;
        var best = candidates.Where(candidate => candidate.Ratio == ratio).Select(candidate => (candidate, Score: Likeness(label, candidate) + UnitBonus(blank.Label, candidate)))
            .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.candidate.Words.Length).FirstOrDefault();
        return best.Score >= Least ? blank with { Source = best.candidate.Source, Period = Period(blank.Label) } : blank with { Period = Period(blank.Label) };
    }

    FormList Propose(FormList list)
    {
        var best = catalog.Ledgers.Ledgers.Select(ledger => (ledger, Columns: Columns(ledger, list))).OrderByDescending(pair => pair.Columns.Count(column => column.Field.Length > 0)).First();
        return best.Columns.Count(column => column.Field.Length > 0) * 2 >= list.Columns.Count ? list with { Ledger = best.ledger.Key, Columns = best.Columns } : list;
    }

    /// <summary>The same columns as a ledger's fields, each field once; for another ledger chosen on the page as well.</summary>
    public static IReadOnlyList<FormColumn> Columns(LedgerDefinition ledger, FormList list)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. list.Columns.Select(column =>
        {
            var label = Core(column.Label);
            if (label is "序号" or "编") return column with { Field = FormListFields.Number };
            var best = FormListFields.Of(ledger).Select(field => (field.Key, Score: Dice(label, Core(field.Label)))).OrderByDescending(pair => pair.Score).First();
            return best.Score >= Least && taken.Add(best.Key) ? column with { Field = best.Key } : column with { Field = "" };
        })];
    }

    static string? Word(string label) => FormGrid.Plain(label).TrimEnd('：', ':') switch
    {
        "填报单位" or "单位名称" or "填表单位" or "报送单位" or "单位" => FormSource.Unit,
        "填报日期" or "填表日期" or "报送日期" or "制表日期" => FormSource.Date,
        "填表人" or "填报人" or "制表人" or "经办人" => FormSource.Person,
        "统计期间" or "报告期" or "统计月份" or "填报月份" => FormSource.Period,
        "年度" => FormSource.Year,
        "月份" => FormSource.Month,
        _ => null,
    };

    internal static FormPeriod Period(string label) =>
        label.Contains("上年", StringComparison.Ordinal) || label.Contains("去年", StringComparison.Ordinal) || label.Contains("同期", StringComparison.Ordinal)
            ? label.Contains('月') && !label.Contains("累计", StringComparison.Ordinal) ? FormPeriod.MonthBefore : FormPeriod.ToDateBefore
        : label.Contains("累计", StringComparison.Ordinal) || label.Contains("今年以来", StringComparison.Ordinal) || label.Contains("本年", StringComparison.Ordinal) ? FormPeriod.ToDate
        : label.Contains("全年", StringComparison.Ordinal) ? FormPeriod.Year : FormPeriod.Month;

    /// <summary>人 and 人次, 件 and 次 tell measures with alike names apart.</summary>
    double UnitBonus(string label, Candidate candidate)
    {
        if (Unit().Match(label) is not { Success: true } unit || FormSource.Measure(candidate.Source) is not var (key, _) || catalog.Measure(key) is not { } measure) return 0;
        return measure.Unit == unit.Groups["unit"].Value ? 0.12 : measure.Unit.Contains(unit.Groups["unit"].Value, StringComparison.Ordinal) || unit.Groups["unit"].Value.Contains(measure.Unit, StringComparison.Ordinal) ? 0.05 : -0.1;
    }

    static double Likeness(string label, Candidate candidate)
    {
        var alone = Dice(label, candidate.Words);
        // 件数 under “人民调解” says less than “受理调解案件”, but together with the ledger it is enough.
        return Math.Max(alone, 0.9 * Dice(label, candidate.Context + candidate.Words));
    }

    /// <summary>Pairs of signs that both have, of all that they have; signs alone where a word is short.</summary>
    static double Dice(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        if (a == b) return 1;
        var (left, right) = (Pairs(a), Pairs(b));
        var both = left.Intersect(right, StringComparer.Ordinal).Count();
        var whole = a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal) ? 0.15 : 0;
        return (left.Count + right.Count == 0 ? 0 : 2.0 * both / (left.Count + right.Count)) + whole;
    }

    static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(at => text.Substring(at, 2))];

    /// <summary>The words that tell one figure from another: without period, unit, numbering and what every name has.</summary>
    static string Core(string text) => Noise().Replace(FormGrid.Plain(text), "");

    [GeneratedRegex(@"本年度?|本月|当月|上年|去年|同期|同月|累计|今年以来|全年|合计|其中|情况|数量|总数|件数|人数|次数|场次数|场次|案件|事项|（[^）]{1,4}）|\([^)]{1,4}\)|[\s·：:、，,（）()“”""%％\d一二三四五六七八九十\.]|数$")]
    private static partial Regex Noise();

    [GeneratedRegex(@"[（(](?<unit>件次|人次|场次|件|人|次|场|份|条|块|名|起|处|元|户次|公顷|学时)[）)]")]
    private static partial Regex Unit();
}

/// <summary>What can stand in the columns of a list.</summary>
public static class FormListFields
{
    public const string Number = "number", Serial = "serial", Unit = "unit", Title = "title";

    /// <summary>Personal data stays in the house: a form for the level above shows none unless somebody writes it there.</summary>
    public static IReadOnlyList<(string Key, string Label)> Of(LedgerDefinition ledger) =>
        [(Number, "序号"), (Serial, "编号"), (Unit, "单位"), (Title, "事项"), .. ledger.Fields.Where(field => field.Type != FieldType.Files).Select(field => (field.Key, field.Label))];
}
