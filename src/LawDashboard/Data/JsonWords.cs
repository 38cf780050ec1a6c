using System.Text.Json;
using System.Text.RegularExpressions;

namespace LawDashboard.Data;

/// <summary>What is wrong with a definition file, for the clerk who wrote it. The reader speaks of members and types, in English.</summary>
static partial class JsonWords
{
    public static string Of(JsonException failure)
    {
        var (line, said) = ((failure.LineNumber ?? 0) + 1, failure.Message);
        if (Unknown().Match(said) is { Success: true } unknown) return $"第{line}行：没有“{unknown.Groups[1].Value}”这一项，请核对名称（区分大小写）";
        if (Missing().Match(said) is { Success: true } missing) return $"第{line}行：缺少“{string.Join("”“", Quoted().Matches(missing.Groups[1].Value).Select(name => name.Groups[1].Value))}”";
        if (said.Contains("could not be converted", StringComparison.Ordinal) || said.Contains("null", StringComparison.OrdinalIgnoreCase) && failure.InnerException is null)
            return $"第{line}行：这一项的内容不合要求，请对照别的文件中同名的项（文字加引号，数字和 true、false 不加，列表用方括号）";
        // A reader's failure has the bare one inside; a condition's own sentence is Chinese already.
        return failure.InnerException is null ? $"第{line}行：{said}" : $"第{line}行第{(failure.BytePositionInLine ?? 0) + 1}字节附近不是正确的 JSON，请检查逗号、引号和括号";
    }

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*?)\\.?$")]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
