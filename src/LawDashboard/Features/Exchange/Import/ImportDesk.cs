using System.Collections.Concurrent;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>
/// Keeps uploaded files in <c>data/imports</c> until they are imported, and does the work on them in the background, so that
/// a lost connection loses nothing: the page's address leads back to the file and what was chosen for it.
/// </summary>
public sealed class ImportDesk(
    DatabaseSettings settings, ImportFiles files, Importer importer, LedgerCatalog catalog, UnitDirectory units, TimeProvider clock, ILogger<ImportDesk> logger)
{
    /// <summary>A file that nobody imports is deleted after so long: it may hold personal data.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    readonly ConcurrentDictionary<string, ImportJob> jobs = new(StringComparer.Ordinal);
    /// <summary>Reading takes a whole core; more at once would only slow the pages down.</summary>
    readonly SemaphoreSlim turns = new(2, 2);

    string Folder => Path.Combine(settings.Folder, "imports");

    sealed record Slip(int Owner, string Name, ImportChoices Choices);

    /// <summary>Takes a file in and looks at it. Throws <see cref="WorkbookException"/> with a sentence for one that cannot be read.</summary>
    /// <param name="ledger">Key of the ledger; empty to go by what the file's title says.</param>
    public async Task<ImportJob> ReceiveAsync(Person person, string name, Stream content, string? ledger, string? unit, int year, CancellationToken cancel)
    {
        CleanUp();
        var id = Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(Folder);
        try
        {
            await using (var file = File.Create(FileOf(id))) await content.CopyToAsync(file, cancel);
            var workbook = await Task.Run(() => Workbook.Open(FileOf(id), FileName.Sanitised(name)), cancel);
            var tree = await units.TreeAsync(cancel);
            var chosen = catalog.Ledger(ledger) ?? await Task.Run(() => files.Guess(workbook, cancel), cancel) ?? throw new WorkbookException("从文件里看不出是哪本台账，请先选择台账");
            var of = tree.Find(unit) is { } asked && person.Sees(tree, asked) ? asked : person.Tops(tree).First();
            var choices = new ImportChoices { Ledger = chosen.Key, Unit = of.Code, Sheet = ImportFiles.FirstSheet(workbook), Submit = ImportChoices.SubmitByDefault(person) };
            var job = jobs[id] = new(id, person.Id, workbook, choices);
            await LookAsync(person, job, choices, year, cancel);
            return job;
        }
        catch
        {
            Discard(id);
            throw;
        }
    }

    /// <summary>The person's job by its id, also after a restart; null when there is none.</summary>
    public async Task<ImportJob?> FindAsync(Person person, string id, CancellationToken cancel = default)
    {
        if (!Guid.TryParseExact(id, "N", out _)) return null;
        if (jobs.TryGetValue(id, out var known)) return known.OwnerId == person.Id ? known : null;
        if (!File.Exists(FileOf(id)) || !File.Exists(SlipOf(id))) return null;
        var slip = JsonSerializer.Deserialize<Slip>(await File.ReadAllTextAsync(SlipOf(id), cancel));
        if (slip is null || slip.Owner != person.Id) return null;
        var workbook = await Task.Run(() => Workbook.Open(FileOf(id), slip.Name), cancel);
        var job = new ImportJob(id, person.Id, workbook, slip.Choices);
        await LookAsync(person, job, slip.Choices, slip.Choices.Year, cancel);
        return jobs.GetOrAdd(id, job);
    }

    /// <summary>Looks at another sheet, or for another ledger or unit; columns are matched anew unless the choices name them.</summary>
    public async Task LookAsync(Person person, ImportJob job, ImportChoices choices, int year, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (catalog.Ledger(choices.Ledger) is not { } ledger || tree.Find(choices.Unit) is not { } unit || !person.Sees(tree, unit)) return;
        var view = await Task.Run(() => files.ViewAsync(job.Workbook, choices.Sheet, ledger, unit, year, cancel), cancel);
        // The sheet's own year stands until the person says another.
        var chosen = choices with { Year = choices.Year > 0 ? choices.Year : view.Head?.Year ?? year, Columns = choices.Columns ?? ImportFiles.Mapping(view) };
        job.Look(view, chosen);
        await NoteAsync(job, cancel);
    }

    /// <summary>Reads the whole file in the background and says what an import would do.</summary>
    public void Try(Person person, ImportJob job) => Start(job, ImportStep.Trying, async cancel =>
    {
        await NoteAsync(job, cancel);
        job.Tried(await importer.TryAsync(person, job.Workbook, job.Choices, job, cancel));
    });

    /// <summary>Imports in the background what the trial showed.</summary>
    public void Import(Person person, ImportJob job) => Start(job, ImportStep.Importing, async cancel =>
    {
        job.Imported(await importer.ImportAsync(person, job.Workbook, job.Choices, job.Trial!, job, cancel));
        File.Delete(SlipOf(job.Id));
    });

    /// <summary>Forgets a job and its file.</summary>
    public void Discard(string id)
    {
        if (jobs.TryRemove(id, out var job)) job.Stop();
        File.Delete(FileOf(id));
        File.Delete(SlipOf(id));
    }

    void Start(ImportJob job, ImportStep step, Func<CancellationToken, Task> work)
    {
        if (job.Begin(step) is not { } cancel) return;
        _ = Task.Run(async () =>
        {
            try
            {
                await turns.WaitAsync(cancel);
                try { await work(cancel); }
                finally { turns.Release(); }
            }
            catch (WorkbookException e) { job.Fail(e.Message); }
            catch (OperationCanceledException) { job.Fail("已停止，没有导入任何内容"); }
            // The last door of work that nobody waits for: the person gets a sentence, the log what happened.
            catch (Exception e)
            {
                logger.LogError(e, "Import {Job} failed", job.Id);
                job.Fail($"没有完成，什么也没有导入（参考号 {job.Id[..8]}）；请重试，仍不行请把参考号告诉管理员");
            }
        }, CancellationToken.None);
    }

    async Task NoteAsync(ImportJob job, CancellationToken cancel) =>
        await File.WriteAllTextAsync(SlipOf(job.Id), JsonSerializer.Serialize(new Slip(job.OwnerId, job.Workbook.Name, job.Choices)), cancel);

    void CleanUp()
    {
        if (!Directory.Exists(Folder)) return;
        var limit = (clock.GetUtcNow() - Kept).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(Folder))
            if (File.GetLastWriteTimeUtc(file) < limit) Discard(Path.GetFileNameWithoutExtension(file));
    }

    string FileOf(string id) => Path.Combine(Folder, id + ".file");
    string SlipOf(string id) => Path.Combine(Folder, id + ".json");
}
