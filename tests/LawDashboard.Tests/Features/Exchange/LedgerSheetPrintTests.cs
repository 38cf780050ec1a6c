using System.Globalization;

namespace LawDashboard.Tests.Features.Exchange;

public sealed class LedgerSheetPrintTests
{
    [OfficeFact]
    public async Task Another_program_prints_the_headings_on_every_page_and_the_totals_on_the_last()
    {
        using var folder = new TemporaryFolder();
        var rows = MediationLedger.Rows(60).ToBlockingEnumerable().ToList();
        await File.WriteAllBytesAsync(folder["台账.xlsx"], await SheetReading.WriteAsync(MediationLedger.Layout, rows));

        var pages = (await Office.ToTextAsync(folder["台账.xlsx"])).TrimEnd('\f', '\n').Split('\f');

        Assert.InRange(pages.Length, 2, 8);
        Assert.All(pages, (page, i) =>
        {
            var text = Office.WithoutGaps(page);
            Assert.Contains("法镇2026年度人民调解案件登记台账", text);
            Assert.Contains("填报单位：法镇人民政府", text);
            Assert.Contains("纠纷简要情况", text);
            Assert.Contains($"第{i + 1}页共{pages.Length}页", text);
        });
        Assert.Contains("合计", pages[^1]);
        Assert.Contains(rows.Sum(row => (decimal)row[9]!).ToString("N2", CultureInfo.InvariantCulture), pages[^1]);
        Assert.DoesNotContain("合计", string.Concat(pages[..^1]));
        Assert.DoesNotContain("###", string.Concat(pages));
    }
}
