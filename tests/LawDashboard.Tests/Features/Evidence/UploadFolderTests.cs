using System.Security.Cryptography;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;

namespace LawDashboard.Tests.Features.Evidence;

public sealed class UploadFolderTests : IAsyncLifetime
{
    Workbench bench = null!;
    Person person = null!;
    readonly Guid form = Guid.NewGuid();
    readonly byte[] photo = [.. PhotoBuilder.Jpeg(), .. Enumerable.Range(0, 50_000).Select(n => (byte)(n * 7))];

    public async Task InitializeAsync() => (bench, person) = (await RecordingBench.CreateAsync(DatabaseKind.Sqlite), new(1, "a1", "样例1", Role.Recorder, null));
    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    EvidencePlace Place => new(null, form, "visits", "photos");
    string Hash => Convert.ToHexStringLower(SHA256.HashData(photo));

    /// <summary>The folder as a server that was just started finds it.</summary>
    UploadFolder Started() => new(bench.Get<DatabaseSettings>(), bench.Get<EvidencePlaces>(), bench.Get<EvidenceService>(), bench.Get<EvidenceStore>(), EvidenceRules.Usual, bench.Clock);

    MemoryStream Piece(long from, int length) => new(photo[(int)from..Math.Min(photo.Length, (int)from + length)]);

    [Fact]
    public async Task A_file_arrives_whole_and_once_whatever_breaks_between_its_pieces()
    {
        var random = new Random(7);
        for (var round = 0; round < TestScale.Of(20, 100); round++)
        {
            var id = Guid.NewGuid();
            var folder = Started();
            var state = await folder.BeginAsync(person, id, Place, "现场.jpg", photo.Length);
            while (!state.Done)
            {
                // A server killed between two pieces, a piece cut off on the way, a piece sent twice, an answer lost.
                if (random.Next(4) == 0) folder = Started();
                if (random.Next(4) == 0) state = await folder.BeginAsync(person, id, Place, "现场.jpg", photo.Length);
                if (state.Offset < photo.Length)
                {
                    var (from, length) = (state.Offset, random.Next(1, 20_000));
                    state = (await folder.AppendAsync(person, id, from, random.Next(3) == 0 ? new CutOff(Piece(from, length)) : Piece(from, length)))!;
                    if (random.Next(3) == 0) state = (await folder.AppendAsync(person, id, from, Piece(from, length)))!;
                }
                else
                {
                    state = (await folder.FinishAsync(person, id, Hash))!.Value.State;
                    if (random.Next(2) == 0) Assert.True((await Started().FinishAsync(person, id, Hash))!.Value.State.Done);
                }
            }
        }
        var file = Assert.Single(await bench.Get<EvidenceService>().OfFormAsync(person, form));
        Assert.Equal(("现场.jpg", photo.Length), (file.Name, file.Size));
        Assert.Equal(photo, await File.ReadAllBytesAsync(bench.Get<EvidenceStore>().PathOf(Hash)));
    }

    [Fact]
    public async Task A_garbled_file_is_sent_again_from_the_beginning()
    {
        var (folder, id) = (Started(), Guid.NewGuid());
        await folder.BeginAsync(person, id, Place, "现场.jpg", photo.Length);
        var garbled = (byte[])photo.Clone();
        garbled[1000] ^= 1;
        await folder.AppendAsync(person, id, 0, new MemoryStream(garbled));
        Assert.Equal(new UploadState(0), (await folder.FinishAsync(person, id, Hash))!.Value.State);
        Assert.Empty(await bench.Get<EvidenceService>().OfFormAsync(person, form));
        await folder.AppendAsync(person, id, 0, Piece(0, photo.Length));
        Assert.True((await folder.FinishAsync(person, id, Hash))!.Value.State.Done);
    }

    [Fact]
    public async Task Limits_and_strangers_are_refused_with_a_sentence()
    {
        var (folder, id) = (Started(), Guid.NewGuid());
        Assert.Contains("超过100MB", (await folder.BeginAsync(person, id, Place, "大.mp4", 101L << 20)).Refusal, StringComparison.Ordinal);
        Assert.Contains("空文件", (await folder.BeginAsync(person, id, Place, "空.jpg", 0)).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await folder.BeginAsync(person, id, Place with { Field = "topic" }, "x.jpg", 5)).Refusal);
        await folder.BeginAsync(person, id, Place, "现场.jpg", 10);
        var stranger = person with { Id = 9 };
        Assert.NotNull((await folder.BeginAsync(stranger, id, Place, "现场.jpg", 10)).Refusal);
        Assert.Null(await folder.AppendAsync(stranger, id, 0, Piece(0, 10)));
        Assert.Contains("大", (await folder.AppendAsync(person, id, 0, Piece(0, 11)))!.Refusal, StringComparison.Ordinal);
        Assert.Null(await folder.AppendAsync(person, Guid.NewGuid(), 0, Piece(0, 1)));
    }

    [Fact]
    public async Task What_nobody_went_on_with_goes_after_a_week()
    {
        var (folder, old) = (Started(), Guid.NewGuid());
        await folder.BeginAsync(person, old, Place, "旧.jpg", photo.Length);
        await folder.AppendAsync(person, old, 0, Piece(0, 500));
        bench.Clock.Utc = bench.Clock.Utc.AddDays(8);
        await folder.BeginAsync(person, Guid.NewGuid(), Place, "新.jpg", photo.Length);
        Assert.Null(await folder.AppendAsync(person, old, 500, Piece(500, 500)));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(bench.Get<DatabaseSettings>().Folder, "uploads")));
    }

    /// <summary>A connection that breaks in the middle of a piece.</summary>
    sealed class CutOff(Stream piece) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await piece.ReadAsync(buffer[..Math.Min(buffer.Length, 700)], cancellationToken);
            return piece.Position > 2000 || read == 0 ? throw new IOException("The connection was reset.") : read;
        }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
