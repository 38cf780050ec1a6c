
namespace LawDashboard.Tests.Support;

/// <summary>A fact that opens a document with LibreOffice; shown as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficeFactAttribute : FactAttribute
{
    public OfficeFactAttribute()
    {
        if (Office.Missing is { } reason) Skip = reason;
    }
}

/// <summary>A theory that opens documents with LibreOffice; shown as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfficeTheoryAttribute : TheoryAttribute
{
    public OfficeTheoryAttribute()
    {
        if (Office.Missing is { } reason) Skip = reason;
    }
}

/// <summary>
/// LibreOffice and poppler: programs that we did not write and that must be able to open what we write. One conversion
/// runs at a time, in a profile that no other office session uses.
/// </summary>
public static class Office
{
    static readonly string? Soffice = Programs.Find("soffice", "libreoffice");
    static readonly string? PdfToText = Programs.Find("pdftotext");
    static readonly string? PdfToPpm = Programs.Find("pdftoppm");
    static readonly SemaphoreSlim Turn = new(1, 1);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Why documents cannot be opened here; null when they can.</summary>
    public static string? Missing =>
        Soffice is null ? "soffice is not installed (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)."
        : PdfToText is null || PdfToPpm is null ? "pdftotext or pdftoppm is not installed (Debian: poppler-utils)."
        : null;

    /// <summary>The document as PDF, put beside it under the same name. Throws when LibreOffice cannot open it.</summary>
    public static Task<string> ToPdfAsync(string file) => ConvertAsync(file, "pdf");

    /// <summary>The text of the printed pages, laid out as on paper. Gaps read as spaces: see <see cref="WithoutGaps"/>.</summary>
    public static async Task<string> ToTextAsync(string file)
    {
        var pdf = await ToPdfAsync(file);
        return (await Programs.RunAsync(PdfToText!, ["-layout", "-enc", "UTF-8", pdf, "-"], Patience)).Required().Output;
    }

    /// <summary>
    /// The text without any white space. LibreOffice sets a gap between Chinese and digits, which reads as a space that
    /// nobody typed, and breaks lines where the paper ends.
    /// </summary>
    public static string WithoutGaps(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>The printed pages as PNG files beside the document, in order.</summary>
    public static async Task<IReadOnlyList<string>> ToImagesAsync(string file, int dotsPerInch = 70)
    {
        var pdf = await ToPdfAsync(file);
        var prefix = Path.ChangeExtension(pdf, null) + "-page";
        (await Programs.RunAsync(PdfToPpm!, ["-png", "-r", $"{dotsPerInch}", pdf, prefix], Patience)).Required();
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(pdf)!, Path.GetFileName(prefix) + "*.png").Order(StringComparer.Ordinal)];
    }

    /// <summary>The document as LibreOffice saves it again in its own format, in a folder <c>resaved</c> beside it.</summary>
    public static async Task<string> ResaveAsync(string file)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "resaved")).FullName;
        return await ConvertAsync(file, Path.GetExtension(file).TrimStart('.'), folder);
    }

    /// <summary>
    /// The document in another format that LibreOffice writes: an ending such as <c>pdf</c> or <c>csv</c>. The result lies
    /// beside the document.
    /// </summary>
    public static Task<string> ConvertAsync(string file, string ending) => ConvertAsync(file, ending, Path.GetDirectoryName(Path.GetFullPath(file))!);

    static async Task<string> ConvertAsync(string file, string ending, string folder)
    {
        if (Missing is { } reason) throw new InvalidOperationException(reason);
        using var profile = new TemporaryFolder();
        var result = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(file), ending));
        File.Delete(result);
        await Turn.WaitAsync();
        try
        {
            var outcome = await Programs.RunAsync(
                Soffice!, [$"-env:UserInstallation={new Uri(profile.Path)}", "--headless", "--norestore", "--convert-to", ending, "--outdir", folder, file], Patience);
            // LibreOffice ends well even when it could open nothing: only the file counts.
            return File.Exists(result) ? result : throw new InvalidOperationException(
                $"LibreOffice did not turn {file} into {ending}: {outcome.Output}{outcome.Errors}");
        }
        finally
        {
            Turn.Release();
        }
    }
}
