using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.CaseFiles;

/// <summary>A case file ready to be sent, and its name as a file.</summary>
public sealed record CaseFilePrinted(string Name, CaseFilePaper Paper);

/// <summary>
/// Prepares case files for download. Personal data is in them only with a key that is given after a reason was written into
/// the audit log; every download is in the log.
/// </summary>
public sealed class CaseFilePrint(
    IDbContextFactory<AppDbContext> contexts, EntryLists entries, CaseFileReader reader, CaseFileCatalog catalog, LedgerCatalog ledgers, UnitDirectory units,
    DownloadKeys keys, TimeProvider clock)
{
    /// <summary>Of the keys to unmasked files; what they carry is the entry.</summary>
    const string KeyPurpose = "casefile";

    /// <summary>Asks for the unmasked file: logs the reason and gives the key that the download wants.</summary>
    public async Task<(string? Key, string? Refusal)> RevealAsync(Person person, long id, string? reason, CancellationToken cancel = default) =>
        await entries.RevealAsync(person, id, reason, clock, cancel) switch
        {
            EntryResult.Done => (keys.Give(person, KeyPurpose, id.ToString(CultureInfo.InvariantCulture)), null),
            EntryResult.Invalid(var errors) => (null, errors[0].Message),
            EntryResult.Refused(var why) => (null, why),
            _ => (null, "没有这条记录"),
        };

    /// <summary>Null when there is no such entry in the person's scope, or its ledger keeps no case files.</summary>
    public async Task<CaseFilePrinted?> PrepareAsync(Person person, long id, string? key, CancellationToken cancel = default)
    {
        if (await entries.FindAsync(person, id, cancel) is not { } entry || catalog.OfLedger(entry.LedgerKey) is not { } rule) return null;
        var tree = await units.TreeAsync(cancel);
        var revealed = person.CanReveal && keys.Open(person, KeyPurpose, key) == id.ToString(CultureInfo.InvariantCulture);
        var status = await reader.OfEntryAsync(person, entry, cancel);
        var paper = new CaseFileFiller(ledgers, tree, rule, entry, revealed).Paper(status!);
        await LogAsync(person, entry, $"{rule.Definition.Name}{(paper.Masked ? "（个人信息隐藏）" : "")}", cancel);
        return new($"{rule.Definition.Name}{entry.Serial ?? "未编号"}.docx", paper);
    }

    Task LogAsync(Person person, Entry entry, string note, CancellationToken cancel) =>
        contexts.NoteAsync(new(ChinaTime.Now(clock), person.Id, person.Name, "export", "entry", entry.Id, entry.LedgerKey, entry.UnitId, null, note), cancel);
}
