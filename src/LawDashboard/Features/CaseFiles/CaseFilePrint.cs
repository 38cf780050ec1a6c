using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.DataProtection;
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
    IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a key to the unmasked file is good: enough to click, too short to pass on.</summary>
    static readonly TimeSpan KeyLife = TimeSpan.FromMinutes(5);

    readonly IDataProtector protector = protection.CreateProtector("LawDashboard.CaseFiles.Reveal");

    /// <summary>Asks for the unmasked file: logs the reason and gives the key that the download wants.</summary>
    public async Task<(string? Key, string? Refusal)> RevealAsync(Person person, long id, string? reason, CancellationToken cancel = default) =>
        await entries.RevealAsync(person, id, reason, clock, cancel) switch
        {
            EntryResult.Done => (protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{person.Id}|{id}|{clock.GetUtcNow().ToUnixTimeSeconds()}")), null),
            EntryResult.Invalid(var errors) => (null, errors[0].Message),
            EntryResult.Refused(var why) => (null, why),
            _ => (null, "没有这条记录"),
        };

    /// <summary>Null when there is no such entry in the person's scope, or its ledger keeps no case files.</summary>
    public async Task<CaseFilePrinted?> PrepareAsync(Person person, long id, string? key, CancellationToken cancel = default)
    {
        if (await entries.FindAsync(person, id, cancel) is not { } entry || catalog.OfLedger(entry.LedgerKey) is not { } rule) return null;
        var tree = await units.TreeAsync(cancel);
        var revealed = person.CanReveal && IsGood(key, person, id);
        var status = await reader.OfEntryAsync(person, entry, cancel);
        var paper = new CaseFileFiller(ledgers, tree, rule, entry, revealed).Paper(status!);
        await LogAsync(person, entry, $"{rule.Definition.Name}{(paper.Masked ? "（个人信息隐藏）" : "")}", cancel);
        return new($"{rule.Definition.Name}{entry.Serial ?? "未编号"}.docx", paper);
    }

    bool IsGood(string? key, Person person, long id)
    {
        if (string.IsNullOrEmpty(key)) return false;
        try
        {
            return protector.Unprotect(key).Split('|') is [var who, var what, var when]
                && who == person.Id.ToString(CultureInfo.InvariantCulture) && what == id.ToString(CultureInfo.InvariantCulture)
                && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(when, CultureInfo.InvariantCulture)) < KeyLife;
        }
        // Somebody's invention, or a key from before the keys were changed: the file comes masked.
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    Task LogAsync(Person person, Entry entry, string note, CancellationToken cancel) =>
        contexts.NoteAsync(new(ChinaTime.Now(clock), person.Id, person.Name, "export", "entry", entry.Id, entry.LedgerKey, entry.UnitId, null, note), cancel);
}
