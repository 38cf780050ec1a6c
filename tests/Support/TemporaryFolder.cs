namespace LawDashboard.TestSupport;

/// <summary>A new empty folder outside the repository; disposing removes it with all that was put in.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lawdashboard-test-").FullName;

    /// <summary>The path of a file or folder of that name inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A program that was just ended may still hold a file; a leftover in the temporary folder fails no test.
        }
    }
}
