using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class EntryEditorTests : IAsyncLifetime
{
    Workbench bench = null!;
    Person recorder = null!, colleague = null!;

    public async Task InitializeAsync()
    {
        bench = await Workbench.CreateAsync(DatabaseKind.Sqlite, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        (recorder, colleague) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
    }

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    EntryEditors Editors => bench.Get<EntryEditors>();

    async Task<Entry> DraftAsync(params (string, object?)[] more) =>
        ((EntryResult.Done)await bench.Entries.SaveAsync(recorder, new(null, "lectures", "FZ01", SampleCatalog.Complete("2026-03-05", more)))).Entry;

    async Task<int> HistoryAsync(long id) => (await bench.Lists.HistoryAsync(colleague, id)).Count;

    [Fact]
    public async Task A_new_form_is_saved_as_draft_and_then_submitted()
    {
        var editor = await Editors.NewAsync(recorder, SampleCatalog.Lectures, bench.Unit("FZ01"));
        Assert.False(editor.IsChanged);
        editor.Form.Set("topic", "宪法");
        Assert.True(editor.IsChanged);
        Assert.IsType<EntryResult.Done>(await editor.SaveAsync(submit: false));
        Assert.False(editor.IsChanged);
        var refused = Assert.IsType<EntryResult.Invalid>(await editor.SaveAsync(submit: true));
        Assert.Equal("kind", refused.Errors[0].Field);
        Assert.Equal("宪法", editor.Form.Typed("topic"));
        editor.Form.Set("kind", "cadre");
        var entry = Assert.IsType<EntryResult.Done>(await editor.SaveAsync(submit: true)).Entry;
        Assert.Equal((EntryState.Submitted, "FZ01-FZJZ-2026-0001"), (entry.State, entry.Serial));
    }

    [Fact]
    public async Task Saving_what_nobody_changed_writes_nothing()
    {
        var entry = await DraftAsync();
        var editor = (await Editors.OpenAsync(recorder, entry.Id))!;
        Assert.IsType<EntryResult.Done>(await editor.SaveAsync(submit: false));
        Assert.Equal(1, await HistoryAsync(entry.Id));
    }

    [Fact]
    public async Task The_second_to_save_sees_both_versions_and_chooses_field_by_field()
    {
        var entry = await DraftAsync(("speaker", "张样例"), ("attended", 20L));
        var (mine, theirs) = ((await Editors.OpenAsync(recorder, entry.Id))!, (await Editors.OpenAsync(colleague, entry.Id))!);
        theirs.Form.Set("topic", "信访工作条例");
        theirs.Form.Set("attended", "25");
        Assert.IsType<EntryResult.Done>(await theirs.SaveAsync(submit: false));

        mine.Form.Set("attended", "30");
        mine.Form.Set("notes", "现场答疑");
        Assert.IsType<EntryResult.Conflict>(await mine.SaveAsync(submit: false));
        var conflict = mine.Conflict!;
        Assert.Equal([("topic", false), ("attended", null), ("notes", true)], conflict.Fields.Select(c => (c.Field.Key, c.KeepMine)));
        Assert.Equal("30", mine.Form.Typed("attended"));

        mine.Resolve(field => field.Key != "topic", theirUnit: null);
        Assert.Null(mine.Conflict);
        var saved = Assert.IsType<EntryResult.Done>(await mine.SaveAsync(submit: false)).Entry;
        Assert.Equal(("信访工作条例", 30L, "现场答疑", 3), (saved.Values.Text("topic"), saved.Values.Number("attended"), saved.Values.Text("notes"), saved.Version));
    }

    [Fact]
    public async Task What_was_approved_meanwhile_is_refused_and_the_form_keeps_what_was_typed()
    {
        var entry = await DraftAsync();
        var editor = (await Editors.OpenAsync(recorder, entry.Id))!;
        var submitted = (EntryResult.Done)await bench.Entries.MoveAsync(recorder, entry.Id, entry.Version, EntryAction.Submit, null);
        await bench.Entries.MoveAsync(colleague, entry.Id, submitted.Entry.Version, EntryAction.Approve, null);
        editor.Form.Set("notes", "补充");
        Assert.Contains("已审", Assert.IsType<EntryResult.Refused>(await editor.SaveAsync(submit: false)).Reason, StringComparison.Ordinal);
        Assert.Equal("补充", editor.Form.Typed("notes"));
    }

    [Fact]
    public async Task Personal_data_that_somebody_else_logged_is_kept_unseen_until_it_is_typed_anew()
    {
        var entry = await DraftAsync(("speaker", "张样例"));
        Assert.False((await Editors.OpenAsync(recorder, entry.Id))!.HasMasked);
        var editor = (await Editors.OpenAsync(colleague, entry.Id))!;
        Assert.True(editor.IsMasked("speaker"));
        editor.Form.Set("notes", "核对");
        var saved = Assert.IsType<EntryResult.Done>(await editor.SaveAsync(submit: false)).Entry;
        Assert.Equal("张样例", saved.Values.Text("speaker"));
        editor.Retype("speaker");
        Assert.Equal((false, ""), (editor.IsMasked("speaker"), editor.Form.Typed("speaker")));
    }

    [Fact]
    public async Task A_copy_has_all_values_but_is_new_and_of_today()
    {
        var entry = await DraftAsync(("speaker", "张样例"), ("laws", new[] { "civil" }));
        var copy = (await Editors.CopyAsync(recorder, entry.Id))!;
        Assert.Equal((null, "2026-11-22", entry.Values.Text("topic"), "civil"), (copy.Opened, copy.Form.Typed("heldOn"), copy.Form.Typed("topic"), copy.Form.Typed("laws")));
        var saved = Assert.IsType<EntryResult.Done>(await copy.SaveAsync(submit: false)).Entry;
        Assert.NotEqual(entry.Id, saved.Id);
        Assert.Null(await Editors.CopyAsync(bench.Person(Role.Recorder, "DH", 3), entry.Id));
    }
}
