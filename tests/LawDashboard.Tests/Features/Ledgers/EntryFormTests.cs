using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntryFormTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    internal static EntryForm Form() =>
        new(SampleCatalog.Lectures, new(SampleCatalog.Ledgers, LawDashboard.Features.Units.UnitTree.Empty, Today), new(SampleCatalog.Ledgers, Today));

    [Theory]
    [InlineData("heldOn", "11-3", "2026-11-03")]
    [InlineData("heldOn", "昨天", "2026-11-21")]
    [InlineData("heldOn", "２０２５年３月５日", "2025-03-05")]
    [InlineData("cost", "1.2万", "12000")]
    [InlineData("cost", "1,200.50元", "1200.5")]
    [InlineData("attended", "３０人", "30")]
    [InlineData("kind", "校园", "school")]
    [InlineData("exam", "是", "yes")]
    [InlineData("laws", "宪法、民法典", "constitution,civil")]
    public void What_is_typed_is_written_as_it_will_be_stored(string field, string typed, string written)
    {
        var form = Form();
        form.Set(field, typed);
        Assert.Equal((written, null), (form.Typed(field), form.Error(field)));
        Assert.True(form.Values.Filled(field));
    }

    [Theory]
    [InlineData("heldOn", "去年冬天")]
    [InlineData("heldOn", "٢٠٢٦-٠٣-٠٥")]
    [InlineData("heldOn", "3-٥")]
    [InlineData("attended", "三十左右")]
    [InlineData("cost", "2000000000000")]
    [InlineData("cost", "1000000000万")]
    [InlineData("cost", "-99999999999999999999999999999999")]
    [InlineData("cost", "1.234")]
    [InlineData("kind", "不存在的类别")]
    public void What_cannot_be_read_stays_as_typed_and_says_why(string field, string typed)
    {
        var form = Form();
        form.Set(field, typed);
        Assert.Equal(typed, form.Typed(field));
        Assert.NotNull(form.Error(field));
        Assert.False(form.Values.Filled(field));
        Assert.Contains(form.CheckFilled(), error => error.Field == field);
        form.Set(field, "");
        Assert.Null(form.Error(field));
    }

    [Fact]
    public void A_field_says_what_is_wrong_only_once_it_was_left()
    {
        var form = Form();
        Assert.Null(form.Error("topic"));
        form.Leave("topic");
        Assert.Contains("题目", form.Error("topic"), StringComparison.Ordinal);
        form.Set("topic", "民法典");
        Assert.Null(form.Error("topic"));
    }

    [Fact]
    public void A_change_in_one_field_shows_at_the_other_that_it_makes_wrong()
    {
        var form = Form();
        form.Set("heldOn", "2026-03-01");
        form.Set("filedOn", "2026-03-05");
        form.Leave("filedOn");
        Assert.Null(form.Error("filedOn"));
        form.Set("heldOn", "2026-04-01");
        Assert.Contains("2026-04-01", form.Error("filedOn"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_shows_and_requires_what_it_makes_necessary()
    {
        var form = Form();
        var passed = SampleCatalog.Lectures.Field("passed")!;
        Assert.False(form.Shown(passed));
        var before = form.Completeness.Required;
        form.Set("exam", "yes");
        Assert.True(form.Shown(passed) && form.Required(passed));
        Assert.Equal(before + 1, form.Completeness.Required);
        form.Set("passed", "18");
        form.Set("exam", "no");
        // Hidden, but not forgotten: changing one's mind brings it back.
        Assert.False(form.Shown(passed));
        form.Set("exam", "yes");
        Assert.Equal("18", form.Typed("passed"));
    }

    [Fact]
    public void A_draft_may_be_incomplete_but_what_is_filled_must_be_right()
    {
        var form = Form();
        form.LoadDefaults();
        Assert.Equal("2026-11-22", form.Typed("heldOn"));
        Assert.Empty(form.CheckFilled());
        form.Set("invited", "20");
        form.Set("attended", "30");
        Assert.Equal(["attended"], form.CheckFilled().Select(error => error.Field));
        Assert.Equal(["topic", "kind", "attended"], form.CheckComplete().Select(error => error.Field));
    }

    [Fact]
    public void Refusals_stand_at_their_fields_until_these_are_changed()
    {
        var form = Form();
        form.Set("heldOn", "2026-03-01");
        form.Refuse([new("heldOn", "编号属于2025年"), new("unit", "请选择单位")]);
        Assert.Equal(("编号属于2025年", "请选择单位"), (form.Error("heldOn"), form.Error("unit")));
        form.Set("heldOn", "2025-03-01");
        Assert.Null(form.Error("heldOn"));
    }

    [Fact]
    public void Stored_values_load_without_a_difference()
    {
        var values = SampleCatalog.Complete("2026-03-05", ("laws", new[] { "civil", "constitution" }), ("cost", 120050L), ("exam", false), ("hours", 15L));
        var form = Form();
        form.Load(values);
        Assert.False(form.Differs(values));
        form.Set("cost", "1200.5");
        Assert.False(form.Differs(values));
        form.Set("cost", "1200.6");
        Assert.True(form.Differs(values));
    }
}
