using System.Diagnostics;
using System.Text;

namespace LawDashboard.TestSupport;

/// <summary>What a program that ran to its end left behind.</summary>
sealed record Outcome(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>The same outcome, or an exception with all that the program said when it did not end well.</summary>
    public Outcome Required() => ExitCode == 0 ? this : throw new InvalidOperationException(
        $"{Command} ended with {ExitCode}.{Environment.NewLine}{Output}{Environment.NewLine}{Errors}".TrimEnd());
}

/// <summary>Other programs: whether they are installed, and running them to their end.</summary>
static class Programs
{
    /// <summary>The full path of the first of these names that is on PATH; null when none is installed.</summary>
    public static string? Find(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program to its end and collects what it writes. Throws <see cref="TimeoutException"/>, and ends it, when it takes longer.</summary>
    public static async Task<Outcome> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan patience, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var process = Prepare(program, arguments, folder, environment);
        var command = Describe(process.StartInfo);
        StringBuilder output = new(), errors = new();
        Collect(process, output, errors);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} took longer than {patience}.{Environment.NewLine}{output}{Environment.NewLine}{errors}");
        }
        return new(command, process.ExitCode, output.ToString(), errors.ToString());
    }

    internal static Process Prepare(
        string program, IEnumerable<string> arguments, string? folder, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new Process { StartInfo = start };
    }

    internal static void Collect(Process process, StringBuilder output, StringBuilder errors)
    {
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal static string Describe(ProcessStartInfo start) => string.Join(' ', [start.FileName, .. start.ArgumentList]);

    static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }
}
