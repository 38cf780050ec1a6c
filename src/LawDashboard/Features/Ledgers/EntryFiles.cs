using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>
/// Which file fields of an entry hold files. Ledgers knows of no files itself; whoever keeps them says so, for the
/// definitions that make one compulsory.
/// </summary>
public interface IEntryFiles
{
    /// <summary>Keys of the fields with at least one file of the entry, or of the form that becomes it.</summary>
    Task<IReadOnlySet<string>> FilledAsync(AppDbContext db, long? entryId, Guid? form, CancellationToken cancel);
}

/// <summary>Files are never compulsory, unless the definition says so.</summary>
static class CompulsoryFiles
{
    /// <summary>A sentence for each field of a new entry that wants a file: it cannot have one yet.</summary>
    public static IEnumerable<FieldError> Wanted(LedgerDefinition ledger, FieldValues values) => FieldsOf(ledger, values).Select(Missing);

    /// <summary>A sentence for each field whose file is missing.</summary>
    public static async Task<IEnumerable<FieldError>> MissingAsync(
        this IEnumerable<IEntryFiles> keepers, AppDbContext db, LedgerDefinition ledger, FieldValues values, long? entryId, Guid? form, CancellationToken cancel)
    {
        var wanted = FieldsOf(ledger, values).ToList();
        if (wanted.Count == 0) return [];
        var filled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var keeper in keepers) filled.UnionWith(await keeper.FilledAsync(db, entryId, form, cancel));
        return wanted.Where(field => !filled.Contains(field.Key)).Select(Missing);
    }

    static IEnumerable<FieldDefinition> FieldsOf(LedgerDefinition ledger, FieldValues values) =>
        ledger.Fields.Where(field => field.Type == FieldType.Files && EntryValidator.Shown(ledger, field, values) && EntryValidator.Required(ledger, field, values));

    static FieldError Missing(FieldDefinition field) => new(field.Key, $"请上传{field.Label}");
}
