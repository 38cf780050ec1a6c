using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.CaseFiles;

/// <summary>Keeps what case files lack; it is worked out anew when their definitions changed.</summary>
public sealed class CaseFileKeeper(IDbContextFactory<AppDbContext> contexts, CaseFileCatalog catalog) : EntryRows<CaseFileGap>(contexts)
{
    protected override string SettingKey => "casefiles.rules";

    /// <summary>What the entry's file lacks; nothing for drafts and voided entries, whose files nobody asks for.</summary>
    public override IReadOnlyList<CaseFileGap> RowsOf(Entry entry) =>
        entry.State is EntryState.Draft or EntryState.Voided || catalog.OfLedger(entry.LedgerKey) is not { } rule ? []
        : [.. rule.Gaps(entry.Values).Select(item => new CaseFileGap
        {
            EntryId = entry.Id, ItemKey = item.Key, UnitId = entry.UnitId, LedgerKey = entry.LedgerKey, FileField = item.Files ?? "",
        })];

    protected override IEnumerable<KeyValuePair<string, string>> Rules() => catalog.All.Select(rule => KeyValuePair.Create(rule.Definition.Ledger, Fingerprint(rule)));

    protected override Expression<Func<CaseFileGap, bool>> OfLedger(string ledger) => gap => gap.LedgerKey == ledger;

    /// <summary>Changes when anything does that decides what is missing; not when a printed form is reworded.</summary>
    static string Fingerprint(CaseFileRule rule) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        rule.Definition.When, rule.Definition.Tick,
        Items = rule.Definition.Items.Select(item => new { item.Key, item.Required, item.RequiredWhen, item.In, item.Files }),
        Types = rule.Definition.Items.SelectMany(item => (item.RequiredWhen?.Fields ?? []).Concat(item.In?.Fields ?? [])).Distinct().Order(StringComparer.Ordinal)
            .Select(key => $"{key}:{rule.Ledger.Field(key)?.Type}:{rule.Ledger.Field(key)?.Steps}"),
    }))));
}
