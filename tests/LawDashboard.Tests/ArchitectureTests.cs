using System.Reflection;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Tests;

/// <summary>
/// The rooms of the program and the doors between them, read from what was compiled and from the sources. A failure names
/// the type that looks the wrong way and what it looks at.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Each room may use those before it and none behind it.</summary>
    static readonly string[] Rooms =
    [
        "Data", "Audit", "Units", "Accounts", "Ledgers", "Evidence", "Quick", "Deadlines", "Documents", "CaseFiles", "Indicators", "Supervision", "Overview", "Reports", "Exchange", "Backup", "Commands",
    ];

    /// <summary>The shell (layout, menu, what features share) frames every feature, so every feature may use it.</summary>
    const string Shell = "Components";

    /// <summary>The shell shows who is signed in, for which unit; it knows of no other room.</summary>
    static readonly string[] ShellMayUse = ["Data", "Audit", "Units", "Accounts"];

    /// <summary>
    /// Who may read entries without <c>EntryQuery</c>, which carries the person's scope: the room that owns them, the
    /// recount that holds tallies against them, and bulk loading by commands. Namespaces or types, with the reason above.
    /// </summary>
    static readonly string[] MayReadAllEntries =
    [
        "LawDashboard.Features.Ledgers", "LawDashboard.Features.Indicators.Recount", "LawDashboard.Data", "LawDashboard.Commands",
    ];

    const string EntryType = "LawDashboard.Features.Ledgers.Entry";

    static readonly Assembly Program = typeof(AppDbContext).Assembly;

    [Fact]
    public void No_arrow_between_rooms_points_back()
    {
        var arrows =
            from type in Program.GetTypes()
            let room = Room(type)
            where room is not null
            from target in CompiledReferences.Of(type).SelectMany(CompiledReferences.Types)
            let targetRoom = target.Assembly == Program ? Room(target) : null
            where targetRoom is not null && !MayUse(room, targetRoom)
            select $"{Name(type)} ({room}) uses {Name(target)} ({targetRoom})";
        AssertNone(arrows);
    }

    [Fact]
    public void No_source_file_names_a_room_behind_its_own()
    {
        // Constants and nameof leave no trace in compiled code, but their using directives stand in the source.
        var arrows =
            from source in Sources()
            let room = RoomOfFolder(source.Path)
            where room is not null
            from Match named in NamedRoom().Matches(source.Text)
            let target = named.Groups["feature"].Success ? named.Groups["feature"].Value : named.Groups["room"].Value
            where !MayUse(room, target)
            select $"{source.Path} ({room}) names {named.Value}";
        AssertNone(arrows);
    }

    [Fact]
    public void Every_type_stands_in_a_known_room()
    {
        var strays =
            from type in Program.GetTypes()
            let room = Room(type)
            where room is not null && !IsKnown(room)
            select $"{Name(type)}: {room} is not in the list of rooms";
        AssertNone(strays);
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        var strays =
            from source in Sources()
            let declared = DeclaredNamespace().Match(source.Text)
            where declared.Success
            let folder = Path.GetDirectoryName(source.Path)!.Replace('/', '.').Replace('\\', '.')
            let expected = folder.Length == 0 ? "LawDashboard" : "LawDashboard." + folder
            where RoomOfFolder(source.Path) != RoomOfNamespace(declared.Groups[1].Value)
            select $"{source.Path} declares {declared.Groups[1].Value}; its folder says {expected}";
        AssertNone(strays);
    }

    [Fact]
    public void Only_Data_knows_which_database_it_is()
    {
        var mentions =
            from source in Sources()
            where RoomOfFolder(source.Path) != "Data"
            from Match mention in ProviderMention().Matches(source.Text)
            select $"{source.Path} mentions {mention.Value}";
        AssertNone(mentions);
    }

    [Fact]
    public void Nothing_reads_entries_around_EntryQuery()
    {
        var readers =
            from type in Program.GetTypes()
            where !MayReadAllEntries.Any(allowed => IsWithin(Name(type), allowed))
            from set in CompiledReferences.Of(type).OfType<MethodInfo>()
            where IsSetOfEntries(set.ReturnType)
            select $"{Name(type)} takes the whole set of entries by {set.DeclaringType?.Name}.{set.Name}";
        AssertNone(readers);
    }

    [Theory]
    [InlineData(typeof(CallsInBody), typeof(Target))]
    [InlineData(typeof(CallsInLambda), typeof(Target))]
    [InlineData(typeof(CallsInIterator), typeof(Target))]
    [InlineData(typeof(HoldsInField), typeof(Target))]
    [InlineData(typeof(NamesInGenericArgument), typeof(Target))]
    [InlineData(typeof(NamesInAttribute), typeof(Target))]
    [InlineData(typeof(CatchesException), typeof(TargetException))]
    public void The_reader_of_compiled_code_finds_every_kind_of_mention(Type user, Type target)
    {
        var mentioned = WithNested(user).SelectMany(CompiledReferences.Of).SelectMany(CompiledReferences.Types);
        Assert.Contains(target, mentioned);
    }

    [Theory]
    [InlineData("Ledgers", "Units", true)]
    [InlineData("Units", "Ledgers", false)]
    [InlineData("Data", "Audit", false)]
    [InlineData("Overview", "Components", true)]
    [InlineData("Data", "Components", false)]
    [InlineData("Components", "Accounts", true)]
    [InlineData("Components", "Ledgers", false)]
    [InlineData("Commands", "Exchange", true)]
    [InlineData("Exchange", "Commands", false)]
    public void Doors_open_one_way(string room, string target, bool open) => Assert.Equal(open, MayUse(room, target));

    static bool MayUse(string room, string target) =>
        room == target
        || !IsKnown(room) || !IsKnown(target) // said by another test
        || (room == Shell ? ShellMayUse.Contains(target)
            : target == Shell ? room != "Data"
            : Array.IndexOf(Rooms, target) < Array.IndexOf(Rooms, room));

    static bool IsKnown(string room) => room == Shell || Rooms.Contains(room);

    /// <summary>Null for what stands in no room: the program's entry point, the imports of all features, and what the compiler adds.</summary>
    static string? Room(Type type) => RoomOfNamespace(type.Namespace ?? "");

    static string? RoomOfNamespace(string space) => space.Split('.') switch
    {
        ["LawDashboard", "Features", var feature, ..] => feature,
        ["LawDashboard", "Features"] => null,
        ["LawDashboard", var room, ..] => room,
        _ => null,
    };

    static string? RoomOfFolder(string path) => path.Split('/', '\\') switch
    {
        ["Features", var feature, _, ..] => feature,
        ["Features", _] => null,
        [var room, _, ..] => room,
        _ => null,
    };

    static bool IsSetOfEntries(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbSet<>) && type.GetGenericArguments()[0].FullName == EntryType;

    static bool IsWithin(string name, string allowed) => name == allowed || name.StartsWith(allowed + ".", StringComparison.Ordinal);

    static string Name(Type type) => CompiledReferences.Outermost(type).FullName!;

    static IEnumerable<Type> WithNested(Type type) => [type, .. type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested)];

    static void AssertNone(IEnumerable<string> findings)
    {
        var distinct = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(distinct.Count == 0, string.Join(Environment.NewLine, distinct));
    }

    /// <summary>The hand-written sources of the program, by their path in its folder.</summary>
    static IEnumerable<(string Path, string Text)> Sources()
    {
        var root = Path.Combine(Repository.Root, "src", "LawDashboard");
        return from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
               where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
               let path = Path.GetRelativePath(root, file)
               where path.Split('/', '\\')[0] is not ("bin" or "obj")
               select (path, File.ReadAllText(file));
    }

    [GeneratedRegex(@"\bLawDashboard\.(?:Features\.(?<feature>\w+)|(?<room>Data|Components|Commands)\b)")]
    private static partial Regex NamedRoom();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"\b(?:IsNpgsql|IsSqlite|UseSqlite|UseNpgsql)\b")]
    private static partial Regex ProviderMention();

    // Below: one user of Target for each way in which compiled code can mention a type.

    sealed class Target
    {
        public static int Answer() => 42;
    }

    sealed class TargetException : Exception;

    sealed class CallsInBody
    {
        public static object Call() => Target.Answer();
    }

    sealed class CallsInLambda
    {
        public static Func<int> Call(int more) => () => Target.Answer() + more;
    }

    sealed class CallsInIterator
    {
        public static IEnumerable<int> Call()
        {
            yield return Target.Answer();
        }
    }

    sealed class HoldsInField
    {
        public readonly Func<Target>? Field = null;
    }

    sealed class NamesInGenericArgument
    {
        public static object Create() => new Dictionary<string, List<Target[]>>();
    }

    [Mentions([typeof(Target)])]
    sealed class NamesInAttribute;

    sealed class CatchesException
    {
        public static void Try()
        {
            try
            {
                GC.Collect(0);
            }
            catch (TargetException)
            {
                GC.Collect(1);
            }
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    sealed class MentionsAttribute(Type[] types) : Attribute
    {
        public Type[] Types => types;
    }
}
