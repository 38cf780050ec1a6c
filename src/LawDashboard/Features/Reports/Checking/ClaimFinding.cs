using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>How much a finding weighs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimSeverity>))]
public enum ClaimSeverity
{
    /// <summary>应改: wrong as it stands.</summary>
    Error,
    /// <summary>核对: somebody has to look it up.</summary>
    Warning,
    /// <summary>提示: worth a thought.</summary>
    Hint,
}

/// <summary>Where a finding stands; all zero for the document as a whole. Paragraphs, sentences and characters count from 1.</summary>
/// <param name="Character">Within the paragraph.</param>
/// <param name="Quote">The words it is about; empty where something is missing.</param>
public sealed record ClaimPlace(int Paragraph, int Sentence, int Character, string Section, string Quote)
{
    public static readonly ClaimPlace Whole = new(0, 0, 0, "", "");

    public string Words => Paragraph == 0 ? "全文" : Sentence == 0 ? $"第{Paragraph}段" : $"第{Paragraph}段第{Sentence}句第{Character}字";
}

/// <summary>One thing in a report that the claim check objects to, with what to do about it.</summary>
public sealed record ClaimFinding(string Rule, ClaimSeverity Severity, ClaimPlace Place, string Reason, string Suggestion)
{
    /// <summary>
    /// The same for the same objection to the same words wherever they stand, so that signing it off holds until words or
    /// reason change.
    /// </summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule}\n{Place.Quote}\n{Reason}")))[..32];

    public string RuleName => ClaimRules.Name(Rule);

    public string SeverityName => Severity switch { ClaimSeverity.Error => "应改", ClaimSeverity.Warning => "核对", _ => "提示" };

    public override string ToString() => $"[{SeverityName}] {RuleName} {Place.Words}{(Place.Quote.Length > 0 ? $"“{Place.Quote}”" : "")}：{Reason}{Suggestion}";
}

/// <summary>The rules of the claim check by key, with their names on screen.</summary>
public static class ClaimRules
{
    public const string
        FigureDifferent = "figure.different", FigureUnsourced = "figure.unsourced", NoFigures = "figure.none", Total = "figure.total", People = "figure.people",
        Absolute = "claim.absolute", Period = "period.words", Foreign = "foreign.name", Doubled = "sentence.doubled", Repeated = "sentence.lastYear",
        Numbering = "heading.numbering", Mismatch = "heading.content", Brackets = "text.brackets", Gap = "text.gap", RequiredItem = "required.item",
        Signature = "required.signature", Date = "required.date", Title = "required.title", Target = "target.unmentioned", Slogan = "policy.expired",
        Request = "text.request", Person = "person.private", Length = "text.length";

    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [FigureDifferent] = "数字与台账不符", [FigureUnsourced] = "数字没有来源", [NoFigures] = "全文没有数据", [Total] = "分项与合计不闭合", [People] = "人与人次混用",
        [Absolute] = "绝对化表述", [Period] = "时间口径", [Foreign] = "外地名称", [Doubled] = "重复语句", [Repeated] = "与上年雷同",
        [Numbering] = "层次跳号", [Mismatch] = "标题与内容不符", [Brackets] = "括号引号不成对", [Gap] = "待补未补", [RequiredItem] = "缺少必备内容",
        [Signature] = "缺少署名", [Date] = "成文日期", [Title] = "标题年度", [Target] = "未达标未说明", [Slogan] = "过期提法",
        [Request] = "夹带请示", [Person] = "个人信息", [Length] = "篇幅",
    };

    public static string Name(string rule) => Names.GetValueOrDefault(rule, rule);
    public static IReadOnlyCollection<string> All => Names.Keys;
}
