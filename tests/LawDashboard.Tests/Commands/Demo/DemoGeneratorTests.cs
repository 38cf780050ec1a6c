using LawDashboard.Commands.Demo;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Tests.Commands.Demo;

public sealed class DemoGeneratorTests
{
    static readonly Lazy<List<DemoEntry>> Ordinary = new(() => DemoSample.Entries());

    [Fact]
    public void The_same_seed_invents_the_same_entries_and_another_seed_others()
    {
        var first = Ordinary.Value.Select(DemoSample.Describe).ToList();
        Assert.Equal(first, DemoSample.Entries().Select(DemoSample.Describe));
        var other = DemoSample.Entries(seed: 2).Select(DemoSample.Describe).ToHashSet();
        Assert.True(first.Count(other.Contains) < first.Count / 100);
    }

    [Fact]
    public void A_ledger_more_changes_none_of_the_others()
    {
        var without = DemoSample.Entries(ledgers: [.. DemoSample.Ledgers.Where(ledger => ledger.Ledger.Key != "fire")]);
        Assert.Equal(Ordinary.Value.Where(entry => entry.Ledger.Key != "fire").Select(DemoSample.Describe).Order(), without.Select(DemoSample.Describe).Order());
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 20_000)]
    [InlineData(3, 300)]
    public void Every_entry_is_valid_whenever_it_is_saved(int seed, int? count)
    {
        var problems = new Dictionary<string, int>();
        foreach (var entry in DemoSample.Entries(count, seed))
            foreach (var step in entry.Steps.Where(step => step.Values is not null))
            {
                var values = step.Values!;
                var errors = new EntryValidator(DemoSample.Definitions.Ledgers, DateOnly.FromDateTime(ChinaTime.Local(step.At))).Check(entry.Ledger, values)
                    .Select(error => $"{error.Field}: {error.Message}").ToList();
                if (EntryValidator.Clean(entry.Ledger, values) != values) errors.Add("fields that are not asked for");
                if (values.Date(entry.Ledger.Date) != entry.Date) errors.Add("date");
                foreach (var error in errors) problems[$"{entry.Ledger.Key} {error}"] = problems.GetValueOrDefault($"{entry.Ledger.Key} {error}") + 1;
            }
        Assert.Empty(problems);
    }

    [Fact]
    public void Every_life_follows_the_workflow_and_ends_by_now()
    {
        foreach (var entry in Ordinary.Value)
        {
            Assert.Equal("create", entry.Steps[0].Action);
            Assert.True(entry.Steps[^1].At <= DemoSample.Now);
            foreach (var (before, step) in entry.Steps.Zip(entry.Steps.Skip(1)))
            {
                Assert.True(step.At > before.At, DemoSample.Describe(entry));
                Assert.True(step.Action switch
                {
                    "edit" => before.State == EntryState.Submitted && step.State == EntryState.Submitted,
                    "submit" => before.State is EntryState.Draft or EntryState.Returned && step.State == EntryState.Submitted,
                    "approve" => before.State == EntryState.Submitted && step.State == EntryState.Approved,
                    "return" => before.State == EntryState.Submitted && step.State == EntryState.Returned && step.Note is not null,
                    "unlock" => before.State == EntryState.Approved && step.State == EntryState.Returned && step.Note is not null,
                    "void" => before.State != EntryState.Voided && step.State == EntryState.Voided && step.Note is not null,
                    _ => false,
                }, DemoSample.Describe(entry));
            }
        }
    }

    [Fact]
    public void Lives_are_as_varied_as_in_an_office()
    {
        var events = Ordinary.Value.Where(entry => !entry.Ledger.Register).ToList();
        Share(0.02, 0.08, entry => Delay(entry) >= 10);
        Share(0.9, 1, entry => Delay(entry) <= 3 || Delay(entry) >= 10);
        Share(0.005, 0.02, entry => entry.State == EntryState.Voided);
        Share(0.005, 0.04, entry => entry.State == EntryState.Returned);
        // Given back for a mistake, corrected and approved: the history shows it.
        Share(0.01, 0.04, entry => entry.Steps.Any(step => step.Values?.Text("remark") is not null) && entry.State == EntryState.Approved);
        Share(0.75, 0.95, entry => DemoSample.Definitions.Calendar.IsWorkday(entry.Date));

        var town = Ordinary.Value.Where(entry => DemoSample.Lies(entry.Unit, "FZ")).ToList();
        Assert.InRange(town.Count(entry => entry.State == EntryState.Submitted), 12, 30);
        Assert.InRange(town.Count(entry => entry.State == EntryState.Draft), 3, 12);
        Assert.All(town.Where(entry => entry.State == EntryState.Draft), entry => Assert.True(entry.Steps[0].At > DemoSample.Now.AddDays(-14)));

        void Share(double least, double most, Func<DemoEntry, bool> chosen) => Assert.InRange(events.Count(chosen) / (double)events.Count, least, most);
        static int Delay(DemoEntry entry) => DateOnly.FromDateTime(ChinaTime.Local(entry.Steps[0].At)).DayNumber - entry.Date.DayNumber;
    }

    [Fact]
    public void One_village_is_silent_and_the_others_differ()
    {
        var silent = DemoSample.Plan().Silent!;
        var villages = Ordinary.Value.Where(entry => entry.Unit.Kind == UnitKind.Village && DemoSample.Lies(entry.Unit, "FZ")).ToLookup(entry => entry.Unit);
        Assert.Equal(DemoSample.Tree.Children(DemoSample.Tree.Find("FZ")!).Count(unit => unit.Kind == UnitKind.Village), villages.Count);
        Assert.All(villages[silent], entry => Assert.True(entry.Steps[0].At < DemoSample.Now.AddDays(-60)));
        Assert.All(villages.Where(village => village.Key != silent), village => Assert.Contains(village, entry => entry.Steps[0].At > DemoSample.Now.AddDays(-60)));
        Assert.True(villages.Max(village => village.Count()) > 2 * villages.Min(village => village.Count()));
    }

    [Fact]
    public void Both_years_are_full_and_the_earlier_a_little_lighter()
    {
        var frame = new DemoFrame(2025, DemoSample.Now);
        var entries = DemoSample.Entries(frame: frame).Where(entry => !entry.Ledger.Register).ToList();
        Assert.Equal(new DateOnly(2025, 12, 31).Year, entries.Max(entry => entry.Date).Year);
        Assert.All(Enumerable.Range(1, 12), month => Assert.Contains(entries, entry => entry.Date.Year == 2025 && entry.Date.Month == month));
        Assert.InRange(Count("FZ", 2025), 1150, 1350);
        Assert.InRange(Count("FZ", 2024), 0.8 * Count("FZ", 2025), Count("FZ", 2025));
        foreach (var town in (string[])["DH", "QS"]) Assert.InRange(Count(town, 2025) / (double)Count("FZ", 2025), 0.58, 0.82);
        Assert.DoesNotContain(entries, entry => entry.State is EntryState.Draft or EntryState.Submitted);

        int Count(string town, int year) => entries.Count(entry => entry.Date.Year == year && DemoSample.Lies(entry.Unit, town));
    }

    [Fact]
    public void Months_follow_the_seasons_of_each_ledger()
    {
        var entries = DemoSample.Entries(60_000).Where(entry => entry.Date.Year == 2025).ToList();
        foreach (var ledger in DemoSample.Ledgers.Where(ledger => !ledger.Ledger.Register))
        {
            var dates = entries.Where(entry => entry.Ledger == ledger.Ledger).Select(entry => entry.Date).ToList();
            for (var month = 1; month <= 12; month++)
                Assert.InRange(dates.Count(date => date.Month == month) / (double)dates.Count - (double)(ledger.Spec.Months[month - 1] / ledger.Spec.Months.Sum()), -0.02, 0.02);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void The_number_of_entries_asked_for_is_met(int wanted) =>
        Assert.InRange(DemoSample.Plan(wanted).Count, wanted * 0.98 - 15, wanted * 1.02 + 15);

    [Fact]
    public void Registers_do_not_grow_with_the_number_of_events()
    {
        var plan = DemoSample.Plan(50_000);
        Assert.Equal(Ordinary.Value.Count(entry => entry.Ledger.Register), DemoSample.Generator(plan).Entries().Count(entry => entry.Ledger.Register));
    }

    [Fact]
    public void Nobody_in_it_could_be_taken_for_a_real_person()
    {
        foreach (var entry in Ordinary.Value)
            foreach (var field in entry.Ledger.Fields)
                if (entry.Values.Text(field.Key) is { } text)
                    Assert.True(field.Mask switch
                    {
                        PersonalData.Name => text.Contains('样') || text.Contains('例'),
                        PersonalData.IdNumber => text.StartsWith("000000", StringComparison.Ordinal),
                        PersonalData.Phone => text.StartsWith("100", StringComparison.Ordinal),
                        _ => true,
                    }, $"{entry.Ledger.Key} {field.Key}: {text}");
    }
}
