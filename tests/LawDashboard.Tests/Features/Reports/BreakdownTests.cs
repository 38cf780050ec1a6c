using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

public sealed class BreakdownTests
{
    static readonly Arbitrary<(int[] Amounts, int Unclaimed, int Top)> Cases =
        (from amounts in Gen.Choose(0, 300).ListOf()
         from unclaimed in Gen.Choose(0, 50)
         from top in Gen.Choose(1, 6)
         select (amounts.ToArray(), unclaimed, top)).ToArbitrary();

    static List<FigurePart> Parts(int[] amounts) => [.. amounts.Select((amount, i) => new FigurePart($"c{i}", $"类{i}", amount))];

    [Fact]
    public void Parts_add_up_to_their_total() => Prop.ForAll(Cases, @case =>
    {
        var total = @case.Amounts.Sum() + @case.Unclaimed;
        var lines = Breakdown.Of(total, Parts(@case.Amounts), "s", @case.Top);
        return lines.Count == 0 ? @case.Amounts.Sum() == 0 : lines.Sum(line => line.Amount) == total;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_stand_largest_first_and_other_last() => Prop.ForAll(Cases, @case =>
    {
        var lines = Breakdown.Of(@case.Amounts.Sum() + @case.Unclaimed, Parts(@case.Amounts), "s", @case.Top);
        var named = lines.Where(line => line.Label != "其他").ToList();
        return named.Count <= @case.Top
            && named.Zip(named.Skip(1)).All(pair => pair.First.Amount >= pair.Second.Amount)
            && lines.Take(named.Count).SequenceEqual(named)
            && lines.All(line => line.Amount > 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_dictionarys_own_remainder_joins_other()
    {
        var lines = Breakdown.Of(20, [new("other", "其他", 9), new("a", "邻里", 8), new("b", "合同", 3)], "type", 1);
        Assert.Equal([("邻里", 8m), ("其他", 12m)], lines.Select(line => (line.Label, line.Amount)));
        Assert.Equal(["a"], lines[1].Slice.Except);
    }

    [Fact]
    public void A_kind_whose_name_begins_with_other_is_a_kind_of_its_own() =>
        Assert.Equal("其他劳动争议", Breakdown.Of(5, [new("labour", "其他劳动争议", 5)], "type", 3).Single().Label);

    [Fact]
    public void Overlapping_parts_are_not_closed_with_other() =>
        Assert.Equal(["机关", "乡村"], Breakdown.Of(10, [new("a", "机关", 9), new("b", "乡村", 6), new("c", "学校", 2)], "place", 2).Select(line => line.Label));
}
