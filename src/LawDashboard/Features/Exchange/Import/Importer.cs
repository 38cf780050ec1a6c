using System.Threading.Channels;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Batches;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Ledgers.Review;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>What an import did: the batch, and rows that were refused after all because the ledger changed since the trial.</summary>
sealed record ImportOutcome(EntryBatch? Batch, int Created, int Changed, int Unchanged, ImportReport Report, IReadOnlyList<BatchError> Refused, int RefusedCount);

/// <summary>Takes an old Excel file over into a ledger: a trial that only looks, and the import in one transaction.</summary>
public sealed class Importer(
    ImportFiles files, EntryBatches batches, LedgerCatalog catalog, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    public const string Kind = "import";

    /// <summary>Rows read ahead of those being written.</summary>
    const int Ahead = 8_000;

    /// <summary>Reads the whole file and says what an import would do; nothing is written.</summary>
    internal async Task<ImportReport> TryAsync(Person person, Workbook workbook, ImportChoices choices, IProgress<int>? progress, CancellationToken cancel)
    {
        var (ledger, unit, tree) = await AskedAsync(person, choices, cancel);
        var (reader, view) = await files.ReaderAsync(workbook, choices, ledger, unit, cancel);
        var report = new ImportReport { Columns = [.. reader.Columns] };
        using var reading = workbook.Read(choices.Sheet);
        var plan = await PlanAsync(person, ledger, unit, tree, reader, choices, cancel);
        await foreach (var row in plan.RowsAsync(ImportFiles.Rows(reading, view.Head!, cancel), cancel))
        {
            report.Add(row, ledger);
            if (report.Total % 1_000 == 0) progress?.Report(report.Total);
        }
        return report;
    }

    /// <summary>Imports what a trial with the same choices said it would, as one batch.</summary>
    internal async Task<ImportOutcome> ImportAsync(
        Person person, Workbook workbook, ImportChoices choices, ImportReport trial, IProgress<int>? progress, CancellationToken cancel)
    {
        var (ledger, unit, tree) = await AskedAsync(person, choices, cancel);
        var (reader, view) = await files.ReaderAsync(workbook, choices, ledger, unit, cancel);
        var plan = await PlanAsync(person, ledger, unit, tree, reader, choices, cancel);
        var report = new ImportReport { Columns = [.. reader.Columns] };
        // One side reads the file, the other writes; the channel holds the faster side back.
        var channel = Channel.CreateBounded<BatchEdit>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var producing = Task.Run(() => ProduceAsync(channel.Writer, stop.Token), CancellationToken.None);
        var request = new BatchRequest(Kind, $"导入“{workbook.Name}”" + (workbook.Sheets.Count > 1 ? $"的工作表“{view.Sheet.Name}”" : ""), ledger, unit)
        {
            SkipFaulty = true, CreateAction = "import", BroughtNumbers = trial.Numbers,
        };
        try
        {
            var outcome = await batches.RunAsync(person, request, channel.Reader.ReadAllAsync(stop.Token), progress, cancel);
            await producing;
            if (outcome.Batch is not null) await files.RememberAsync(ledger.Key, view.Fingerprint, choices.Columns ?? ImportFiles.Mapping(view), person.Name, cancel);
            return new(outcome.Batch, outcome.Created, outcome.Changed, outcome.Unchanged, report, outcome.Errors, outcome.Faulty);
        }
        finally
        {
            await stop.CancelAsync();
            // Whatever stopped the writing is the reason to tell; the reading side only follows it.
            await producing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        async Task ProduceAsync(ChannelWriter<BatchEdit> edits, CancellationToken stopped)
        {
            try
            {
                using var reading = workbook.Read(choices.Sheet);
                await foreach (var row in plan.RowsAsync(ImportFiles.Rows(reading, view.Head!, stopped), stopped))
                {
                    report.Add(row, ledger);
                    if (row.Edit is { } edit) await edits.WriteAsync(edit, stopped);
                }
                edits.Complete();
            }
            catch (Exception e)
            {
                edits.Complete(e);
            }
        }
    }

    /// <summary>Every row of the sheet with what was found at it, for the marked workbook.</summary>
    internal async IAsyncEnumerable<(SheetRow Row, IReadOnlyList<Finding> Findings)> MarkedAsync(
        Person person, Workbook workbook, ImportChoices choices, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (ledger, unit, tree) = await AskedAsync(person, choices, cancel);
        var (reader, view) = await files.ReaderAsync(workbook, choices, ledger, unit, cancel);
        using (var head = workbook.Read(choices.Sheet))
            foreach (var row in head.Rows(cancel).TakeWhile(row => row.Number <= view.Head!.LastRow)) yield return (row, []);
        using var reading = workbook.Read(choices.Sheet);
        var plan = await PlanAsync(person, ledger, unit, tree, reader, choices, cancel);
        await foreach (var row in plan.RowsAsync(ImportFiles.Rows(reading, view.Head!, cancel), cancel))
            yield return (row.Row.Source, row.Row.Findings);
    }

    async Task<ImportPlan> PlanAsync(Person person, LedgerDefinition ledger, Unit unit, UnitTree tree, RowReader reader, ImportChoices choices, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var periods = await PeriodBook.ReadAsync(db, tree, ChinaTime.Today(clock), cancel: cancel);
        return new(contexts, person, ledger, unit, tree, new(catalog, tree), reader, periods, choices);
    }

    async Task<(LedgerDefinition, Unit, UnitTree)> AskedAsync(Person person, ImportChoices choices, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        var ledger = catalog.Ledger(choices.Ledger) ?? throw new WorkbookException("请选择要导入的台账");
        var unit = tree.Find(choices.Unit);
        if (unit is null || !person.Sees(tree, unit)) throw new WorkbookException("请选择您所在单位或其下级单位");
        return person.CanRecord ? (ledger, unit, tree) : throw new WorkbookException($"{Person.Label(person.Role)}不能登记台账，也不能导入");
    }
}
