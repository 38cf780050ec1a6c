using LawDashboard.Features.Indicators.Pages;
using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Features.Indicators;

/// <summary>计入以下数据项 on the page of an entry.</summary>
sealed class EntryCountsSlot : IEntryPanel
{
    public int Order => 30;
    public Type Component => typeof(EntryCountsPanel);
    public bool ShowsPast => true;
}

/// <summary>计入口径 beside the form.</summary>
sealed class FormCountsSlot : IFormPanel
{
    public int Order => 30;
    public Type Component => typeof(FormCountsPanel);
}
