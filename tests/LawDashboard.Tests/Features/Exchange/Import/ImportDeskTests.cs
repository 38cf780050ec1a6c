using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Exchange.Import;

public sealed class ImportDeskTests
{
    static readonly WildSheet Sheet = new WildSheet("2025年").Row("法镇2025年普法宣传活动台账").Row("活动日期", "活动主题", "活动形式", "主办单位", "受众人数")
        .Row("3月5日", "宪法宣传", "讲座", "司法所", 30).Row("某天", "=1+1", "讲座", "司法所", 30).Merge("A1:E1");

    static async Task<ImportJob> ReceiveAsync(ImportBench bench, ImportDesk desk, string? ledger = null, byte[]? file = null) =>
        await desk.ReceiveAsync(bench.Recorder, "C:\\台账\\普法.xlsx", new MemoryStream(file ?? WildBook.Xlsx(Sheet)), ledger, "FZ", 2026, default);

    static async Task WaitAsync(ImportJob job)
    {
        for (var n = 0; n < 600 && job.Busy; n++) await Task.Delay(50);
        Assert.False(job.Busy, "The work did not end.");
    }

    [Fact]
    public async Task A_file_goes_from_upload_over_trial_to_import_and_knows_its_ledger_and_year()
    {
        await using var bench = await ImportBench.CreateAsync();
        var desk = bench.Bench.Get<ImportDesk>();
        var job = await ReceiveAsync(bench, desk);
        Assert.Equal(("publicity", 2025, "普法.xlsx", ImportStep.Columns), (job.Choices.Ledger, job.Choices.Year, job.Workbook.Name, job.Step));
        desk.Try(bench.Recorder, job);
        await WaitAsync(job);
        Assert.Equal((ImportStep.Preview, 1, 1), (job.Step, job.Trial!.Of(Fate.New), job.Trial.Of(Fate.Faulty)));
        Assert.Empty(await bench.EntriesAsync());
        desk.Import(bench.Recorder, job);
        await WaitAsync(job);
        Assert.Equal((ImportStep.Done, 1), (job.Step, job.Outcome!.Created));
        desk.Import(bench.Recorder, job);
        Assert.Single(await bench.EntriesAsync());
    }

    [Fact]
    public async Task A_restart_finds_the_file_and_what_was_chosen_and_nobody_else_does()
    {
        await using var bench = await ImportBench.CreateAsync();
        var job = await ReceiveAsync(bench, bench.Bench.Get<ImportDesk>(), "lectures");
        await bench.Bench.Get<ImportDesk>().LookAsync(bench.Recorder, job, job.Choices with { Ledger = "publicity", Year = 2024, Columns = new Dictionary<int, string> { [0] = "heldOn" } }, 2026);

        var restarted = ActivatorUtilities.CreateInstance<ImportDesk>(bench.Bench.Get<IServiceProvider>());
        Assert.Null(await restarted.FindAsync(bench.Bench.Person(Role.Reviewer, "FZ", 77), job.Id));
        Assert.Null(await restarted.FindAsync(bench.Recorder, "../../secret"));
        var found = (await restarted.FindAsync(bench.Recorder, job.Id))!;
        Assert.Equal(("publicity", 2024, 1), (found.Choices.Ledger, found.Choices.Year, found.Choices.Columns!.Count));

        // Cut off while it was written: as if nothing had been uploaded.
        await File.WriteAllTextAsync(Path.Combine(bench.Bench.Get<DatabaseSettings>().Folder, "imports", job.Id + ".json"), "{\"Owner\":");
        Assert.Null(await ActivatorUtilities.CreateInstance<ImportDesk>(bench.Bench.Get<IServiceProvider>()).FindAsync(bench.Recorder, job.Id));

        restarted.Discard(job.Id);
        Assert.Null(await restarted.FindAsync(bench.Recorder, job.Id));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_at_the_door_and_not_kept()
    {
        await using var bench = await ImportBench.CreateAsync();
        var desk = bench.Bench.Get<ImportDesk>();
        await Assert.ThrowsAsync<WorkbookException>(() => ReceiveAsync(bench, desk, "publicity", "%PDF-1.7"u8.ToArray()));
        var unknown = await Assert.ThrowsAsync<WorkbookException>(() => ReceiveAsync(bench, desk, null, WildBook.Xlsx(new WildSheet("x").Row("甲", "乙").Row("1", "2"))));
        Assert.Contains("请先选择台账", unknown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Bench.Get<LawDashboard.Data.DatabaseSettings>().Folder, "imports")));
    }

    [Fact]
    public async Task The_marked_workbook_has_every_cell_at_its_place_and_what_was_found_beside_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        var workbook = bench.Open(WildBook.Xlsx(Sheet));
        using var output = new MemoryStream();
        await MarkedWorkbook.WriteAsync(output, bench.Importer.MarkedAsync(bench.Recorder, workbook, ImportBench.Choices("publicity"), default), 2, 5, default);
        Assert.Empty(SheetReading.Findings(output.ToArray()));
        var rows = SheetReading.Read(output.ToArray()).Single().Rows;
        Assert.Equal(["活动日期", "活动主题", "活动形式", "主办单位", "受众人数", MarkedWorkbook.Heading], rows[1]);
        Assert.Equal(["某天", "=1+1"], rows[3].Take(2));
        Assert.StartsWith("A4：日期“某天”看不懂", (string)rows[3][5]!, StringComparison.Ordinal);
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(output.ToArray()), isEditable: false);
        Assert.Equal(1u, SheetReading.Cell(document, "A4").StyleIndex!.Value);
        Assert.Equal(0u, SheetReading.Cell(document, "B4").StyleIndex!.Value);

        // Mended there, it is taken as it is: the added column is no column of the ledger.
        var again = await bench.TryAsync(bench.Open(output.ToArray()), ImportBench.Choices("publicity"));
        Assert.Equal((1, 1, 5), (again.Of(Fate.New), again.Of(Fate.Faulty), again.Columns.Count));
    }
}
