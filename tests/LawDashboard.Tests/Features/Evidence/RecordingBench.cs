using LawDashboard.Features.Accounts;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Tests.Features.Evidence;

/// <summary>A ledger of visits with files that may be added, and one of orders that wants its paper; forms and files over them.</summary>
static class RecordingBench
{
    static LedgerDefinition Ledger(string key, bool paper) => new()
    {
        Key = key, Name = "走访台账", ShortName = "走访", Code = "ZF", Task = "study", RecordUnit = "次", Date = "visitedOn", Title = "{topic}", List = ["topic"],
        Groups =
        [
            new("基本情况",
            [
                new() { Key = "visitedOn", Label = "走访日期", Type = FieldType.Date, Required = true, Essential = true, NotFuture = true, Default = "today" },
                new() { Key = "topic", Label = "主题", Type = FieldType.Text, Required = true, Essential = true },
                new() { Key = "people", Label = "人数", Type = FieldType.People, Unit = "人", Min = 0 },
                new() { Key = "notes", Label = "备注", Type = FieldType.LongText },
                new() { Key = "photos", Label = "照片", Type = FieldType.Files, Required = paper },
            ]),
        ],
    };

    public static readonly LedgerCatalog Ledgers = new([Ledger("visits", paper: false), Ledger("orders", paper: true)], []);

    public static Task<Workbench> CreateAsync(DatabaseKind kind) =>
        Workbench.CreateAsync(kind, Ledgers, new IndicatorCatalog(Ledgers, [new() { Key = "study", Name = "学法用法", Heading = "组织学法" }], [], []),
            services => services.AddEvidence(EvidenceRules.Usual));

    public static FormTyped Typed(Guid id, string writer, long sequence, params (string Key, string Text)[] fields) =>
        new(id, "visits", null, 0, "FZ01", fields.ToDictionary(f => f.Key, f => f.Text), "手机", writer, sequence);

    public static EntryInput Input(Guid form, string topic, long? id = null, int version = 0, string ledger = "visits") =>
        new(id, ledger, "FZ01", SampleCatalog.Values(("visitedOn", "2026-11-20"), ("topic", topic)), version, form);

    public static async Task<FileLine> AddAsync(Workbench bench, Person person, EvidencePlace place, byte[] bytes, string name = "照片.jpg")
    {
        var result = await bench.Get<EvidenceService>().AddAsync(person, place, name, new MemoryStream(bytes));
        Assert.Null(result.Refusal);
        return result.File!;
    }
}
