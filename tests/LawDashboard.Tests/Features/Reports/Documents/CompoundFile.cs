using System.Buffers.Binary;
using System.Text;

namespace LawDashboard.Tests.Features.Reports.Documents;

/// <summary>
/// Writes the old-style container (MS-CFB) in which Word and WPS wrap an encrypted document: header, one sector of allocation
/// table, one of directory, then the streams.
/// </summary>
static class CompoundFile
{
    const int Sector = 512;
    const uint End = 0xFFFFFFFE, Table = 0xFFFFFFFD, Free = 0xFFFFFFFF;

    public static byte[] Of(params (string Name, byte[] Content)[] streams)
    {
        // Streams of 4096 bytes and more lie in sectors of their own; shorter ones would need a second kind.
        var sizes = streams.Select(stream => (Math.Max(stream.Content.Length, 4096) + Sector - 1) / Sector).ToArray();
        var file = new byte[Sector * (3 + sizes.Sum())];
        Header(file);
        var table = file.AsSpan(Sector, Sector);
        var directory = file.AsSpan(2 * Sector, Sector);
        table.Fill(0xFF);
        Put(table, 0, Table);
        Put(table, 1, End);
        directory.Clear();
        Entry(directory, 0, "Root Entry", 5, End, 0, streams.Length > 0 ? 1u : Free);
        var at = 2;
        foreach (var (i, (name, content)) in streams.Index())
        {
            content.CopyTo(file.AsSpan(Sector * (1 + at)));
            for (var n = 0; n < sizes[i]; n++) Put(table, at + n, n == sizes[i] - 1 ? End : (uint)(at + n + 1));
            Entry(directory, i + 1, name, 2, (uint)at, Math.Max(content.Length, 4096), Free, right: i + 1 < streams.Length ? (uint)(i + 2) : Free);
            at += sizes[i];
        }
        return file;
    }

    static void Header(byte[] file)
    {
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file);
        foreach (var (offset, value) in ((int, ushort)[])[(24, 0x3E), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)]) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);
        foreach (var (offset, value) in ((int, uint)[])[(44, 1), (48, 1), (56, 4096), (60, End), (64, 0), (68, End), (72, 0), (76, 0)]) BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
        file.AsSpan(80, Sector - 80).Fill(0xFF);
    }

    static void Put(Span<byte> table, int index, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(table[(4 * index)..], value);

    static void Entry(Span<byte> directory, int index, string name, byte kind, uint start, long size, uint child, uint right = Free)
    {
        var entry = directory.Slice(128 * index, 128);
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(2 * (name.Length + 1)));
        (entry[66], entry[67]) = (kind, 1);
        foreach (var (offset, value) in ((int, uint)[])[(68, Free), (72, right), (76, child), (116, start)]) BinaryPrimitives.WriteUInt32LittleEndian(entry[offset..], value);
        BinaryPrimitives.WriteInt64LittleEndian(entry[120..], size);
    }
}
