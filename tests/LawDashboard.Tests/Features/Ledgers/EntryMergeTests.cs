using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntryMergeTests
{
    static readonly string[] Keys = ["topic", "kind", "attended", "exam", "notes"];

    static Gen<FieldValues> Values =>
        from topic in Gen.Elements<object?>(null, "宪法", "民法典")
        from kind in Gen.Elements<object?>(null, "cadre", "school")
        from attended in Gen.Elements<object?>(null, 20L, 30L)
        from exam in Gen.Elements<object?>(null, true, false)
        from notes in Gen.Elements<object?>(null, "无")
        select SampleCatalog.Values(("topic", topic), ("kind", kind), ("attended", attended), ("exam", exam), ("notes", notes));

    static readonly Arbitrary<(FieldValues Opened, FieldValues Mine, FieldValues Theirs)> Versions =
        (from opened in Values from mine in Values from theirs in Values select (opened, mine, theirs)).ToArbitrary();

    [Fact]
    public void Only_fields_that_differ_are_asked_about_and_only_true_conflicts_have_no_answer_of_their_own() => Prop.ForAll(Versions, v =>
    {
        var conflicts = EntryMerge.Compare(SampleCatalog.Lectures, v.Opened, v.Mine, v.Theirs);
        return Keys.All(key =>
        {
            var asked = conflicts.SingleOrDefault(c => c.Field.Key == key);
            var (mineChanged, theirsChanged) = (!FieldChanges.Same(key, v.Opened, v.Mine), !FieldChanges.Same(key, v.Opened, v.Theirs));
            return FieldChanges.Same(key, v.Mine, v.Theirs) ? asked is null : asked!.KeepMine == (mineChanged && theirsChanged ? null : mineChanged);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lists_of_the_same_codes_are_the_same()
    {
        var laws = SampleCatalog.Values(("laws", new[] { "civil", "petition" }));
        Assert.Empty(FieldChanges.Between(SampleCatalog.Lectures, laws, FieldValues.Parse(laws.Json)));
        Assert.Equal(["laws"], FieldChanges.Between(SampleCatalog.Lectures, laws, SampleCatalog.Values(("laws", new[] { "civil" }))).Select(field => field.Key));
    }
}
