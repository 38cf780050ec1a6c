using System.Diagnostics;
using LawDashboard.Features.Reports;

namespace LawDashboard.Tests.Features.Reports;

/// <summary>Runs only where LibreOffice and pdftotext are installed; elsewhere it is reported as skipped.</summary>
sealed class LibreOfficeFactAttribute : FactAttribute
{
    public const string Office = "/usr/bin/soffice";
    public const string PdfToText = "/usr/bin/pdftotext";

    public LibreOfficeFactAttribute()
    {
        if (!File.Exists(Office) || !File.Exists(PdfToText)) Skip = "LibreOffice (soffice) or pdftotext is not installed.";
    }
}

public sealed class OfficialDocumentRenderingTests
{
    [LibreOfficeFact]
    public async Task Another_program_opens_it_and_shows_every_section_22_lines_a_page_and_page_numbers()
    {
        var folder = Directory.CreateTempSubdirectory("lawdashboard-report-").FullName;
        try
        {
            var pages = await Render(folder);
            var text = string.Concat(pages).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            foreach (var section in (string[])["关于2026年度法治政府建设情况的报告", "一、年度重点工作", "（七）依法化解矛盾纠纷", "二、突出亮点", "三、存在的问题", "四、下一步工作计划", "2027年1月15日", "待补事项"])
                Assert.Contains(section, text, StringComparison.Ordinal);

            foreach (var (page, number) in pages.Select((page, i) => (page, i + 1)))
                Assert.Equal($"—{number}—", Lines(page)[^1].Replace(" ", "", StringComparison.Ordinal));
            // Full pages of text: the second and the third.
            Assert.All(pages[1..3], page => Assert.Equal(22, Lines(page).Length - 1));
            Assert.Contains(pages.SelectMany(Lines), line => line.Length == 28 && line.All(c => c > 0x7F) && char.IsLetter(line[^1]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string[] Lines(string page) => page.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static async Task<string[]> Render(string folder)
    {
        var docx = Path.Combine(folder, "report.docx");
        await using (var file = File.Create(docx))
            await OfficialDocument.WriteAsync(file, SampleReport.Draft(), new(ListMissing: true));
        // A profile of its own, so that a LibreOffice already open doesn't take the job.
        await Run(LibreOfficeFactAttribute.Office, $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, docx);
        await Run(LibreOfficeFactAttribute.PdfToText, "-layout", Path.Combine(folder, "report.pdf"), Path.Combine(folder, "report.txt"));
        return (await File.ReadAllTextAsync(Path.Combine(folder, "report.txt"))).Split('\f', StringSplitOptions.RemoveEmptyEntries);
    }

    static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        Assert.True(process.ExitCode == 0, await output + await error);
    }
}
