using System.Reflection;

namespace LawDashboard.TestSupport;

/// <summary>Where the sources, the definitions and the built program lie, as the build of the tests recorded it.</summary>
static class Repository
{
    public static string Root { get; } = Recorded("RepositoryRoot");

    /// <summary>Debug or Release: the configuration in which tests and program were built.</summary>
    public static string Configuration { get; } = Recorded("Configuration");

    public static string SeedData => Path.Combine(Root, "seed-data");

    /// <summary>The program as the build left it; see <c>PublishTests</c> for the published one.</summary>
    public static string Executable => Path.Combine(Root, "src", "LawDashboard", "bin", Configuration, "net10.0", ExecutableName);

    public static string ExecutableName => OperatingSystem.IsWindows() ? "LawDashboard.exe" : "LawDashboard";

    static string Recorded(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
