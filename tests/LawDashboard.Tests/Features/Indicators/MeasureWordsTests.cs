using LawDashboard.Commands;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Tests.Features.Indicators;

/// <summary>A counting rule reads as a Chinese sentence.</summary>
public sealed class MeasureWordsTests
{
    static readonly MeasureWords Words = new(SampleCatalog.Ledgers);

    [Theory]
    [InlineData("lectures.held", "统计“法治讲座”台账的全部记录，每条计1场；以“日期”归入月份。")]
    [InlineData("lectures.attended", "统计“法治讲座”台账的全部记录，合计其“实到”（人）；以“日期”归入月份。")]
    [InlineData("lectures.cost", "统计“法治讲座”台账中“经费”不少于100的记录，合计其“经费”（元）；以“日期”归入月份。")]
    [InlineData("lectures.filed", "统计“法治讲座”台账中“归档日期”在“日期”后30日内的记录，每条计1场；以“归档日期”归入月份。")]
    [InlineData("lectures.civil", "统计“法治讲座”台账中“法律法规”含“民法典”，且“类别”不为“校园”的记录，每条计1场；以“日期”归入月份。")]
    [InlineData("lectures.open", "统计“法治讲座”台账的全部记录，统计期末在册的数量（场）；自“日期”起计入，至“归档日期”止。")]
    public void A_measure_says_what_it_counts(string key, string sentence) =>
        Assert.Equal(sentence, Words.Sentence(SampleCatalog.Indicators.Measure(key)!));

    [Fact]
    public void Alternatives_inside_conditions_stand_in_brackets()
    {
        var rule = new Condition.All([new Condition.Yes("exam", true), new Condition.Any([new Condition.Filled("filedOn", false), new Condition.Is("kind", ["cadre", "village"])])]);
        Assert.Equal("“是否考试”为“是”，且（未填“归档日期”，或“类别”为“领导干部”或“村两委”）", Words.Condition(rule, SampleCatalog.Lectures));
    }

    [Fact]
    public void Every_measure_of_the_demonstration_county_has_its_sentence_in_words_of_its_ledger()
    {
        var definitions = Definitions.Load(Demonstration.SeedFolder);
        var words = new MeasureWords(definitions.Ledgers);
        foreach (var measure in definitions.Indicators.Measures)
            Assert.DoesNotMatch("[A-Za-z]{3,}", words.Sentence(measure).Replace("12345", ""));
    }
}
