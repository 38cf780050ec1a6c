using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;

namespace LawDashboard.Features.Evidence;

/// <summary>A file that is on its way, as its sender announced it.</summary>
public sealed record Upload(Guid Id, int PersonId, EvidencePlace Place, string Name, long Size, DateTime Begun, bool Done = false, FileLine? File = null);

/// <summary>How far an upload is: so many bytes are safely here; or all of it, or the sentence that ends it.</summary>
public sealed record UploadState(long Offset, bool Done = false, string? Refusal = null);

/// <summary>
/// Takes files in pieces. What has arrived lies in the data folder with a note of what it belongs to, so an upload goes on
/// after a broken connection or a restart of the server; the sender asks how far it is and sends the rest.
/// </summary>
public sealed class UploadFolder(DatabaseSettings settings, EvidencePlaces places, EvidenceService service, EvidenceStore store, EvidenceRules rules, TimeProvider clock)
{
    /// <summary>Most bytes in one request.</summary>
    public const int ChunkLimit = 4 << 20;
    /// <summary>Most unfinished uploads of one person.</summary>
    const int MostAtOnce = 60;
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    readonly string folder = Path.Combine(settings.Folder, "uploads");
    readonly ConcurrentDictionary<Guid, SemaphoreSlim> turns = new();
    DateTime cleaned;

    /// <summary>Announces a file, or asks how far it is.</summary>
    public async Task<UploadState> BeginAsync(Person person, Guid id, EvidencePlace place, string name, long size, CancellationToken cancel = default)
    {
        using var turn = await TurnAsync(id, cancel);
        if (Read(id) is { } begun)
            return begun.PersonId == person.Id ? new(begun.Done ? begun.Size : Length(id), begun.Done) : new(0, Refusal: "这次上传属于另一个账号。");
        if (size <= 0) return new(0, Refusal: $"“{FileName.Sanitised(name)}”是空文件。");
        if (size > rules.SizeLimit) return new(0, Refusal: service.TooLarge(name));
        if ((await places.OpenAsync(person, place, cancel)).Refusal is { } refusal) return new(0, Refusal: refusal);
        Directory.CreateDirectory(folder);
        Clean();
        if (Unfinished().Count(upload => upload.PersonId == person.Id) >= MostAtOnce) return new(0, Refusal: "没有传完的文件太多，请等前面的传完再添加。");
        NoteFile.Write<Upload>(NoteOf(id), new(id, person.Id, place, FileName.Sanitised(name), size, ChinaTime.Now(clock)));
        return new(0);
    }

    /// <summary>Appends a piece that begins at an offset; null when there is no such upload. A piece from elsewhere changes nothing and says where to go on.</summary>
    public async Task<UploadState?> AppendAsync(Person person, Guid id, long offset, Stream piece, CancellationToken cancel = default)
    {
        using var turn = await TurnAsync(id, cancel);
        if (Own(person, id) is not { } upload) return null;
        if (upload.Done) return new(upload.Size, Done: true);
        await using var file = new FileStream(PartOf(id), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        if (file.Length != offset) return new(file.Length);
        file.Position = offset;
        var buffer = new byte[1 << 16];
        while (await ReadAsync(piece, buffer, cancel) is > 0 and var read)
        {
            if (file.Position + read > upload.Size) return new(0, Refusal: $"“{upload.Name}”比说明的大，没有接收。");
            // Not cancelled with the request: what has arrived is kept.
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }
        file.Flush(flushToDisk: true);
        return new(file.Position);
    }

    /// <summary>The next bytes; 0 at the end, also where the sender broke off: what came so far is good, and he will ask where to go on.</summary>
    static async Task<int> ReadAsync(Stream piece, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await piece.ReadAsync(buffer, cancel);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } || cancel.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>All is here: checks it against the sender's SHA-256 and hangs it on its place. Safe to ask again. Null when there is no such upload.</summary>
    public async Task<(UploadState State, FileLine? File)?> FinishAsync(Person person, Guid id, string sha256, CancellationToken cancel = default)
    {
        using var turn = await TurnAsync(id, cancel);
        if (Own(person, id) is not { } upload) return null;
        if (upload.Done) return (new(upload.Size, Done: true), upload.File);
        if (Length(id) != upload.Size) return (new(Length(id)), null);
        if (await store.TakeAsync(PartOf(id), sha256, cancel) is not { } stored)
        {
            // Something was garbled on the way: from the beginning.
            File.Delete(PartOf(id));
            return (new(0), null);
        }
        var result = await service.AttachAsync(person, upload.Place, upload.Name, stored, cancel);
        if (result.Refusal is { } refusal)
        {
            Forget(id);
            return (new(0, Refusal: refusal), null);
        }
        // The note stays for whoever did not hear the answer and asks again.
        NoteFile.Write(NoteOf(id), upload with { Done = true, File = result.File });
        return (new(upload.Size, Done: true), result.File);
    }

    /// <summary>The sender does not want it any more, whether it is still on its way or hangs on its form already.</summary>
    public async Task CancelAsync(Person person, Guid id, CancellationToken cancel = default)
    {
        using var turn = await TurnAsync(id, cancel);
        if (Own(person, id) is not { } upload) return;
        if (upload.File is { OfForm: true } file) await service.RemoveAsync(person, file, cancel);
        if (!upload.Done) Forget(id);
    }

    /// <summary>Removes what nobody went on with for a week.</summary>
    void Clean()
    {
        var now = ChinaTime.Now(clock);
        if (now - cleaned < TimeSpan.FromHours(1)) return;
        cleaned = now;
        foreach (var upload in Directory.EnumerateFiles(folder, "*.json").Select(NoteFile.Read<Upload>).OfType<Upload>().Where(upload => now - upload.Begun > KeptFor).ToList())
            Forget(upload.Id);
    }

    IEnumerable<Upload> Unfinished() => Directory.EnumerateFiles(folder, "*.json").Select(NoteFile.Read<Upload>).OfType<Upload>().Where(upload => !upload.Done);

    Upload? Own(Person person, Guid id) => Read(id) is { } upload && upload.PersonId == person.Id ? upload : null;
    Upload? Read(Guid id) => NoteFile.Read<Upload>(NoteOf(id));
    string NoteOf(Guid id) => Path.Combine(folder, $"{id:N}.json");
    string PartOf(Guid id) => Path.Combine(folder, $"{id:N}.part");
    long Length(Guid id) => new FileInfo(PartOf(id)) is { Exists: true } part ? part.Length : 0;

    void Forget(Guid id)
    {
        File.Delete(PartOf(id));
        File.Delete(NoteOf(id));
    }

    /// <summary>Requests about one file take turns; a sender that tries again may overlap with his own earlier attempt.</summary>
    async Task<IDisposable> TurnAsync(Guid id, CancellationToken cancel)
    {
        var turn = turns.GetOrAdd(id, _ => new(1, 1));
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
