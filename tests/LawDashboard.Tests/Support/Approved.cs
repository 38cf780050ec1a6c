using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace LawDashboard.Tests.Support;

/// <summary>
/// Compares what was made with what a person approved: the file <c>{test}.approved.txt</c> beside the test's source. When
/// they differ, what was made is left beside it as <c>.received.txt</c>; <c>LAWDASHBOARD_APPROVE=1</c> makes it the approved
/// one, to be read in the diff before it is committed.
/// </summary>
static class Approved
{
    static readonly bool Approving = Environment.GetEnvironmentVariable("LAWDASHBOARD_APPROVE") == "1";

    /// <param name="received">What the test made, in a form that a person can read. How its lines end does not matter.</param>
    /// <param name="test">Names the file: the test's name, unless one test compares several texts.</param>
    /// <param name="source">The test's source file, beside which the approved text lies.</param>
    public static void Equal(string received, [CallerMemberName] string test = "", [CallerFilePath] string source = "") =>
        Compare(received, Path.Combine(Path.GetDirectoryName(source)!, test), Approving);

    internal static void Compare(string text, string path, bool approving)
    {
        string approvedFile = path + ".approved.txt", receivedFile = path + ".received.txt";
        var received = Lines(text);
        if (approving) File.WriteAllText(approvedFile, string.Join('\n', received) + "\n");
        var approved = File.Exists(approvedFile) ? Lines(File.ReadAllText(approvedFile)) : null;
        if (approved is not null && approved.SequenceEqual(received, StringComparer.Ordinal))
        {
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, string.Join('\n', received) + "\n");
        throw new XunitException(approved is null
            ? $"There is no {approvedFile} yet. Read {receivedFile}, then approve it."
            : $"{approvedFile} and {receivedFile} differ first in {FirstDifference(approved, received)}");
    }

    static string FirstDifference(string[] approved, string[] received)
    {
        var line = approved.Zip(received).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}:\n- {approved.ElementAtOrDefault(line)}\n+ {received.ElementAtOrDefault(line)}";
    }

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
