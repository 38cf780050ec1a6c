using LawDashboard.Data;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>What old files write in their cells, and what is made of it.</summary>
public sealed class CellValueTests
{
    static readonly UnitTree Tree = new(
    [
        new() { Id = 1, Code = "NZ", Name = "样例县", Kind = UnitKind.County, Path = "/1/" },
        new() { Id = 2, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/2/" },
        new() { Id = 3, Code = "FZ01", Name = "样例村", Kind = UnitKind.Village, ParentId = 2, Path = "/1/2/3/" },
        new() { Id = 4, Code = "DH", Name = "大河镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/4/" },
        new() { Id = 5, Code = "DH01", Name = "样例村", Kind = UnitKind.Village, ParentId = 4, Path = "/1/4/5/" },
        new() { Id = 6, Code = "DH02", Name = "河口社区", Kind = UnitKind.Village, ParentId = 4, Path = "/1/4/6/" },
    ]);

    static CellReader Reader(string under = "NZ") => new(ImportBench.Definitions.Ledgers, ImportBench.Definitions.Import, Tree, Tree.Find(under)!, 2022);

    static FieldDefinition Field(FieldType type, string? unit = null, string? dictionary = null, int decimals = 1) =>
        new() { Key = "f", Label = "字段", Type = type, Unit = unit, Dictionary = dictionary, Decimals = decimals };

    [Theory]
    [InlineData("2022.3.5", "2022-03-05", false)]
    [InlineData("2022-3-5", "2022-03-05", false)]
    [InlineData("2022/03/05", "2022-03-05", false)]
    [InlineData("20220305", "2022-03-05", false)]
    [InlineData(20220305.0, "2022-03-05", false)]
    [InlineData("2022年3月5日", "2022-03-05", false)]
    [InlineData("２０２２年３月５日", "2022-03-05", false)]
    [InlineData("2022 年 3 月 5 日", "2022-03-05", false)]
    [InlineData("22年3月5日", "2022-03-05", false)]
    [InlineData("2022-03-05 14:30:00", "2022-03-05", false)]
    [InlineData("2022年3月5日上午", "2022-03-05", false)]
    [InlineData("2022.3.5（星期六）", "2022-03-05", false)]
    [InlineData("3月5日", "2022-03-05", true)]
    [InlineData("3.5", "2022-03-05", true)]
    [InlineData(3.5, "2022-03-05", true)]
    [InlineData(44625.0, "2022-03-05", true)]
    [InlineData("44625", "2022-03-05", true)]
    [InlineData("20225", null, true)]
    [InlineData("二〇二二年三月五日", "2022-03-05", false)]
    [InlineData("二O二二年十二月二十九日", "2022-12-29", false)]
    [InlineData("十月十日", "2022-10-10", true)]
    [InlineData("二零二二年 十一月 三十日", "2022-11-30", false)]
    [InlineData("二〇二二年三十月五日", null, true)]
    [InlineData("2022.3.5-3.7", "2022-03-05", true)]
    [InlineData("3月5日至7日", "2022-03-05", true)]
    [InlineData("2022年3月", null, true)]
    [InlineData("2022.3", null, true)]
    [InlineData("2022-13-05", null, true)]
    [InlineData("2022-02-30", null, true)]
    [InlineData("去年冬天", null, true)]
    [InlineData("20229999", null, true)]
    public void Dates_are_read_as_people_write_them(object cell, string? expected, bool says)
    {
        var read = Reader().Read(Field(FieldType.Date), cell);
        Assert.Equal(expected, read.Value is DateOnly day ? FieldValues.Iso(day) : null);
        Assert.Equal(says, read.Problem is not null);
        Assert.Equal(expected is null ? Severity.Error : Severity.Info, read.Problem?.Severity ?? Severity.Info);
    }

    [Theory]
    [InlineData("50", 50L, false)]
    [InlineData(50.0, 50L, false)]
    [InlineData("５０", 50L, false)]
    [InlineData("50人", 50L, false)]
    [InlineData("50人次", 50L, false)]
    [InlineData("1,234", 1234L, false)]
    [InlineData("约50人", 50L, true)]
    [InlineData("50余人", 50L, true)]
    [InlineData("50多人", 50L, true)]
    [InlineData("近百人", 100L, true)]
    [InlineData("50人左右", 50L, true)]
    [InlineData("1.2万", 12000L, false)]
    [InlineData("1万余人", 10000L, true)]
    [InlineData("两万余人次", 20000L, true)]
    [InlineData("三百五十人", 350L, false)]
    [InlineData("十二", 12L, false)]
    [InlineData("0", 0L, false)]
    [InlineData("—", null, false)]
    [InlineData("/", null, false)]
    [InlineData("12.5", null, true)]
    [InlineData("全村群众", null, true)]
    [InlineData("50户", null, true)]
    [InlineData("3男2女", null, true)]
    [InlineData("#REF!", null, true)]
    public void Numbers_of_people_are_read_and_guesses_are_told(object cell, long? expected, bool says)
    {
        var read = Reader().Read(Field(FieldType.People, "人"), cell);
        Assert.Equal((expected, says), (read.Value as long?, read.Problem is not null));
        Assert.Equal(says && expected is not null, read.Keep);
    }

    [Theory]
    [InlineData("1,234元", 123400L, 1)]
    [InlineData("¥1234.50", 123450L, 1)]
    [InlineData(0.1, 10L, 1)]
    [InlineData("1.2万元", 1200000L, 1)]
    [InlineData(1.2, 1200000L, 10_000)]
    [InlineData("1.2万", 1200000L, 10_000)]
    [InlineData(33.333333, 3333L, 1)]
    [InlineData("－５", -500L, 1)]
    [InlineData("五千元", 500000L, 1)]
    public void Money_is_read_in_fen(object cell, long expected, int factor) =>
        Assert.Equal(expected, Reader().Read(Field(FieldType.Money, "元"), cell, factor).Value);

    [Theory]
    [InlineData("涉及金额（万元）", 10_000)]
    [InlineData("金额(元)", 1)]
    [InlineData("合格率（百分比）", 1)]
    [InlineData("金额", 1)]
    public void A_heading_may_multiply_its_numbers(string heading, int factor) =>
        Assert.Equal(factor, NumberWords.Factor(Field(FieldType.Money), new(0, "", heading, false)));

    [Theory]
    [InlineData("√", true)]
    [InlineData("✓", true)]
    [InlineData("是", true)]
    [InlineData("有", true)]
    [InlineData("Ｙ", true)]
    [InlineData(1.0, true)]
    [InlineData(true, true)]
    [InlineData("否", false)]
    [InlineData("×", false)]
    [InlineData("无", false)]
    [InlineData(0.0, false)]
    [InlineData("大概", null)]
    public void Yes_and_no_have_many_signs(object cell, bool? expected) =>
        Assert.Equal(expected, Reader().Read(Field(FieldType.YesNo), cell).Value as bool?);

    [Theory]
    [InlineData("邻里", "neighbour")]
    [InlineData("邻里纠纷", "neighbour")]
    [InlineData(" 邻 里 ", "neighbour")]
    [InlineData("neighbour", "neighbour")]
    [InlineData("宅基地", "housing")]
    [InlineData("道路交通事故纠纷", "traffic")]
    [InlineData("其它", "other")]
    [InlineData("外星人", null)]
    public void Dictionary_words_are_found_by_label_code_and_other_words(string cell, string? expected) =>
        Assert.Equal(expected, Reader().Read(Field(FieldType.OneOf, dictionary: "disputeType"), cell).Value);

    [Theory]
    [InlineData("宪法、民法典", "constitution,civilCode")]
    [InlineData("宪法,民法典；信访工作条例", "constitution,civilCode,petition")]
    [InlineData("森林法、森林防火条例", "forest")]
    [InlineData("宪法/森林法、森林防火条例", "constitution,forest")]
    [InlineData("宪法、外星法", null)]
    public void Several_words_stand_beside_each_other_and_a_label_may_hold_the_sign_between_them(string cell, string? expected) =>
        Assert.Equal(expected?.Split(','), Reader().Read(Field(FieldType.SeveralOf, dictionary: "publicityLaw"), cell).Value as string[]);

    [Theory]
    [InlineData("NZ", "FZ01", "FZ01")]
    [InlineData("NZ", "法镇样例村", "FZ01")]
    [InlineData("NZ", "样例村", null)]
    [InlineData("DH", "样例村", "DH01")]
    [InlineData("DH", "样例村村委会", "DH01")]
    [InlineData("DH", "样例", "DH01")]
    [InlineData("DH", "河口", "DH02")]
    [InlineData("DH", "FZ01", null)]
    public void Units_are_found_below_the_one_imported_for_and_never_guessed(string under, string cell, string? expected) =>
        Assert.Equal(expected, Reader(under).Unit(cell)?.Code);

    [Theory]
    [InlineData("人民调解旧台账 2022年", 2022)]
    [InlineData("2023-2024", 2023)]
    [InlineData("二〇二二年", null)]
    [InlineData("编号20220305", null)]
    public void The_year_is_in_the_title(string title, int? expected) => Assert.Equal(expected, HeadFinder.YearIn(title));
}
