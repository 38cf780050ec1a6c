namespace LawDashboard.Features.Reports.Checking;

/// <summary>
/// Finds which counted value a number in a foreign text states, by the words before it. Only a confident match counts: a
/// wrong comparison would do more harm than none.
/// </summary>
static class NameMatch
{
    const double Confident = 0.75;
    const double Margin = 0.1;

    static readonly string[] Fillers = ["全年", "共", "累计", "组织", "开展了", "开展", "召开了", "召开", "举办了", "举办", "年内", "我镇", "全镇", "我区", "全区", "已", "等", "其中", "约", "近", "达到", "达", "为"];

    static readonly string[][] Alike = [["场", "场次", "次", "期"], ["件", "起", "宗", "项"], ["份", "条"], ["名", "人", "位"]];

    /// <summary>The value that is meant; null when none fits clearly better than the others.</summary>
    public static KnownValue? Find(IEnumerable<KnownValue> values, string text, StatedNumber number)
    {
        var clause = Clause(text, number.Start);
        if (clause.Length < 2) return null;
        var ranked = values.Where(value => SameUnit(value.Unit, number.Unit)).Select(value => (value, score: Score(value.Name, clause)))
            .Where(ranked => ranked.score >= Confident).OrderByDescending(ranked => ranked.score).Take(2).ToList();
        return ranked.Count == 0 || ranked.Count == 2 && ranked[0].score - ranked[1].score < Margin && ranked[0].value.Amount != ranked[1].value.Amount ? null : ranked[0].value;
    }

    /// <summary>True when the number may state the value, by how exactly it is stated.</summary>
    public static bool Agrees(KnownValue value, StatedNumber number) => number.Precision switch
    {
        Precision.SomeMore => value.Amount >= number.Amount && value.Amount < number.Amount * 1.2m,
        Precision.Nearly => value.Amount <= number.Amount && value.Amount >= number.Amount * 0.8m,
        Precision.AtLeast => value.Amount >= number.Amount,
        _ => value.Unit == "元" ? Math.Abs(value.Amount - number.Amount) < 1000 && number.Amount >= 10000 || value.Amount == number.Amount : value.Amount == number.Amount,
    };

    public static bool SameUnit(string a, string b) => a == b || Alike.Any(group => group.Contains(a) && group.Contains(b));

    /// <summary>The words right before the number, back to the last mark or number.</summary>
    static string Clause(string text, int end)
    {
        var start = end;
        while (start > 0 && !"，。；、：（）！？".Contains(text[start - 1], StringComparison.Ordinal) && !char.IsAsciiDigit(text[start - 1])) start--;
        var clause = text[start..end];
        foreach (var filler in Fillers) clause = clause.Replace(filler, "", StringComparison.Ordinal);
        return clause;
    }

    /// <summary>Share of two-character pieces that name and clause have in common (Dice).</summary>
    static double Score(string name, string clause)
    {
        foreach (var filler in Fillers) name = name.Replace(filler, "", StringComparison.Ordinal);
        if (name == clause) return 1;
        var (a, b) = (Pieces(name), Pieces(clause));
        return a.Count + b.Count == 0 ? 0 : 2.0 * a.Intersect(b).Count() / (a.Count + b.Count);
    }

    static HashSet<string> Pieces(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2))];
}
