using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports;

public sealed class DraftedFiguresTests(Demonstration demo) : IClassFixture<Demonstration>
{
    static readonly DateOnly Closing = new(2026, 11, 22);

    async Task<ReportDraft> DraftAsync(int year = 2026)
    {
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        return await demo.Get<ReportService>().DraftAsync(Person.Machine, tree.Find("FZ")!, new(year));
    }

    [Fact]
    public async Task The_demonstration_report_has_every_section_is_rich_in_figures_and_can_be_read()
    {
        var draft = await DraftAsync();
        var headings = draft.Blocks.OfType<HeadingBlock>().Select(heading => heading.Text).ToList();
        foreach (var start in new[] { "一、", "（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "二、突出亮点", "三、存在的问题", "四、下一步工作计划" })
            Assert.Contains(headings, heading => heading.StartsWith(start, StringComparison.Ordinal));
        Assert.Contains(headings, heading => heading.Contains("第一责任人", StringComparison.Ordinal));
        Assert.True(draft.Figures.Count() >= 120, $"{draft.Figures.Count()} figures");
        Assert.InRange(draft.ToText().Length, 3_500, 5_600);
    }

    [Theory, InlineData(2025), InlineData(2026)]
    public async Task Every_figure_equals_an_independent_count_over_the_entries(int year)
    {
        var draft = await DraftAsync(year);
        using var connection = demo.Connect();
        var count = new IndependentCount(Demonstration.SeedFolder, connection, "FZ");
        var closing = year == 2026 ? Closing : new DateOnly(year, 12, 31);
        decimal? Now(Figure f) => count.Value(f.Key, new(year, 1, 1), new(year, 12, 31), f.Slice?.Field, f.Slice?.Code, f.Slice?.Except);
        decimal? Before(Figure f) => count.Value(f.Key, new(year - 1, 1, 1), closing.AddYears(-1), f.Slice?.Field, f.Slice?.Code, f.Slice?.Except);

        var compared = 0;
        var wrong = new List<string>();
        foreach (var figure in draft.Figures)
        {
            decimal? expected = figure.Format switch
            {
                FigureFormat.Plain or FigureFormat.Roundly or FigureFormat.TenThousands => Now(figure),
                FigureFormat.LastYear => Before(figure),
                FigureFormat.YearOnYear when count.IsRatio(figure.Key) => Now(figure) - Before(figure),
                FigureFormat.YearOnYear => (Now(figure) - Before(figure)) / Before(figure),
                // Targets come from papers, not from entries.
                _ => null,
            };
            if (expected is null) continue;
            compared++;
            if (expected != figure.Amount) wrong.Add($"{figure.Id} {figure.Name} {figure.Format}: {figure.Amount}, counted {expected}");
        }
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(compared >= 60, $"{compared} compared");
    }

    [Theory, InlineData("FZ", 2026), InlineData("DH", 2025), InlineData("NZ", 2026), InlineData("FZ", 2026, "quarterly-brief.q3")]
    public async Task The_rows_behind_every_figure_are_exactly_those_that_it_counts(string code, int year, string? name = null)
    {
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        var report = (await demo.Get<ReportService>().ReadAsync(Person.Machine, tree.Find(code)!, new ReportKey(year, name)))!;
        var parts = report.Draft.Figures.SelectMany(figure => demo.Get<FigureSources>().Of(report, figure).Parts).Distinct().ToList();
        var (catalog, wrong) = (demo.Get<LedgerCatalog>(), new List<string>());
        foreach (var part in parts)
        {
            var ledger = catalog.Ledger(part.Rows.Split('/', '?')[2])!;
            var query = EntryListState.Read(part.Rows).ToQuery(Person.Machine, tree, ledger, demo.Get<IRowRules>(), year, out var rule, demo.Services.GetServices<IListFilter>())!;
            var totals = await demo.Get<EntryLists>().TotalsAsync(query, rule!.Sum);
            var found = rule.Sum is { } sum ? (decimal)totals.Sums[sum] / ledger.Field(sum)!.Steps : totals.Count;
            var counted = decimal.Parse(string.Concat(part.Value.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or '-')), CultureInfo.InvariantCulture);
            if (found != counted) wrong.Add($"{part.Name} {part.Value} ({part.Period}): {found} behind {part.Rows}");
        }
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(parts.Count > 60, $"{parts.Count} parts");
    }

    [Fact]
    public async Task Nobody_drafts_for_a_unit_that_he_does_not_see()
    {
        var tree = await demo.Get<UnitDirectory>().TreeAsync();
        var reviewer = new Person(1, "a", "甲", Role.Reviewer, tree.Find("FZ")!.Id);
        Assert.NotNull(await demo.Get<ReportService>().ReadAsync(reviewer, tree.Find("FZ")!, new(2026)));
        Assert.Null(await demo.Get<ReportService>().ReadAsync(reviewer, tree.Find("DH")!, new(2026)));
    }

    [Fact]
    public async Task No_private_persons_name_and_no_placeholder_stands_in_the_draft()
    {
        var text = (await DraftAsync()).ToText();
        Assert.DoesNotContain("样例", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("近年来", text, StringComparison.Ordinal);
    }
}
