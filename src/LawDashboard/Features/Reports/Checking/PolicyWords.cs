using LawDashboard.Data;

namespace LawDashboard.Features.Reports.Checking;

/// <summary>Names and slogans of the plans that are in force in a year, and those that have expired by then (年度政策词库).</summary>
/// <param name="PlanName">The legal-publicity plan in force; null while none is published.</param>
/// <param name="Outline">The outline on law-based government in force; null while none is published.</param>
/// <param name="Expired">Words of plans that are over.</param>
public sealed record PolicyYear(int Year, string? PlanName, string? Outline, IReadOnlyList<string> Slogans, IReadOnlyList<string> Expired);

/// <summary>The policy words of <c>seed-data/policy/YEAR.json</c>; a year without a file of its own goes by the last one before it.</summary>
public sealed class PolicyWords(IEnumerable<PolicyYear> years)
{
    const string Folder = "policy";

    readonly IReadOnlyList<PolicyYear> years = [.. years.OrderBy(year => year.Year)];

    public PolicyYear? Of(int year) => years.LastOrDefault(known => known.Year <= year) ?? years.FirstOrDefault();

    public static PolicyWords Load(SeedFolder seed)
    {
        var read = seed.ReadEach<PolicyYear>(Folder);
        foreach (var (file, year) in read)
        {
            if (Path.GetFileNameWithoutExtension(file) != year.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)) seed.Report(file, "year", $"年度{year.Year}与文件名不一致");
            foreach (var word in year.Slogans.Concat(year.Expired).Where(string.IsNullOrWhiteSpace)) seed.Report(file, "词表", $"有空白的词“{word}”");
            foreach (var word in year.Expired.Where(word => year.Slogans.Any(slogan => slogan.Contains(word, StringComparison.Ordinal))
                || year.PlanName?.Contains(word, StringComparison.Ordinal) == true || year.Outline?.Contains(word, StringComparison.Ordinal) == true))
                seed.Report(file, "expired", $"“{word}”同时列为现行和过期");
        }
        if (read.Count == 0) seed.Report(Folder, "文件", "没有任何年度的政策词库");
        return new(read.Select(file => file.Value));
    }
}
