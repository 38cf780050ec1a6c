using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LawDashboard.Features.Reports;

/// <summary>
/// Names for the figures of one draft: made of key, part and format, so that the next draft names the same figure the
/// same; a figure that occurs again gets a number.
/// </summary>
public sealed class FigureIds
{
    /// <summary>Word refuses longer tags of content controls.</summary>
    const int Longest = 64;
    const int RoomForCount = 4;

    readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);

    public string Next(string key, FigureSlice? slice, FigureFormat format)
    {
        var name = new StringBuilder(key);
        if (slice is not null) name.Append(CultureInfo.InvariantCulture, $"@{slice.Field}={slice.Code ?? "*"}");
        if (format != FigureFormat.Plain) name.Append(CultureInfo.InvariantCulture, $":{format}");
        var id = Short(name.ToString());
        var count = uses[id] = uses.GetValueOrDefault(id) + 1;
        return count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}#{count}");
    }

    /// <summary>Stands behind the key of a figure that counts from January on in a report on a part of the year.</summary>
    public const string ToDate = "^";

    /// <summary>Whether a figure counts from January on although the report is on a part of the year.</summary>
    public static bool IsToDate(string id) => id.Contains(ToDate, StringComparison.Ordinal);

    /// <summary>Names the figure wherever in the text it stands: without the number that a repeated one gets.</summary>
    public static string Base(string id) => id.LastIndexOf('#') is > 0 and var mark ? id[..mark] : id;

    static string Short(string name)
    {
        if (name.Length <= Longest - RoomForCount) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];
        return $"{name[..(Longest - RoomForCount - 13)]}~{hash}";
    }
}

/// <summary>Writes one sentence: words run together, each figure a run of its own.</summary>
sealed class RunWriter(DraftContext context, FigureIds ids)
{
    readonly List<ReportRun> runs = [];
    readonly StringBuilder words = new();

    public bool IsEmpty => runs.Count == 0 && words.Length == 0;

    public RunWriter Text(string text)
    {
        words.Append(text);
        return this;
    }

    public RunWriter Gap(string what)
    {
        EndWords();
        runs.Add(new($"〔待补：{what}〕", Gap: true));
        return this;
    }

    public RunWriter Figure(FigureFacts facts, FigureFormat format, PrintedFigure printed, FigureSlice? slice = null)
    {
        EndWords();
        runs.Add(new(printed.Text, new Figure(
            ids.Next(facts.Key + context.Mark, slice, format), facts.Key, facts.Name, format, printed.Text, printed.Amount, facts.Unit, context.PeriodOf(format), slice)));
        return this;
    }

    /// <summary>The number of a table or chart at the head of its caption.</summary>
    public RunWriter Caption(string number, string id, string title)
    {
        EndWords();
        runs.Add(new(number, new Figure(id, id, title, FigureFormat.Exhibit, number, 0, "", context.Period)));
        return Text("\u3000" + title);
    }

    public ReportSentence Sentence()
    {
        EndWords();
        return new([.. runs]);
    }

    void EndWords()
    {
        if (words.Length > 0) runs.Add(new(words.ToString()));
        words.Clear();
    }
}
