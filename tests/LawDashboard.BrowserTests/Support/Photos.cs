using System.Security.Cryptography;
using Microsoft.Playwright;

namespace LawDashboard.BrowserTests.Support;

/// <summary>Pictures as a phone takes them: small ones that a browser shows, made longer where an upload is to take its time.</summary>
static class Photos
{
    /// <summary>A grey square of 8 × 8 pixels as JPEG.</summary>
    static readonly byte[] Square = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AKoAP//Z");

    /// <param name="kind">Tells one picture from another.</param>
    /// <param name="size">At least so many bytes; what a JPEG has after its end, viewers ignore.</param>
    public static FilePayload File(string name, int kind, int size = 0) => new() { Name = name, MimeType = "image/jpeg", Buffer = Bytes(kind, size) };

    public static byte[] Bytes(int kind, int size)
    {
        var more = new byte[Math.Max(size - Square.Length, 4)];
        new Random(kind).NextBytes(more);
        return [.. Square, .. more];
    }

    public static string Sha256(FilePayload file) => Convert.ToHexStringLower(SHA256.HashData(file.Buffer));
}
