using System.Globalization;
using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>A file that an entry had at a moment in the past.</summary>
/// <param name="FileId">Under which it can still be opened; null when it was taken off since.</param>
/// <param name="AddedAt">UTC.</param>
public sealed record PastFile(string Name, string Sha256, long Size, string AddedBy, DateTime AddedAt, long? FileId);

/// <summary>Tells from the audit log which files an entry had at a moment: those added up to then and not taken off.</summary>
public sealed partial class EvidenceHistory(IDbContextFactory<AppDbContext> contexts, EntryLists entries)
{
    /// <summary>In the order of their adding; none when the person does not see the entry as it was then.</summary>
    public async Task<IReadOnlyList<PastFile>> OfEntryAsync(Person person, long entryId, PastPoint then, CancellationToken cancel = default)
    {
        if (await entries.FindAsync(person, entryId, then, cancel) is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var lines = await db.AuditEvents.AsNoTracking().Where(line => line.Subject == "entry" && line.SubjectId == entryId && line.Sequence <= then.Sequence && (line.Action == "attach" || line.Action == "detach"))
            .OrderBy(line => line.Sequence).Select(line => new { line.Action, line.Note, line.PersonName, line.At }).ToListAsync(cancel);
        var now = await db.Evidence.AsNoTracking().Where(file => file.EntryId == entryId && !file.Removed).OrderBy(file => file.Id).Select(file => new { file.Id, file.Sha256, file.Name }).ToListAsync(cancel);
        var files = new List<PastFile>();
        foreach (var line in lines)
        {
            if (Words().Match(line.Note ?? "") is not { Success: true } words) continue;
            var (name, hash) = (words.Groups["name"].Value, words.Groups["hash"].Value);
            if (line.Action == "attach")
                files.Add(new(name, hash, long.Parse(words.Groups["size"].Value, CultureInfo.InvariantCulture), line.PersonName, line.At, null));
            else if (files.FindIndex(file => file.Sha256 == hash && file.Name == name) is >= 0 and var at) files.RemoveAt(at);
        }
        // The same file may have been added to two fields: each row of now is taken once.
        return [.. files.Select(file =>
        {
            var still = now.FirstOrDefault(one => one.Sha256 == file.Sha256 && one.Name == file.Name);
            if (still is not null) now.Remove(still);
            return file with { FileId = still?.Id };
        })];
    }

    /// <summary>As <see cref="EvidenceLog"/> writes it.</summary>
    [GeneratedRegex(@"^(?<name>.*)（(?<hash>[0-9a-f]{64})，(?<size>\d{1,18})字节）$", RegexOptions.Singleline)]
    private static partial Regex Words();
}
