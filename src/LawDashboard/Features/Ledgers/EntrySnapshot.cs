using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LawDashboard.Data;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>An entry as the audit log keeps it: everything that people or figures may ask of it later.</summary>
public sealed record EntrySnapshot(
    long Id, string Ledger, int Definition, int Unit, DateOnly Date, string? Serial, string Title, EntryState State,
    string? Note, JsonElement Values, int Version, int CreatedById, string CreatedBy, DateTime CreatedAt, string? ApprovedBy, bool? Backdated = null, long? Origin = null, JsonElement? Approved = null)
{
    static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(Entry entry)
    {
        using var values = JsonDocument.Parse(entry.Values.Json);
        using var approved = entry.ApprovedValues is { } open ? JsonDocument.Parse(open.Json) : null;
        return JsonSerializer.Serialize(new EntrySnapshot(entry.Id, entry.LedgerKey, entry.DefinitionVersion, entry.UnitId, entry.Date,
            entry.Serial, entry.Title, entry.State, entry.StateNote, values.RootElement, entry.Version, entry.CreatedById,
            entry.CreatedBy, entry.CreatedAt, entry.ApprovedBy, entry.Backdated ? true : null, entry.OriginId,
            approved?.RootElement), Options);
    }

    public static EntrySnapshot Read(string json) => JsonSerializer.Deserialize<EntrySnapshot>(json, Options)!;

    /// <summary>The entry as it was: all that counting and showing ask of it.</summary>
    public Entry ToEntry() => new()
    {
        Id = Id, LedgerKey = Ledger, DefinitionVersion = Definition, UnitId = Unit, Date = Date, Serial = Serial, Title = Title, State = State, StateNote = Note, Values = FieldValues,
        Version = Version, CreatedById = CreatedById, CreatedBy = CreatedBy, CreatedAt = CreatedAt, ApprovedBy = ApprovedBy, ApprovedValues = ApprovedValues, Backdated = Backdated == true, OriginId = Origin,
    };

    [JsonIgnore]
    public FieldValues FieldValues => Data.FieldValues.Parse(Values.GetRawText());
    /// <summary>What was approved, while the entry was open again.</summary>
    [JsonIgnore]
    public FieldValues? ApprovedValues => Approved is { } approved ? Data.FieldValues.Parse(approved.GetRawText()) : null;
}

/// <summary>Writes every change of an entry into the audit log, with the entry as it became.</summary>
sealed class EntryAuditor : IEntryListener
{
    /// <summary>What the audit log calls an entry.</summary>
    internal const string Subject = "entry";

    public Task OnChangedAsync(AppDbContext db, UnitTree tree, IReadOnlyList<EntryChange> changes, CancellationToken cancel) =>
        AuditTrail.AppendAsync(db, changes.Count == 1 ? [Record(changes[0])] : changes.AsParallel().AsOrdered().Select(Record).ToList(), cancel);

    internal static AuditRecord Record(EntryChange change) =>
        new(change.At, change.By.Id, change.By.Name, change.Action, Subject, change.After.Id,
            change.After.LedgerKey, change.After.UnitId, EntrySnapshot.Write(change.After), change.Note);
}
