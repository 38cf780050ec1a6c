using LawDashboard.Features.Accounts;

namespace LawDashboard.Features.Exchange;

/// <summary>What of a ledger leaves the house.</summary>
public enum LedgerEdition
{
    /// <summary>脱敏版: every column, personal data masked.</summary>
    Masked,
    /// <summary>完整版: as it was entered; for those who may see personal data, with a reason.</summary>
    Full,
    /// <summary>上报版: what the level above counts, with its codes, without personal data.</summary>
    Reporting,
}

/// <summary>Names of the editions and who may have which.</summary>
public static class Editions
{
    public const int LongestReason = 300;

    /// <summary>Of the keys to full editions; what they carry is the reason.</summary>
    internal const string KeyPurpose = "edition";

    public static string Label(LedgerEdition edition) => edition switch
    {
        LedgerEdition.Full => "完整版",
        LedgerEdition.Reporting => "上报版",
        _ => "脱敏版",
    };

    public static LedgerEdition? Parse(string? text) => text switch
    {
        null or "" or "masked" => LedgerEdition.Masked,
        "full" => LedgerEdition.Full,
        "report" => LedgerEdition.Reporting,
        _ => null,
    };

    /// <summary>Whoever has a shell on the machine has the data anyway; everybody else needs the role.</summary>
    public static bool MayHaveFull(Person person) => person.CanReveal || person == Person.Machine;

    /// <summary>What keeps the person from this edition, in a sentence; null when nothing does.</summary>
    public static string? Refusal(Person person, LedgerEdition edition, string? reason) =>
        edition != LedgerEdition.Full ? null
        : !MayHaveFull(person) ? $"{Person.Label(person.Role)}不能导出完整个人信息。"
        : string.IsNullOrWhiteSpace(reason) ? "请写明导出完整个人信息的理由。"
        : reason.Trim().Length > LongestReason ? $"理由请不要超过{LongestReason}个字。" : null;
}
