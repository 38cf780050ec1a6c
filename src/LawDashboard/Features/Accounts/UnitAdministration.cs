using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Accounts;

/// <summary>Lets administrators change the units of their subtree. It stands with the accounts, since units know no persons.</summary>
public sealed class UnitAdministration(UnitDirectory units, TimeProvider clock)
{
    /// <summary>Kinds that may stand below a unit of this kind.</summary>
    /// <param name="kind">Null for the top of the tree.</param>
    public static IReadOnlyList<UnitKind> KindsBelow(UnitKind? kind) => kind switch
    {
        null => [UnitKind.County],
        UnitKind.County => [UnitKind.Town, UnitKind.Department],
        UnitKind.Town => [UnitKind.Village, UnitKind.Department],
        _ => [],
    };

    public static string Label(UnitKind kind) => kind switch
    {
        UnitKind.County => "区县",
        UnitKind.Town => "镇（街道）",
        UnitKind.Village => "村（社区）",
        _ => "部门（站所）",
    };

    /// <summary>Adds a unit below <paramref name="parentId"/>, or at the top when that is null. Errors stand under "Name", "Code", "Kind", "Population".</summary>
    public async Task<AccountOutcome> AddAsync(Person actor, int? parentId, string name, string code, UnitKind kind, int? population, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var parent = parentId is { } id ? tree.Find(id) : null;
        if ((parentId is not null && parent is null) || !actor.Manages(tree, parentId)) return OutOfReach;
        var above = parent?.Name ?? "全部单位";
        var errors = Check(name, population);
        if (CodeComplaint(code) is { } bad) errors.Add(new("Code", bad));
        else if (tree.Find(code.Trim()) is { } other) errors.Add(new("Code", $"代码已被“{other.Name}”使用，请换一个。"));
        if (!KindsBelow(parent?.Kind).Contains(kind)) errors.Add(new("Kind", $"“{above}”之下不能设这一类单位。"));
        if ((parent is null ? tree.Roots : tree.Children(parent)).Any(unit => unit.Name == name.Trim())) errors.Add(new("Name", $"“{above}”之下已有同名单位。"));
        if (errors.Count > 0) return new(null, errors);

        await units.AddAsync([new(code.Trim(), name.Trim(), kind, parent?.Code, population)], unit => Line(actor, "create", unit), cancel);
        return AccountOutcome.Done((await units.TreeAsync(cancel)).Find(code.Trim())!.Id);
    }

    /// <summary>Changes name and population; code and place stay, since serial numbers and links stand on them.</summary>
    public async Task<AccountOutcome> ChangeAsync(Person actor, int id, string name, int? population, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(id) is not { } unit || !actor.Manages(tree, id)) return OutOfReach;
        var errors = Check(name, population);
        if (unit.ParentId is { } parent && tree.Children(tree[parent]).Any(other => other.Id != id && other.Name == name.Trim())) errors.Add(new("Name", "同级已有同名单位。"));
        if (errors.Count > 0) return new(null, errors);

        await units.RenameAsync(id, name.Trim(), population, changed => Line(actor, "edit", changed), cancel);
        return AccountOutcome.Done(id);
    }

    public static string? NameComplaint(string? name) => name?.Trim().Length switch
    {
        null or 0 => "请填写名称。",
        > 64 => "名称不能超过64个字符。",
        _ => null,
    };

    /// <summary>Codes stand in serial numbers and addresses: letters and digits only.</summary>
    public static string? CodeComplaint(string? code)
    {
        var plain = code?.Trim() ?? "";
        if (plain.Length == 0) return "请填写代码。";
        if (plain.Length > 16) return "代码不能超过16个字符。";
        return plain.All(char.IsAsciiLetterOrDigit) ? null : "代码只能用英文字母和数字。";
    }

    static readonly AccountOutcome OutOfReach = AccountOutcome.Refused("", "这个单位不存在，或者不在您的管辖范围内。");

    static List<AccountError> Check(string name, int? population)
    {
        var errors = new List<AccountError>();
        if (NameComplaint(name) is { } bad) errors.Add(new("Name", bad));
        if (population is < 0 or > 10_000_000) errors.Add(new("Population", "户籍人口应在0至1000万之间。"));
        return errors;
    }

    AuditRecord Line(Person actor, string action, Unit unit) => new(ChinaTime.Now(clock), actor.Id, actor.Name, action, "unit", unit.Id, UnitId: unit.Id,
        After: JsonSerializer.Serialize(new { code = unit.Code, name = unit.Name, kind = unit.Kind.ToString(), parentId = unit.ParentId, population = unit.Population }));
}
