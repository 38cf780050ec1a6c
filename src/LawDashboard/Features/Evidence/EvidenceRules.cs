using LawDashboard.Data;

namespace LawDashboard.Features.Evidence;

/// <summary>Which files may be evidence, and when a photo is worth a second look. Data: <c>seed-data/evidence.json</c>.</summary>
public sealed class EvidenceRules
{
    /// <summary>Names of the kinds that are taken: jpeg, png, webp, heic, pdf, docx, xlsx, doc, xls, mp4.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }
    /// <summary>Largest file, in megabytes.</summary>
    public required int Megabytes { get; init; }
    /// <summary>A photo taken more days than this before or after the entry's date is shown to the reviewer.</summary>
    public required int DaysApart { get; init; }
    /// <summary>A photo taken farther than this from the unit's other photos is shown to the reviewer.</summary>
    public required int KilometresApart { get; init; }

    /// <summary>In bytes.</summary>
    public long SizeLimit => (long)Megabytes << 20;

    public bool Takes(FileKind kind) => Kinds.Contains(kind.Key, StringComparer.Ordinal);

    /// <summary>What may be handed in, in words.</summary>
    public string Allowed => string.Join('、', FileKind.All.Where(Takes).Select(kind => kind.Ending[1..]));

    /// <summary>For the browser's file picker.</summary>
    public string Accept => string.Join(',', FileKind.All.Where(Takes).SelectMany(kind => kind.IsPicture ? [kind.ContentType, kind.Ending] : (string[])[kind.Ending]));

    public static readonly EvidenceRules Usual = new() { Kinds = [.. FileKind.All.Select(kind => kind.Key)], Megabytes = 100, DaysApart = 3, KilometresApart = 30 };

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static EvidenceRules Load(SeedFolder seed)
    {
        const string file = "evidence.json";
        if (seed.Read<EvidenceRules>(file) is not { } rules) return Usual;
        foreach (var kind in rules.Kinds.Where(key => FileKind.All.All(kind => kind.Key != key)))
            seed.Report(file, "kinds", $"文件类型“{kind}”不认识，可用：{string.Join("、", FileKind.All.Select(k => k.Key))}");
        if (rules.Megabytes is < 1 or > 1024) seed.Report(file, "megabytes", "文件大小上限应为1至1024（MB）");
        if (rules.DaysApart < 0 || rules.KilometresApart < 1) seed.Report(file, "daysApart", "相差天数不能小于0，相距公里数不能小于1");
        return rules;
    }
}
