using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Evidence;

/// <summary>Something about a file that the reviewer should see. It blocks nothing: there may be a good reason.</summary>
/// <param name="Other">Another entry with the same picture, where the person sees it.</param>
public sealed record EvidenceFinding(string File, string Sentence, Entry? Other = null);

/// <summary>Holds photos against their entry, against the unit's other photos and against all other entries.</summary>
public sealed class EvidenceFindings(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, LedgerCatalog catalog, EvidenceRules rules)
{
    /// <summary>So many photos with a place make a unit's usual place.</summary>
    const int Enough = 3, Looked = 200;

    static readonly EntryState[] Everything = Enum.GetValues<EntryState>();

    public async Task<IReadOnlyList<EvidenceFinding>> OfEntryAsync(Person person, Entry entry, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (tree.Find(entry.UnitId) is not { } unit) return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var photos = await db.Evidence.AsNoTracking().Where(f => f.EntryId == entry.Id && !f.Removed && f.ContentType.StartsWith("image/")).OrderBy(f => f.Id).ToListAsync(cancel);
        if (photos.Count == 0) return [];
        var findings = photos.SelectMany(photo => Day(entry, photo)).ToList();
        findings.AddRange(await SameAsync(db, tree, person, entry, photos, cancel));
        if (photos.Any(photo => photo.Latitude is not null)) findings.AddRange(await FarAsync(db, tree, person, entry, unit, photos, cancel));
        return findings;
    }

    IEnumerable<EvidenceFinding> Day(Entry entry, EvidenceFile photo)
    {
        if (photo.TakenOn is not { } day || Math.Abs(day.DayNumber - entry.Date.DayNumber) is var apart && apart <= rules.DaysApart) yield break;
        var label = catalog.Ledger(entry.LedgerKey) is { } ledger ? ledger.Field(ledger.Date)?.Label ?? "日期" : "日期";
        yield return new(photo.Name, $"照片拍摄于{FieldValues.Iso(day)}，与{label}（{FieldValues.Iso(entry.Date)}）相差{Math.Abs(day.DayNumber - entry.Date.DayNumber)}天");
    }

    static async Task<List<EvidenceFinding>> SameAsync(AppDbContext db, UnitTree tree, Person person, Entry entry, List<EvidenceFile> photos, CancellationToken cancel)
    {
        var hashes = photos.Select(photo => photo.Sha256).Distinct().ToList();
        var same = await db.Evidence.AsNoTracking().Where(f => hashes.Contains(f.Sha256) && f.EntryId != entry.Id && !f.Removed).Select(f => new { f.Sha256, f.EntryId }).Distinct().Take(Looked).ToListAsync(cancel);
        if (same.Count == 0) return [];
        var ids = same.Select(other => other.EntryId).ToList();
        var seen = await EntryReader.Select(db, tree, new() { Person = person, States = Everything, Ids = ids }).ToDictionaryAsync(e => e.Id, cancel);
        return [.. from other in same
                   let photo = photos.First(p => p.Sha256 == other.Sha256)
                   let found = seen.GetValueOrDefault(other.EntryId)
                   where found?.State != EntryState.Voided
                   select new EvidenceFinding(photo.Name, found is null ? "同一张照片还用在您范围以外的一条记录中" : "同一张照片还用在另一条记录中", found)];
    }

    async Task<List<EvidenceFinding>> FarAsync(AppDbContext db, UnitTree tree, Person person, Entry entry, Unit unit, List<EvidenceFile> photos, CancellationToken cancel)
    {
        var ofUnit = EntryReader.Select(db, tree, new() { Person = person, Unit = unit, OwnOnly = true }).Where(e => e.Id != entry.Id);
        var files = db.Evidence.AsNoTracking();
        var places = await (from e in ofUnit join f in files on e.Id equals f.EntryId where f.Latitude != null && !f.Removed orderby f.Id descending select new { f.Latitude, f.Longitude }).Take(Looked).ToListAsync(cancel);
        if (places.Count < Enough) return [];
        var (latitude, longitude) = (Median(places.Select(p => p.Latitude!.Value)), Median(places.Select(p => p.Longitude!.Value)));
        return [.. from photo in photos
                   where photo.Latitude is not null
                   let distance = Kilometres(photo.Latitude!.Value, photo.Longitude!.Value, latitude, longitude)
                   where distance > rules.KilometresApart
                   select new EvidenceFinding(photo.Name, string.Create(CultureInfo.InvariantCulture, $"照片拍摄地点距本单位其他照片约{distance:0}公里"))];
    }

    static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Distance on a sphere of the Earth's mean radius, in kilometres (haversine).</summary>
    internal static double Kilometres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        static double Half(double degrees) => Math.Pow(Math.Sin(double.DegreesToRadians(degrees) / 2), 2);
        var chord = Half(latitude2 - latitude1) + (Math.Cos(double.DegreesToRadians(latitude1)) * Math.Cos(double.DegreesToRadians(latitude2)) * Half(longitude2 - longitude1));
        return 2 * 6371 * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }
}
