using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>
/// Puts into force what the county decided about its measures and keeps in the database: at start, after a change, and when
/// another process has made one.
/// </summary>
public sealed class LocalDefinitions(IDbContextFactory<AppDbContext> contexts, IndicatorCatalog catalog, TallyRules rules, UnitDirectory units, UnitYears years)
{
    readonly Lock gate = new();
    int loaded;

    /// <summary>Changed measures that no longer fit the shipped ledgers and are therefore not in force, with the reasons.</summary>
    public IReadOnlyDictionary<string, string> Unusable { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads what is in force; before tallies are made or read.</summary>
    public async Task LoadAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await LoadAsync(db, cancel);
    }

    /// <summary>The same within a transaction: whoever writes after it counts by the new rules.</summary>
    internal async Task LoadAsync(AppDbContext db, CancellationToken cancel)
    {
        var newest = db.MeasureRevisions.GroupBy(r => r.MeasureKey).Select(group => group.Max(r => r.Id));
        var revisions = await db.MeasureRevisions.AsNoTracking().Where(r => newest.Contains(r.Id)).ToListAsync(cancel);
        var (changed, unusable) = (new List<MeasureDefinition>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var revision in revisions.Where(revision => revision.Definition is not null))
        {
            var problems = revision.Read() is not { } measure ? ["定义读不出来"]
                : catalog.Shipped(measure.Key) is not { } shipped || shipped.Ledger != measure.Ledger ? ["程序中已没有这个口径"]
                : IndicatorCatalog.Problems(measure, catalog.Ledgers).ToList();
            if (problems.Count == 0) changed.Add(revision.Read()!);
            else unusable[revision.MeasureKey] = string.Join("；", problems);
        }
        lock (gate)
        {
            loaded = revisions.Select(revision => revision.Id).DefaultIfEmpty().Max();
            Unusable = unusable;
            catalog.Use(changed, []);
        }
    }

    /// <summary>Takes over what another process changed; called before an entry is counted, in its transaction.</summary>
    internal async Task FollowAsync(AppDbContext db, CancellationToken cancel)
    {
        if (await db.MeasureRevisions.MaxAsync(r => (int?)r.Id, cancel) is { } newest && newest != loaded) await LoadAsync(db, cancel);
    }

    /// <summary>Brings tallies and open pages in line after a change was stored.</summary>
    internal async Task ApplyAsync(CancellationToken cancel)
    {
        await rules.ApplyAsync(cancel);
        foreach (var unit in (await units.TreeAsync(cancel)).All) years.Renew(unit);
    }
}

/// <summary>Sees, before an entry is counted, whether another process has changed how; it stands before <see cref="TallyKeeper"/>.</summary>
sealed class LocalDefinitionsFollower(LocalDefinitions local) : IEntryListener
{
    public Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel) => local.FollowAsync(db, cancel);
}
