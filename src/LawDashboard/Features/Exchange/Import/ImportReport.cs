namespace LawDashboard.Features.Exchange.Import;

/// <summary>What a trial run found, or an import did. Rows and findings are the first of them; counts are of all.</summary>
sealed class ImportReport
{
    public const int RowsKept = 300, FaultyRowsKept = 700, FindingsKept = 2_000;

    readonly List<PlannedRow> rows = [];
    readonly List<Finding> findings = [];
    readonly Dictionary<Fate, int> fates = [];
    readonly Dictionary<Severity, int> severities = [];
    readonly Dictionary<RowKind, int> passedOver = [];
    readonly Dictionary<(string, int), int> numbers = [];
    int shown, marked;

    public required IReadOnlyList<(ColumnHead Head, ImportTarget Target)> Columns { get; init; }
    public IReadOnlyList<PlannedRow> Rows => rows;
    public IReadOnlyList<Finding> Findings => findings;
    public int Total { get; private set; }
    public int HiddenRows { get; private set; }
    public int Duplicates { get; private set; }
    /// <summary>Highest serial number of this program's own that new rows bring along, per unit code and year.</summary>
    public IReadOnlyDictionary<(string, int), int> Numbers => numbers;

    public int Of(Fate fate) => fates.GetValueOrDefault(fate);
    public int Of(Severity severity) => severities.GetValueOrDefault(severity);
    public int PassedOver(RowKind kind) => passedOver.GetValueOrDefault(kind);
    /// <summary>Rows that will be written.</summary>
    public int Written => Of(Fate.New) + Of(Fate.Draft) + Of(Fate.Update);

    public void Add(PlannedRow planned, Ledgers.Definitions.LedgerDefinition ledger)
    {
        var row = planned.Row;
        if (row.Kind != RowKind.Entry)
        {
            passedOver[row.Kind] = passedOver.GetValueOrDefault(row.Kind) + 1;
            return;
        }
        Total++;
        if (row.Source.Hidden) HiddenRows++;
        if (planned.Kind != MatchKind.None) Duplicates++;
        fates[planned.Fate] = fates.GetValueOrDefault(planned.Fate) + 1;
        foreach (var finding in row.Findings)
        {
            severities[finding.Severity] = severities.GetValueOrDefault(finding.Severity) + 1;
            if (findings.Count < FindingsKept) findings.Add(finding);
        }
        if (planned.Fate is Fate.New or Fate.Draft && row.Serial is { } serial && row.Date is { } date
            && Ledgers.SerialNumbers.Read(ledger, row.Unit, date.Year, serial) is { } number)
            numbers[(row.Unit.Code, date.Year)] = Math.Max(number, numbers.GetValueOrDefault((row.Unit.Code, date.Year)));
        // The first rows to see how they are read, and of the later ones those that something is to be said about.
        if (row.Findings.Count == 0 ? shown++ < RowsKept : marked++ < FaultyRowsKept) rows.Add(planned);
    }
}
