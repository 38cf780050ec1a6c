using System.IO.Compression;
using LawDashboard.Features.Evidence;

namespace LawDashboard.Tests.Features.Evidence;

public sealed class FileKindTests
{
    [Fact]
    public void The_content_decides_what_a_file_is()
    {
        Assert.Equal("jpeg", Kind(PhotoBuilder.Jpeg()));
        Assert.Equal("png", Kind(PhotoBuilder.Png()));
        Assert.Equal("webp", Kind(PhotoBuilder.Webp([])));
        Assert.Equal("heic", Kind(PhotoBuilder.Heic([])));
        Assert.Equal("pdf", Kind([.. "%PDF-1.7\n"u8]));
        Assert.Equal("mp4", Kind([0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0]));
        Assert.Equal("docx", Kind(Zip("[Content_Types].xml", "word/document.xml")));
        Assert.Equal("xlsx", Kind(Zip("[Content_Types].xml", "xl/workbook.xml")));
        Assert.Equal("doc", Kind(Compound("WordDocument")));
        Assert.Equal("xls", Kind(Compound("Workbook")));
    }

    [Fact]
    public void What_only_pretends_is_refused()
    {
        Assert.Null(Kind(Zip("word/evil.exe")));
        Assert.Null(Kind([.. "PK\u0003\u0004"u8, 1, 2, 3]));
        Assert.Null(Kind([.. "<html><script>alert(1)</script>"u8]));
        Assert.Null(Kind([.. "MZ"u8, 0x90, 0]));
        Assert.Null(Kind(Compound("PowerPoint Document")));
        Assert.Null(Kind([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]));
        Assert.Null(Kind([1]));
        // A document with macros, whatever it is called: by its part, or by what its list of parts says of it.
        Assert.Null(Kind(Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")));
        Assert.Null(Kind(Zip("[Content_Types].xml=application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml")));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\照片\\现场 1.jpg", "现场 1.jpg")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("坏:名*字?.jpg", "坏名字.jpg")]
    [InlineData("...", "未命名")]
    [InlineData("\r\nSet-Cookie: x.jpg", "Set-Cookie x.jpg")]
    public void Names_keep_only_what_is_harmless(string given, string kept) => Assert.Equal(kept, FileName.Sanitised(given));

    static string? Kind(byte[] file) => FileKind.Of(new MemoryStream(file))?.Key;

    static byte[] Zip(params string[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in parts.Select(part => part.Split('=')))
            {
                using var writer = new StreamWriter(zip.CreateEntry(part[0]).Open());
                if (part.Length > 1) writer.Write(part[1]);
            }
        return stream.ToArray();
    }

    static byte[] Compound(string name)
    {
        var file = new byte[2048];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file, 0);
        file[30] = 9;
        file[48] = 1;
        System.Text.Encoding.Unicode.GetBytes(name).CopyTo(file, 1024 + 128);
        return file;
    }
}
