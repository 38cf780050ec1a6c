using System.Collections.Concurrent;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// Builds packs in the background into <c>data/packs</c>, one at a time, and keeps them for a week. A pack is for whoever
/// asked for it; building and taking it are in the audit log.
/// </summary>
public sealed class PackDesk(DatabaseSettings settings, PackBuilder builder, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock, ILogger<PackDesk> logger)
{
    /// <summary>A pack holds what the ledgers hold anyway; after so long it is only a copy that lies about.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    readonly ConcurrentDictionary<string, PackJob> jobs = new(StringComparer.Ordinal);
    /// <summary>Packing takes a whole core and the disk; more at once would only slow the pages down.</summary>
    readonly SemaphoreSlim turn = new(1, 1);
    readonly Lock reading = new();
    bool read;

    string Folder => Path.Combine(settings.Folder, "packs");

    /// <summary>Begins a pack. The same that the person has under way already is not begun again.</summary>
    public async Task<(PackJob? Job, string? Refusal)> BeginAsync(Person person, PackRequest request, CancellationToken cancel = default)
    {
        CleanUp();
        if (Editions.Refusal(person, request.Edition, request.Reason) is { } refusal) return (null, refusal);
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(request.Unit) is not { } unit || !person.Sees(tree, unit)) return (null, "没有这个单位，或不在您的范围内。");
        if (jobs.Values.FirstOrDefault(job => job.Busy && job.Slip.OwnerId == person.Id && job.Slip.Request == request) is { } same) return (same, null);
        await NoteBuiltAsync(person, unit, request, cancel);
        var job = new PackJob(new(Guid.NewGuid().ToString("N"), person.Id, request, PackState.Waiting, ChinaTime.Now(clock)));
        jobs[job.Slip.Id] = job;
        Write(job, job.Slip);
        _ = Task.Run(() => BuildAsync(person, unit, job), CancellationToken.None);
        return (job, null);
    }

    /// <summary>The person's packs, newest first.</summary>
    public IReadOnlyList<PackJob> Of(Person person)
    {
        CleanUp();
        return [.. jobs.Values.Where(job => job.Slip.OwnerId == person.Id).OrderByDescending(job => job.Slip.At)];
    }

    public PackJob? Find(Person person, string id) => Of(person).FirstOrDefault(job => job.Slip.Id == id);

    /// <summary>The file of a pack that is done; null when there is none, or the person may no longer have what is in it.</summary>
    public async Task<(string Path, PackSlip Slip)?> FileAsync(Person person, string id, CancellationToken cancel = default)
    {
        if (Find(person, id)?.Slip is not { State: PackState.Done } slip || !File.Exists(ZipOf(id))) return null;
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(slip.Request.Unit) is not { } unit || !person.Sees(tree, unit) || (!slip.Request.Masked && !Editions.MayHaveFull(person))) return null;
        return (ZipOf(id), slip);
    }

    /// <summary>Notes, before anything is read, who builds a pack and why.</summary>
    public Task NoteBuiltAsync(Person person, Unit unit, PackRequest request, CancellationToken cancel = default) =>
        LogAsync(person, unit, $"生成{request.Year}年度迎检资料包（{Editions.Label(request.Edition)}{(request.Masked ? "" : $"，理由：{request.Reason!.Trim()}")}）", cancel);

    /// <summary>Notes that a pack leaves the house.</summary>
    public async Task NoteTakenAsync(Person person, PackSlip slip, CancellationToken cancel = default)
    {
        var unit = (await units.TreeAsync(cancel)).Find(slip.Request.Unit)!;
        await LogAsync(person, unit, $"下载迎检资料包“{slip.Title}”，清单 SHA-256：{slip.Manifest}", cancel);
    }

    /// <summary>Ends what is under way, or deletes what is there.</summary>
    public void Remove(Person person, string id)
    {
        if (Find(person, id) is not { } job) return;
        job.Stop();
        if (job.Busy) return;
        Delete(job);
    }

    /// <summary>Deletes what is older than a week, and what a stopped program left unfinished.</summary>
    public void CleanUp()
    {
        Read();
        var now = ChinaTime.Now(clock);
        foreach (var job in jobs.Values.Where(job => !job.Busy && job.Slip.At + Kept < now)) Delete(job);
    }

    async Task BuildAsync(Person person, Unit unit, PackJob job)
    {
        var slip = job.Slip;
        try
        {
            await turn.WaitAsync(job.Stopping);
            try
            {
                Write(job, slip = slip with { State = PackState.Building });
                var unfinished = ZipOf(slip.Id) + ".part";
                var made = await builder.BuildAsync(person, slip.Request, unfinished, job, job.Stopping) ?? throw new InvalidOperationException("The unit was there a moment ago.");
                File.Move(unfinished, ZipOf(slip.Id), overwrite: true);
                await LogAsync(person, unit, $"迎检资料包“{made.Title}”已生成：{made.Files}个文件，清单 SHA-256：{made.Manifest}", CancellationToken.None);
                Write(job, slip with
                {
                    State = PackState.Done, Title = made.Title, Bytes = made.Bytes, Files = made.Files, Entries = made.Entries, Gaps = made.Gaps.Count, Withheld = made.LeftOut.Sum(ledger => ledger.Files), Manifest = made.Manifest,
                    Until = ChinaTime.Now(clock) + Kept,
                });
            }
            finally { turn.Release(); }
        }
        catch (OperationCanceledException) { Write(job, slip with { State = PackState.Cancelled, Problem = "已取消，没有留下文件" }); }
        catch (IOException e)
        {
            logger.LogError(e, "Pack {Pack} could not be written", slip.Id);
            Write(job, slip with { State = PackState.Failed, Problem = "文件写不进数据目录，可能是磁盘空间不足；请腾出空间后重新生成" });
        }
        // The last door of work that nobody waits for: the person gets a sentence, the log what happened.
        catch (Exception e)
        {
            logger.LogError(e, "Pack {Pack} failed", slip.Id);
            Write(job, slip with { State = PackState.Failed, Problem = $"没有完成（参考号 {slip.Id[..8]}）；请重新生成，仍不行请把参考号告诉管理员" });
        }
    }

    void Write(PackJob job, PackSlip slip)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(SlipOf(slip.Id) + ".new", JsonSerializer.Serialize(slip));
        File.Move(SlipOf(slip.Id) + ".new", SlipOf(slip.Id), overwrite: true);
        job.Become(slip);
    }

    /// <summary>Finds, once, what was there before the program started.</summary>
    void Read()
    {
        lock (reading)
        {
            if (read) return;
            read = true;
            if (!Directory.Exists(Folder)) return;
            foreach (var file in Directory.EnumerateFiles(Folder).Where(file => !file.EndsWith(".json", StringComparison.Ordinal) && !file.EndsWith(".zip", StringComparison.Ordinal))) File.Delete(file);
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json"))
                if (Slip(file) is { } slip && !jobs.ContainsKey(slip.Id))
                    jobs[slip.Id] = new(slip.State is PackState.Waiting or PackState.Building ? slip with { State = PackState.Failed, Problem = "程序重新启动，没有做完；请重新生成" } : slip);
        }
    }

    static PackSlip? Slip(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PackSlip>(File.ReadAllText(file));
        }
        // Half a slip, from the moment the power failed.
        catch (JsonException)
        {
            return null;
        }
    }

    void Delete(PackJob job)
    {
        jobs.TryRemove(job.Slip.Id, out _);
        File.Delete(ZipOf(job.Slip.Id));
        File.Delete(SlipOf(job.Slip.Id));
    }

    Task LogAsync(Person person, Unit unit, string note, CancellationToken cancel) =>
        contexts.NoteAsync(new(ChinaTime.Now(clock), person.Id, person.Name, "export", "pack", UnitId: unit.Id, Note: note), cancel);

    string ZipOf(string id) => Path.Combine(Folder, id + ".zip");
    string SlipOf(string id) => Path.Combine(Folder, id + ".json");
}
