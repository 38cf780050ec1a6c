using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Exchange.Packing;

/// <summary>An indicator in a pack: its number over all sections, its value, and the files of its rows.</summary>
sealed record PackIndicator(int Number, int Section, IndicatorDefinition Definition, string Value, string Target, string Sentence)
{
    public List<PackTable> Tables { get; } = [];
}

/// <summary>A workbook of rows in a pack.</summary>
sealed record PackTable(string Label, string Path, int Rows);

/// <summary>A ledger whose entries, evidence and case files go into a pack.</summary>
sealed record PackLedger(int Number, LedgerDefinition Definition)
{
    public PersonalScrub Scrub { get; } = new(Definition);
    /// <summary>No mask hides what a scanned agreement or a copied card shows.</summary>
    public bool HoldsParties { get; } = PersonalScrub.HoldsParties(Definition);
    /// <summary>Its definition would like each entry to have a file.</summary>
    public bool WantsEvidence { get; } = Definition.Fields.Any(field => field.Type == FieldType.Files && (field.Wanted || field.Required));
    /// <summary>Its whole workbook, where the pack is ordered by tasks.</summary>
    public PackTable? Table { get; set; }
    /// <summary>The measures of the pack's indicators over this ledger, with those indicators' numbers.</summary>
    public required IReadOnlyList<(Counter Counter, IReadOnlyList<int> Indicators)> Counters { get; init; }
}

/// <summary>Everything that one build works on.</summary>
sealed record PackPlan(
    Person Person, Unit Unit, UnitTree Tree, PackRequest Request, IReadOnlyList<PackSection> Sections, IReadOnlyList<PackIndicator> Indicators,
    IReadOnlyList<PackLedger> Ledgers, IReadOnlyList<PackGap> Gaps, string MadeAt)
{
    public string Title => $"{Unit.Name}{Request.Year}年度迎检资料";
    public string EditionLabel => Editions.Label(Request.Edition);
    public string Folder(int section) => PackNames.Part(PackNames.Numbered(section + 1, Sections[section].Title), 24);
    public string CaseFileFolder => PackNames.Numbered(Sections.Count + 1, "卷宗");
    /// <summary>The last one: where nobody has attached anything, no number is missing before others.</summary>
    public string EvidenceFolder => PackNames.Numbered(Sections.Count + (Request.CaseFiles ? 2 : 1), "佐证材料");
}

/// <summary>How far a build is: entries and files done, of so many, and what is being written.</summary>
public sealed record PackProgress(int Done, int Total, string Doing);
