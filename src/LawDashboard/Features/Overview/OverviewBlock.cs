using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Overview;

/// <summary>A part of the overview (版块) that can be moved and left out.</summary>
/// <param name="Width">Of twelve columns; a row that is not full is shared out.</param>
public sealed record OverviewBlock(string Key, string Name, int Width = 12)
{
    public static readonly OverviewBlock Todo = new("todo", "我的待办"), Tasks = new("tasks", "年度任务"), Gaps = new("gaps", "本周短板"), Trend = new("trend", "累计完成", 7),
        Ledgers = new("ledgers", "各台账按月登记", 5), Parts = new("parts", "分项和比率"), Units = new("units", "单位比较", 7), Entries = new("entries", "等待审核和最近登记", 5);

    public static readonly IReadOnlyList<OverviewBlock> All = [Todo, Tasks, Gaps, Trend, Ledgers, Parts, Units, Entries];

    public static OverviewBlock? Find(string key) => All.FirstOrDefault(block => block.Key == key);
}

/// <summary>A block at its place, shown or left out.</summary>
public sealed record PlacedBlock(OverviewBlock Block, bool Shown);

/// <summary>The blocks of somebody's overview in order: as his role has them, or as he arranged them himself.</summary>
public sealed record Arrangement(IReadOnlyList<PlacedBlock> Blocks)
{
    const char LeftOut = '-';

    /// <summary>Which arrangement of the definitions is a person's: by where he works, and at a town or above by what he does there.</summary>
    public static string KindOf(Person person, UnitTree tree)
    {
        var home = person.UnitId is { } id ? tree.Find(id) : null;
        // In a village everybody works; whatever else he may be called.
        if (home?.Kind is UnitKind.Village) return "village";
        if (person.Role is Role.Leader) return "leader";
        if (person.Role is Role.Inspector) return "inspector";
        return home is null || tree.Government(home).Kind is UnitKind.County ? "county" : "town";
    }

    public static readonly IReadOnlyList<string> Kinds = ["village", "town", "county", "leader", "inspector"];

    /// <summary>A role's blocks; those that it does not name are left out, and can be put in.</summary>
    public static Arrangement Of(IReadOnlyList<string> keys)
    {
        var named = keys.Select(OverviewBlock.Find).OfType<OverviewBlock>().Distinct().ToList();
        return new([.. named.Select(block => new PlacedBlock(block, true)), .. OverviewBlock.All.Except(named).Select(block => new PlacedBlock(block, false))]);
    }

    /// <summary>As a person arranged it; what has come into the program since stands where his role has it last.</summary>
    public Arrangement With(string? own)
    {
        if (string.IsNullOrEmpty(own)) return this;
        var placed = own.Split(',').Select(part => (Block: OverviewBlock.Find(part.TrimStart(LeftOut)), Shown: part[0] != LeftOut)).Where(part => part.Block is not null)
            .Select(part => new PlacedBlock(part.Block!, part.Shown)).DistinctBy(placed => placed.Block).ToList();
        return new([.. placed, .. Blocks.ExceptBy(placed.Select(old => old.Block), block => block.Block)]);
    }

    /// <summary>What is stored of it.</summary>
    public string Text => string.Join(',', Blocks.Select(placed => (placed.Shown ? "" : LeftOut.ToString()) + placed.Block.Key));

    /// <summary>With one block so many places further down, or up; never beyond the ends.</summary>
    public Arrangement Moved(OverviewBlock block, int by)
    {
        var blocks = Blocks.ToList();
        var at = blocks.FindIndex(placed => placed.Block == block);
        var placed = blocks[at];
        blocks.RemoveAt(at);
        blocks.Insert(Math.Clamp(at + by, 0, blocks.Count), placed);
        return new(blocks);
    }

    public Arrangement Toggled(OverviewBlock block) => new([.. Blocks.Select(placed => placed.Block == block ? placed with { Shown = !placed.Shown } : placed)]);
}
