using System.Text;
using LawDashboard.Features.Evidence;

namespace LawDashboard.Tests.Features.Evidence;

public sealed class PhotoTests
{
    const double Latitude = 33.0015, Longitude = 106.9372;

    static readonly string[] Kinds = ["jpeg", "jpeg big-endian", "png", "webp", "webp with heading", "heic", "second picture in a jpeg"];

    public static TheoryData<string> Containers => [.. Kinds];

    static byte[] File(string container, byte[] little, byte[] big) => container switch
    {
        "jpeg" => PhotoBuilder.Jpeg(little),
        "jpeg big-endian" => PhotoBuilder.Jpeg(big),
        "png" => PhotoBuilder.Png(little),
        "webp" => PhotoBuilder.Webp(little),
        "webp with heading" => PhotoBuilder.Webp([.. "Exif\0\0"u8, .. little]),
        "heic" => PhotoBuilder.Heic(little),
        _ => [.. PhotoBuilder.Jpeg(), .. PhotoBuilder.Jpeg(little)],
    };

    static byte[] File(string container) => File(container, PhotoBuilder.Exif("2026:11:20", Latitude, Longitude, mark: 77), PhotoBuilder.Exif("2026:11:20", Latitude, Longitude, little: false, mark: 77));

    [Theory, MemberData(nameof(Containers))]
    public void A_photo_says_when_and_where_it_was_taken(string container)
    {
        var facts = Photo.Read(new MemoryStream(File(container)));
        Assert.Equal(new DateOnly(2026, 11, 20), facts.TakenOn);
        Assert.Equal(Latitude, facts.Latitude!.Value, 4);
        Assert.Equal(Longitude, facts.Longitude!.Value, 4);
    }

    [Fact]
    public void A_list_shows_the_small_picture_that_the_camera_made_turned_as_the_photo_is()
    {
        var camera = PhotoBuilder.Jpeg();
        var small = Photo.Preview(new MemoryStream(PhotoBuilder.Jpeg(PhotoBuilder.ExifWithPreview(camera, orientation: 6))))!;
        Assert.Equal(camera[2..], small[^(camera.Length - 2)..]);
        // It reads as a JPEG whose only note is how it is to be turned.
        var block = small[(small.AsSpan().IndexOf("Exif\0\0"u8) + 6)..];
        Assert.Equal(6, Exif.Of(block)!.Value.Orientation);
        Assert.Equal(PhotoFacts.None, Photo.Read(new MemoryStream(small)));

        Assert.Null(Photo.Preview(new MemoryStream(PhotoBuilder.Jpeg())));
        Assert.Null(Photo.Preview(new MemoryStream(PhotoBuilder.Jpeg(PhotoBuilder.Exif("2026:11:20")))));
        var telling = PhotoBuilder.Jpeg(PhotoBuilder.Exif("2026:11:20", Latitude, Longitude));
        Assert.Null(Photo.Preview(new MemoryStream(PhotoBuilder.Jpeg(PhotoBuilder.ExifWithPreview(telling)))));
    }

    [Fact]
    public void A_damaged_small_picture_is_as_if_there_were_none()
    {
        var whole = PhotoBuilder.ExifWithPreview(PhotoBuilder.Jpeg());
        for (var cut = 0; cut < whole.Length; cut++)
            Assert.Null(Photo.Preview(new MemoryStream([0xFF, 0xD8, .. "Exif\0\0"u8, .. whole[..cut]])));
        var random = new Random(7);
        for (var n = 0; n < 2_000; n++)
        {
            var changed = whole.ToArray();
            for (var times = random.Next(1, 6); times > 0; times--) changed[random.Next(60)] = (byte)random.Next(256);
            _ = Photo.Preview(new MemoryStream(PhotoBuilder.Jpeg(changed)));
        }
    }

    [Theory, MemberData(nameof(Containers))]
    public void Without_its_place_the_file_is_the_same_byte_for_byte_elsewhere_and_says_the_day(string container)
    {
        var original = File(container);
        var stripped = Stripped(original);
        Assert.Equal(original.Length, stripped.Length);
        var facts = Photo.Read(new MemoryStream(stripped));
        Assert.Equal((new DateOnly(2026, 11, 20), null, null), (facts.TakenOn, facts.Latitude, facts.Longitude));
        // Only the directory of the place, its values and, in PNG, the checksum may differ.
        var changed = Enumerable.Range(0, original.Length).Where(at => original[at] != stripped[at]).ToList();
        Assert.InRange(changed.Count, 30, 130);
        Assert.Contains((byte)77, stripped);
    }

    [Fact]
    public void A_stripped_png_has_right_checksums()
    {
        var stripped = Stripped(PhotoBuilder.Png(PhotoBuilder.Exif("2026:11:20", Latitude, Longitude)));
        for (var at = 8; at < stripped.Length;)
        {
            var length = (stripped[at] << 24) | (stripped[at + 1] << 16) | (stripped[at + 2] << 8) | stripped[at + 3];
            Assert.Equal(PhotoBuilder.Checksum(stripped[(at + 4)..(at + 8 + length)]), stripped[(at + 8 + length)..(at + 12 + length)]);
            at += 12 + length;
        }
    }

    [Theory]
    [InlineData("<rdf:Description exif:GPSLatitude=\"33,0.09N\" exif:GPSLongitude='106,56.2E' xmp:Rating=\"5\"/>")]
    [InlineData("<exif:GPSLatitude>33,0.09N</exif:GPSLatitude><exif:GPSLongitude>106,56.2E</exif:GPSLongitude><xmp:Rating>5</xmp:Rating>")]
    public void A_place_in_xml_is_blanked_and_the_xml_stays(string inner)
    {
        var xmp = $"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{inner}</x:xmpmeta>";
        foreach (var file in (byte[][])[PhotoBuilder.Jpeg(xmp: xmp), PhotoBuilder.Png(null, ("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(xmp)]))])
        {
            var text = Encoding.Latin1.GetString(Stripped(file));
            Assert.DoesNotContain("33,0.09", text, StringComparison.Ordinal);
            Assert.DoesNotContain("106,56", text, StringComparison.Ordinal);
            Assert.Contains("Rating", text, StringComparison.Ordinal);
            Assert.Contains("</x:xmpmeta>", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Photos_without_notes_say_nothing_and_leave_as_they_are()
    {
        foreach (var file in (byte[][])[PhotoBuilder.Jpeg(), PhotoBuilder.Png(), [0xFF, 0xD8, 0xFF], [], PhotoBuilder.Jpeg(PhotoBuilder.Exif(null, 0, 0))])
        {
            var facts = Photo.Read(new MemoryStream(file));
            Assert.Equal((null, null), (facts.TakenOn, facts.Latitude));
        }
        Assert.Empty(Photo.PlacePatches(new MemoryStream(PhotoBuilder.Jpeg())));
    }

    [Fact]
    public void Damaged_photos_never_fail_nor_change_in_length()
    {
        var random = new Random(20261122);
        var sound = Kinds.Select(File).ToList();
        var rounds = TestScale.Of(4_000, 100_000);
        for (var round = 0; round < rounds; round++)
        {
            var file = (byte[])sound[round % sound.Count].Clone();
            for (var hit = random.Next(1, 12); hit > 0; hit--)
                file[random.Next(file.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            if (random.Next(4) == 0) file = file[..random.Next(file.Length)];
            var facts = Photo.Read(new MemoryStream(file));
            Assert.True(facts.Latitude is null or (>= -90 and <= 90) && facts.Longitude is null or (>= -180 and <= 180));
            foreach (var patch in Photo.PlacePatches(new MemoryStream(file)))
                Assert.InRange(patch.Offset, 0, file.Length);
            Assert.Equal(file.Length, Stripped(file).Length);
            _ = FileKind.Of(new MemoryStream(file));
        }
    }

    [Fact]
    public void A_range_of_a_stripped_file_is_the_same_part_of_the_whole()
    {
        var original = File("jpeg");
        var whole = Stripped(original);
        for (var from = 0; from < original.Length; from += 37)
        {
            using var stream = new PatchedStream(new MemoryStream(original), Photo.PlacePatches(new MemoryStream(original)));
            stream.Position = from;
            var part = new byte[Math.Min(53, original.Length - from)];
            stream.ReadExactly(part);
            Assert.Equal(whole[from..(from + part.Length)], part);
        }
    }

    static byte[] Stripped(byte[] file)
    {
        using var stream = new PatchedStream(new MemoryStream(file), Photo.PlacePatches(new MemoryStream(file)));
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
