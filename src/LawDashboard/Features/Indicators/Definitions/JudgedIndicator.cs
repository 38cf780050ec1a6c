using System.Text.Json.Serialization;

namespace LawDashboard.Features.Indicators.Definitions;

/// <summary>A grade with its share of the points, in percent: 良好, 85.</summary>
public sealed record Grade(string Name, decimal Share);

/// <summary>
/// What is watched but cannot be counted (评议指标): a reviewer or leader gives it a grade and says why. Until then it is
/// 尚未评定, which is no grade and gives no points either way.
/// </summary>
public sealed record JudgedIndicator
{
    static readonly IReadOnlyList<Grade> Usual = [new("优秀", 100), new("良好", 85), new("合格", 60), new("不合格", 0)];

    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Task { get; init; }
    public decimal Points { get; init; }
    /// <summary>Best first.</summary>
    public IReadOnlyList<Grade> Grades { get; init; } = Usual;
    /// <summary>What is looked at when judging.</summary>
    public string? Aspects { get; init; }
    /// <summary>What must be there to show for it.</summary>
    public string? Evidence { get; init; }
    /// <summary>Rule or document that asks for it.</summary>
    public string? Basis { get; init; }

    [JsonIgnore]
    public string GradesText => string.Join("、", Grades.Select(grade => $"{grade.Name}得{grade.Share:0.##}%"));

    public Grade? Grade(string? name) => Grades.FirstOrDefault(grade => grade.Name == name);

    /// <summary>What is wrong with it, in Chinese.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name)) yield return "没有名称";
        if (Points < 0) yield return "分值（points）不能小于0";
        if (Grades.Count < 2) yield return "评议至少要有两个等次（grades）";
        if (Grades.Any(grade => grade.Share is < 0 or > 100 || string.IsNullOrWhiteSpace(grade.Name) || grade.Name.Length > 32)) yield return "等次（grades）要有名称，得分比例（share）应在0至100之间";
        if (Grades.Select(grade => grade.Name).Distinct().Count() < Grades.Count) yield return "等次（grades）名称重复";
    }
}
