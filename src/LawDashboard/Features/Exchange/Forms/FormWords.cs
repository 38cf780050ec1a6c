using System.Globalization;
using System.Text.RegularExpressions;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>For whom, for when and by whom a form is filled.</summary>
public sealed record FormOccasion(string UnitName, int Year, int Month, DateOnly Today, string Person)
{
    public string Text(string source) => source switch
    {
        FormSource.Unit => UnitName,
        FormSource.Date => $"{Today.Year}年{Today.Month}月{Today.Day}日",
        FormSource.Person => Person,
        FormSource.Period => $"{Year}年{Month}月",
        FormSource.Year => Year.ToString(CultureInfo.InvariantCulture),
        FormSource.Month => Month.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };
}

/// <summary>Lines with blanks in them, as forms have at their head: 填报单位：＿＿＿　填报日期：　年　月　日.</summary>
static partial class FormWords
{
    public static bool HasBlanks(string text) => text.Length <= 200 && (Who().IsMatch(text) || Day().IsMatch(text) || Month().IsMatch(text));

    /// <summary>The line with every blank filled that is known; what is filled already stays.</summary>
    public static string Fill(string text, FormOccasion occasion)
    {
        text = Who().Replace(text, found =>
        {
            var value = occasion.Text(found.Groups["what"].Value is "填表人" or "填报人" or "制表人" ? FormSource.Person : found.Groups["what"].Value is "统计期间" or "报告期" or "统计月份" ? FormSource.Period : FormSource.Unit);
            // Where room was left between two labels, they stay apart.
            return found.Groups["label"].Value + value + (found.Groups["room"].Length > 1 && found.Index + found.Length < text.Length ? "　" : "");
        });
        text = Day().Replace(text, occasion.Text(FormSource.Date));
        return Month().Replace(text, occasion.Text(FormSource.Period));
    }

    [GeneratedRegex(@"(?<label>(?<what>填报单位|填表单位|报送单位|单位名称|填表人|填报人|制表人|统计期间|报告期|统计月份)(?:（盖章）|\(盖章\)|（公章）)?[：:])(?<room>[ 　_＿]*)(?=$|填|报|单|审|负|联|制|统|日|电)")]
    private static partial Regex Who();

    [GeneratedRegex(@"(?<![\d])[ 　_＿]*年[ 　_＿]*月[ 　_＿]*日")]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<![\d近本每上全今去当])[ 　_＿]*年[ 　_＿]*月(?=$|[）\)份 　])")]
    private static partial Regex Month();
}
