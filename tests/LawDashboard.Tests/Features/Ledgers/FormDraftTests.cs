using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Features.Evidence;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class FormDraftTests
{
    static readonly Guid Form = Guid.Parse("6f9c2f55-8f0e-4f6e-9a50-0a53a9a7f3f1");

    [DatabaseTheory, Databases]
    public async Task What_was_typed_is_there_again_at_another_device_also_what_no_value_can_be_read_from(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, drafts, opening) = (bench.Person(Role.Recorder, "FZ"), bench.Get<FormDrafts>(), bench.Get<FormOpening>());
        Assert.Equal(bench.Clock.Utc, (await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 1, ("topic", "反诈"), ("people", "四十人左右"), ("visitedOn", "昨天")))).At);
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 2, ("topic", "反诈宣传")));

        bench.Clock.Utc = bench.Clock.Utc.AddDays(3);
        var offered = Assert.Single((await opening.NewAsync(person, "visits", bench.Unit("FZ"), null, null)).Others!);
        Assert.Equal((Form, "反诈宣传", "手机"), (offered.Id, offered.Title, offered.Device));
        var editor = (await opening.NewAsync(person, "visits", bench.Unit("FZ"), null, Form)).Editor!;
        // 昨天 is the day before it was typed, not the day before it is read.
        Assert.Equal(("反诈宣传", "四十人左右", "2026-11-21", "FZ01"), (editor.Form.Typed("topic"), editor.Form.Typed("people"), editor.Form.Typed("visitedOn"), editor.Unit.Code));
        Assert.Empty(await drafts.OfPersonAsync(bench.Person(Role.Recorder, "FZ", 2)));
        Assert.Null(await drafts.FindAsync(bench.Person(Role.Recorder, "FZ", 2), Form));
    }

    [DatabaseTheory, Databases]
    public async Task A_form_that_names_an_entry_which_its_person_does_not_see_is_refused(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (own, others, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Recorder, "DH", 2), bench.Get<FormDrafts>());
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(own, RecordingBench.Input(Guid.NewGuid(), "走访"))).Entry;
        var typed = RecordingBench.Typed(Form, "a", 1, ("topic", "别人的")) with { Entry = entry.Id, Version = entry.Version };
        Assert.Contains("不在您的单位范围内", (await drafts.KeepAsync(others, typed)).Refusal, StringComparison.Ordinal);
        Assert.Contains("没有这条记录", (await drafts.KeepAsync(own, typed with { Entry = 999_999 })).Refusal, StringComparison.Ordinal);
        Assert.Empty(await drafts.OfPersonAsync(others));
        Assert.Equal(bench.Clock.Utc, (await drafts.KeepAsync(own, typed)).At);
        // What was begun goes on, also when somebody voids the entry meanwhile: what was typed is not thrown away.
        await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 3), entry.Id, entry.Version, EntryAction.Void, "重复登记");
        Assert.Equal(bench.Clock.Utc, (await drafts.KeepAsync(own, typed with { Sequence = 2 })).At);
        Assert.Equal(bench.Clock.Utc, (await drafts.KeepAsync(own, typed with { Id = Guid.NewGuid() })).At);
    }

    [DatabaseTheory, Databases]
    public async Task What_arrives_late_does_not_undo_what_came_after_it(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Get<FormDrafts>());
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 5, ("topic", "新")));
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 4, ("topic", "旧")));
        Assert.Contains("新", (await drafts.FindAsync(person, Form))!.Typed, StringComparison.Ordinal);
        // Another page, here or on the phone, has its own count.
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "b", 1, ("topic", "手机上")));
        Assert.Contains("手机上", (await drafts.FindAsync(person, Form))!.Typed, StringComparison.Ordinal);
    }

    [DatabaseTheory, Databases]
    public async Task The_save_ends_the_form_and_the_same_form_sent_again_is_the_same_entry(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Get<FormDrafts>());
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 1, ("topic", "走访")));
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Entries.SubmitAsync(person, RecordingBench.Input(Form, "走访"))));
        var entry = Assert.IsType<EntryResult.Done>(sent[0]).Entry;
        Assert.All(sent, result => Assert.Equal((entry.Id, entry.Serial), (Assert.IsType<EntryResult.Done>(result).Entry.Id, ((EntryResult.Done)result).Entry.Serial)));
        Assert.Equal(1, await bench.Lists.CountAsync(new() { Person = person }));
        Assert.Empty(await drafts.OfPersonAsync(person));

        var late = await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 2, ("topic", "走访二")));
        Assert.Equal((null, entry.Id, entry.Version), (late.At, late.Ended!.EntryId, late.Ended.Version));
        Assert.Empty(await drafts.OfPersonAsync(person));
        Assert.Equal(entry.Id, (await bench.Get<FormOpening>().NewAsync(person, "visits", bench.Unit("FZ"), null, Form)).SavedAs);

        // Changed since it was saved, it goes on with its entry and makes no second one.
        var changed = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(person, RecordingBench.Input(Form, "走访（补充）"))).Entry;
        Assert.Equal((entry.Id, "走访（补充）", entry.Version + 1), (changed.Id, changed.Values.Text("topic"), changed.Version));
        Assert.IsType<EntryResult.Refused>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, "FZ", 2), RecordingBench.Input(Form, "别人")));
    }

    [DatabaseTheory, Databases]
    public async Task A_refused_save_leaves_the_form_as_it_is(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Get<FormDrafts>());
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 1, ("topic", ""), ("notes", "长篇记录")));
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.SubmitAsync(person, RecordingBench.Input(Form, "")));
        Assert.Contains("长篇记录", (await drafts.FindAsync(person, Form))!.Typed, StringComparison.Ordinal);
        await drafts.DiscardAsync(bench.Person(Role.Recorder, "FZ", 2), Form);
        Assert.NotNull(await drafts.FindAsync(person, Form));
        await drafts.DiscardAsync(person, Form);
        Assert.Null(await drafts.FindAsync(person, Form));
    }

    [DatabaseTheory, Databases]
    public async Task A_form_of_an_entry_that_somebody_saved_meanwhile_opens_with_both_versions(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, colleague, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Person(Role.Reviewer, "FZ", 2), bench.Get<FormDrafts>());
        var entry = ((EntryResult.Done)await bench.Entries.SaveAsync(person, RecordingBench.Input(Guid.NewGuid(), "走访"))).Entry;
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 1, ("topic", "我的题目"), ("notes", "我的备注")) with { Entry = entry.Id, Version = entry.Version });
        await bench.Entries.SaveAsync(colleague, new(entry.Id, "visits", "FZ01", SampleCatalog.Values(("visitedOn", "2026-11-20"), ("topic", "他的题目"), ("people", 7L)), entry.Version));

        var form = await bench.Get<FormOpening>().EditAsync(person, entry.Id);
        var conflict = form.Editor!.Conflict!;
        Assert.Equal([("topic", null), ("people", false), ("notes", true)], conflict.Fields.Select(c => (c.Field.Key, c.KeepMine)));
        form.Editor.Resolve(field => field.Key != "people", theirUnit: null);
        var saved = Assert.IsType<EntryResult.Done>(await form.Editor.SaveAsync(submit: false)).Entry;
        Assert.Equal(("我的题目", 7L, "我的备注"), (saved.Values.Text("topic"), saved.Values.Number("people"), saved.Values.Text("notes")));
        Assert.Null((await bench.Get<FormOpening>().EditAsync(person, entry.Id)).Resumed);
    }

    [DatabaseTheory, Databases]
    public async Task Typed_and_taken_back_leaves_nothing(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, drafts) = (bench.Person(Role.Recorder, "FZ"), bench.Get<FormDrafts>());
        var entry = ((EntryResult.Done)await bench.Entries.SaveAsync(person, RecordingBench.Input(Guid.NewGuid(), "走访"))).Entry;
        await drafts.KeepAsync(person, RecordingBench.Typed(Form, "a", 1, ("topic", "走访")) with { Entry = entry.Id, Version = entry.Version });
        Assert.Null((await bench.Get<FormOpening>().EditAsync(person, entry.Id)).Resumed);
        Assert.Equal(0, await drafts.CountAsync(person));
    }

    [Fact]
    public async Task Who_does_not_record_keeps_no_form_and_nothing_absurdly_long_is_kept()
    {
        await using var bench = await RecordingBench.CreateAsync(DatabaseKind.Sqlite);
        var drafts = bench.Get<FormDrafts>();
        Assert.NotNull((await drafts.KeepAsync(bench.Person(Role.Leader, "FZ"), RecordingBench.Typed(Form, "a", 1, ("topic", "x")))).Refusal);
        Assert.NotNull((await drafts.KeepAsync(bench.Person(Role.Recorder, "FZ"), RecordingBench.Typed(Form, "a", 1, ("notes", new string('长', 300_000))))).Refusal);
        await drafts.KeepAsync(bench.Person(Role.Recorder, "FZ"), RecordingBench.Typed(Form, "a", 1, ("topic", "走访"), ("nonsense", "x"), ("photos", "y")));
        Assert.Equal(["topic"], FormDrafts.Read((await drafts.FindAsync(bench.Person(Role.Recorder, "FZ"), Form))!).Keys);
    }

    [Theory]
    [InlineData("2026-11-22T02:42:00", "今天 10:42")]
    [InlineData("2026-11-20T17:00:00", "昨天 01:00")]
    [InlineData("2026-03-05T02:42:00", "3月5日 10:42")]
    [InlineData("2025-12-31T02:42:00", "2025年12月31日 10:42")]
    public void Moments_are_said_as_people_say_them(string utc, string words) =>
        Assert.Equal(words, Moments.Words(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), new(2026, 11, 22)));
}
