using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Quick;

namespace LawDashboard.Tests.Features.Quick;

public sealed class QuickFormsTests
{
    static Task<Workbench> CreateAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators, services => services.AddQuick());

    static Dictionary<string, string> Typed(string topic) => new() { ["heldOn"] = "2026-11-20", ["topic"] = topic, ["kind"] = "school", ["cost"] = "100" };

    [DatabaseTheory, Databases]
    public async Task What_was_used_last_is_filled_in_but_never_what_makes_the_event_this_one(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (person, forms) = (bench.Person(Role.Recorder, "FZ01"), bench.Get<QuickForms>());
        var first = (await forms.OpenAsync(person, "lectures", bench.Unit("FZ01"), null)).Form!;
        Assert.Empty(first.Remembered);
        Assert.NotNull((await forms.SendAsync(person, "lectures", bench.Unit("FZ01"), first.Editor.FormId, Typed("民法典"), submit: true)).Entry);

        var next = (await forms.OpenAsync(person, "lectures", bench.Unit("FZ01"), null)).Form!;
        Assert.Equal(["kind"], next.Remembered);
        Assert.Equal(("2026-11-22", "", "school", ""), (next.Editor.Form.Typed("heldOn"), next.Editor.Form.Typed("topic"), next.Editor.Form.Typed("kind"), next.Editor.Form.Typed("cost")));
        Assert.Equal(["heldOn", "topic", "kind"], next.Asked.Select(field => field.Key));
        Assert.Empty(next.Needed);
        Assert.DoesNotContain(next.Later, field => next.Asked.Contains(field));
        Assert.Equal("lectures", (await forms.LedgersAsync(person, SampleCatalog.Ledgers.Ledgers)).First(ledger => ledger.Used == 1).Ledger.Key);
        Assert.Empty((await forms.OpenAsync(bench.Person(Role.Recorder, "FZ01", 2), "lectures", bench.Unit("FZ01"), null)).Form!.Remembered);
    }

    [DatabaseTheory, Databases]
    public async Task Sent_again_it_is_the_same_entry_and_what_is_wrong_is_said_at_its_field(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (person, forms, form) = (bench.Person(Role.Recorder, "FZ01"), bench.Get<QuickForms>(), Guid.NewGuid());
        var wrong = await forms.SendAsync(person, "lectures", bench.Unit("FZ01"), form, new Dictionary<string, string> { ["attended"] = "很多人" }, submit: true);
        Assert.Null(wrong.Entry);
        // The date is not among them: it has its default.
        Assert.Equal(["attended", "kind", "topic"], wrong.Errors.Select(error => error.Field).Order(StringComparer.Ordinal));
        Assert.Equal("很多人", wrong.Form!.Editor.Form.Typed("attended"));

        var sent = (await forms.SendAsync(person, "lectures", bench.Unit("FZ01"), form, Typed("宪法"), submit: true)).Entry!;
        var again = (await forms.SendAsync(person, "lectures", bench.Unit("FZ01"), form, Typed("宪法"), submit: true)).Entry!;
        Assert.Equal((sent.Id, sent.Serial, sent.Version), (again.Id, again.Serial, again.Version));
        Assert.Equal(1, await bench.Lists.CountAsync(new() { Person = person }));
        Assert.NotNull((await forms.SendAsync(bench.Person(Role.Leader, "FZ", 3), "lectures", bench.Unit("FZ01"), Guid.NewGuid(), Typed("x"), submit: true)).Refusal);
        Assert.NotNull((await forms.SendAsync(person, "nonsense", bench.Unit("FZ01"), Guid.NewGuid(), Typed("x"), submit: true)).Refusal);
    }

    [DatabaseTheory, Databases]
    public async Task What_may_be_logged_already_is_shown_while_it_is_typed_until_it_is_said_to_be_another_event(DatabaseKind kind)
    {
        await using var bench = await CreateAsync(kind);
        var (person, similar) = (bench.Person(Role.Recorder, "FZ01"), bench.Get<QuickSimilar>());
        var there = (await bench.Get<QuickForms>().SendAsync(bench.Person(Role.Recorder, "FZ", 2), "lectures", bench.Unit("FZ01"), Guid.NewGuid(), Typed("民法典宣讲进农家"), submit: true)).Entry!;
        var typed = new QuickTyped("FZ01", new() { ["heldOn"] = "11-21", ["topic"] = "民法典宣讲，进农家" });
        var found = Assert.Single(await similar.FindAsync(person, "lectures", typed));
        Assert.Equal((there.Id, there.Title), (found.Id, found.Title));
        Assert.Contains("2026-11-20，样例村", found.Line, StringComparison.Ordinal);
        Assert.NotEmpty(found.Why);

        // Nothing of others' units, nothing for those who only look, nothing out of nonsense.
        Assert.Empty(await similar.FindAsync(bench.Person(Role.Recorder, "DH", 3), "lectures", typed));
        Assert.Empty(await similar.FindAsync(bench.Person(Role.Leader, "FZ", 4), "lectures", typed));
        Assert.Empty(await similar.FindAsync(person, "nonsense", typed));
        Assert.Empty(await similar.FindAsync(person, "lectures", new(null, null)));
        Assert.Empty(await similar.FindAsync(person, "lectures", typed with { Fields = new() { ["heldOn"] = "去年", ["topic"] = "" } }));

        await similar.DismissAsync(person, "lectures", typed, there.Id);
        Assert.Empty(await similar.FindAsync(person, "lectures", typed));
    }
}
