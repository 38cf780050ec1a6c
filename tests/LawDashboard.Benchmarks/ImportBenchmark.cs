using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Benchmarks;

/// <summary>
/// Taking over an Excel ledger of 100,000 rows: read, checked, numbered, audited, tallied, in one transaction on SQLite; and
/// undoing it. The heap is what lives at its height above what lived before.
/// </summary>
static class ImportBenchmark
{
    const int Rows = 100_000;

    public static async IAsyncEnumerable<BenchmarkLine> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lawdashboard-import-").FullName;
        try
        {
            var seed = Path.Combine(AppContext.BaseDirectory, "seed-data");
            var definitions = Definitions.Load(seed);
            await using var services = new ServiceCollection().AddLogging().AddLawDashboard(new(new DatabaseSettings(folder), seed), definitions).BuildServiceProvider();
            await services.PrepareAsync();
            await services.GetRequiredService<UnitDirectory>().AddAsync(definitions.Units);
            var person = Person.Machine with { Role = Role.Reviewer };
            // The first rows pay for compiling; an office imports more than one file a day.
            await ImportAsync(services, person, await WriteAsync(folder, 2_000, 2024), 2024);

            var file = await WriteAsync(folder, Rows, 2025);
            var (importer, workbook, choices) = (services.GetRequiredService<Importer>(), Workbook.Open(file, "旧台账.xlsx"), Choices(2025));
            ImportReport? trial = null;
            var trying = await Measured.OnceAsync(async () => trial = await importer.TryAsync(person, workbook, choices, null, default));
            yield return new($"Trial of an Excel ledger of {Rows:#,##0} rows", Rows / trying.Milliseconds * 1_000, "rows/s");

            ImportOutcome? outcome = null;
            var (heap, cpu) = (new HeapWatch(), Environment.CpuUsage.TotalTime);
            var importing = await Measured.OnceAsync(async () => outcome = await importer.ImportAsync(person, workbook, choices, trial!, null, default));
            var height = heap.Height();
            if (outcome!.Created != Rows) throw new InvalidOperationException($"{outcome.Created} rows were imported.");
            yield return new($"Import of {Rows:#,##0} rows with serial numbers, audit and tallies", Rows / importing.Milliseconds * 1_000, "rows/s", Rows / importing.Milliseconds * 1_000 / 5_000, "at least 5,000 rows/s", 1);
            // Says on a busy machine what an idle one would do.
            yield return new("Processor time of that import", (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, "s");
            yield return new("Heap at its height while importing", height / 1e6, "MB");

            var undoing = await Measured.OnceAsync(async () =>
            {
                if (await services.GetRequiredService<EntryBatches>().UndoAsync(person, outcome.Batch!.Id) is not UndoOutcome.Done { Removed: Rows }) throw new InvalidOperationException("The import was not undone.");
            });
            yield return new($"Undoing an import of {Rows:#,##0} rows", Rows / undoing.Milliseconds * 1_000, "rows/s");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    static ImportChoices Choices(int year) => new() { Ledger = "publicity", Unit = "FZ", Year = year, Submit = true, Similar = OnDuplicate.New };

    static async Task ImportAsync(IServiceProvider services, Person person, string file, int year)
    {
        var (importer, workbook) = (services.GetRequiredService<Importer>(), Workbook.Open(file, "旧台账.xlsx"));
        await importer.ImportAsync(person, workbook, Choices(year), await importer.TryAsync(person, workbook, Choices(year), null, default), null, default);
    }

    static async Task<string> WriteAsync(string folder, int rows, int year)
    {
        var file = Path.Combine(folder, FormattableString.Invariant($"{year}.xlsx"));
        SheetColumn[] columns =
        [
            new("所属村", 12, SheetCellKind.Text), new("活动日期", 12, SheetCellKind.Date), new("宣传节点", 10, SheetCellKind.Text), new("活动主题", 20, SheetCellKind.Text), new("活动形式", 10, SheetCellKind.Text),
            new("地点", 12, SheetCellKind.Text), new("主办单位", 12, SheetCellKind.Text), new("宣讲人", 10, SheetCellKind.Text), new("宣传法律法规", 16, SheetCellKind.Text), new("受众人数", 8, SheetCellKind.Integer),
            new("发放资料", 8, SheetCellKind.Integer), new("横幅标语", 8, SheetCellKind.Integer), new("展板", 8, SheetCellKind.Integer), new("解答咨询", 8, SheetCellKind.Text), new("备注", 20, SheetCellKind.Text),
        ];
        await using var output = File.Create(file);
        await LedgerSheet.WriteAsync(output, new("普法", $"法镇{year}年度普法宣传活动台账", ["填报单位：法镇人民政府"], columns), Lines(), default);
        return file;

        async IAsyncEnumerable<object?[]> Lines()
        {
            await Task.CompletedTask;
            for (var n = 0; n < rows; n++)
                yield return
                [
                    n % 2 == 0 ? "法镇社区" : null, new DateOnly(year, 1 + n % 12, 1 + n % 28), n % 3 == 0 ? "日常" : null, $"宪法和民法典宣传第{n}场", n % 2 == 0 ? "集中宣传" : "讲座",
                    "村委会院坝", "司法所", "样例", "宪法、民法典", 20 + n % 100, n % 300, n % 5, n % 7, $"{n % 20}人", n % 10 == 0 ? "赶集日开展" : null,
                ];
        }
    }

    /// <summary>Looks at the live heap now and then.</summary>
    sealed class HeapWatch
    {
        readonly long before = GC.GetTotalMemory(forceFullCollection: true);
        readonly Timer timer;
        long most;

        public HeapWatch() => timer = new(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20);

        public long Height()
        {
            timer.Dispose();
            return most - before;
        }
    }
}
