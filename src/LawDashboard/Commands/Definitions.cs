using LawDashboard.Data;
using LawDashboard.Features.CaseFiles;
using LawDashboard.Features.Deadlines;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Overview;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Signing;
using LawDashboard.Features.Units;

namespace LawDashboard.Commands;

/// <summary>Everything that <c>seed-data</c> defines, loaded and checked against each other.</summary>
public sealed record Definitions(
    LedgerCatalog Ledgers, IndicatorCatalog Indicators, OverviewLayout Overview, ReportTemplates Reports, CheckWords Checks, WorkCalendar Calendar, EvidenceRules Evidence, ClockCatalog Clocks, CaseFileCatalog CaseFiles,
    IReadOnlyList<UnitSeed> Units, IReadOnlyList<TargetSeed> Targets, TargetSpreads Spreads, ImportWords Import, LegalDates ReportDates)
{
    /// <summary>Throws <see cref="DefinitionException"/> with every finding when a file is broken.</summary>
    public static Definitions Load(string folder)
    {
        var seed = new SeedFolder(folder);
        var tasks = IndicatorCatalog.LoadTasks(seed);
        var ledgers = LedgerCatalog.Load(seed, tasks.Select(task => task.Key).ToHashSet(StringComparer.Ordinal));
        var indicators = IndicatorCatalog.Load(seed, ledgers, tasks);
        var calendar = WorkCalendar.Load(seed);
        var definitions = new Definitions(ledgers, indicators, OverviewLayout.Load(seed, indicators), ReportTemplates.Load(seed, indicators),
            CheckWords.Load(seed, indicators),
            calendar, EvidenceRules.Load(seed), ClockCatalog.Load(seed, ledgers), CaseFileCatalog.Load(seed, ledgers), UnitDirectory.ReadSeeds(seed), TargetSeed.Read(seed, indicators),
            TargetSpreads.Load(seed), ImportWords.Load(seed, ledgers), LegalDates.Load(seed, calendar));
        seed.ThrowIfAny();
        return definitions;
    }
}
