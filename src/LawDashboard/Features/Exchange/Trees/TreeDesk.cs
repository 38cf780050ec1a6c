using System.Collections.Concurrent;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Exchange.Trees;

/// <summary>A tree that was uploaded and is looked at before it is put into force; kept in memory only.</summary>
sealed record TreeJob(string Id, int OwnerId, string FileName, TreeReading Reading, DateTimeOffset At);

/// <summary>Takes trees in. Nothing of them is stored before the administrator says so.</summary>
public sealed class TreeDesk(DatabaseSettings settings, IndicatorCatalog catalog, TimeProvider clock)
{
    const int MostJobs = 20;
    static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    readonly ConcurrentDictionary<string, TreeJob> jobs = new(StringComparer.Ordinal);

    /// <summary>Reads a file. Throws <see cref="WorkbookException"/> with a sentence for one that is none.</summary>
    internal async Task<TreeJob> ReceiveAsync(Person person, string name, Stream content, CancellationToken cancel)
    {
        foreach (var old in jobs.Values.OrderByDescending(job => job.At).Where((job, at) => at >= MostJobs || clock.GetUtcNow() - job.At > Kept).ToList()) jobs.TryRemove(old.Id, out _);
        var folder = Path.Combine(settings.Folder, "imports");
        Directory.CreateDirectory(folder);
        var (id, shortName) = (Guid.NewGuid().ToString("N"), string.Concat(name.Split('/', '\\')[^1].Where(c => !char.IsControl(c))));
        var path = Path.Combine(folder, id + ".tree");
        try
        {
            await using (var file = File.Create(path)) await content.CopyToAsync(file, cancel);
            var reading = await Task.Run(() => new TreeReader(catalog).Read(Workbook.Open(path, shortName), cancel), cancel);
            return jobs[id] = new(id, person.Id, shortName, reading, clock.GetUtcNow());
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal TreeJob? Find(Person person, string id) => jobs.GetValueOrDefault(id) is { } job && job.OwnerId == person.Id ? job : null;

    internal void Discard(string id) => jobs.TryRemove(id, out _);

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
