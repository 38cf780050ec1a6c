using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>Lists and limits that the claim check goes by: <c>seed-data/checks/words.json</c>.</summary>
/// <param name="Length">Required length in Chinese characters, without digits and punctuation.</param>
/// <param name="SameAsLastYear">Share of a passage from which it counts as taken over.</param>
/// <param name="MeasureWords">What a number must stand before to be a claim: 件, 场次, 人次.</param>
/// <param name="Fixed">Numbers that are names: 12345热线.</param>
/// <param name="Attendance">Words after which people are attendances (人次).</param>
/// <param name="Periods">Words of a longer time than the year under report.</param>
/// <param name="Transitions">Beginning and end of a clause that leads over to the report, and may stand once.</param>
/// <param name="Requests">How a request (请示) is worded.</param>
/// <param name="Offices">Titles beside which a name is that of an office holder.</param>
public sealed record CheckLists(
    CharacterRange Length, decimal SameAsLastYear, IReadOnlyList<string> MeasureWords, IReadOnlyList<string> Fixed, IReadOnlyList<string> Attendance,
    IReadOnlyList<WordAdvice> Periods, IReadOnlyList<Transition> Transitions, IReadOnlyList<string> Requests, IReadOnlyList<string> Offices);

public sealed record CharacterRange(int Min, int Max);
public sealed record WordAdvice(string Word, string Advice);
public sealed record Transition(string Begin, string End);

/// <summary>An absolute claim and what could contradict it.</summary>
/// <param name="Words">Any of them makes the claim.</param>
/// <param name="Topics">The claim is about this when the sentence has any of these; empty for any topic.</param>
/// <param name="None">Measures that must be zero for the claim to hold.</param>
/// <param name="Whole">Ratio indicators that must be 100% for it.</param>
public sealed record AbsoluteClaim(IReadOnlyList<string> Words, IReadOnlyList<string> Topics, IReadOnlyList<string> None, IReadOnlyList<string> Whole);

/// <summary>A name that belongs to another place.</summary>
public sealed record ForeignName(string Name, string Place, string Kind);

/// <summary>Names of other places, and the places that are ours.</summary>
/// <param name="Home">Our own province and city, whose names may stand.</param>
/// <param name="Regions">Provinces and cities as they are called in full.</param>
public sealed record ForeignNames(IReadOnlyList<string> Home, IReadOnlyList<ForeignName> Names, IReadOnlyList<string> Regions);

/// <summary>Something that a yearly report must have by law.</summary>
/// <param name="Headings">A heading with any of these is its section.</param>
/// <param name="Required">False for what is reported only where there is something.</param>
public sealed record RequiredItem(string Name, string Basis, IReadOnlyList<string> Headings, bool Required);

/// <summary>A field of work, by the words of its headings and of its text.</summary>
public sealed record Topic(string Name, IReadOnlyList<string> Heading, IReadOnlyList<string> Content);

/// <summary>Everything in <c>seed-data/checks</c> and <c>seed-data/policy</c>, loaded and checked.</summary>
public sealed record CheckWords(
    CheckLists Lists, IReadOnlyList<AbsoluteClaim> Absolute, ForeignNames Foreign, IReadOnlyList<RequiredItem> Required, IReadOnlyList<Topic> Topics, PolicyWords Policy)
{
    const string Folder = "checks/";

    public static CheckWords Load(SeedFolder seed, IndicatorCatalog catalog)
    {
        var words = new CheckWords(
            seed.Read<CheckLists>(Folder + "words.json") ?? new(new(0, int.MaxValue), 1, [], [], [], [], [], [], []),
            seed.Read<List<AbsoluteClaim>>(Folder + "absolute-claims.json") ?? [],
            seed.Read<ForeignNames>(Folder + "foreign-names.json") ?? new([], [], []),
            seed.Read<List<RequiredItem>>(Folder + "required-items.json") ?? [],
            seed.Read<List<Topic>>(Folder + "topics.json") ?? [],
            PolicyWords.Load(seed));
        words.Check(seed, catalog);
        return words;
    }

    void Check(SeedFolder seed, IndicatorCatalog catalog)
    {
        if (Lists.Length.Min < 0 || Lists.Length.Max < Lists.Length.Min) seed.Report(Folder + "words.json", "length", "篇幅下限应不大于上限");
        if (Lists.SameAsLastYear is <= 0 or > 1) seed.Report(Folder + "words.json", "sameAsLastYear", "雷同比例应在0至1之间");
        foreach (var word in Lists.MeasureWords.Concat(Lists.Fixed).Concat(Lists.Attendance).Concat(Lists.Requests).Concat(Lists.Offices).Where(string.IsNullOrWhiteSpace))
            seed.Report(Folder + "words.json", "词表", $"有空白的词“{word}”");
        foreach (var claim in Absolute)
        {
            var key = string.Join('、', claim.Words);
            if (claim.Words.Count == 0 || claim.Words.Any(string.IsNullOrWhiteSpace)) seed.Report(Folder + "absolute-claims.json", key, "没有写明表述用词 words");
            foreach (var measure in claim.None.Where(measure => catalog.Measure(measure) is null)) seed.Report(Folder + "absolute-claims.json", key, $"口径“{measure}”不存在");
            foreach (var ratio in claim.Whole.Where(ratio => catalog.Indicator(ratio)?.IsRatio != true)) seed.Report(Folder + "absolute-claims.json", key, $"“{ratio}”不是比率指标");
        }
        foreach (var twice in Foreign.Names.GroupBy(name => name.Name).Where(group => group.Count() > 1)) seed.Report(Folder + "foreign-names.json", twice.Key, "名称重复");
        foreach (var item in Required.Where(item => item.Headings.Count == 0)) seed.Report(Folder + "required-items.json", item.Name, "没有写明标题用词 headings");
        foreach (var topic in Topics.Where(topic => topic.Heading.Count == 0 || topic.Content.Count == 0)) seed.Report(Folder + "topics.json", topic.Name, "heading 和 content 都要有词");
    }
}
