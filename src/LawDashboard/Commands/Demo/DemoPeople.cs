using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>Somebody who works in the demonstration, with an account.</summary>
/// <param name="Offered">Shown on the sign-in page; the others only write and review entries.</param>
public sealed record DemoMember(string Account, string Name, Role Role, string UnitCode, bool Offered);

/// <summary>Who works in the demonstration: county, towns, one village. Everything logged elsewhere is logged by the town.</summary>
public sealed class DemoPeople
{
    /// <summary>Everybody's password; shown on the sign-in page of a demonstration.</summary>
    public const string Password = "Demo@2026law";

    readonly UnitTree tree;
    readonly Dictionary<(Role, string Unit), Person> people;

    /// <param name="ids">Account ids by account name; who has none gets 0.</param>
    public DemoPeople(UnitTree tree, IEnumerable<DemoMember> members, IReadOnlyDictionary<string, int> ids)
    {
        this.tree = tree;
        people = members.ToDictionary(member => (member.Role, member.UnitCode),
            member => new Person(ids.GetValueOrDefault(member.Account), member.Account, member.Name, member.Role, tree.Find(member.UnitCode)?.Id));
    }

    /// <summary>
    /// The staff for a tree of units: everyone in the first town, recorder and reviewer in the others; the county and the second
    /// town have a leader as well, and the county who writes its report, so that each of them can sign one.
    /// </summary>
    public static IReadOnlyList<DemoMember> Staff(UnitTree tree)
    {
        var staff = new List<DemoMember>();
        foreach (var county in tree.Roots.Take(1))
        {
            Add(county, Role.Inspector, "样例督察员", true);
            Add(county, Role.Administrator, "样例管理员", true);
        }
        foreach (var (town, index) in tree.All.Where(unit => unit.Kind == UnitKind.Town).OrderBy(unit => unit.Id).Select((town, index) => (town, index)))
        {
            var first = index == 0;
            Add(town, Role.Recorder, first ? "样例填报员" : $"{town.Name}样例填报员", index <= 1);
            Add(town, Role.Reviewer, first ? "样例审核员" : $"{town.Name}样例审核员", first);
            if (first) Add(town, Role.Leader, "样例负责人", true);
            if (first && tree.Children(town).FirstOrDefault(unit => unit.Kind == UnitKind.Village) is { } village)
                Add(village, Role.Recorder, $"{village.Name}样例填报员", true);
        }
        foreach (var county in tree.Roots.Take(1))
        {
            Add(county, Role.Recorder, $"{county.Name}样例填报员", true);
            Add(county, Role.Leader, $"{county.Name}样例负责人", true);
        }
        if (tree.All.Where(unit => unit.Kind == UnitKind.Town).OrderBy(unit => unit.Id).ElementAtOrDefault(1) is { } second) Add(second, Role.Leader, $"{second.Name}样例负责人", true);
        return staff;

        void Add(Unit unit, Role role, string name, bool offered) =>
            staff.Add(new($"{unit.Code}.{role}".ToLowerInvariant(), name, role, unit.Code, offered));
    }

    /// <summary>Makes an account of each and lets the sign-in page offer those to be offered.</summary>
    /// <returns>The id of each account by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> CreateAccountsAsync(
        IReadOnlyList<DemoMember> staff, UnitTree tree, AccountService accounts, DemoAccounts offer, CancellationToken cancel)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in staff)
        {
            var draft = new AccountDraft(member.Account, member.Name, member.Role, tree.Find(member.UnitCode)?.Id);
            var outcome = await accounts.CreateAsync(Person.Machine, draft, Password, mustChange: false, cancel);
            ids[member.Account] = outcome.Id ?? throw new InvalidOperationException($"{member.Account}：{string.Join("；", outcome.Errors.Select(error => error.Message))}");
        }
        // Who works together stands together.
        await offer.MarkAsync(Password, [.. staff.Where(member => member.Offered).GroupBy(member => tree.Government(tree.Find(member.UnitCode)!).Id).SelectMany(unit => unit).Select(member => member.Account)], cancel);
        return ids;
    }

    /// <summary>Who logs for a unit: its own recorder, else that of the unit above.</summary>
    public Person Recorder(Unit unit) => Nearest(Role.Recorder, unit);
    public Person Reviewer(Unit unit) => Nearest(Role.Reviewer, unit);

    Person Nearest(Role role, Unit unit) =>
        tree.Ancestors(unit).Select(above => people.GetValueOrDefault((role, above.Code))).FirstOrDefault(person => person is not null)
        ?? throw new InvalidOperationException($"No {role} at or above {unit.Code}.");
}
