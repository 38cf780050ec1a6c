using System.CommandLine;
using System.CommandLine.Parsing;

namespace LawDashboard.Commands;

/// <summary>What is wrong with a command line, in words. The parser's own sentences are only partly Chinese.</summary>
static class UsageWords
{
    static readonly (string Own, string Ours)[] Terms =
        [("Description:", "说明:"), ("(REQUIRED)", "（必填）  "), ("[command]", "[命令]"), ("[options]", "[选项]"), ("[default: ", "[默认：")];

    /// <summary>The parser's help with the words that it has in English only.</summary>
    public static string Chinese(string help) => Terms.Aggregate(help, (text, term) => text.Replace(term.Own, term.Ours, StringComparison.Ordinal));

    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string[] words =
        [
            .. parsed.UnmatchedTokens.Select(token => $"没有命令或参数“{token}”。"),
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 })
                .Select(argument => $"缺少 <{argument.Name}>：{argument.Description}。"),
            .. command.Options.Where(option => option.Required && parsed.GetResult(option) is null or { Implicit: true })
                .Select(option => $"缺少 {option.Name}：{option.Description}。"),
            .. parsed.Errors.Select(error => error.SymbolResult).OfType<OptionResult>().Where(option => !option.Implicit).Distinct()
                .Select(option => option.Tokens.Count == 0 ? $"{option.Option.Name} 后面没有写内容。"
                    : option.IdentifierTokenCount > option.Option.Arity.MaximumNumberOfValues ? $"{option.Option.Name} 写了{option.IdentifierTokenCount}次，只能写一次。"
                    : $"{option.Option.Name} 的“{string.Join(' ', option.Tokens.Select(token => token.Value))}”不对：{option.Option.Description}。"),
        ];
        return words.Length > 0 ? words : [.. parsed.Errors.Select(error => error.Message)];
    }
}
