using LawDashboard.Features.Ledgers.Review;

namespace LawDashboard.Tests.Features.Ledgers.Review;

public sealed class SimilarityTests
{
    static readonly string[] Parts = ["法镇", "民法典", "宣传", "进农家", "森林防火", "讲座", "第1期", "第二期", "2026年3月5日", "3.15", "（", "》", "，", " ", "Ａ", "a", "宪法", "乡村", "赶集", "巡查", "12", "松坪梁村"];

    static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Parts[random.Next(Parts.Length)]));

    [Fact]
    public void It_is_symmetric_between_0_and_1_and_1_for_the_same_text()
    {
        var random = new Random(20261122);
        for (var n = 0; n < 5_000; n++)
        {
            var (a, b) = (Text(random), Text(random));
            var alike = Similarity.Of(a, b);
            Assert.InRange(alike, 0, 1);
            Assert.True(alike == Similarity.Of(b, a), $"{a} / {b}");
            if (a.Any(char.IsLetterOrDigit)) Assert.True(Similarity.Of(a, a) == 1, a);
        }
    }

    [Theory]
    [InlineData("民法典宣传进农家", "民法典宣传进农家（2026年3月5日）")]
    [InlineData("《民法典》宣传，进农家", "民法典宣传进农家")]
    [InlineData("3月15日普法赶集", "普法赶集")]
    [InlineData("普法讲座第12期", "普法讲座（第十二期）")]
    [InlineData("ＡＢ宣传", "ab宣传")]
    public void Signs_width_dates_and_the_same_counter_do_not_matter(string a, string b) => Assert.Equal(1, Similarity.Of(a, b));

    [Theory]
    [InlineData("普法讲座第1期", "普法讲座第2期")]
    [InlineData("干部学法第一次", "干部学法第三次")]
    public void Another_counter_is_another_event(string a, string b) => Assert.True(Similarity.Of(a, b) <= 0.5);

    [Theory]
    [InlineData("民法典宣传进农家", "民法典宣传进农家活动", 0.8, 1)]
    [InlineData("森林防火宣传", "在松坪梁村开展森林防火宣传", 0.8, 0.99)]
    [InlineData("民法典专题讲座", "宪法宣传周启动仪式", 0, 0.2)]
    [InlineData("邻里排水纠纷", "土地承包纠纷", 0, 0.4)]
    public void Alike_is_what_people_call_alike(string a, string b, double least, double most) => Assert.InRange(Similarity.Of(a, b), least, most);

    [Theory]
    [InlineData(null, "宣传")]
    [InlineData("", "")]
    [InlineData("，。", "，。")]
    public void Nothing_is_like_nothing(string? a, string? b) => Assert.Equal(0, Similarity.Of(a, b));
}
