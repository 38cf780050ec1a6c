using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Indicators;

/// <summary>One line of <c>seed-data/targets.csv</c>: indicator,unit,year,value,document,issuedOn,spread.</summary>
public sealed record TargetSeed(string Indicator, string Unit, int Year, decimal Value, string? Document, DateOnly? IssuedOn, string Spread)
{
    public const string File = "targets.csv";

    /// <summary>Reads the file; lines that cannot be used are reported with their number.</summary>
    public static IReadOnlyList<TargetSeed> Read(SeedFolder seed, IndicatorCatalog catalog)
    {
        var targets = new List<TargetSeed>();
        if (seed.ReadText(File) is not { } text) return targets;
        foreach (var (line, index) in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index)).Skip(1))
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var cells = line.Split(',');
            var where = $"第{index + 1}行";
            if (cells.Length != 7) seed.Report(File, where, $"应有7列，实有{cells.Length}列");
            else if (catalog.Indicator(cells[0]) is null) seed.Report(File, where, $"指标“{cells[0]}”不存在");
            else if (!int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2000 or > 2200) seed.Report(File, where, $"年度“{cells[2]}”不对");
            else if (!decimal.TryParse(cells[3], NumberStyles.Number, CultureInfo.InvariantCulture, out var value)) seed.Report(File, where, $"目标值“{cells[3]}”不是数字");
            else if (cells[5].Length > 0 && !DateOnly.TryParseExact(cells[5], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) seed.Report(File, where, $"日期“{cells[5]}”应写成 2026-02-10");
            else if (cells[6] is not ("" or "even") && cells[6].Split(' ').Count(part => decimal.TryParse(part, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) != 12) seed.Report(File, where, "分月权重应为 even 或12个数字");
            else
                targets.Add(new(cells[0], cells[1], year, value, cells[4].Length > 0 ? cells[4] : null,
                    cells[5].Length > 0 ? DateOnly.ParseExact(cells[5], "yyyy-MM-dd", CultureInfo.InvariantCulture) : null, cells[6].Length > 0 ? cells[6] : "even"));
        }
        return targets;
    }

    /// <summary>Stores those targets whose unit exists and that are not stored yet; what people revised since stays.</summary>
    public static async Task StoreAsync(AppDbContext db, UnitTree tree, IEnumerable<TargetSeed> seeds, CancellationToken cancel)
    {
        var stored = (await db.Targets.AsNoTracking().Select(t => new { t.IndicatorKey, t.UnitId, t.Year }).ToListAsync(cancel)).ToHashSet();
        foreach (var seed in seeds)
        {
            if (tree.Find(seed.Unit) is not { } unit || !stored.Add(new { IndicatorKey = seed.Indicator, UnitId = unit.Id, seed.Year })) continue;
            db.Targets.Add(new Target
            {
                IndicatorKey = seed.Indicator, UnitId = unit.Id, Year = seed.Year, Value = seed.Value, Document = seed.Document,
                IssuedOn = seed.IssuedOn, EffectiveOn = new DateOnly(seed.Year, 1, 1), Spread = seed.Spread,
            });
        }
        await db.SaveChangesAsync(cancel);
    }
}
