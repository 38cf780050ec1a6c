using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>What a column can be taken over as: a field, the serial number, or the unit of the entry.</summary>
sealed record ImportTarget(string Key, string Label, FieldDefinition? Field)
{
    public const string Serial = "@serial", Unit = "@unit";
}

/// <summary>Everything that a ledger takes over, and the names under which old files have it.</summary>
sealed class ImportTargets
{
    readonly Dictionary<string, ImportTarget> byKey;
    /// <summary>Exact names, the ledger's own labels before other words.</summary>
    readonly Dictionary<string, (string Key, int Score)> byName = new(StringComparer.Ordinal);
    readonly HashSet<string> ignored;

    public ImportTargets(LedgerDefinition ledger, ImportWords words)
    {
        All =
        [
            new(ImportTarget.Serial, "编号", null), new(ImportTarget.Unit, "单位（所属村）", null),
            .. ledger.Fields.Where(field => field.Type != FieldType.Files).Select(field => new ImportTarget(field.Key, field.Label, field)),
        ];
        byKey = All.ToDictionary(target => target.Key, StringComparer.Ordinal);
        ignored = [.. words.Ignored.Select(CellText.Plain)];
        foreach (var target in All.Where(target => target.Field is not null))
        {
            Add(target.Label, target.Key, 100);
            Add(CellText.WithoutBrackets(target.Label), target.Key, 96);
        }
        foreach (var name in words.Serial) Add(name, ImportTarget.Serial, 95);
        foreach (var name in words.Unit) Add(name, ImportTarget.Unit, 95);
        foreach (var target in All)
            if (target.Field is { } field)
                foreach (var name in words.NamesOf(ledger, field)) Add(name, target.Key, 90);
    }

    public IReadOnlyList<ImportTarget> All { get; }
    public ImportTarget? Find(string? key) => key is null ? null : byKey.GetValueOrDefault(key);

    public bool IsIgnored(ColumnHead head) => ignored.Contains(CellText.Plain(head.Text)) && Exact(head) is null;

    /// <summary>Whether the heading names something that is taken over, or is known to be left out.</summary>
    public bool IsKnown(ColumnHead head) => Exact(head) is not null || IsIgnored(head);

    /// <summary>What the heading names by one of the exact names, and how surely.</summary>
    public (string Key, int Score)? Exact(ColumnHead head)
    {
        if (head.Group.Length > 0 && (Find(head.Group + head.Text) ?? Find(head.Group + CellText.WithoutBrackets(head.Text))) is { } whole) return whole;
        if (Find(head.Text) is { } own) return head.Group.Length > 0 ? (own.Key, own.Score - 6) : own;
        return Find(CellText.WithoutBrackets(head.Text)) is { } bare ? (bare.Key, bare.Score - 3) : null;

        (string Key, int Score)? Find(string name) => byName.TryGetValue(CellText.Plain(name), out var found) ? found : null;
    }

    /// <summary>How well the heading's words agree with a target's label when neither is the other: 0 to 80.</summary>
    public static int Similar(ColumnHead head, ImportTarget target)
    {
        var (name, label) = (CellText.Plain(CellText.WithoutBrackets(head.Text)), CellText.Plain(target.Label));
        if (name.Length < 2 || label.Length < 2) return 0;
        return name.Contains(label, StringComparison.Ordinal) || label.Contains(name, StringComparison.Ordinal)
            ? 50 + 30 * Math.Min(name.Length, label.Length) / Math.Max(name.Length, label.Length) : 0;
    }

    void Add(string name, string key, int score)
    {
        var plain = CellText.Plain(name);
        if (plain.Length > 0) byName.TryAdd(plain, (key, score));
    }
}
