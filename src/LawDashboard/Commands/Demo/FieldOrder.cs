using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Commands.Demo;

/// <summary>The order in which the fields of a ledger can be filled: each after those it looks at, otherwise as on the form.</summary>
sealed class FieldOrder
{
    readonly LedgerDefinition ledger;
    readonly DemoSpec spec;
    readonly List<FieldDefinition> fields = [];
    readonly HashSet<string> done = new(StringComparer.Ordinal);
    readonly List<string> path = [];

    FieldOrder(LedgerDefinition ledger, DemoSpec spec)
    {
        this.ledger = ledger;
        this.spec = spec;
        done.Add(ledger.Date);
        foreach (var field in ledger.Fields) Visit(field);
    }

    public IReadOnlyList<FieldDefinition> Fields => fields;

    /// <summary>Keys of fields that wait for each other, the first again at the end; null when there are none.</summary>
    public IReadOnlyList<string>? Cycle { get; private set; }

    public static FieldOrder Of(LedgerDefinition ledger, DemoSpec spec) => new(ledger, spec);

    void Visit(FieldDefinition field)
    {
        if (done.Contains(field.Key)) return;
        if (path.Contains(field.Key))
        {
            Cycle ??= [.. path.SkipWhile(key => key != field.Key), field.Key];
            return;
        }
        path.Add(field.Key);
        foreach (var earlier in Needs(field)) Visit(earlier);
        path.RemoveAt(path.Count - 1);
        if (done.Add(field.Key)) fields.Add(field);
    }

    IEnumerable<FieldDefinition> Needs(FieldDefinition field)
    {
        var keys = field.ShownWhen?.Fields ?? [];
        if (spec.Fields.TryGetValue(field.Key, out var rule))
            keys = keys.Concat(rule.When?.Fields ?? []).Concat(rule.Patterns.SelectMany(Patterns.Keys)).Append(rule.After).Append(rule.ShareOf).OfType<string>();
        return keys.Select(ledger.Field).OfType<FieldDefinition>();
    }
}
