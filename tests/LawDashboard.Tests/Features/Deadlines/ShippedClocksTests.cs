using LawDashboard.Data;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Tests.Features.Deadlines;

/// <summary>The limits that are shipped, on entries as they are typed.</summary>
public sealed class ShippedClocksTests
{
    static readonly LawDashboard.Commands.Definitions Definitions = LawDashboard.Commands.Definitions.Load(Demonstration.SeedFolder);
    static readonly ClockReckoner Reckoner = new(Definitions.Clocks, Definitions.Calendar);

    /// <summary>An appeal of our own, accepted, to be answered by a letter of opinion.</summary>
    static readonly FieldValues Appeal = SampleCatalog.Values(("source", "own"), ("registeredOn", "2026-03-02"), ("acceptance", "accepted"), ("acceptedOn", "2026-03-05"),
        ("category", "appeal"), ("isLegal", false), ("route", "petition"));

    [Fact]
    public void Every_limit_of_the_petition_rules_is_there_and_names_its_article()
    {
        string[] articles = ["第二十二条", "第二十三条第二款", "第二十三条第三款", "第二十三条第三款", "第三十四条", "第三十五条", "第三十五条", "第三十六条", "第三十六条"];
        Assert.Equal(articles.Select(article => "《信访工作条例》" + article), Definitions.Clocks.OfLedger("petitions").Select(rule => rule.Definition.Basis));
        Assert.All(Definitions.Clocks.All, rule => Assert.False(string.IsNullOrWhiteSpace(rule.Definition.Duty)));
    }

    [Theory]
    [InlineData("petition.notice", "2026-03-17")]
    [InlineData("petition.handle", "2026-05-04")]
    public void An_appeal_runs_from_its_registration_and_from_its_acceptance(string key, string due) => Assert.Equal(Day(due), Of("petitions", Appeal, key)!.Due);

    [Fact]
    public void What_is_for_the_courts_has_no_sixty_days()
    {
        Assert.Null(Of("petitions", Appeal.With("isLegal", true), "petition.handle"));
        Assert.Null(Of("petitions", Appeal.With("category", "suggestion"), "petition.handle"));
        Assert.Null(Of("petitions", Appeal.With("route", "administrative"), "petition.handle"));
    }

    [Fact]
    public void Five_working_days_to_object_to_what_was_forwarded_wrongly_and_fifteen_days_to_tell_the_petitioner_otherwise()
    {
        var forwarded = SampleCatalog.Values(("source", "forwarded"), ("registeredOn", "2026-09-24"));
        Assert.Equal(Day("2026-10-09"), Of("petitions", forwarded.With("notOurs", true), "petition.objection")!.Due);
        Assert.Null(Of("petitions", forwarded.With("notOurs", true), "petition.noticeAssigned"));
        Assert.Equal(Day("2026-10-09"), Of("petitions", forwarded, "petition.noticeAssigned")!.Due);
        Assert.Null(Of("petitions", forwarded, "petition.notice"));
    }

    [Fact]
    public void An_extension_counts_only_with_approver_reason_and_paper_and_never_beyond_thirty_days()
    {
        var bare = Appeal.With("extendedTo", "2026-05-20");
        var clock = Of("petitions", bare, "petition.handle")!;
        Assert.Equal(Day("2026-05-04"), clock.Due);
        Assert.Contains("延期批准人、延期理由、延期批准（告知）文书", Assert.Single(clock.Remarks), StringComparison.Ordinal);

        var whole = bare.With("extensionApprover", "镇长").With("extensionReason", "情况复杂").With("extensionPaper", "信延告〔2026〕1号");
        clock = Of("petitions", whole, "petition.handle")!;
        Assert.Equal((Day("2026-05-20"), Day("2026-05-04"), true), (clock.Due, clock.PlainDue, clock.Extended));
        Assert.Equal(16, clock.Days.Count(day => day.Kind == ClockDayKind.Extended));

        clock = Of("petitions", whole.With("extendedTo", "2026-07-01"), "petition.handle")!;
        Assert.Equal(Day("2026-06-03"), clock.Due);
        Assert.Equal(30, clock.Days.Count(day => day.Kind == ClockDayKind.Extended));
        Assert.Contains("超过可以延长的30日，只计到2026-06-03", Assert.Single(clock.Remarks), StringComparison.Ordinal);

        Assert.Contains("不起作用", Assert.Single(Of("petitions", whole.With("extendedTo", "2026-05-01"), "petition.handle")!.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_days_of_a_hearing_are_not_counted_and_a_hearing_that_goes_on_stops_the_clock()
    {
        var asked = SampleCatalog.Values(("recheckAskedOn", "2026-03-02"));
        Assert.Equal(Day("2026-04-01"), Of("petitions", asked, "petition.recheck")!.Due);

        var heard = Of("petitions", asked.With("hearingFrom", "2026-03-10").With("hearingTo", "2026-03-14"), "petition.recheck")!;
        Assert.Equal(Day("2026-04-06"), heard.Due);
        Assert.Equal(5, heard.Days.Count(day => day.Reason == "听证期间不计入"));
        Assert.Equal(30, heard.Days.Count(day => day.Kind == ClockDayKind.Counted));

        var open = Of("petitions", asked.With("hearingFrom", "2026-03-10"), "petition.recheck")!;
        Assert.Equal((null, Day("2026-03-10"), 23, ClockState.Paused), (open.Due, open.PausedSince, open.Remaining, open.StateOn(Day("2026-05-01"))));
    }

    [Fact]
    public void Pauses_and_extensions_only_ever_move_the_end_back_and_never_change_what_is_counted()
    {
        var random = new Random(1234);
        for (var round = 0; round < 300; round++)
        {
            var opened = new DateOnly(2023, 1, 1).AddDays(random.Next(1100));
            var plain = SampleCatalog.Values(("manner", "onRequest"), ("openedOn", FieldValues.Iso(opened)));
            var from = opened.AddDays(random.Next(1, 40));
            var paused = plain.With("thirdPartyAskedOn", FieldValues.Iso(from)).With("thirdPartyRepliedOn", FieldValues.Iso(from.AddDays(random.Next(0, 30))));
            var extended = paused.With("extendedTo", FieldValues.Iso(opened.AddDays(random.Next(10, 120)))).With("extensionApprover", "甲").With("extensionReason", "需要核实").With("extensionPaper", "延1号");
            var clocks = new[] { plain, paused, extended }.Select(values => Of("disclosure", values, "disclosure.reply")!).ToList();
            Assert.True(clocks[0].Due <= clocks[1].Due && clocks[1].Due <= clocks[2].Due, $"{extended}: {string.Join(", ", clocks.Select(clock => clock.Due))}");
            Assert.All(clocks, clock => Assert.Equal(20, clock.Days.Count(day => day.Kind == ClockDayKind.Counted)));
            Assert.InRange(clocks[2].Days.Count(day => day.Kind == ClockDayKind.Extended), 0, 20);
            Assert.All(clocks, clock => Assert.True(Definitions.Calendar.IsWorkday(clock.Due!.Value)));
            Assert.All(clocks, clock => Assert.Equal(clock.Due, clock.Days[^1].Date));
        }
    }

    [Fact]
    public void Notice_of_a_hearing_is_counted_back_over_the_holiday()
    {
        var hearing = SampleCatalog.Values(("procedure", "ordinary"), ("hearingAsked", true), ("hearingPlannedOn", "2026-10-12"));
        var clock = Of("cases", hearing, "case.hearingNotice")!;
        // Seven working days before 12 October, past National Day and Mid-Autumn: 10, 9, 8 October, 30, 29, 28, 24 September.
        Assert.Equal(Day("2026-09-24"), clock.Due);
        Assert.Equal(["2026-10-10", "2026-10-09", "2026-10-08", "2026-09-30", "2026-09-29", "2026-09-28", "2026-09-24"],
            clock.Days.Where(day => day.Kind == ClockDayKind.Counted).Select(day => FieldValues.Iso(day.Date)));
    }

    [Theory]
    [InlineData("cases", "case.decide", "procedure=ordinary;filedOn=2026-01-20", "2026-04-20")]
    [InlineData("cases", "case.seizure", "seizedOn=2026-02-10", "2026-02-26")]
    [InlineData("cases", "case.askHearing", "procedure=ordinary;informedOn=2026-04-29", "2026-05-09")]
    [InlineData("cases", "case.serve", "procedure=ordinary;result=penalised;decidedOn=2026-09-24", "2026-10-12")]
    [InlineData("mediation", "mediation.settle", "acceptedOn=2026-01-16", "2026-02-24")]
    [InlineData("mediation", "mediation.confirm", "result=success;agreementOn=2026-09-05", "2026-10-08")]
    [InlineData("mediation", "mediation.perform", "result=success;performDue=2026-10-03", "2026-10-03")]
    [InlineData("mediators", "committee.term", "kind=committee;termStart=2024-02-29", "2027-02-28")]
    [InlineData("disclosure", "disclosure.reply", "manner=onRequest;openedOn=2026-02-10", "2026-03-16")]
    [InlineData("disclosure", "disclosure.reply", "manner=onRequest;openedOn=2026-02-10;supplementAskedOn=2026-02-11;supplementedOn=2026-02-13", "2026-03-19")]
    [InlineData("disclosure", "disclosure.active", "manner=active;formedOn=2026-09-24", "2026-10-29")]
    [InlineData("litigation", "litigation.letter", "letter=review;letterOn=2026-03-01", "2026-04-30")]
    [InlineData("litigation", "litigation.reviewReply", "kind=review;receivedOn=2026-04-29", "2026-05-15")]
    [InlineData("rectification", "rectification.due", "dueOn=2026-06-30", "2026-06-30")]
    [InlineData("screening", "screening.resolve", "finding=found;dueOn=2026-06-30", "2026-06-30")]
    [InlineData("inspections", "inspection.rectify", "result=ordered;rectifyBy=2026-06-30", "2026-06-30")]
    public void Other_limits_end_when_their_law_says(string ledger, string key, string typed, string due) =>
        Assert.Equal(Day(due), Of(ledger, Typed(ledger, typed), key)!.Due);

    [Fact]
    public void What_came_before_the_law_was_in_force_has_no_limit_of_it()
    {
        Assert.Null(Of("petitions", SampleCatalog.Values(("source", "own"), ("registeredOn", "2022-04-30")), "petition.notice"));
        Assert.NotNull(Of("petitions", SampleCatalog.Values(("source", "own"), ("registeredOn", "2022-05-01")), "petition.notice"));
    }

    [Theory]
    [InlineData("2026-03-16", null, ClockState.DueSoon)]
    [InlineData("2026-03-09", null, ClockState.Running)]
    [InlineData("2026-03-17", null, ClockState.DueSoon)]
    [InlineData("2026-03-18", null, ClockState.Overdue)]
    [InlineData("2026-03-30", "2026-03-17", ClockState.Met)]
    [InlineData("2026-03-30", "2026-03-18", ClockState.MetLate)]
    public void A_limit_stands_as_the_day_says(string today, string? told, ClockState state) =>
        Assert.Equal(state, Of("petitions", Appeal.With("noticeOn", told), "petition.notice")!.StateOn(Day(today)));

    [Fact]
    public void A_right_that_was_not_used_lapses_and_nobody_is_late()
    {
        var right = Of("petitions", SampleCatalog.Values(("opinionOn", "2026-03-01"), ("servedOn", "2026-03-01")), "petition.askReview")!;
        Assert.Equal((ClockState.Lapsed, false), (right.StateOn(Day("2026-06-01")), right.Definition.Reminds));
    }

    [Theory]
    [InlineData("\"start\": [\"registeredOn\"], \"stop\": [\"transferredOn\"]", "\"start\": [\"registeredAt\"], \"stop\": [\"transferredOn\"]", "petition.transfer", "registeredAt")]
    [InlineData("\"ledger\": \"petitions\", \"name\": \"登记转送交办\"", "\"ledger\": \"petition\", \"name\": \"登记转送交办\"", "petition.transfer", "台账“petition”不存在")]
    [InlineData("\"field\": \"isBureau\", \"yes\": true", "\"field\": \"source\", \"is\": [\"nobody\"]", "petition.transfer", "nobody")]
    [InlineData("\"most\": 30", "\"most\": 0", "petition.handle", "most")]
    [InlineData("\"length\": 5, \"days\": \"working\"", "\"length\": 0, \"days\": \"working\"", "petition.objection", "length")]
    [InlineData("\"key\": \"petition.recheck\"", "\"key\": \"petition.review\"", "petition.review", "有效期重叠")]
    public void A_broken_limit_stops_the_start_with_file_key_and_reason(string old, string broken, string key, string reason)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Demonstration.SeedFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(Demonstration.SeedFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var path = Path.Combine(folder.Path, "clocks", "petitions.json");
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text[..text.IndexOf(old, StringComparison.Ordinal)] + broken + text[(text.IndexOf(old, StringComparison.Ordinal) + old.Length)..]);
        var findings = Assert.Throws<DefinitionException>(() => LawDashboard.Commands.Definitions.Load(folder.Path)).Findings;
        Assert.Contains(findings, finding => finding.File == "clocks/petitions.json" && finding.Key == key && finding.Reason.Contains(reason, StringComparison.Ordinal));
    }

    static Clock? Of(string ledger, FieldValues values, string key) => Reckoner.Of(ledger, values).SingleOrDefault(clock => clock.Definition.Key == key);

    static FieldValues Typed(string ledger, string pairs) => pairs.Split(';').Select(pair => pair.Split('='))
        .Aggregate(FieldValues.Empty, (values, pair) => values.With(pair[0], Definitions.Ledgers.Ledger(ledger)!.Field(pair[0])!.Type == FieldType.YesNo ? pair[1] == "true" : pair[1]));

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
