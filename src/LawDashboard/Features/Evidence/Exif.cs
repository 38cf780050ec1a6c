using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LawDashboard.Features.Evidence;

/// <summary>What a photo says of itself.</summary>
/// <param name="TakenOn">Day by the camera's own clock.</param>
/// <param name="Latitude">In degrees, north positive; set together with <paramref name="Longitude"/>, east positive.</param>
public sealed record PhotoFacts(DateOnly? TakenOn, double? Latitude, double? Longitude)
{
    public static readonly PhotoFacts None = new(null, null, null);
}

/// <summary>
/// One block of Exif data, which is a small TIFF file: directories of entries that name a tag, a type, a count and a value
/// or where it lies (CIPA DC-008). Whatever stands in it was written by a stranger's program: every offset is checked, and
/// what does not fit is as if it were not there.
/// </summary>
readonly struct Exif
{
    const int Entry = 12, MostEntries = 512;
    const ushort ExifDirectory = 0x8769, PlaceDirectory = 0x8825;
    static readonly int[] Sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    readonly ReadOnlyMemory<byte> data;
    readonly bool little;

    Exif(ReadOnlyMemory<byte> data, bool little) => (this.data, this.little) = (data, little);

    /// <summary>Whether bytes begin like such a block.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8);

    public static Exif? Of(ReadOnlyMemory<byte> data) => Begins(data.Span) ? new Exif(data, data.Span[0] == 'I') : null;

    public PhotoFacts Facts()
    {
        var root = Directory(U32(4));
        var exif = Directory(Value(root, ExifDirectory));
        var place = Directory(Value(root, PlaceDirectory));
        var day = Day(exif, 0x9003) ?? Day(exif, 0x9004) ?? Day(root, 0x0132);
        var (latitude, longitude) = (Degrees(place, 2, 1, 'S', 90), Degrees(place, 4, 3, 'W', 180));
        // Cameras without a fix write zeros; nobody's photos are from that spot in the Atlantic.
        return latitude is null || longitude is null || (latitude == 0 && longitude == 0) ? new(day, null, null) : new(day, latitude, longitude);
    }

    /// <summary>How the camera was held, 1 to 8 as the standard counts; 1 is upright.</summary>
    public int Orientation => Value(Directory(U32(4)), 0x0112) is >= 1 and <= 8 and { } held ? (int)held : 1;

    /// <summary>The small JPEG that cameras add in the block's second directory; empty without one.</summary>
    public ReadOnlyMemory<byte> Preview()
    {
        if (U32(4) is not { } root || U16(root) is not { } count) return default;
        var second = Directory(U32(root + 2 + (count * Entry)));
        return Value(second, 0x0201) is { } from && Value(second, 0x0202) is { } length && length > 0 && from + length <= data.Length ? data.Slice((int)from, (int)length) : default;
    }

    /// <summary>The parts of the block that say where the photo was taken, as offset and length.</summary>
    public IReadOnlyList<(int Offset, int Length)> PlaceRanges()
    {
        var ranges = new List<(int, int)>();
        if (Value(Directory(U32(4)), PlaceDirectory) is not { } at) return ranges;
        var entries = Directory(at);
        foreach (var entry in entries)
            if (Bytes(entry) is var (offset, length) && length > 4) ranges.Add((offset, length));
        if (at + 2 <= data.Length) ranges.Add(((int)at, (int)Math.Min(2 + (entries.Count * Entry), data.Length - at)));
        return ranges;
    }

    /// <summary>Offsets of a directory's entries; none where there is no directory.</summary>
    List<int> Directory(long? at)
    {
        var entries = new List<int>();
        if (at is not { } start || start < 8 || U16(start) is not { } count || count > MostEntries) return entries;
        for (var entry = start + 2; entries.Count < count && entry + Entry <= data.Length; entry += Entry) entries.Add((int)entry);
        return entries;
    }

    int? Find(List<int> directory, ushort tag)
    {
        foreach (var entry in directory)
            if (U16(entry) == tag) return entry;
        return null;
    }

    /// <summary>The number in an entry of one short or long.</summary>
    long? Value(List<int> directory, ushort tag) => Find(directory, tag) is not { } entry ? null : U16(entry + 2) == 3 ? U16(entry + 8) : U32(entry + 8);

    /// <summary>Where an entry's value lies; null when it does not fit into the block.</summary>
    (int Offset, int Length)? Bytes(int entry)
    {
        if (U16(entry + 2) is not { } type || type >= Sizes.Length || Sizes[type] == 0 || U32(entry + 4) is not { } count) return null;
        var length = count * Sizes[type];
        var offset = length <= 4 ? entry + 8 : U32(entry + 8);
        return length > 0 && offset is { } at && at + length <= data.Length ? ((int)at, (int)length) : null;
    }

    DateOnly? Day(List<int> directory, ushort tag)
    {
        if (Find(directory, tag) is not { } entry || Bytes(entry) is not var (offset, length) || length < 10) return null;
        var text = Encoding.Latin1.GetString(data.Span.Slice(offset, 10));
        return DateOnly.TryParseExact(text, "yyyy:MM:dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1990 and <= 2100 ? day : null;
    }

    double? Degrees(List<int> directory, ushort tag, ushort side, char negative, double most)
    {
        if (Find(directory, tag) is not { } entry || U16(entry + 2) is not (5 or 10) || Bytes(entry) is not var (offset, length) || length < 24) return null;
        double sum = 0, part = 1;
        for (var at = offset; at < offset + 24; at += 8, part *= 60)
        {
            if (U32(at) is not { } above || U32(at + 4) is not { } below) return null;
            if (below == 0) { if (above == 0 && part > 1) continue; return null; }
            sum += above / (double)below / part;
        }
        if (sum > most) return null;
        return Find(directory, side) is { } letter && data.Span[letter + 8] == negative ? -sum : sum;
    }

    ushort? U16(long at) => at < 0 || at + 2 > data.Length ? null
        : little ? BinaryPrimitives.ReadUInt16LittleEndian(data.Span[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(data.Span[(int)at..]);

    long? U32(long at) => at < 0 || at + 4 > data.Length ? null
        : little ? BinaryPrimitives.ReadUInt32LittleEndian(data.Span[(int)at..]) : BinaryPrimitives.ReadUInt32BigEndian(data.Span[(int)at..]);
}
