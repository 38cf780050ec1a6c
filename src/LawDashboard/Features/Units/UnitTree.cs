namespace LawDashboard.Features.Units;

/// <summary>A snapshot of all units: a few hundred nodes, kept in memory. Answers who lies under whom.</summary>
public sealed class UnitTree
{
    readonly Dictionary<int, Unit> byId;
    readonly Dictionary<string, Unit> byCode;
    readonly ILookup<int?, Unit> children;

    public UnitTree(IEnumerable<Unit> units)
    {
        byId = units.ToDictionary(unit => unit.Id);
        byCode = byId.Values.ToDictionary(unit => unit.Code, StringComparer.OrdinalIgnoreCase);
        children = byId.Values.OrderBy(unit => unit.Order).ThenBy(unit => unit.Code, StringComparer.Ordinal).ToLookup(unit => unit.ParentId);
    }

    public static readonly UnitTree Empty = new([]);

    public bool IsEmpty => byId.Count == 0;
    public IEnumerable<Unit> Roots => children[null];
    /// <summary>Every unit, parents before children, siblings in order.</summary>
    public IEnumerable<Unit> All => Roots.SelectMany(Subtree);

    public Unit? Find(string? code) => code is null ? null : byCode.GetValueOrDefault(code);
    public Unit? Find(int id) => byId.GetValueOrDefault(id);
    public Unit this[int id] => byId[id];
    public IEnumerable<Unit> Children(Unit unit) => children[unit.Id];

    /// <summary>The unit itself and all below it.</summary>
    public IEnumerable<Unit> Subtree(Unit unit) => children[unit.Id].SelectMany(Subtree).Prepend(unit);

    /// <summary>The unit itself and all above it, root last.</summary>
    public IEnumerable<Unit> Ancestors(Unit unit)
    {
        for (var at = unit; at is not null; at = at.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
            yield return at;
    }

    /// <summary>True when <paramref name="unit"/> is <paramref name="top"/> or lies below it.</summary>
    public bool Covers(Unit top, Unit unit) => unit.Path.StartsWith(top.Path, StringComparison.Ordinal);

    /// <summary>The nearest town or county at or above the unit: the body that signs for it.</summary>
    public Unit Government(Unit unit) => Ancestors(unit).FirstOrDefault(u => u.Kind is UnitKind.Town or UnitKind.County) ?? unit;
}
