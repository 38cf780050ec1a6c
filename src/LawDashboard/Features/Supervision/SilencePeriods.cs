using System.Globalization;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Supervision;

/// <summary>How long a unit below may log nothing before it stands in the gap list.</summary>
/// <param name="SetFor">Whose setting that is: the unit's own or one above it; null where nobody has set any.</param>
public sealed record SilencePeriod(int Days, Unit? SetFor);

/// <summary>Keeps the days without entries that a unit asks about; what a unit has not set it takes from above.</summary>
public sealed class SilencePeriods(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, UnitYears years, TimeProvider clock)
{
    /// <summary>A village that logs nothing for a month is asked; even where nothing happens, patrols and screenings are held.</summary>
    public const int Usual = 30;
    public const int Least = 3, Most = 180;

    /// <summary>Whoever leads or reviews in the unit or above it, and who administers it.</summary>
    public static bool MaySet(Person person, UnitTree tree, Unit unit) =>
        person.Role is Role.Leader or Role.Reviewer or Role.Administrator && person.Sees(tree, unit);

    public async Task<SilencePeriod> OfAsync(Unit unit, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        var above = tree.Ancestors(unit).ToDictionary(Key);
        string[] keys = [.. above.Keys];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var set = await db.Settings.AsNoTracking().Where(setting => keys.Contains(setting.Key)).ToDictionaryAsync(setting => setting.Key, setting => setting.Value, cancel);
        return tree.Ancestors(unit).FirstOrDefault(one => set.ContainsKey(Key(one))) is { } nearest
            ? new(int.Parse(set[Key(nearest)], CultureInfo.InvariantCulture), nearest) : new(Usual, null);
    }

    /// <summary>Null when it was set, otherwise why not. Taken over by the units below that have set none themselves.</summary>
    public async Task<string?> SetAsync(Person person, Unit unit, string typed, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!MaySet(person, tree, unit)) return $"{Person.Label(person.Role)}不能修改{unit.Name}的提醒天数。";
        if (!int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < Least or > Most) return $"请填写{Least}到{Most}之间的整数天数。";
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        await db.PutSettingAsync(Key(unit), days.ToString(CultureInfo.InvariantCulture), cancel);
        await AuditTrail.AppendAsync(db, [new(ChinaTime.Now(clock), person.Id, person.Name, "edit", "silence", null, null, unit.Id,
            JsonSerializer.Serialize(new { name = $"连续{days}天没有登记即列入短板", days }))], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var below in tree.Subtree(unit)) years.Renew(below);
        return null;
    }

    static string Key(Unit unit) => FormattableString.Invariant($"silence:{unit.Id}");
}
