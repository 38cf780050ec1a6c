using System.Text;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Evidence;

/// <summary>The XML that some programs add to a photo (XMP). A place stands in it as exif:GPSLatitude and its like.</summary>
static partial class Xmp
{
    /// <summary>Writes spaces over whatever speaks of a place; the XML stays well formed. False when nothing did.</summary>
    public static bool BlankPlace(byte[] packet)
    {
        if (packet.AsSpan().IndexOf("GPS"u8) < 0) return false;
        var changed = false;
        // Latin-1 has one character a byte, so positions in the text are positions in the packet.
        foreach (var match in Place().EnumerateMatches(Encoding.Latin1.GetString(packet)))
        {
            packet.AsSpan(match.Index, match.Length).Fill((byte)' ');
            changed = true;
        }
        return changed;
    }

    [GeneratedRegex("""\w+:GPS\w+\s*=\s*(?:"[^"<]*"|'[^'<]*')|<\w+:GPS\w+[^<>]*/>|<\w+:GPS\w+[^<>]*>[^<]*</\w+:GPS\w+\s*>""", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
