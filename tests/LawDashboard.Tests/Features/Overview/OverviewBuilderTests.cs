using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Overview;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Overview;

/// <summary>The overview is worked out of figures alone.</summary>
public sealed class OverviewBuilderTests
{
    static readonly OverviewLayout Layout = new([new("讲座类别", "lectures.held", "kind"), new("讲授法律", "lectures.held", "laws")], "study.filed");
    static readonly OverviewBuilder Builder = new(new IndicatorReckoner(SampleCatalog.Indicators), Layout);
    static readonly Unit Town = new() { Id = 1, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, Path = "/1/" };

    [Fact]
    public void The_year_stands_in_one_sentence()
    {
        Assert.Equal("截至11月22日，1项任务中1项超前；待审3件。", Sentence(Facts(Held(202603, 12), Held(202604, 3, EntryState.Submitted))));
        Assert.Equal("截至11月22日，1项任务中1项严重滞后；没有待审记录。", Sentence(Facts(Held(202603, 2))));
        Assert.Equal("2026年全年，1项任务中1项正常；没有待审记录。", Sentence(Facts(Held(202603, 12)) with { Today = new(2027, 3, 1) }));
        Assert.Equal("截至11月22日，1项任务没有设年度目标；没有待审记录。", Sentence(Facts(Held(202603, 2)) with { Targets = new Dictionary<string, Target>() }));
        Assert.Equal("2026年尚未开始。", Sentence(Facts() with { Today = new(2025, 11, 22) }));
    }

    [Fact]
    public void The_parts_of_the_sentence_open_what_they_speak_of()
    {
        var parts = Builder.Build(Facts(Held(202603, 12), Held(202604, 3, EntryState.Submitted)), null).Sentence;
        Assert.Equal("/indicators?unit=FZ&year=2026&level=ahead", parts.Single(part => part.Tasks == PaceLevel.Ahead).Href);
        Assert.Equal("/search?unit=FZ&year=2026&state=submitted", parts.Single(part => part.Text.StartsWith("待审", StringComparison.Ordinal)).Href);
    }

    [Fact]
    public void A_card_shows_its_headline_its_months_and_what_it_lacks_most()
    {
        var card = Assert.Single(Builder.Build(Facts(Held(202603, 5), Held(202611, 2, EntryState.Submitted)), null).Cards);
        Assert.Equal("study.lectures", card.Lead!.Indicator.Key);
        Assert.Equal([0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], card.Months.Select(month => month.Approved));
        Assert.Equal(2, card.Months[10].Pending);
        Assert.Equal("法治讲座应达10场，还差5场（另有待审2）", card.Missing);
    }

    [Fact]
    public void A_ratio_that_fails_is_named_with_its_target()
    {
        var facts = Facts(Held(202603, 12), Measured("lectures.filed", 202603, 6)) with { Targets = Targets(("study.lectures", 12), ("study.filed", 95)) };
        Assert.Equal("按期归档率50%，低于目标95%", Builder.Build(facts, null).Cards[0].Missing);
        Assert.Equal("各项指标均达到进度", Builder.Build(Facts(Held(202603, 12)), null).Cards[0].Missing);
    }

    [Fact]
    public void The_parts_of_a_breakdown_close_on_its_total()
    {
        var facts = Facts(Held(202603, 12), Measured("lectures.held", 202603, 7, "kind=cadre"), Measured("lectures.held", 202603, 4, "kind=school"),
            Measured("lectures.held", 202603, 9, "laws=civil"), Measured("lectures.held", 202603, 8, "laws=constitution"));
        var view = Builder.Build(facts, null);
        var kinds = view.Breakdowns[0];
        Assert.Equal(["领导干部", "校园"], kinds.Parts.Select(part => part.Label));
        Assert.Equal(kinds.Total, kinds.Parts.Sum(part => part.Value) + kinds.Unnamed);
        // A lecture may treat several laws: these parts overlap and are not added up.
        Assert.True(view.Breakdowns[1].Overlaps);
        Assert.Equal(0, view.Breakdowns[1].Unnamed);
    }

    [Fact]
    public void Entries_by_ledger_keep_pending_apart()
    {
        var ledger = Assert.Single(Builder.Build(Facts(Measured("ledger.lectures", 202603, 12), Measured("ledger.lectures", 202604, 3, "", EntryState.Submitted)), null).Ledgers);
        Assert.Equal((12, 3), (ledger.Total.Approved, ledger.Total.Pending));
        Assert.Equal((0, 3), (ledger.Months[3].Approved, ledger.Months[3].Pending));
    }

    [Fact]
    public void An_empty_year_says_so_only_when_the_year_before_is_empty_too()
    {
        Assert.True(Builder.Build(Facts(), null).IsEmpty);
        Assert.False(Builder.Build(Facts(Measured("ledger.lectures", 202503, 1)), null).IsEmpty);
    }

    [Fact]
    public void An_indicator_chosen_in_the_address_is_shown_and_an_unknown_one_is_passed_over()
    {
        Assert.Equal("study.filed", Builder.Build(Facts(Held(202603, 1)), "study.filed").Trend!.Standing.Indicator.Key);
        Assert.Equal("study.lectures", Builder.Build(Facts(Held(202603, 1)), "no.such").Trend!.Standing.Indicator.Key);
    }

    static string Sentence(UnitYear facts) => string.Concat(Builder.Build(facts, null).Sentence.Select(part => part.Text));

    static UnitYear Facts(params Tally[] tallies) => new(Town, 2026, new(2026, 11, 22),
        new TallyBook(1, [.. tallies, .. tallies.Where(tally => tally is { MeasureKey: "lectures.held", Slice: "" }).Select(AsEntry)]), Targets(("study.lectures", 12)), []);

    /// <summary>Every lecture is an entry of its ledger.</summary>
    static Tally AsEntry(Tally tally) => Measured("ledger.lectures", tally.Month, tally.Count, "", tally.State);

    static Tally Held(int month, long count, EntryState state = EntryState.Approved) => Measured("lectures.held", month, count, "", state);

    static Tally Measured(string measure, int month, long count, string slice = "", EntryState state = EntryState.Approved) =>
        new() { UnitId = 1, Month = month, MeasureKey = measure, Slice = slice, State = state, Count = count };

    static IReadOnlyDictionary<string, Target> Targets(params (string Key, decimal Value)[] targets) => targets.ToDictionary(target => target.Key,
        target => new Target { IndicatorKey = target.Key, UnitId = 1, Year = 2026, Value = target.Value, EffectiveOn = new(2026, 1, 1) });
}
