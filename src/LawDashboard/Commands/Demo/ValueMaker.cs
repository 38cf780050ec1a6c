using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Fills the fields of one ledger for an invented entry, as they were known on a day: what happened later is still empty.
/// What the rules leave wrong or missing is put right by the ledger's own definition, so that every entry is valid.
/// </summary>
sealed class ValueMaker
{
    sealed record Rule(FieldDefinition Field, FieldMaker Make, ulong Chance, double Probability, DraftCondition Shown, DraftCondition When);

    readonly LedgerDefinition ledger;
    readonly Rule[] rules;
    readonly ValueRepair repair;

    public ValueMaker(DemoLedger demo, LedgerCatalog catalog, UnitTree tree)
    {
        ledger = demo.Ledger;
        var texts = new FieldText(catalog, tree);
        rules = [.. FieldOrder.Of(ledger, demo.Spec).Fields.Where(field => demo.Spec.Fields.ContainsKey(field.Key)).Select(field =>
        {
            var spec = demo.Spec.Fields[field.Key];
            return new Rule(field, new FieldMaker(field, spec, ledger, catalog, texts), Draws.Key(field.Key + "?"),
                field.Type == FieldType.YesNo ? 1 : spec.Chance, new(field.ShownWhen, values => EntryValidator.Shown(ledger, field, values)),
                new(spec.When, spec.When?.Compile(ledger) ?? (_ => true)));
        })];
        repair = new ValueRepair(ledger, catalog, tree);
    }

    /// <summary>The values as known at the end of a day; the same case gives the same values whenever more of it is known.</summary>
    /// <param name="more">Whether anything of the entry happens only after that day.</param>
    public FieldValues Fill(in DemoCase entry, DateOnly asOf, out bool more)
    {
        var draft = new ValueDraft();
        draft.Set(ledger.Date, FieldValues.Iso(entry.Date));
        foreach (var rule in rules)
        {
            if (!entry.Draws.Chance(rule.Probability, rule.Chance) || !rule.Shown.Holds(draft) || !rule.When.Holds(draft)) continue;
            if (rule.Make.Value(entry, draft) is not { } value) continue;
            if (rule.Field is { Type: FieldType.Date, NotFuture: true } && ValueDraft.Day(value) > asOf) draft.HappensMore = true;
            else draft.Set(rule.Field.Key, value);
        }
        repair.Apply(entry, draft, asOf);
        more = draft.HappensMore;
        return draft.Values;
    }

    /// <summary>Days after <paramref name="day"/> on which something of the values happened, in order.</summary>
    public IReadOnlyList<DateOnly> Later(FieldValues values, DateOnly day)
    {
        List<DateOnly>? later = null;
        foreach (var rule in rules)
            if (rule.Field is { Type: FieldType.Date, NotFuture: true } && values.Date(rule.Field.Key) is { } date && date > day)
                (later ??= []).Add(date);
        later?.Sort();
        return later ?? (IReadOnlyList<DateOnly>)[];
    }
}
