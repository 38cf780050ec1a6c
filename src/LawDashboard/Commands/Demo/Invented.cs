using System.Globalization;

namespace LawDashboard.Commands.Demo;

/// <summary>Names and numbers of people who do not exist, and who look like it.</summary>
static class Invented
{
    static readonly string[] Surnames =
        ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧"];
    static readonly string[] Given = ["样例", "某样", "样某", "例样", "样甲", "样乙", "样丙", "样丁"];

    /// <summary>王样例, 张某样.</summary>
    public static string Name(Draws draws, ulong key) => draws.Of(Surnames, key) + draws.Of(Given, key + 1);

    /// <summary>Eleven digits in a block that no operator hands out.</summary>
    public static string Phone(Draws draws, ulong key) => "1000000" + draws.Between(0, 9999, key).ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Eighteen digits that begin with a region that does not exist.</summary>
    public static string IdNumber(Draws draws, ulong key)
    {
        var born = new DateOnly(1950, 1, 1).AddDays(draws.Between(0, 18_500, key));
        return $"000000{born.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}{draws.Between(0, 9999, key + 1).ToString("0000", CultureInfo.InvariantCulture)}";
    }
}
