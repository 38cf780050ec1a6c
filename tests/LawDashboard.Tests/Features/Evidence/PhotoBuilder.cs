using System.Buffers.Binary;
using System.Text;

namespace LawDashboard.Tests.Features.Evidence;

/// <summary>Small picture files with the notes that cameras put into them.</summary>
static class PhotoBuilder
{
    static readonly byte[] Pixels = [0xFF, 0xDB, 0, 4, 1, 2, 0xFF, 0xDA, 0, 4, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 0xFF, 0xD9];

    /// <summary>An Exif block with a day and, when given, a place in degrees.</summary>
    public static byte[] Exif(string? day, double? latitude = null, double? longitude = null, bool little = true, byte mark = 0)
    {
        var block = new byte[512];
        Encoding.ASCII.GetBytes(little ? "II" : "MM").CopyTo(block, 0);
        U16(2, 42);
        U32(4, 8);
        U16(8, 3);
        Entry(10, 0x010F, 2, 5, 100);
        Encoding.ASCII.GetBytes("Test\0").CopyTo(block, 100);
        Entry(22, 0x8769, 4, 1, 120);
        Entry(34, 0x8825, 4, 1, 160);
        if (day is not null)
        {
            U16(120, 1);
            Entry(122, 0x9003, 2, 20, 300);
            Encoding.ASCII.GetBytes($"{day} 10:20:30\0").CopyTo(block, 300);
        }
        if (latitude is { } north && longitude is { } east)
        {
            U16(160, 4);
            Entry(162, 1, 2, 2, 0);
            block[170] = (byte)(north < 0 ? 'S' : 'N');
            Entry(174, 2, 5, 3, 330);
            Degrees(330, Math.Abs(north));
            Entry(186, 3, 2, 2, 0);
            block[194] = (byte)(east < 0 ? 'W' : 'E');
            Entry(198, 4, 5, 3, 360);
            Degrees(360, Math.Abs(east));
        }
        block[^1] = mark;
        return block;

        void U16(int at, int value)
        {
            if (little) BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at), (ushort)value); else BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(at), (ushort)value);
        }

        void U32(int at, long value)
        {
            if (little) BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), (uint)value); else BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(at), (uint)value);
        }

        void Entry(int at, int tag, int type, int count, long value)
        {
            U16(at, tag);
            U16(at + 2, type);
            U32(at + 4, count);
            U32(at + 8, value);
        }

        void Degrees(int at, double degrees)
        {
            var minutes = (degrees - Math.Floor(degrees)) * 60;
            U32(at, (long)degrees);
            U32(at + 4, 1);
            U32(at + 8, (long)minutes);
            U32(at + 12, 1);
            U32(at + 16, (long)Math.Round((minutes - Math.Floor(minutes)) * 60 * 1000));
            U32(at + 20, 1000);
        }
    }

    /// <summary>An Exif block with a small picture in its second directory.</summary>
    public static byte[] ExifWithPreview(byte[] picture, int orientation = 1)
    {
        const int second = 26, at = second + 30;
        var block = new byte[at + picture.Length];
        "II*\0"u8.CopyTo(block);
        Put(4, 8);
        Entries(8, second, (0x0112, 3, orientation));
        Entries(second, 0, (0x0201, 4, at), (0x0202, 4, picture.Length));
        picture.CopyTo(block, at);
        return block;

        void Put(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(offset), value);

        void Entries(int directory, int next, params (int Tag, int Type, int Value)[] entries)
        {
            block[directory] = (byte)entries.Length;
            foreach (var (n, (tag, type, value)) in entries.Index())
            {
                var entry = directory + 2 + (n * 12);
                BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(entry), (ushort)tag);
                block[entry + 2] = (byte)type;
                block[entry + 4] = 1;
                Put(entry + 8, value);
            }
            Put(directory + 2 + (entries.Length * 12), next);
        }
    }

    public static byte[] Jpeg(byte[]? exif = null, string? xmp = null) =>
    [
        0xFF, 0xD8,
        .. exif is null ? [] : Segment([.. "Exif\0\0"u8, .. exif]),
        .. xmp is null ? [] : Segment([.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)]),
        .. Pixels,
    ];

    public static byte[] Png(byte[]? exif = null, params (string Type, byte[] Data)[] more) =>
    [
        0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. exif is null ? [] : Chunk("eXIf", exif),
        .. more.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", []),
    ];

    public static byte[] Webp(byte[] exif)
    {
        byte[] body = [.. "WEBP"u8, .. "VP8 "u8, 3, 0, 0, 0, 7, 7, 7, 0, .. "EXIF"u8, .. BitConverter.GetBytes(exif.Length), .. exif];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    public static byte[] Heic(byte[] exif) => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, 0, 0, 2, 0, .. "mdat"u8, 0, 0, 0, 6, .. "Exif\0\0"u8, .. exif, 9, 9, 9];

    static byte[] Segment(byte[] content) => [0xFF, 0xE1, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    static byte[] Chunk(string type, byte[] data)
    {
        var name = Encoding.ASCII.GetBytes(type);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. name, .. data, .. Checksum([.. name, .. data])];
    }

    /// <summary>The checksum bit by bit, as the standard describes it, without the product's table.</summary>
    public static byte[] Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++) crc = ((crc ^ (uint)(b >> bit)) & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return sum;
    }
}
