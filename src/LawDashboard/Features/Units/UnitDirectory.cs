using LawDashboard.Data;
using LawDashboard.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Units;

/// <summary>A unit as written in <c>seed-data/units.json</c>.</summary>
public sealed record UnitSeed(string Code, string Name, UnitKind Kind, string? Parent = null, int? Population = null);

/// <summary>Reads and changes the unit tree; keeps the last snapshot for all readers.</summary>
public sealed class UnitDirectory(IDbContextFactory<AppDbContext> contexts)
{
    readonly Lock keeping = new();
    volatile UnitTree? snapshot;
    int changes;

    /// <summary>Units were added or renamed here; for whoever passes it on to other instances.</summary>
    public event Action? Changed;

    /// <summary>Units changed, here or in another instance: the tree is read again when next asked for.</summary>
    public void Forget()
    {
        lock (keeping) (snapshot, changes) = (null, changes + 1);
    }

    /// <summary>The tree; read from the database once and after every change.</summary>
    public async ValueTask<UnitTree> TreeAsync(CancellationToken cancel = default)
    {
        if (snapshot is { } tree) return tree;
        var asked = Volatile.Read(ref changes);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var read = new UnitTree(await db.Units.AsNoTracking().ToListAsync(cancel));
        // What changed while it was being read may not be in it: such a tree answers this question and is not kept for others.
        lock (keeping)
            if (asked == changes) snapshot = read;
        return read;
    }

    /// <summary>Adds units in the given order, parents first. Codes must be new and parents known.</summary>
    public Task AddAsync(IReadOnlyList<UnitSeed> seeds, CancellationToken cancel = default) => AddAsync(seeds, null, cancel);

    /// <param name="seeds">Parents first.</param>
    /// <param name="audit">The line that the audit log gets for each unit, in the same transaction.</param>
    public async Task AddAsync(IReadOnlyList<UnitSeed> seeds, Func<Unit, AuditRecord>? audit, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var known = await db.Units.ToDictionaryAsync(unit => unit.Code, StringComparer.OrdinalIgnoreCase, cancel);
        foreach (var seed in seeds)
        {
            if (known.ContainsKey(seed.Code)) throw new ArgumentException($"单位代码“{seed.Code}”已经存在。");
            var parent = seed.Parent is null ? null
                : known.GetValueOrDefault(seed.Parent) ?? throw new ArgumentException($"单位“{seed.Name}”的上级“{seed.Parent}”不存在。");
            var unit = new Unit
            {
                Code = seed.Code, Name = seed.Name, Kind = seed.Kind, ParentId = parent?.Id, Population = seed.Population, Order = known.Count,
            };
            db.Units.Add(unit);
            await db.SaveChangesAsync(cancel);
            unit.Path = $"{parent?.Path ?? "/"}{unit.Id}/";
            known[unit.Code] = unit;
            if (audit is not null) await AuditTrail.AppendAsync(db, [audit(unit)], cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Forget();
        Changed?.Invoke();
    }

    public async Task RenameAsync(int id, string name, int? population, Func<Unit, AuditRecord> audit, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var unit = await db.Units.FirstAsync(unit => unit.Id == id, cancel);
        (unit.Name, unit.Population) = (name, population);
        await AuditTrail.AppendAsync(db, [audit(unit)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Forget();
        Changed?.Invoke();
    }

    /// <summary>Reads the seed file, reporting double codes and unknown parents.</summary>
    public static IReadOnlyList<UnitSeed> ReadSeeds(SeedFolder seed)
    {
        const string file = "units.json";
        var units = seed.Read<List<UnitSeed>>(file) ?? [];
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var unit in units)
        {
            if (unit.Parent is not null && !codes.Contains(unit.Parent)) seed.Report(file, unit.Code, $"上级单位“{unit.Parent}”没有写在它前面");
            if (!codes.Add(unit.Code)) seed.Report(file, unit.Code, "单位代码重复");
        }
        return units;
    }
}
