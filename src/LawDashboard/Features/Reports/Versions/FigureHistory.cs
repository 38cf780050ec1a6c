using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Versions;

/// <summary>A row that counts differently now than when the report was drafted.</summary>
/// <param name="Then">What it brought to the count then, in shown units; 0 when it was not counted.</param>
/// <param name="Now">The same now.</param>
public sealed record ChangedRow(long EntryId, string? Serial, string Title, decimal Then, decimal Now);

/// <summary>One count of a figure as it was when drafted, beside now.</summary>
public sealed record CountThenAndNow(SourcePart Part, decimal Then, decimal Now, IReadOnlyList<ChangedRow> Rows);

/// <summary>
/// Counts a figure's rows as of an audit sequence. Each line of the log carries the whole entry as it became, so the count
/// of then is the count of now less what the entries changed since bring to it, plus what they brought then; its cost
/// depends on what changed since, not on how many entries there are.
/// </summary>
public sealed class FigureHistory(IDbContextFactory<AppDbContext> contexts, UnitDirectory units, IndicatorCatalog catalog, Counters counters, StretchReader stretches, TallyReader tallies, IndicatorReckoner reckoner, LateEntries late, TimeProvider clock)
{
    /// <param name="sequence">The audit sequence at which the report was drafted.</param>
    public async Task<IReadOnlyList<CountThenAndNow>> OfAsync(Person person, Unit unit, FigureSource source, long sequence, CancellationToken cancel = default)
    {
        List<CountThenAndNow> counts = [];
        var changes = new Dictionary<string, IReadOnlyList<Change>>(StringComparer.Ordinal);
        foreach (var part in source.Parts)
        {
            if (counters.Find(part.Counted.Measure) is not { } counter) continue;
            var of = part.Counted.Unit is { } code && (await units.TreeAsync(cancel)).Find(code) is { } below ? below : unit;
            if (!changes.TryGetValue($"{of.Id}/{counter.Ledger.Key}", out var changed))
                changed = changes[$"{of.Id}/{counter.Ledger.Key}"] = await ChangesAsync(person, of, counter.Ledger.Key, sequence, cancel);
            counts.Add(part.Counted.Slice == LateCases.Rows ? await LateAsync(person, of, part, counter.Ledger.Key, changed, sequence, cancel)
                : Count(part, counter, changed, await NowAsync(person, of, part.Counted, cancel)));
        }
        return counts;
    }

    static CountThenAndNow Count(SourcePart part, Counter counter, IReadOnlyList<Change> changes, decimal now)
    {
        var steps = counter.Measure.Sum is { } sum ? counter.Ledger.Field(sum)!.Steps : 1;
        List<ChangedRow> rows = [.. from change in changes
                                    let before = Amount(change.Then, counter, part.Counted, steps)
                                    let after = Amount(change.Now, counter, part.Counted, steps)
                                    where before != after
                                    let entry = change.Now ?? change.Then!
                                    select new ChangedRow(entry.Id, entry.Serial, entry.Title, before, after)];
        return new(part, now + rows.Sum(row => row.Then - row.Now), now, rows);
    }

    /// <summary>What one entry brings to the count.</summary>
    static decimal Amount(Entry? entry, Counter counter, CountedRows rows, long steps)
    {
        if (entry is not { State: EntryState.Approved }) return 0;
        var level = counter.Measure.Kind == MeasureKind.Level;
        var total = 0L;
        foreach (var (key, amount) in counter.Contributions(entry, level ? null : rows.From, rows.To))
            if (key.Slice == (rows.Slice ?? "")) total += counter.Measure.Kind == MeasureKind.Sum ? amount.Sum : amount.Count;
        return (decimal)total / steps;
    }

    async Task<decimal> NowAsync(Person person, Unit unit, CountedRows rows, CancellationToken cancel)
    {
        var (from, to) = (rows.From, rows.To);
        var (months, end) = (new MonthRange(from.Year * 100 + from.Month, to.Year * 100 + to.Month), new DateOnly(to.Year, to.Month, DateTime.DaysInMonth(to.Year, to.Month)));
        var focus = new TallyFocus([rows.Measure], rows.Slice is null ? [] : [rows.Measure]);
        var book = await tallies.BookAsync(person, unit, months, focus, cancel);
        if (to < end) book = book.Less(await stretches.ReadAsync(person, unit, to.AddDays(1), end, focus, cancel));
        return reckoner.Measure(book, rows.Measure, months, slice: rows.Slice ?? "");
    }

    /// <summary>
    /// Entries past a statutory limit: time alone makes one late, so besides those that changed since, those that are late now
    /// are looked at as they stood on the day of the draft.
    /// </summary>
    async Task<CountThenAndNow> LateAsync(Person person, Unit unit, SourcePart part, string ledger, IReadOnlyList<Change> changes, long sequence, CancellationToken cancel)
    {
        var rows = part.Counted;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var (today, drafted) = (ChinaTime.Today(clock), await DayAsync(db, sequence, cancel));
        var lateNow = (await late.ReadAsync(person, unit, rows.From, rows.To, today, cancel)).Where(entry => entry.Ledger == ledger).ToDictionary(entry => entry.EntryId);
        var lateThen = changes.Where(change => IsLate(change.Then, drafted)).Select(change => change.Then!.Id).ToHashSet();
        // What nobody touched since was late then if a limit was over then already.
        var changed = changes.SelectMany(change => new[] { change.Then?.Id, change.Now?.Id }).OfType<long>().ToHashSet();
        lateThen.UnionWith(lateNow.Values.Where(entry => !changed.Contains(entry.EntryId) && entry.Since < drafted).Select(entry => entry.EntryId));
        var tree = await units.TreeAsync(cancel);
        long[] differing = [.. lateNow.Keys.Except(lateThen).Union(lateThen.Except(lateNow.Keys)).Order()];
        var named = await EntryReader.Select(db, tree, new() { Person = person, Unit = unit, States = Enum.GetValues<EntryState>(), WithListed = true, Ids = differing })
            .Select(entry => new { entry.Id, entry.Serial, entry.Title }).ToListAsync(cancel);
        return new(part, lateThen.Count, lateNow.Count, [.. named.OrderBy(entry => entry.Id).Select(entry =>
            new ChangedRow(entry.Id, entry.Serial, entry.Title, lateThen.Contains(entry.Id) ? 1 : 0, lateNow.ContainsKey(entry.Id) ? 1 : 0))]);

        bool IsLate(Entry? entry, DateOnly day) => entry is { State: EntryState.Approved } && entry.Date >= rows.From && entry.Date <= rows.To && late.IsLate(entry.LedgerKey, entry.Values, day);
    }

    /// <summary>The day in China on which the report was drafted: that of the first line after the sequence, its own saving or a line just before it.</summary>
    async Task<DateOnly> DayAsync(AppDbContext db, long sequence, CancellationToken cancel) =>
        await db.AuditEvents.AsNoTracking().Where(line => line.Sequence > sequence).OrderBy(line => line.Sequence).Select(line => (DateTime?)line.At).FirstOrDefaultAsync(cancel) is { } at
            ? DateOnly.FromDateTime(ChinaTime.Local(at)) : ChinaTime.Today(clock);

    sealed record Change(Entry? Then, Entry? Now);

    /// <summary>The ledger's entries below the unit with a line in the log after the sequence, as they were then and as they are now.</summary>
    async Task<IReadOnlyList<Change>> ChangesAsync(Person person, Unit unit, string ledger, long sequence, CancellationToken cancel)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var lines = db.AuditEvents.AsNoTracking().Where(line => line.Subject == "entry" && line.LedgerKey == ledger && line.SubjectId != null && line.After != null);
        var ids = await lines.Where(line => line.Sequence > sequence).Select(line => line.SubjectId!.Value).Distinct().ToListAsync(cancel);
        if (ids.Count == 0) return [];
        var last = lines.Where(line => line.Sequence <= sequence && ids.Contains(line.SubjectId!.Value)).GroupBy(line => line.SubjectId).Select(group => group.Max(line => line.Sequence));
        var then = await lines.Where(line => last.Contains(line.Sequence)).Select(line => line.After!).ToListAsync(cancel);
        var states = Enum.GetValues<EntryState>();
        var now = await EntryReader.Select(db, tree, new() { Person = person, Unit = unit, Ledger = catalog.Ledgers.Ledger(ledger), States = states, Ids = ids })
            .ToDictionaryAsync(entry => entry.Id, cancel);
        // An entry lies where it lay when it was counted, also if it was moved to another unit since.
        var before = then.Select(Entry).Where(entry => tree.Find(entry.UnitId) is { } at && tree.Covers(unit, at) && person.Sees(tree, at)).ToDictionary(entry => entry.Id);
        return [.. ids.Select(id => new Change(before.GetValueOrDefault(id), now.GetValueOrDefault(id)))];
    }

    static Entry Entry(string json)
    {
        var snapshot = EntrySnapshot.Read(json);
        return new()
        {
            Id = snapshot.Id, LedgerKey = snapshot.Ledger, UnitId = snapshot.Unit, Date = snapshot.Date, Serial = snapshot.Serial, Title = snapshot.Title, State = snapshot.State,
            Values = snapshot.FieldValues, CreatedBy = snapshot.CreatedBy, OriginId = snapshot.Origin,
        };
    }

    /// <summary>A number as the drawer shows it.</summary>
    public static string Number(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);
}
