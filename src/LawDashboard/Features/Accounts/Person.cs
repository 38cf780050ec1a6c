using LawDashboard.Features.Units;

namespace LawDashboard.Features.Accounts;

/// <summary>What an account may do: 填报员, 审核员, 负责人, 督察员, 系统管理员.</summary>
public enum Role
{
    /// <summary>填报员: logs and submits entries of his unit.</summary>
    Recorder,
    /// <summary>审核员: also approves, returns and voids.</summary>
    Reviewer,
    /// <summary>负责人: reads everything of his unit, drafts and signs reports.</summary>
    Leader,
    /// <summary>督察员: reads only.</summary>
    Inspector,
    /// <summary>系统管理员: keeps accounts and units; reads, but does not record.</summary>
    Administrator,
}

/// <summary>
/// Whoever asks: every query and every change carries a person, and with him the unit whose subtree he may see.
/// </summary>
/// <param name="Id">Account id; 0 for the command line of the machine itself.</param>
/// <param name="UnitId">Top of the subtree he may see; null means every unit.</param>
public sealed record Person(int Id, string Account, string Name, Role Role, int? UnitId)
{
    /// <summary>Whoever has a shell on the machine already has the data: the command line sees every unit.</summary>
    public static readonly Person Machine = new(0, "本机", "本机命令行", Role.Administrator, null);

    public bool CanRecord => Role is Role.Recorder or Role.Reviewer;
    public bool CanReview => Role is Role.Reviewer;
    public bool CanAdminister => Role is Role.Administrator;
    /// <summary>May see unmasked personal data, after giving a reason that is audited.</summary>
    public bool CanReveal => Role is Role.Recorder or Role.Reviewer;

    /// <summary>True when the unit lies in the person's subtree.</summary>
    public bool Sees(UnitTree tree, Unit unit) => UnitId is not { } top || (tree.Find(top) is { } own && tree.Covers(own, unit));
    public bool Sees(UnitTree tree, int unitId) => tree.Find(unitId) is { } unit && Sees(tree, unit);

    /// <summary>May add and change units of his subtree, and accounts that belong to it. Accounts that see every unit are kept by their like.</summary>
    public bool Manages(UnitTree tree, int? unitId) =>
        CanAdminister && (UnitId is null || (unitId is { } id && Sees(tree, id)));

    /// <summary>The units at the top of what the person may see.</summary>
    public IEnumerable<Unit> Tops(UnitTree tree) => UnitId is { } top ? tree.Find(top) is { } own ? [own] : [] : tree.Roots;

    /// <summary>Lets an HTTP endpoint take the person who asks as a parameter; without one it answers 400.</summary>
    public static ValueTask<Person?> BindAsync(HttpContext context) => ValueTask.FromResult(context.User.Person);

    public static string Label(Role role) => role switch
    {
        Role.Recorder => "填报员",
        Role.Reviewer => "审核员",
        Role.Leader => "负责人",
        Role.Inspector => "督察员",
        _ => "系统管理员",
    };
}
