using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Ledgers;

/// <summary>Keeps every version of a ledger definition that was in use, so that old entries can be read as they were meant.</summary>
public sealed class LedgerVersions(IDbContextFactory<AppDbContext> contexts, LedgerCatalog catalog, TimeProvider clock)
{
    static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    Dictionary<string, int> current = new(StringComparer.Ordinal);

    /// <summary>The version of the definition that is loaded now; 1 before <see cref="RecordAsync"/> has run.</summary>
    public int Current(string ledger) => current.GetValueOrDefault(ledger, 1);

    /// <summary>Stores the loaded definitions that differ from the newest stored version. Run once at start.</summary>
    public async Task RecordAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var newest = (await db.LedgerVersions.AsNoTracking().ToListAsync(cancel))
            .GroupBy(version => version.LedgerKey).ToDictionary(group => group.Key, group => group.MaxBy(v => v.Version)!);
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ledger in catalog.Ledgers)
        {
            var json = JsonSerializer.Serialize(ledger, Options);
            var last = newest.GetValueOrDefault(ledger.Key);
            versions[ledger.Key] = last is null ? 1 : last.Json == json ? last.Version : last.Version + 1;
            if (last?.Json != json)
                db.LedgerVersions.Add(new LedgerVersion { LedgerKey = ledger.Key, Version = versions[ledger.Key], Json = json, Since = ChinaTime.Now(clock) });
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        current = versions;
    }
}
