using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>Masks personal data for screens and exports: 张**, 610***********0012 → 610************12, 138****0001, address down to the village.</summary>
public static class PersonalMask
{
    public static string Apply(PersonalData kind, string text) => kind switch
    {
        PersonalData.None => text,
        _ when text.Length == 0 => "",
        PersonalData.Name => string.Join('、', text.Split(['、', '，', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Name)),
        PersonalData.IdNumber => Keep(text, 3, 4),
        PersonalData.Phone => Keep(text, 3, 4),
        PersonalData.Address => Address(text),
        _ => new string('*', Math.Clamp(text.Length, 2, 6)),
    };

    static string Name(string name) => name.Length <= 1 ? "*" : name[0] + new string('*', Math.Min(name.Length - 1, 2));

    static string Keep(string text, int head, int tail) =>
        text.Length <= head + tail ? new string('*', text.Length) : text[..head] + new string('*', text.Length - head - tail) + text[^tail..];

    /// <summary>Everything after the village, community or town is hidden.</summary>
    static string Address(string text)
    {
        var end = text.LastIndexOfAny(['村', '区', '镇', '乡', '县']);
        return end < 0 ? "****" : text[..(end + 1)] + (end + 1 < text.Length ? "****" : "");
    }
}
