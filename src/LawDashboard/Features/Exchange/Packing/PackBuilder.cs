using LawDashboard.Data;
using LawDashboard.Features.Accounts;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>What a build came to.</summary>
/// <param name="Manifest">SHA-256 of the manifest: whoever has it can tell that nothing of the pack was changed.</param>
public sealed record PackResult(string Title, long Bytes, int Files, int Entries, string Manifest, IReadOnlyList<PackGap> Gaps, IReadOnlyList<PackLeftOut> LeftOut);

/// <summary>
/// Builds an inspection pack into a file, streamed: its memory does not grow with entries or files. What is missing stands
/// first in index and viewer; the manifest of hashes is the last part.
/// </summary>
public sealed class PackBuilder(PackPlans plans, PackTables tables, PackEntries entries, PackReport reports, TimeProvider clock)
{
    /// <summary>Null when the person does not see the unit. The file is whole when this returns; after a failure it is deleted.</summary>
    public async Task<PackResult?> BuildAsync(Person person, PackRequest request, string path, IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Editions.Refusal(person, request.Edition, request.Reason) is { } refusal) throw new InvalidOperationException(refusal);
        var spoolPath = path + ".lines";
        try
        {
            progress?.Report(new(0, 0, "核对缺什么"));
            if (await plans.MakeAsync(person, request, cancel) is not { } plan) return null;
            return await BuildAsync(plan, path, spoolPath, progress, cancel);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    async Task<PackResult> BuildAsync(PackPlan plan, string path, string spoolPath, IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        var (done, total) = (0, await entries.CountAsync(plan, cancel));
        var root = PackNames.Part($"{plan.Title}（{plan.EditionLabel}）", 40);
        int files;
        string manifest;
        IReadOnlyList<PackLeftOut> leftOut;
        await using (var archive = await PackArchive.CreateAsync(path, root, ChinaTime.Local(ChinaTime.Now(clock)), cancel))
        await using (var spool = new PackSpool(spoolPath))
        {
            var report = await reports.ReadAsync(plan.Person, plan, cancel);
            var names = new PackedNames(plan.Request.Masked && report is not null ? report.Text.ToText() : "");
            await tables.WriteAsync(archive, plan, doing => progress?.Report(new(0, total, doing)), cancel);
            await entries.WriteAsync(archive, spool, plan, names, (more, doing) => progress?.Report(new(done += more, total, doing)), cancel);
            progress?.Report(new(done, total, "目录和校验清单"));
            if (report is not null) await PackReport.WriteAsync(archive, report, plan.Request.Masked ? names.Found : null, cancel);
            var index = new PackIndex(plan, report is not null, spool);
            leftOut = index.LeftOut;
            await archive.AddTextAsync(PackIndex.Name, index.Text, cancel);
            await PackIndexBook.WriteAsync(archive, index, cancel);
            await PackViewer.WriteAsync(archive, index, cancel);
            manifest = await archive.EndAsync(cancel);
            files = archive.Files;
            done = spool.Count;
        }
        return new(root, new FileInfo(path).Length, files, done, manifest, plan.Gaps, leftOut);
    }
}

/// <summary>What index and viewer say of a pack: first what it does not hold, then what is missing.</summary>
sealed record PackIndex(PackPlan Plan, bool HasReport, PackSpool Spool)
{
    /// <summary>The same in plain text, for whoever opens the folder and nothing else.</summary>
    public const string Name = "00-说明.txt";

    /// <summary>Files that the masked edition leaves out, by ledger.</summary>
    public IReadOnlyList<PackLeftOut> LeftOut => [.. Spool.Withheld.Select(ledger => new PackLeftOut(Plan.Ledgers[ledger.Key].Definition.Name, ledger.Value.Entries, ledger.Value.Files))];

    public string Text => string.Concat(((string[])
    [
        .. Notes, "",
        .. Spool.Withheld.Count > 0 ? (string[])[$"一、{PackLeftOut.Kind}（{LeftOut.Sum(ledger => ledger.Files)}件）", .. LeftOut.Select(ledger => "  " + ledger.Text), $"  {PackLeftOut.Why}。", ""] : [],
        $"{(Spool.Withheld.Count > 0 ? "二" : "一")}、缺什么（{Plan.Gaps.Count}项）", .. Plan.Gaps.Count == 0 ? ["  没有发现缺少的材料。"] : Plan.Gaps.Select(gap => $"  {gap.Kind}：{gap.Text}（{gap.Why}）"), "",
        $"目录：{PackViewer.Name}（用浏览器打开）、{PackIndexBook.Name}（用 Excel、WPS 打开）。校验：{PackViewer.CheckerName}。",
    ]).Select(line => line + "\r\n"));

    /// <summary>Sentences that stand above everything else.</summary>
    public IReadOnlyList<string> Notes =>
    [
        $"{Plan.Title}（{Plan.EditionLabel}），{Plan.MadeAt}由{Plan.Person.Name}生成；只含已审记录，数据截至生成之时。",
        .. Plan.Request.Masked
            ? (string[])[$"脱敏版：个人信息已隐藏部分内容；{(Spool.Withheld.Count > 0 ? $"含当事人信息的{Spool.Withheld.Count}本台账的{LeftOut.Sum(ledger => ledger.Files)}件附件不能逐页遮盖，没有附原件，清单和原因见“{PackLeftOut.Kind}”。" : "没有因脱敏而不附的附件。")}照片不含拍摄地点。"]
            : ["完整版：含个人信息，请妥善保管，用后销毁。照片不含拍摄地点。"],
        $"每个文件的 SHA-256 列在 {PackArchive.Manifest}；打开“{PackViewer.CheckerName}”选择本文件夹即可校验，或在本文件夹内运行 sha256sum -c {PackArchive.Manifest}。",
    ];
}
