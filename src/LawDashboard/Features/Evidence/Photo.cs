namespace LawDashboard.Features.Evidence;

/// <summary>
/// Reads what a photo says of itself, and finds what must be blanked so that it no longer says where it was taken. Blanks
/// are as long as what they cover, so nothing else in the file moves and no pixel changes.
/// </summary>
public static class Photo
{
    /// <summary>Day and place from JPEG, PNG, WebP and HEIC. Damaged files say nothing; they do not fail.</summary>
    public static PhotoFacts Read(Stream file)
    {
        var (day, latitude, longitude) = PhotoFacts.None;
        foreach (var block in PhotoBlocks.Find(file))
        {
            if (block.Kind != PhotoBlockKind.Exif || Exif.Of(block.Bytes) is not { } exif) continue;
            var facts = exif.Facts();
            day ??= facts.TakenOn;
            if (latitude is null) (latitude, longitude) = (facts.Latitude, facts.Longitude);
        }
        return new(day, latitude, longitude);
    }

    /// <summary>What is to be written over the file's bytes on their way out; empty when it says no place.</summary>
    public static IReadOnlyList<Patch> PlacePatches(Stream file)
    {
        var patches = new List<Patch>();
        foreach (var block in PhotoBlocks.Find(file))
        {
            var blanked = block.Bytes.ToArray();
            var changed = block.Kind switch
            {
                PhotoBlockKind.Exif => BlankExif(blanked),
                PhotoBlockKind.Xmp => Xmp.BlankPlace(blanked),
                _ => BlankText(blanked),
            };
            if (!changed) continue;
            patches.Add(new(block.Offset, blanked));
            if (block.IsPngChunk) patches.Add(new(block.Offset + blanked.Length, Png.Checksum(block.Type, blanked)));
        }
        return patches;
    }

    /// <summary>
    /// The small picture that the camera put into the photo, turned as the photo is; null where there is none, or where it
    /// speaks of itself, since it leaves the house as it is.
    /// </summary>
    public static byte[]? Preview(Stream file)
    {
        if (PhotoBlocks.Find(file).FirstOrDefault(block => block.Kind == PhotoBlockKind.Exif) is not { } block || Exif.Of(block.Bytes) is not { } exif) return null;
        var small = exif.Preview().Span;
        if (!small.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || small.IndexOf("Exif\0\0"u8) >= 0 || small.IndexOf("ns.adobe.com"u8) >= 0) return null;
        // A block of one entry: tag 0x0112, one short.
        byte[] held = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)exif.Orientation, 0, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(held.Length + 2), .. held, .. small[2..]];
    }

    static bool BlankExif(byte[] block)
    {
        if (Exif.Of(block) is not { } exif || exif.PlaceRanges() is not { Count: > 0 } ranges) return false;
        foreach (var (offset, length) in ranges) block.AsSpan(offset, length).Clear();
        return true;
    }

    /// <summary>A packed block inside a PNG's text: its keyword stays, what it packs becomes spaces, which readers take for no data.</summary>
    static bool BlankText(byte[] chunk)
    {
        var keyword = chunk.AsSpan().IndexOf((byte)0);
        if (keyword < 0) return false;
        chunk.AsSpan(keyword + 1).Fill((byte)' ');
        return true;
    }
}
