using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>What an entry has to show for itself; one can have both a photo and a paper.</summary>
public enum Shown { None, Photo, Paper }

/// <summary>Lists narrowed by what entries have to show for themselves: <c>x.evidence=none</c>.</summary>
public sealed class EvidenceFilter : IListFilter
{
    public const string FilterKey = "evidence";

    static readonly (Shown Shown, string Value, string Label)[] Choices = [(Shown.None, "none", "没有佐证"), (Shown.Photo, "photo", "有照片"), (Shown.Paper, "paper", "有签字或印发的材料（PDF、Word）")];

    /// <summary>Signed papers come as scans or as the documents themselves.</summary>
    static readonly string[] Papers = [.. FileKind.All.Where(kind => kind.Key is "pdf" or "docx" or "doc").Select(kind => kind.ContentType)];

    public string Key => FilterKey;
    public string Label => "佐证";

    public static string Value(Shown shown) => Choices.First(choice => choice.Shown == shown).Value;

    public IReadOnlyList<(string Value, string Label)> Options(LedgerDefinition ledger) =>
        ledger.Fields.Any(field => field.Type == FieldType.Files) ? [.. Choices.Select(choice => (choice.Value, choice.Label))] : [];

    public bool TellsPast => true;

    public EntryNarrowing? Narrow(Person person, string value, PastPoint? past) =>
        Choices.FirstOrDefault(choice => choice.Value == value) is { Label: not null } chosen ? new(Key, value, (db, entries) => Having(db, entries, chosen.Shown, past)) : null;

    /// <summary>Those of the entries that have it.</summary>
    /// <param name="past">The point in the past that is asked; null for now.</param>
    public static IQueryable<Entry> Having(AppDbContext db, IQueryable<Entry> entries, Shown shown, PastPoint? past = null)
    {
        var files = past is null ? db.Evidence.AsNoTracking().Where(file => !file.Removed) : At(db, past.Sequence);
        return shown switch
        {
            Shown.None => entries.Where(entry => !files.Any(file => file.EntryId == entry.Id)),
            Shown.Photo => entries.Where(entry => files.Any(file => file.EntryId == entry.Id && file.ContentType.StartsWith("image/"))),
            _ => entries.Where(entry => files.Any(file => file.EntryId == entry.Id && Papers.Contains(file.ContentType))),
        };
    }

    /// <summary>The files that hung on entries at a line of the audit log: added by then, and not taken off between.</summary>
    static IQueryable<EvidenceFile> At(AppDbContext db, long sequence)
    {
        var lines = db.AuditEvents.AsNoTracking().Where(line => line.Subject == "entry" && line.Sequence <= sequence);
        return db.Evidence.AsNoTracking().Where(file => lines.Any(added => added.SubjectId == file.EntryId && added.Action == "attach" && added.Note!.Contains(file.Sha256)
            && !lines.Any(taken => taken.SubjectId == file.EntryId && taken.Action == "detach" && taken.Sequence > added.Sequence && taken.Note!.Contains(file.Sha256))));
    }
}
