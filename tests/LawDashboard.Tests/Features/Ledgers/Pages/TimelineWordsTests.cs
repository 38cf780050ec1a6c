using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Tests.Features.Ledgers.Pages;

public sealed class TimelineWordsTests
{
    [Fact]
    public async Task Each_change_is_told_before_and_after_and_personal_data_only_that_it_changed()
    {
        await using var bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var recorder = bench.Person(Role.Recorder, "FZ");
        var first = ((EntryResult.Done)await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01",
            SampleCatalog.Complete("2026-03-05", ("kind", "cadre"), ("speaker", "张样例"), ("attended", 20L))))).Entry;
        var values = first.Values.With("kind", "school").With("speaker", "张样品").With("attended", null).With("notes", "改期");
        await bench.Entries.SubmitAsync(recorder, new(first.Id, "lectures", "FZ02", values, first.Version));

        var words = new TimelineWords(new(SampleCatalog.Ledgers, bench.Tree), bench.Tree);
        var history = await bench.Lists.HistoryAsync(recorder, first.Id);
        Assert.Equal(["提交审核", "登记"], history.Select(line => TimelineWords.Action(line.Event.Action)));
        Assert.Equal(
        [
            new("填报单位", "样例村", "示范村"), new("编号", null, "FZ02-FZJZ-2026-0001"), new("类别", "领导干部", "校园"),
            new("主讲人", null, "已修改（内容隐藏）"), new("实到", "20", "（空）"), new("备注", "（空）", "改期"),
        ], words.Changes(SampleCatalog.Lectures, history[0]));
        Assert.Empty(words.Changes(SampleCatalog.Lectures, history[1]));
    }

    [Fact]
    public void Exports_in_a_row_are_one_line_of_the_history_and_bury_nothing()
    {
        static EntryHistoryLine Line(long sequence, string action) => new(new() { Sequence = sequence, PersonName = "样例甲", Action = action, Subject = "entry", Hash = "" }, null, null);
        EntryHistoryLine[] lines = [Line(9, "export"), Line(8, "export"), Line(7, "export"), Line(6, "approve"), Line(5, "export"), Line(4, "edit"), Line(3, "edit"), Line(1, "create")];
        var groups = TimelineGroup.Of(lines);
        Assert.Equal([(9, 2), (6, 0), (5, 0), (4, 0), (3, 0), (1, 0)], groups.Select(group => (group.Line.Event.Sequence, group.Earlier.Count)));
        Assert.Equal(lines, groups.SelectMany(group => group.Earlier.Prepend(group.Line)));
    }
}
