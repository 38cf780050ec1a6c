using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

/// <summary>What a chart's table says can be reckoned with in the workbook.</summary>
public sealed class TableExportTests
{
    [Fact]
    public async Task Numbers_and_percentages_of_a_page_are_numbers_in_the_workbook_and_words_stay_words()
    {
        var file = TableExport.Prepare(new("各镇比较", "场次", [["单位", "已审", "比率", "每万人", "进度"], ["法镇", "1,073", "97.8%", "38.1", "正常"], ["大河镇", "0", "—", "-2", "=1+1"], ["合计", "1,073", "97.8%", "", ""]]))!;
        using var output = new MemoryStream();
        await LedgerSheet.WriteAsync(output, file.Layout, file.Rows, CancellationToken.None);
        var rows = SheetReading.Read(output.ToArray()).Single().Rows.SkipWhile(row => !row.Contains("单位")).Select(row => row.Skip(1).ToArray()).ToList();
        Assert.Equal(["单位", "已审", "比率（%）", "每万人", "进度"], rows[0]);
        Assert.Equal(["法镇", 1073d, 97.8d, 38.1d, "正常"], rows[1]);
        Assert.Equal(["大河镇", 0d, "—", -2d, "=1+1"], rows[2]);
        Assert.Equal(["合计", 1073d, 97.8d, null, null], rows[3].Select(cell => cell is "" ? null : cell));
    }

    [Fact]
    public void What_no_page_shows_is_refused()
    {
        Assert.Null(TableExport.Prepare(new("空", null, [])));
        Assert.Null(TableExport.Prepare(new("", null, [["单位"]])));
        Assert.Null(TableExport.Prepare(new("长", null, [["单位"], [new string('长', 501)]])));
    }
}
