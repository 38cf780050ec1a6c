using LawDashboard.Features.Exchange;

namespace LawDashboard.Tests.Features.Exchange;

public sealed class SheetTextTests
{
    [Theory]
    [InlineData("人民调解", 1, "人民调解")]
    [InlineData("人民调解", 2, "人民调解（2）")]
    [InlineData("a/b\\c?d*e[f]g:h", 1, "abcdefgh")]
    [InlineData("'引号'", 1, "引号")]
    [InlineData("it's", 1, "it's")]
    [InlineData("", 1, "台账")]
    [InlineData("  [ ]\u0001\n ", 3, "台账（3）")]
    [InlineData("History", 1, "台账")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", 1, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", 12, "一二三四五六七八九十一二三四五六七八九十一二三四五六七（12）")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十😀", 1, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十")]
    public void A_sheet_gets_a_name_that_Excel_allows(string name, int number, string expected) =>
        Assert.Equal(expected, SheetText.SheetName(name, number));

    [Theory]
    [InlineData("", 10, 1)]
    [InlineData("邻里纠纷", 8, 1)]
    [InlineData("邻里纠纷", 7, 2)]
    [InlineData("甲\n乙\n\n丙", 10, 4)]
    [InlineData("电话15029160000", 12, 2)]
    [InlineData("电话15029160000", 11, 2)]
    [InlineData("150291600001234", 10, 2)]
    [InlineData("the quick brown fox", 9, 3)]
    [InlineData("😀😀😀", 4, 2)]
    public void A_text_takes_the_lines_that_it_needs(string text, int capacity, int lines) =>
        Assert.Equal(lines, SheetText.Lines(text, capacity));

    [Fact]
    public void A_clean_text_is_not_copied()
    {
        var text = string.Concat("第1号：", "协议已履行 & 回访满意 😀");

        Assert.Same(text, SheetText.Clean(text));
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    [InlineData(16_383, "XFD")]
    public void Columns_are_lettered_as_in_Excel(int column, string letters) => Assert.Equal(letters, SheetForm.Letters(column));

    [Fact]
    public void The_second_line_is_spread_over_the_whole_width()
    {
        var form = new SheetForm(MediationLedger.Layout);

        Assert.Equal(MediationLedger.Layout.SecondLine, form.SecondLine.Select(segment => segment.Text));
        Assert.Equal(0, form.SecondLine[0].First);
        Assert.Equal(14, form.SecondLine[^1].Last);
        Assert.All(form.SecondLine.Zip(form.SecondLine.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
    }

    [Fact]
    public void More_texts_than_columns_share_the_last()
    {
        var form = new SheetForm(new("台账", "台账", ["甲", "乙", "丙", "丁"], [new("姓名", 10, SheetCellKind.Text)]));

        Assert.Equal(["甲", "乙　丙　丁"], form.SecondLine.Select(segment => segment.Text));
    }
}
