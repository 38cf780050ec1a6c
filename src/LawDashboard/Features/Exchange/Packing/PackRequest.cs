namespace LawDashboard.Features.Exchange.Packing;

/// <summary>What shall go into an inspection pack (迎检资料包).</summary>
/// <param name="Unit">Code of the unit, with everything below it.</param>
/// <param name="Outline">Key of the <see cref="IPackOutline"/> by which it is ordered.</param>
/// <param name="Edition">Masked or full; a pack is never a report to the level above.</param>
/// <param name="Reason">Why the full edition is needed.</param>
public sealed record PackRequest(
    string Unit, int Year, string Outline = IndicatorOutline.OwnKey, LedgerEdition Edition = LedgerEdition.Masked, string? Reason = null,
    bool Evidence = true, bool CaseFiles = true, bool Report = true)
{
    public DateOnly From => new(Year, 1, 1);
    public DateOnly To => new(Year, 12, 31);
    public bool Masked => Edition != LedgerEdition.Full;
}
