using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Comparing;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;

namespace LawDashboard.Tests.Features.Reports.Comparing;

public sealed class VersionComparisonTests
{
    const string Frame = "## 一、工作\n### （一）调解。\n受理调解{mediation.accepted}件，成功{mediation.succeeded}件。\n排查纠纷{screening.found}件。\n\n开展巡查{fire.patrols}次。\n";

    static ReportDraft Draft(string template = Frame, int accepted = 10)
    {
        var draft = Drafter.Draft(ReportTemplate.Parse("r", template).Template!, new("样例镇", 2026, new(2026, 12, 31), new SampleFigures()
            .Count("mediation.accepted", accepted).Count("mediation.succeeded", 9).Count("screening.found", 7).Count("fire.patrols", 5), []));
        return TextUnits.ToDraft(TextUnits.Of(draft), draft);
    }

    static string Marked(IReadOnlyList<ComparedRun> runs) => string.Concat(runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));

    [Fact]
    public void A_changed_sentence_marks_what_changed_and_figures_as_wholes()
    {
        var comparison = VersionComparison.Of(Draft(), Draft(Frame.Replace("受理调解", "共受理人民调解", StringComparison.Ordinal), accepted: 12));
        var row = Assert.Single(comparison.Sections.SelectMany(section => section.Rows), row => row.Kind == ComparedKind.Changed);
        Assert.Equal(("受理调解[10]件，成功9件。", "[共]受理[人民]调解[12]件，成功9件。"), (Marked(row.Before), Marked(row.After)));
        Assert.Equal(("10", "12"), comparison.Figures.Select(figure => (figure.Before, figure.After)).Single());
        Assert.Equal("（一）调解", Assert.Single(comparison.Sections, section => section.Changes > 0).Heading);
    }

    [Fact]
    public void Added_and_removed_sentences_stand_where_they_were()
    {
        var comparison = VersionComparison.Of(Draft(), Draft(Frame.Replace("排查纠纷{screening.found}件。\n", "", StringComparison.Ordinal) + "新增一项工作内容说明。\n"));
        var rows = comparison.Sections.SelectMany(section => section.Rows).Where(row => row.Kind != ComparedKind.Same).ToList();
        Assert.Equal([ComparedKind.Removed, ComparedKind.Added], rows.Select(row => row.Kind));
        Assert.Equal(("排查纠纷7件。", "新增一项工作内容说明。"), (Marked(rows[0].Before), Marked(rows[1].After)));
        Assert.Empty(rows[0].After);
    }

    [Fact]
    public void Both_sides_say_all_that_the_versions_say()
    {
        for (var seed = 0; seed < TestScale.Of(20, 300); seed++)
        {
            var random = new Random(seed);
            ReportDraft One() => Without(TextUnits.Of(SampleReport.Draft()), random);
            var (before, after) = (One(), One());
            var comparison = VersionComparison.Of(before, after);
            var rows = comparison.Sections.SelectMany(section => section.Rows).ToList();
            Assert.Equal(All(before), string.Concat(rows.SelectMany(row => row.Before).Select(run => run.Text)));
            Assert.Equal(All(after), string.Concat(rows.SelectMany(row => row.After).Select(run => run.Text)));
            Assert.All(rows.Where(row => row.Kind == ComparedKind.Same), row => Assert.DoesNotContain(row.Before, run => run.Marked));
        }

        static string All(ReportDraft draft) => string.Concat(TextUnits.Of(draft).Select(unit => unit.Text));
    }

    /// <summary>The report with some sentences left out, doubled and changed.</summary>
    static ReportDraft Without(IReadOnlyList<TextUnit> units, Random random) => TextUnits.ToDraft([.. units.SelectMany<TextUnit, TextUnit>((unit, _) => unit.Kind != PartKind.Body ? [unit] : random.Next(8) switch
    {
        0 => [],
        1 => [unit with { Runs = [new("经研究，"), .. unit.Runs] }],
        2 => [unit, new(PartKind.Body, 0, false, [new($"另行补充第{random.Next(1000)}项。")])],
        _ => [unit],
    })], SampleReport.Draft());
}
