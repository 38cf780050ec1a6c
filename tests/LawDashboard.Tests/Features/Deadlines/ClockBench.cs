using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Deadlines;

/// <summary>The shipped ledgers, limits and case files over a small county; today is 22 November 2026.</summary>
static class ClockBench
{
    public static readonly Definitions Definitions = Definitions.Load(Demonstration.SeedFolder);

    public static Task<Workbench> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite) =>
        Workbench.CreateAsync(kind, Definitions.Ledgers, Definitions.Indicators, services => Add(services));

    public static IServiceCollection Add(IServiceCollection services) =>
        services.AddDeadlines(Definitions.Clocks, Definitions.Calendar).AddEvidence().AddCaseFiles(Definitions.CaseFiles);

    /// <summary>A petition of that day, complete enough to be submitted; more pairs replace and add.</summary>
    public static FieldValues Petition(string day, params (string Key, object? Value)[] more) => more.Aggregate(SampleCatalog.Values(
        ("petitionedOn", day), ("registeredOn", day), ("form", "visit"), ("source", "own"), ("visitKind", "first"), ("petitioner", "张样例"), ("visitors", 1L), ("category", "appeal"),
        ("topic", "land"), ("summary", "反映土地问题"), ("place", "本镇"), ("isLegal", false)), (values, pair) => values.With(pair.Key, pair.Value));

    /// <summary>A settled mediation with a written agreement; more pairs replace and add.</summary>
    public static FieldValues Mediation(string day, string closed, params (string Key, object? Value)[] more) => more.Aggregate(SampleCatalog.Values(
        ("acceptedOn", day), ("source", "onRequest"), ("committeeKind", "village"), ("committee", "样例村调委会"), ("chiefMediator", "李调解"), ("applicant", "张样例"), ("respondent", "王样例"),
        ("people", 2L), ("disputeType", "neighbour"), ("summary", "因排水发生争执。"), ("amount", 500000L), ("isHard", false), ("closedOn", closed), ("result", "success"), ("agreementForm", "written"),
        ("agreementOn", closed), ("performance", "done")), (values, pair) => values.With(pair.Key, pair.Value));

    public static async Task<Entry> SaveAsync(Workbench bench, Person person, string unit, string ledger, FieldValues values, bool submit = true, Entry? before = null)
    {
        var input = new EntryInput(before?.Id, ledger, unit, values, before?.Version ?? 0);
        var result = submit ? await bench.Entries.SubmitAsync(person, input) : await bench.Entries.SaveAsync(person, input);
        Assert.True(result is EntryResult.Done, result is EntryResult.Invalid(var errors) ? string.Join('；', errors.Select(error => $"{error.Field} {error.Message}")) : result.ToString());
        return ((EntryResult.Done)result).Entry.Copy();
    }
}
