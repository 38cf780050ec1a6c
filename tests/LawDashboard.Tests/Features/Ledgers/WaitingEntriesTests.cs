using System.Globalization;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Tests.Features.Indicators;
using LawDashboard.Tests.Support;
using LawDashboard.TestSupport;

namespace LawDashboard.Tests.Features.Ledgers;

/// <summary>Whichever way they are looked for, those that wait longest and the newest are the same.</summary>
public sealed class WaitingEntriesTests
{
    [DatabaseTheory, Databases]
    public async Task The_longest_waiting_and_the_newest_are_those_that_a_plain_sort_finds(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        var random = new Random(20261123);
        string[] codes = ["FZ", "FZ01", "FZ02", "DH", "DH01", "NZ"];
        var reviewer = bench.Person(Role.Reviewer, "NZ", 2);
        for (var i = 0; i < TestScale.Of(60, 1_000); i++)
        {
            // Some began to wait at the same moment.
            bench.Clock.Utc = new DateTime(2026, 6, 1, 1, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(30));
            var (code, day) = (codes[random.Next(codes.Length)], new DateOnly(2025, 12, 1).AddDays(random.Next(180)));
            var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SubmitAsync(bench.Person(Role.Recorder, code),
                new(null, "lectures", code, SampleCatalog.Complete(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))))).Entry;
            if (random.Next(3) == 0) Assert.IsType<EntryResult.Done>(await bench.Entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null));
        }
        var lists = bench.Get<EntryLists>();
        foreach (var code in codes)
        {
            var query = new EntryQuery { Person = Person.Machine, Unit = bench.Unit(code), From = new(2026, 1, 1), To = new(2026, 12, 31), States = [EntryState.Submitted], Sort = new("updated", Descending: false) };
            var expected = await lists.IdsAsync(query, 5);
            Assert.Equal(expected, await lists.IdsAsync(query with { InOrderOfWaiting = true }, 5));
            if (code == "NZ") Assert.Equal(5, expected.Count);
            // The newest, too, whether asked ledger by ledger or all at once.
            var both = query with { States = [EntryState.Submitted, EntryState.Approved], Sort = new() };
            Assert.Equal(await lists.IdsAsync(both, 5), (await lists.NewestAsync(both, ["lectures", "nothing"], 5)).Select(entry => entry.Id));
        }
    }
}
