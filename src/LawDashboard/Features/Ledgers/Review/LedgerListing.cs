using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>
/// That an event of one ledger can be listed in another as well, logged once (同时列入): a publicity event on fire
/// prevention stands in both ledgers. Says which of the other ledger's fields are taken over from which.
/// </summary>
public sealed record LedgerListing
{
    public required string From { get; init; }
    public required string To { get; init; }
    /// <summary>Which entries it is offered for; all when not given.</summary>
    public Condition? When { get; init; }
    /// <summary>Field of the other ledger → field of the entry.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    /// <summary>Field of the other ledger → the code that it always has.</summary>
    public IReadOnlyDictionary<string, string> Fixed { get; init; } = new Dictionary<string, string>();

    public bool Applies(LedgerDefinition from, FieldValues values) => When is null || When.Holds(from, values);

    public bool Takes(string key) => Fields.ContainsKey(key) || Fixed.ContainsKey(key);

    /// <summary>The row's values: what is taken over from the entry, and the rest as it stands in the row.</summary>
    public FieldValues Map(FieldValues entry, FieldValues row)
    {
        foreach (var (to, from) in Fields) row = row.With(to, entry[from]);
        foreach (var (to, code) in Fixed) row = row.With(to, code);
        return row;
    }

    internal IEnumerable<string> Problems(LedgerCatalog ledgers)
    {
        if (ledgers.Ledger(From) is not { } from || ledgers.Ledger(To) is not { } to || From == To)
        {
            yield return "应写明两本不同的台账";
            yield break;
        }
        foreach (var problem in ConditionCheck.Problems(When, from, ledgers)) yield return problem;
        if (Fields.GetValueOrDefault(to.Date) != from.Date) yield return $"日期字段“{to.Date}”应取自“{from.Date}”";
        foreach (var (target, source) in Fields)
            if (to.Field(target) is not { } wanted || from.Field(source) is not { } given) yield return $"字段“{target}”或“{source}”不存在";
            else if (!Fits(wanted, given)) yield return $"字段“{target}”与“{source}”的类型、字典或单位不同";
        foreach (var (target, code) in Fixed)
            if (to.Field(target) is not { Type: FieldType.OneOf } field || ledgers.Dictionary(field.Dictionary)?.ByCode.ContainsKey(code) != true) yield return $"“{target}”不是单选字段，或没有代码“{code}”";
    }

    static bool Fits(FieldDefinition wanted, FieldDefinition given) =>
        wanted.Type == FieldType.Files || given.Type == FieldType.Files || (wanted.IsPersonal != given.IsPersonal) ? false
        : IsText(wanted) ? IsText(given) && given.TextLimit <= wanted.TextLimit
        : wanted.IsNumber ? given.IsNumber && given.Steps == wanted.Steps
        : wanted.Type == given.Type && wanted.Dictionary == given.Dictionary;

    static bool IsText(FieldDefinition field) => field.Type is FieldType.Text or FieldType.LongText or FieldType.Person;
}
