using LawDashboard.Components;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>
/// Files of one ledger that the masked edition does not hold (脱敏版未附的附件): no mask hides what a scan shows. An inspector
/// is told first which they are and how he sees them all the same.
/// </summary>
public sealed record PackLeftOut(string Ledger, int Entries, int Files, string? Href = null)
{
    public const string Kind = "脱敏版未附的附件";
    public const string Why = "这本台账含证件、电话、住址等当事人信息，扫描件、照片不能逐页遮盖；需要查看的，由有权限的人写明理由生成完整版，或到单位现场查阅原件";

    public string Text => $"{Ledger}：{Entries}条记录的{Files}件附件";
}

/// <summary>Counts, before a pack is built, what its masked edition would leave out.</summary>
public sealed class PackLeavings(EvidenceWanting evidence, LedgerCatalog catalog)
{
    public async Task<IReadOnlyList<PackLeftOut>> FindAsync(Person person, UnitYear facts, CancellationToken cancel = default)
    {
        var files = await evidence.FilesAsync(new() { Person = person, Unit = facts.Unit, States = [EntryState.Approved], From = new(facts.Year, 1, 1), To = new(facts.Year, 12, 31) }, cancel);
        return [.. catalog.Ledgers.Where(ledger => files.ContainsKey(ledger.Key) && PersonalScrub.HoldsParties(ledger)).Select(ledger =>
            new PackLeftOut(ledger.Name, files[ledger.Key].Entries, files[ledger.Key].Files, WorkContext.Link($"/ledgers/{ledger.Key}", facts.Unit, facts.Year)))];
    }
}
