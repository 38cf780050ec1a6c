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

    static string Name(string name)
    {
        var length = name.EnumerateRunes().Count();
        return length <= 1 ? "*" : name.EnumerateRunes().First() + new string('*', Math.Min(length - 1, 2));
    }

    // Character by character: some rare ones in names take two places in a string.
    static string Keep(string text, int head, int tail)
    {
        List<string> characters = [.. text.EnumerateRunes().Select(rune => rune.ToString())];
        var hidden = characters.Count - head - tail;
        return hidden <= 0 ? new string('*', characters.Count) : string.Concat([.. characters.Take(head), new string('*', hidden), .. characters.TakeLast(tail)]);
    }

    /// <summary>Everything after the village, community or town is hidden.</summary>
    static string Address(string text)
    {
        var end = text.LastIndexOfAny(['村', '区', '镇', '乡', '县']);
        return end < 0 ? "****" : text[..(end + 1)] + (end + 1 < text.Length ? "****" : "");
    }
}
