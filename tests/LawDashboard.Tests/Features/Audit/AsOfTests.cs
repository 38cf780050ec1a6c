using LawDashboard.Features.Audit;

namespace LawDashboard.Tests.Features.Audit;

/// <summary>A point in the past as people type it, and what they are told when it is none. It is 22 November 2026, 10:00 in China.</summary>
public sealed class AsOfTests
{
    static readonly StoppedClock Clock = new(new DateTime(2026, 11, 22, 2, 0, 0));

    [Theory]
    [InlineData("2026-06-30", "2026-06-30", "2026-06-30T16:00:00Z")]
    [InlineData(" 2026年6月30日 ", "2026-06-30", "2026-06-30T16:00:00Z")]
    [InlineData("2026/6/3", "2026-06-03", "2026-06-03T16:00:00Z")]
    [InlineData("2026-06-30 9:05", "2026-06-30T09:05", "2026-06-30T01:05:01Z")]
    [InlineData("2026-06-30T15:30:07", "2026-06-30T15:30:07", "2026-06-30T07:30:08Z")]
    public void A_day_means_its_end_and_a_time_itself(string typed, string text, string before)
    {
        var (read, problem) = AsOf.Parse(typed, Clock);
        Assert.Null(problem);
        Assert.Equal((text, DateTime.Parse(before, null, System.Globalization.DateTimeStyles.AdjustToUniversal)), (read!.Text, read.Before));
        Assert.Equal(read, AsOf.Parse(read.Text, Clock).Read);
    }

    [Theory]
    [InlineData("1234", 1234)]
    [InlineData("@7", 7)]
    public void A_number_means_a_line_of_the_log(string typed, long sequence) => Assert.Equal(sequence, AsOf.Parse(typed, Clock).Read!.Sequence);

    [Theory]
    [InlineData("2026-02-30", "没有“2026-02-30”这一天")]
    [InlineData("2026-11-23", "2026年11月23日还没有到，只能查看今天和以前")]
    [InlineData("2026-11-22 10:01", "2026年11月22日10:01还没有到，只能查看现在和以前")]
    [InlineData("2026-06-30 25:00", "没有“25:00”这个时间")]
    [InlineData("去年", "“去年”不是日期，请写成2026-06-30，或加上时间2026-06-30 15:30")]
    [InlineData("0", "操作日志没有第“0”号")]
    [InlineData("99999999999999999999", "操作日志没有第“99999999999999999999”号")]
    public void What_is_no_point_in_the_past_is_refused_in_words(string typed, string problem) => Assert.Equal((null, problem), AsOf.Parse(typed, Clock));
}
