using System.Text.RegularExpressions;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Review;

namespace LawDashboard.Features.Ledgers.Definitions;

/// <summary>All ledgers and dictionaries, loaded from <c>seed-data</c> and checked: what is in here fits together.</summary>
public sealed partial class LedgerCatalog
{
    const string NotesFile = "return-notes.json";

    readonly Dictionary<string, LedgerDefinition> ledgers;
    readonly Dictionary<string, DictionaryDefinition> dictionaries;

    public LedgerCatalog(IEnumerable<LedgerDefinition> ledgers, IEnumerable<DictionaryDefinition> dictionaries)
    {
        this.ledgers = ledgers.DistinctBy(ledger => ledger.Key).ToDictionary(ledger => ledger.Key, StringComparer.Ordinal);
        this.dictionaries = dictionaries.DistinctBy(dictionary => dictionary.Key).ToDictionary(dictionary => dictionary.Key, StringComparer.Ordinal);
    }

    /// <summary>Which ledgers may hold the same event.</summary>
    public RelatedLedgers Related { get; private init; } = RelatedLedgers.None;
    /// <summary>Notes that reviewers are offered when they return an entry.</summary>
    public IReadOnlyList<string> ReturnNotes { get; private init; } = [];

    public IReadOnlyCollection<LedgerDefinition> Ledgers => ledgers.Values;
    public LedgerDefinition? Ledger(string? key) => key is null ? null : ledgers.GetValueOrDefault(key);
    public DictionaryDefinition? Dictionary(string? key) => key is null ? null : dictionaries.GetValueOrDefault(key);

    /// <summary>The values offered by a dictionary field; empty for other fields.</summary>
    public IReadOnlyList<DictionaryValue> Values(FieldDefinition field) => Dictionary(field.Dictionary)?.Values ?? [];

    /// <summary>The Chinese label of a code of the field's dictionary.</summary>
    public string Label(FieldDefinition field, string code) => Dictionary(field.Dictionary)?.Label(code) ?? code;

    /// <summary>Loads and checks; what is wrong is reported to <paramref name="seed"/>.</summary>
    public static LedgerCatalog Load(SeedFolder seed, IReadOnlySet<string> tasks)
    {
        var dictionaries = seed.ReadLists<DictionaryDefinition>("dictionaries");
        var ledgers = seed.ReadEach<LedgerDefinition>("ledgers");
        foreach (var (file, dictionary) in dictionaries) Check(seed, file, dictionary);
        foreach (var twice in dictionaries.GroupBy(d => d.Value.Key).Where(group => group.Count() > 1))
            seed.Report(twice.Last().File, twice.Key, $"字典代码与 {twice.First().File} 中的重复");
        foreach (var twice in ledgers.GroupBy(l => l.Value.Key).Where(group => group.Count() > 1))
            seed.Report(twice.Last().File, twice.Key, $"台账代码与 {twice.First().File} 中的重复");
        var catalog = new LedgerCatalog(ledgers.Select(l => l.Value), dictionaries.Select(d => d.Value));
        foreach (var (file, ledger) in ledgers) new LedgerCheck(seed, file, ledger, catalog).Run(tasks);
        return catalog.With(RelatedLedgers.Load(seed, catalog), seed.Has(NotesFile) ? seed.Read<List<string>>(NotesFile) ?? [] : []);
    }

    /// <summary>The same catalog with what reviewers use of it.</summary>
    public LedgerCatalog With(RelatedLedgers related, IReadOnlyList<string> notes) => new(ledgers.Values, dictionaries.Values) { Related = related, ReturnNotes = notes };

    static void Check(SeedFolder seed, string file, DictionaryDefinition dictionary)
    {
        foreach (var twice in dictionary.Values.GroupBy(value => value.Code).Where(group => group.Count() > 1))
            seed.Report(file, $"{dictionary.Key}.{twice.Key}", "字典值代码重复");
        foreach (var value in dictionary.Values.Where(value => !KeyPattern().IsMatch(value.Code)))
            seed.Report(file, $"{dictionary.Key}.{value.Code}", "字典值代码只能用英文字母和数字，以字母开头");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    internal static partial Regex KeyPattern();
}
