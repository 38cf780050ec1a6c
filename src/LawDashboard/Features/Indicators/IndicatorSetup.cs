using LawDashboard.Components;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Indicators.Judging;
using LawDashboard.Features.Indicators.Measures;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Ledgers.Pointers;

namespace LawDashboard.Features.Indicators;

public static class IndicatorSetup
{
    public static IServiceCollection AddIndicators(this IServiceCollection services, IndicatorCatalog catalog) =>
        services.AddSingleton(catalog)
            .AddSingleton<Counters>()
            .AddSingleton<TallyReader>()
            .AddSingleton<CountedDays>().AddSingleton<IPointerRule>(provider => provider.GetRequiredService<CountedDays>())
            .AddSingleton<StretchReader>()
            .AddSingleton<CrossReader>()
            .AddSingleton<IndicatorReckoner>()
            .AddSingleton<CountingRules>()
            .AddSingleton<TallyRebuilder>()
            .AddSingleton<TallyRules>()
            .AddSingleton<Past.PastBooks>()
            .AddSingleton<Past.FigureChanges>()
            .AddSingleton<UnitYearReader>()
            .AddSingleton<UnitYears>()
            .AddSingleton<TargetService>()
            .AddSingleton<MeasureWords>()
            .AddSingleton<EntryCounts>()
            .AddSingleton<NotCounted>()
            .AddSingleton<LocalDefinitions>()
            .AddSingleton<AssessmentService>()
            .AddSingleton<JudgementService>()
            .AddSingleton<MeasureChanges>()
            .AddSingleton<MeasurePreviews>()
            .AddSingleton<IEntryListener, LocalDefinitionsFollower>()
            .AddSingleton<IEntryListener, TallyKeeper>()
            .AddSingleton<IRowRules, MeasureRows>()
            .AddSingleton<IndicatorProofs>()
            .AddSingleton<LedgerGroups>()
            .AddSingleton<ITaskNames>(services => services.GetRequiredService<LedgerGroups>())
            .AddSingleton<ILedgerCounts>(services => services.GetRequiredService<LedgerGroups>());

    /// <summary>What only the website needs: 404 for unknown indicators, what an entry counts in, recounts in the background.</summary>
    public static IServiceCollection AddIndicatorPages(this IServiceCollection services) =>
        services.AddHostedService<TallyRebuilding>()
            .AddHostedService<LocalDefinitionsRefresher>()
            .AddSingleton<IAddressCheck, IndicatorAddresses>()
            .AddSingleton<IEntryPanel, EntryCountsSlot>()
            .AddSingleton<IFormPanel, FormCountsSlot>();
}
