using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Review;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests.Features.Evidence;

public sealed class EvidenceServiceTests
{
    [DatabaseTheory, Databases]
    public async Task Files_of_a_form_become_files_of_its_entry_in_the_same_save(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, form) = (bench.Person(Role.Recorder, "FZ01"), Guid.NewGuid());
        await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Jpeg(), "一.jpg");
        await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Jpeg(), "再次.jpg");
        await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Png(), "二.png");
        Assert.Equal(["一.jpg", "二.png"], (await bench.Get<EvidenceService>().OfFormAsync(person, form)).Select(f => f.Name));
        Assert.Single(await bench.Get<FormDrafts>().OfPersonAsync(person));

        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(person, RecordingBench.Input(form, "走访"))).Entry;
        Assert.Equal(["一.jpg", "二.png"], (await bench.Get<EvidenceService>().OfEntryAsync(person, entry.Id)).Select(f => f.Name));
        Assert.Empty(await bench.Get<EvidenceService>().OfFormAsync(person, form));
        Assert.Empty(await bench.Get<FormDrafts>().OfPersonAsync(person));
        Assert.Equal(2, (await bench.Lists.HistoryAsync(person, entry.Id)).Count(line => line.Event.Action == "attach"));

        // One that was still on its way when the form was saved finds the entry.
        await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Webp([]), "三.webp");
        Assert.Equal(3, (await bench.Get<EvidenceService>().OfEntryAsync(person, entry.Id)).Count);
    }

    [DatabaseTheory, Databases]
    public async Task The_files_of_a_moment_in_the_past_are_those_added_and_not_yet_taken_off(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, form) = (bench.Person(Role.Recorder, "FZ01"), Guid.NewGuid());
        await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Jpeg(), "一（第1版，3字节）.jpg");
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(person, RecordingBench.Input(form, "走访"))).Entry;
        var first = await NowAsync();
        var second = await RecordingBench.AddAsync(bench, person, new(entry.Id, null, "visits", "photos"), PhotoBuilder.Png(), "二.png");
        var both = await NowAsync();
        Assert.Null(await bench.Get<EvidenceService>().RemoveAsync(person, second.Id));
        var after = await NowAsync();

        Assert.Equal(["一（第1版，3字节）.jpg"], (await AtAsync(first)).Select(file => file.Name));
        var then = await AtAsync(both);
        Assert.Equal([("一（第1版，3字节）.jpg", true), ("二.png", false)], then.Select(file => (file.Name, file.FileId is not null)));
        await using var db = bench.Context();
        Assert.Equal(await db.Evidence.OrderBy(file => file.Id).Select(file => file.Sha256).ToListAsync(), then.Select(file => file.Sha256));
        Assert.Single(await AtAsync(after));
        // Neither before it was there, nor for somebody of another town.
        Assert.Empty(await AtAsync(first with { Sequence = 0 }));
        Assert.Empty(await bench.Get<EvidenceHistory>().OfEntryAsync(bench.Person(Role.Recorder, "DH01", 4), entry.Id, both));

        async Task<PastPoint> NowAsync()
        {
            await using var context = bench.Context();
            return (await bench.Get<AuditMoments>().ResolveAsync($"@{await context.AuditEvents.MaxAsync(line => line.Sequence)}")).Point!;
        }

        Task<IReadOnlyList<PastFile>> AtAsync(PastPoint point) => bench.Get<EvidenceHistory>().OfEntryAsync(person, entry.Id, point);
    }

    [DatabaseTheory, Databases]
    public async Task A_paper_is_compulsory_only_where_the_definition_says_so(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, form) = (bench.Person(Role.Recorder, "FZ01"), Guid.NewGuid());
        var refused = Assert.IsType<EntryResult.Invalid>(await bench.Entries.SubmitAsync(person, RecordingBench.Input(form, "决定", ledger: "orders")));
        Assert.Equal(("photos", "请上传照片"), (refused.Errors.Single().Field, refused.Errors.Single().Message));
        var draft = Assert.IsType<EntryResult.Done>(await bench.Entries.SaveAsync(person, RecordingBench.Input(form, "决定", ledger: "orders"))).Entry;
        Assert.IsType<EntryResult.Invalid>(await bench.Entries.MoveAsync(person, draft.Id, draft.Version, EntryAction.Submit, null));
        await RecordingBench.AddAsync(bench, person, new(draft.Id, null, "orders", "photos"), PhotoBuilder.Jpeg());
        Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(person, draft.Id, draft.Version, EntryAction.Submit, null));
    }

    [DatabaseTheory, Databases]
    public async Task Only_who_fills_a_form_sees_its_files_and_only_who_may_edit_adds_to_an_entry(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, other, form) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Recorder, "FZ01", 2), Guid.NewGuid());
        var file = await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), PhotoBuilder.Jpeg());
        var service = bench.Get<EvidenceService>();
        Assert.Empty(await service.OfFormAsync(other, form));
        Assert.Null(await service.FindInFormAsync(other, file.Id));
        Assert.NotNull(await service.RemoveAsync(other, file));
        Assert.Contains("另一个账号", (await service.AddAsync(other, new(null, form, "visits", "photos"), "x.jpg", new MemoryStream(PhotoBuilder.Png()))).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await service.AddAsync(bench.Person(Role.Leader, "FZ", 3), new(null, form, "visits", "photos"), "x.jpg", new MemoryStream(PhotoBuilder.Png()))).Refusal);
        Assert.Contains("不是可以接收的文件", (await service.AddAsync(person, new(null, form, "visits", "photos"), "x.jpg", new MemoryStream([.. "<html>"u8]))).Refusal, StringComparison.Ordinal);

        var entry = ((EntryResult.Done)await bench.Entries.SubmitAsync(person, RecordingBench.Input(form, "走访"))).Entry;
        await bench.Entries.MoveAsync(bench.Person(Role.Reviewer, "FZ", 4), entry.Id, entry.Version, EntryAction.Approve, null);
        Assert.NotNull((await service.AddAsync(person, new(entry.Id, null, "visits", "photos"), "x.jpg", new MemoryStream(PhotoBuilder.Png()))).Refusal);
        var kept = (await service.OfEntryAsync(person, entry.Id)).Single();
        Assert.Null(await service.FindAsync(bench.Person(Role.Recorder, "DH", 5), kept.Id));
        Assert.Null(await service.FindOriginalAsync(other, kept.Id));
        Assert.NotNull(await service.FindOriginalAsync(person, kept.Id));
        Assert.Contains(await bench.Lists.HistoryAsync(person, entry.Id), line => line.Event.Action == "original");
    }

    [DatabaseTheory, Databases]
    public async Task In_a_closed_month_files_are_neither_added_nor_taken_off(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, service) = (bench.Person(Role.Recorder, "FZ01"), bench.Get<EvidenceService>());
        var values = SampleCatalog.Values(("visitedOn", "2026-10-20"), ("topic", "走访"));
        var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SaveAsync(person, new(null, "visits", "FZ01", values))).Entry;
        await RecordingBench.AddAsync(bench, person, new(entry.Id, null, "visits", "photos"), PhotoBuilder.Jpeg());
        var kept = (await service.OfEntryAsync(person, entry.Id)).Single();
        Assert.Null(await bench.Get<PeriodService>().LockAsync(bench.Person(Role.Reviewer, "FZ", 2), bench.Unit("FZ"), 2026, 10));

        Assert.Contains("封账", (await service.AddAsync(person, entry.Id, "photos", "二.png", new MemoryStream(PhotoBuilder.Png()))).Refusal, StringComparison.Ordinal);
        Assert.Contains("封账", await service.RemoveAsync(person, kept.Id), StringComparison.Ordinal);
        Assert.Equal(kept.Id, (await service.OfEntryAsync(person, entry.Id)).Single().Id);
    }

    [DatabaseTheory, Databases]
    public async Task Many_submitted_at_once_are_asked_for_their_papers_like_one(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, form) = (bench.Person(Role.Recorder, "FZ01"), Guid.NewGuid());
        var with = Assert.IsType<EntryResult.Done>(await bench.Entries.SaveAsync(person, RecordingBench.Input(form, "有决定书", ledger: "orders"))).Entry;
        var without = Assert.IsType<EntryResult.Done>(await bench.Entries.SaveAsync(person, RecordingBench.Input(Guid.NewGuid(), "没有决定书", ledger: "orders"))).Entry;
        await RecordingBench.AddAsync(bench, person, new(with.Id, null, "orders", "photos"), PhotoBuilder.Jpeg());
        var request = new BatchRequest("move", "批量提交", RecordingBench.Ledgers.Ledger("orders")!, bench.Unit("FZ01")) { SkipFaulty = true };
        BatchEdit[] edits =
        [
            new BatchEdit.Move(1, with.Id, null, EntryAction.Submit), new BatchEdit.Move(2, without.Id, null, EntryAction.Submit),
            new BatchEdit.New(3, "FZ01", without.Values, Submit: true), new BatchEdit.New(4, "FZ01", without.Values, Submit: true) { OrDraft = true },
        ];
        var outcome = await bench.Get<EntryBatches>().RunAsync(person, request, edits.ToAsyncEnumerable());
        Assert.Equal([(2, "请上传照片"), (3, "请上传照片")], outcome.Errors.Select(error => (error.Row, error.Errors.Single().Message)));
        Assert.Equal((1, 1), (outcome.Changed, outcome.Created));
    }

    [DatabaseTheory, Databases]
    public async Task The_reviewer_is_shown_a_day_a_place_or_a_picture_that_does_not_fit(DatabaseKind kind)
    {
        await using var bench = await RecordingBench.CreateAsync(kind);
        var (person, reviewer) = (bench.Person(Role.Recorder, "FZ01"), bench.Person(Role.Reviewer, "FZ", 2));
        async Task<Entry> LogAsync(byte[] photo)
        {
            var form = Guid.NewGuid();
            await RecordingBench.AddAsync(bench, person, new(null, form, "visits", "photos"), photo);
            return ((EntryResult.Done)await bench.Entries.SubmitAsync(person, RecordingBench.Input(form, "走访"))).Entry;
        }
        byte[] At(string day, double latitude, double longitude, byte mark) => PhotoBuilder.Jpeg(PhotoBuilder.Exif(day, latitude, longitude, mark: mark));
        for (byte n = 1; n <= 3; n++) await LogAsync(At("2026:11:20", 33.0, 106.9 + (n * 0.01), n));
        var first = await LogAsync(At("2026:11:20", 33.01, 106.95, 9));
        Assert.Empty(await bench.Get<EvidenceFindings>().OfEntryAsync(reviewer, first));

        var odd = await LogAsync(At("2026:03:01", 34.26, 108.94, 10));
        Assert.Equal(["照片拍摄于2026-03-01，与走访日期（2026-11-20）相差264天", "照片拍摄地点距本单位其他照片约233公里"],
            (await bench.Get<EvidenceFindings>().OfEntryAsync(reviewer, odd)).Select(finding => finding.Sentence));

        var again = await LogAsync(At("2026:11:20", 33.01, 106.95, 9));
        var same = Assert.Single(await bench.Get<EvidenceFindings>().OfEntryAsync(reviewer, again));
        Assert.Equal(first.Id, same.Other!.Id);
        await using var db = bench.Context();
        Assert.Equal(5, Directory.EnumerateFiles(Path.Combine(bench.Get<LawDashboard.Data.DatabaseSettings>().Folder, "evidence"), "*", SearchOption.AllDirectories).Count());
        Assert.Equal(6, await db.Evidence.CountAsync());
    }
}
