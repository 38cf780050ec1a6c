using System.Globalization;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// Names of files and folders that Windows takes as well: without reserved signs and names, short enough that a path stays
/// below what its Explorer can open, and never two that differ by case alone.
/// </summary>
public sealed class PackNames
{
    /// <summary>Longest path within the pack, its own folder included; Explorer stops at 260 with the folder it is unpacked to.</summary>
    public const int LongestPath = 180;

    const string Reserved = "<>:\"/\\|?*";
    static readonly HashSet<string> Devices = new(
        [.. (string[])["CON", "PRN", "AUX", "NUL"], .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"COM{n}", $"LPT{n}"])], StringComparer.OrdinalIgnoreCase);

    readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One part of a path; at most <paramref name="longest"/> characters, the ending kept.</summary>
    public static string Part(string name, int longest)
    {
        var clean = string.Concat(name.Select(c => Reserved.Contains(c) || char.IsControl(c) ? '_' : c)
            .Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)));
        var ending = Ending(clean);
        var stem = clean[..^ending.Length].Trim(' ', '.');
        if (stem.Length + ending.Length > longest) stem = stem[..Math.Max(1, longest - ending.Length - 1)].TrimEnd(' ', '.') + "…";
        if (stem.Length == 0) stem = "未命名";
        if (Devices.Contains(stem.Split('.')[0])) stem = "_" + stem;
        return stem + ending;
    }

    /// <summary>The path, with a number where another already has it.</summary>
    public string Unique(string path)
    {
        if (taken.Add(path)) return path;
        var ending = Ending(path);
        for (var number = 2; ; number++)
            if ($"{path[..^ending.Length]}（{number}）{ending}" is var other && taken.Add(other)) return other;
    }

    static string Ending(string name) => Path.GetExtension(name) is { Length: > 1 and <= 6 } found && found.Skip(1).All(char.IsAsciiLetterOrDigit) ? found : "";

    /// <summary>A number before a name: 03-普法宣传.</summary>
    public static string Numbered(int number, string name) => string.Create(CultureInfo.InvariantCulture, $"{number:00}-{name}");
}
