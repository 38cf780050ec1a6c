using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Exchange.Import;

/// <summary>
/// Every ledger that the program exports comes back as it was: exported, imported into an empty county, exported again, the
/// two files are the same, but for what is listed here:
/// the state (what is imported is submitted, or a draft where an unprinted field is required), the mark of late logging (补录), and with the state the number of a
/// complete draft, who filled the form and when (second line), the order of entries of one day, and fields that are asked
/// for only where an unprinted field says so: their texts go to the remarks.
/// </summary>
public sealed class RoundTripTests(Demonstration county) : IClassFixture<Demonstration>
{
    static readonly Person Clerk = Person.Machine with { Role = Role.Reviewer };

    /// <summary>Printed fields that depend on one that is not printed, and the remarks that take them.</summary>
    static readonly Dictionary<string, string[]> Dependent = new() { ["cases"] = ["当事人姓名", "当事人名称", "备注"], ["petitions"] = ["送达日期"] };

    public static IEnumerable<object[]> Ledgers => ImportBench.Definitions.Ledgers.Ledgers.Select(ledger => new object[] { ledger.Key });

    [Theory, MemberData(nameof(Ledgers))]
    public async Task An_exported_ledger_comes_back_as_it_was(string key)
    {
        var ledger = ImportBench.Definitions.Ledgers.Ledger(key)!;
        var first = await ExportAsync(county.Services, key);
        using var folder = new TemporaryFolder();
        await using (var empty = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder))
        {
            await empty.GetRequiredService<UnitDirectory>().AddAsync(ImportBench.Definitions.Units);
            var path = Path.Combine(folder.Path, "导出.xlsx");
            await File.WriteAllBytesAsync(path, first);
            var (workbook, importer) = (Workbook.Open(path, "导出.xlsx"), empty.GetRequiredService<Importer>());
            var choices = new ImportChoices { Ledger = key, Unit = "FZ", Submit = true, Similar = OnDuplicate.New };
            var trial = await importer.TryAsync(Clerk, workbook, choices, null, default);
            Assert.Equal([], trial.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{finding.Address} {finding.Read}: {finding.Message}"));
            var outcome = await importer.ImportAsync(Clerk, workbook, choices, trial, null, default);
            var (before, after) = (Rows(first, Dependent.GetValueOrDefault(key, [])), Rows(await ExportAsync(empty, key), Dependent.GetValueOrDefault(key, [])));
            Assert.Equal((before.Count, 0), (outcome.Created, outcome.RefusedCount));
            var unnumbered = before.Where(row => row.Serial.Length == 0).Select(row => row.Cells).ToHashSet();
            Assert.Equal(before.Select(row => $"{row.Serial} {row.Cells}").Order(StringComparer.Ordinal),
                after.Select(row => unnumbered.Contains(row.Cells) ? row with { Serial = "" } : row).Select(row => $"{row.Serial} {row.Cells}").Order(StringComparer.Ordinal));
        }
        SqliteConnection.ClearAllPools();
        Assert.NotEmpty(ledger.Fields);
    }

    static async Task<byte[]> ExportAsync(IServiceProvider services, string key)
    {
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync();
        var query = new EntryListState { Unit = "FZ", Year = 2026 }.ToQuery(Clerk, tree, ImportBench.Definitions.Ledgers.Ledger(key)!, services.GetRequiredService<IRowRules>(), 2026, out _)!;
        var file = await services.GetRequiredService<LedgerExport>().PrepareAsync(Clerk, query.Ledger!, query, "往返");
        using var output = new MemoryStream();
        await LedgerSheet.WriteAsync(output, file.Layout, file.Rows, default);
        return output.ToArray();
    }

    /// <summary>The rows of entries without running number, state, mark of late logging and the columns named.</summary>
    static List<(string Serial, string Cells)> Rows(byte[] file, string[] without)
    {
        var rows = new List<(string, string)>();
        foreach (var sheet in SheetReading.Read(file))
        {
            var kept = sheet.Rows[2].Index().Where(head => head.Index > 1 && head.Item is not ("审核状态" or "补录") && !without.Contains(head.Item)).Select(head => head.Index).ToList();
            rows.AddRange(sheet.Rows.Skip(3).Where(row => row[0] is double).Select(row => (Text(row[1]), string.Join(" | ", kept.Select(column => Text(row[column]))))));
        }
        return rows;
    }

    static string Text(object? cell) =>
        cell is DateTime day ? FieldValues.Iso(DateOnly.FromDateTime(day)) : Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
