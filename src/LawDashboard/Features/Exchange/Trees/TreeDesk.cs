using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Exchange.Trees;

/// <summary>A tree that was uploaded and is looked at before it is put into force.</summary>
sealed record TreeJob(string Id, int OwnerId, string FileName, TreeReading Reading)
{
    /// <summary>What was chosen so far, by row; null while the proposals stand as they are.</summary>
    public TreeChoices? Choices { get; init; }
}

/// <summary>By row of the sheet: by what a leaf is scored, and under which task a judged one stands.</summary>
sealed record TreeChoices(Dictionary<int, TreeSource> Sources, Dictionary<int, string> Tasks);

/// <summary>
/// Takes trees in. Nothing of them is in force before the administrator says so; until then the file and what was chosen for
/// it wait in <c>data/imports</c>, as imports of ledgers do, so that neither a restart nor another instance loses them.
/// </summary>
public sealed class TreeDesk(DatabaseSettings settings, IndicatorCatalog catalog, TimeProvider clock)
{
    const int MostRead = 20;
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    sealed record Slip(int Owner, string Name, TreeChoices? Choices);

    /// <summary>Files that were read; the file itself is what counts.</summary>
    readonly ConcurrentDictionary<string, TreeReading> readings = new(StringComparer.Ordinal);

    string Folder => Path.Combine(settings.Folder, "imports");
    string FileOf(string id) => Path.Combine(Folder, id + ".tree");
    string SlipOf(string id) => Path.Combine(Folder, id + ".tree-slip");

    /// <summary>Reads a file. Throws <see cref="WorkbookException"/> with a sentence for one that is none.</summary>
    internal async Task<TreeJob> ReceiveAsync(Person person, string name, Stream content, CancellationToken cancel)
    {
        CleanUp();
        Directory.CreateDirectory(Folder);
        var (id, shortName) = (Guid.NewGuid().ToString("N"), FileName.Sanitised(name));
        try
        {
            await using (var file = File.Create(FileOf(id))) await content.CopyToAsync(file, cancel);
            var reading = await ReadAsync(id, shortName, cancel);
            NoteFile.Write<Slip>(SlipOf(id), new(person.Id, shortName, null));
            return new(id, person.Id, shortName, reading);
        }
        catch
        {
            Discard(id);
            throw;
        }
    }

    /// <summary>The person's job by its id, also after a restart or on another instance; null when there is none.</summary>
    internal async Task<TreeJob?> FindAsync(Person person, string id, CancellationToken cancel = default)
    {
        if (!Guid.TryParseExact(id, "N", out _) || !File.Exists(FileOf(id)) || NoteFile.Read<Slip>(SlipOf(id)) is not { } slip || slip.Owner != person.Id) return null;
        return new(id, slip.Owner, slip.Name, await ReadAsync(id, slip.Name, cancel)) { Choices = slip.Choices };
    }

    /// <summary>Keeps what was chosen so far.</summary>
    internal void Keep(TreeJob job, TreeChoices choices) => NoteFile.Write<Slip>(SlipOf(job.Id), new(job.OwnerId, job.FileName, choices));

    internal void Discard(string id)
    {
        readings.TryRemove(id, out _);
        if (!Directory.Exists(Folder)) return;
        File.Delete(FileOf(id));
        File.Delete(SlipOf(id));
    }

    async Task<TreeReading> ReadAsync(string id, string name, CancellationToken cancel)
    {
        if (readings.TryGetValue(id, out var known)) return known;
        var reading = await Task.Run(() => new TreeReader(catalog).Read(Workbook.Open(FileOf(id), name), cancel), cancel);
        if (readings.Count >= MostRead) readings.Clear();
        return readings[id] = reading;
    }

    void CleanUp()
    {
        if (!Directory.Exists(Folder)) return;
        var limit = (clock.GetUtcNow() - Kept).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(Folder, "*.tree*"))
            if (File.GetLastWriteTimeUtc(file) < limit) File.Delete(file);
    }

    /// <summary>The leaves with what was chosen for each; null where something is not chosen yet.</summary>
    internal static IReadOnlyList<AssessmentLeaf>? Leaves(IndicatorCatalog catalog, TreeReading reading, IReadOnlyDictionary<int, TreeSource> chosen, IReadOnlyDictionary<int, string> tasks)
    {
        var leaves = new List<AssessmentLeaf>();
        foreach (var row in reading.Rows)
        {
            if (!chosen.TryGetValue(row.Row, out var source)) return null;
            var scoring = source.Kind is LeafSource.Judged ? null : row.Scoring ?? catalog.Indicator(source.Key)?.Rule ?? ScoringRule.Default(Direction.More);
            leaves.Add(new(row.First, row.Second, row.Name, row.Points, scoring, row.Evidence, source.Kind, source.Key, TaskOf(catalog, row, source, tasks)));
        }
        return leaves;
    }

    /// <summary>What is counted stands under the task of what counts it; what is judged under the one that was chosen, or that its first level names.</summary>
    internal static string TaskOf(IndicatorCatalog catalog, TreeRow row, TreeSource source, IReadOnlyDictionary<int, string> tasks) => source.Kind switch
    {
        LeafSource.Indicator => catalog.Indicator(source.Key)!.Task,
        LeafSource.Measure => catalog.Ledgers.Ledger(catalog.Measure(source.Key)!.Ledger)!.Task,
        _ => tasks.GetValueOrDefault(row.Row) ?? row.Task ?? catalog.JudgedIndicator(source.Key)?.Task ?? new SourceMatcher(catalog).TaskLike(row.First),
    };
}
