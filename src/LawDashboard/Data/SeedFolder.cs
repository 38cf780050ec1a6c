using System.Text.Json;
using System.Text.Json.Serialization;

namespace LawDashboard.Data;

/// <summary>What is wrong in a definition file: which file, which key in it, and why, in Chinese.</summary>
public sealed record DefinitionFinding(string File, string Key, string Reason)
{
    public override string ToString() => $"{File}：{Key}：{Reason}";
}

/// <summary>Definitions that cannot be used; carries every finding, not only the first.</summary>
public sealed class DefinitionException(IReadOnlyList<DefinitionFinding> findings)
    : Exception(string.Join(Environment.NewLine, findings))
{
    public IReadOnlyList<DefinitionFinding> Findings => findings;
}

/// <summary>
/// The folder of definitions (<c>seed-data</c>): JSON, CSV and text that a clerk can read. Reading collects findings
/// rather than stopping at the first, so that one start shows all that must be mended.
/// </summary>
public sealed class SeedFolder(string root)
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    readonly List<DefinitionFinding> findings = [];

    public string Root => root;
    public IReadOnlyList<DefinitionFinding> Findings => findings;

    /// <summary>Files of a sub-folder with that ending, as paths relative to the root, in ordinal order.</summary>
    public IReadOnlyList<string> Files(string folder, string ending)
    {
        var path = Path.Combine(root, folder);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path, "*" + ending, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    public string? ReadText(string file)
    {
        var path = Path.Combine(root, file);
        if (File.Exists(path)) return File.ReadAllText(path);
        Report(file, "文件", "文件不存在");
        return null;
    }

    public bool Has(string file) => File.Exists(Path.Combine(root, file));

    /// <summary>Reads one JSON file; null, with a finding, when it is missing or does not have the shape of <typeparamref name="T"/>.</summary>
    public T? Read<T>(string file) where T : class
    {
        if (ReadText(file) is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("文件内容为空");
        }
        catch (JsonException e)
        {
            Report(file, e.Path is { Length: > 0 } path ? path : "$", JsonWords.Of(e));
            return null;
        }
    }

    /// <summary>Reads every JSON file of a folder that holds one <typeparamref name="T"/> each.</summary>
    public IReadOnlyList<(string File, T Value)> ReadEach<T>(string folder) where T : class =>
        [.. Files(folder, ".json").Select(file => (file, value: Read<T>(file))).Where(x => x.value is not null).Select(x => (x.file, x.value!))];

    /// <summary>Reads every JSON file of a folder that holds a list of <typeparamref name="T"/>.</summary>
    public IReadOnlyList<(string File, T Value)> ReadLists<T>(string folder) where T : class =>
        [.. ReadEach<List<T>>(folder).SelectMany(x => x.Value.Select(item => (x.File, item)))];

    public void Report(string file, string key, string reason) => findings.Add(new(file, key, reason));

    /// <summary>Throws <see cref="DefinitionException"/> when anything was found.</summary>
    public void ThrowIfAny()
    {
        if (findings.Count > 0) throw new DefinitionException([.. findings]);
    }
}
