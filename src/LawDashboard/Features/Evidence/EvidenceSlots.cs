using LawDashboard.Features.Ledgers.Pages;

namespace LawDashboard.Features.Evidence;

/// <summary>佐证材料 on the page of an entry.</summary>
sealed class EvidencePanelSlot : IEntryPanel
{
    public int Order => 10;
    public Type Component => typeof(EvidencePanel);
    public bool ShowsPast => true;
}

/// <summary>The input of file fields on the form.</summary>
sealed class EvidenceInputSlot : IFilesInput
{
    public int Order => 10;
    public Type Component => typeof(EvidenceInput);
}
