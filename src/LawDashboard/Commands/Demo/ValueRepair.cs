using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>
/// Puts right what the rules of single fields cannot see: fields that are not asked for, required ones that nobody
/// described, dates before those they follow, numbers above their limit.
/// </summary>
sealed class ValueRepair
{
    /// <summary>Putting one field right may ask for another; a definition where this goes on longer contradicts itself.</summary>
    const int MostRounds = 6;

    readonly LedgerDefinition ledger;
    readonly LedgerCatalog catalog;
    readonly UnitTree tree;
    readonly Watched[] watched;

    sealed record Watched(FieldDefinition Field, DraftCondition Shown, DraftCondition? Required);

    public ValueRepair(LedgerDefinition ledger, LedgerCatalog catalog, UnitTree tree)
    {
        (this.ledger, this.catalog, this.tree) = (ledger, catalog, tree);
        watched = [.. ledger.Fields.Where(field => field.Type != FieldType.Files && field.Key != ledger.Date
            && (field.Required || field.RequiredWhen is not null || field.ShownWhen is not null || field.NotBefore is not null || field.IsNumber))
            .Select(field => new Watched(field, new(field.ShownWhen, values => EntryValidator.Shown(ledger, field, values)),
                field.Required || field.RequiredWhen is not null
                    ? new(field.Required ? null : field.RequiredWhen, values => EntryValidator.Required(ledger, field, values)) : null))];
    }

    public void Apply(in DemoCase entry, ValueDraft draft, DateOnly asOf)
    {
        // Most entries need nothing, and then every question is about the same values.
        _ = draft.Values;
        for (var (round, changed) = (0, true); changed && round < MostRounds; round++)
        {
            changed = false;
            foreach (var item in watched)
                if (Right(item, entry, draft, asOf) is { Changed: true } right)
                {
                    draft.Set(item.Field.Key, right.Value);
                    changed = true;
                }
        }
    }

    (bool Changed, object? Value) Right(Watched item, in DemoCase entry, ValueDraft draft, DateOnly asOf)
    {
        var field = item.Field;
        var filled = draft.Has(field.Key);
        if (!item.Shown.Holds(draft)) return (filled, null);
        if (!filled) return item.Required?.Holds(draft) == true ? (true, Generic(field, entry, draft)) : default;
        if (field.NotBefore is { } earlier && draft.Date(earlier) is { } start && draft.Date(field.Key) < start)
        {
            if (!field.NotFuture || start <= asOf) return (true, start);
            draft.HappensMore = true;
            return (true, null);
        }
        if (field.IsNumber && draft.Number(field.Key) is { } number && Within(field, number, draft) is var right && right != number) return (true, right);
        return default;
    }

    /// <summary>The nearest number that the definition allows.</summary>
    long Within(FieldDefinition field, long number, ValueDraft draft)
    {
        if (field.Min is { } least) number = Math.Max(number, (long)decimal.Ceiling(least * field.Steps));
        if (field.Max is { } most) number = Math.Min(number, (long)decimal.Floor(most * field.Steps));
        if (field.NotAbove is { } key && ledger.Field(key) is { } other && draft.Number(key) is { } limit)
            number = Math.Min(number, (long)decimal.Floor((decimal)limit / other.Steps * field.Steps));
        return number;
    }

    /// <summary>A plain value for a required field without a rule: its default, else the simplest value of its type.</summary>
    object Generic(FieldDefinition field, in DemoCase entry, ValueDraft draft)
    {
        if (new FieldParser(catalog, tree, entry.Date).Parse(field, field.Default) is { Value: { } given }) return given;
        return field.Type switch
        {
            FieldType.Date => field.NotBefore is { } earlier && draft.Date(earlier) is { } start && start > entry.Date ? start : entry.Date,
            FieldType.YesNo => false,
            FieldType.OneOf => catalog.Values(field)[0].Code,
            FieldType.SeveralOf => new[] { catalog.Values(field)[0].Code },
            FieldType.Unit => entry.Unit.Code,
            FieldType.Person => Invented.Name(entry.Draws, Draws.Key(field.Key)),
            _ when field.IsNumber => Within(field, field.Steps, draft),
            _ => field.Label.Length + 2 <= field.MaxLength ? "样例" + field.Label : "样例",
        };
    }
}
