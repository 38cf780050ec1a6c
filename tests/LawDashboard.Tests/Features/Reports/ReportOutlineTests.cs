using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class ReportOutlineTests
{
    [Fact]
    public void Each_section_says_how_much_is_missing_in_it()
    {
        var outline = ReportOutline.Of(SampleReport.Draft());
        Assert.Equal(12, outline.Count);
        Assert.Equal((1, "一、年度重点工作", 0), (outline[0].Level, outline[0].Text, outline[0].Missing));
        var study = outline.Single(item => item.Text.StartsWith("（二）", StringComparison.Ordinal));
        Assert.Equal(("（二）组织学法用法", 1), (study.Short, study.Missing));
        Assert.Equal(SampleReport.Draft().Missing.Count, outline.Sum(item => item.Missing));
    }
}
