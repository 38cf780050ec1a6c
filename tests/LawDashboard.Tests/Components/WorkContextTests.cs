using LawDashboard.Components;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Components;

public sealed class WorkContextTests
{
    static readonly UnitTree Tree = new([
        new Unit { Id = 1, Code = "NZ", Name = "样例县", Kind = UnitKind.County, Path = "/1/" },
        new Unit { Id = 2, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/2/" },
        new Unit { Id = 3, Code = "DH", Name = "大河镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/3/" },
        new Unit { Id = 4, Code = "FZ01", Name = "石羊村", Kind = UnitKind.Village, ParentId = 2, Path = "/1/2/4/" }]);

    static readonly DateOnly Today = new(2026, 11, 22);

    static (WorkContext? Work, string? Missing) Read(string uri, int? unit = 2) =>
        WorkContext.Read(uri, new Person(7, "a", "样例", Role.Reviewer, unit), Tree, Today);

    [Theory]
    [InlineData("/", "FZ", 2026)]
    [InlineData("/?unit=FZ01&year=2025", "FZ01", 2025)]
    [InlineData("https://host/ledgers/x?year=2024&state=approved#rows", "FZ", 2024)]
    [InlineData("/?unit=fz01", "FZ01", 2026)]
    [InlineData("/?unit=&year=", "FZ", 2026)]
    public void The_address_names_unit_and_year_and_the_persons_own_stand_in(string uri, string unit, int year)
    {
        var (work, missing) = Read(uri);
        Assert.Null(missing);
        Assert.Equal((unit, year), (work!.Unit.Code, work.Year));
    }

    [Theory]
    [InlineData("/?unit=XX", "单位“XX”")]
    [InlineData("/?unit=DH", "单位“DH”")]
    [InlineData("/?unit=NZ", "单位“NZ”")]
    [InlineData("/?year=1999", "年度“1999”")]
    [InlineData("/?year=2028", "年度“2028”")]
    [InlineData("/?year=-5", "年度“-5”")]
    [InlineData("/?year=今年", "年度“今年”")]
    public void What_is_unknown_or_out_of_sight_is_named(string uri, string missing)
    {
        var read = Read(uri);
        Assert.Null(read.Work);
        Assert.Equal(missing, read.Missing);
    }

    [Fact]
    public void Links_keep_unit_and_year_and_leave_out_what_is_empty()
    {
        var work = Read("/?unit=FZ01&year=2025").Work!;
        Assert.Equal("/todo?unit=FZ01&year=2025", work.Link("/todo"));
        Assert.Equal("/search?unit=FZ01&year=2025&q=%E9%82%BB%E9%87%8C%20%26&page=2", work.Link("/search", ("q", "邻里 &"), ("page", 2), ("sort", null), ("x", "")));
    }

    [Fact]
    public void The_picker_offers_next_year_once_it_is_being_planned()
    {
        Assert.Equal([2027, 2026, 2025, 2024, 2023, 2022], Read("/").Work!.Years);
        Assert.Equal([2026, 2025, 2024, 2023, 2022, 2015], (Read("/?year=2015").Work! with { Today = new(2026, 10, 31) }).Years);
    }

    [Fact]
    public void Without_units_there_is_a_placeholder_and_no_address_is_wrong()
    {
        var (work, missing) = WorkContext.Read("/admin/units", new Person(1, "a", "样例", Role.Administrator, null), UnitTree.Empty, Today);
        Assert.Null(missing);
        Assert.True(work!.NoUnits);
        Assert.Equal("/?year=2026", work.Link("/"));
    }
}
