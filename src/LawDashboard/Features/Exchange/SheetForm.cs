namespace LawDashboard.Features.Exchange;

/// <summary>A text of the second line with the columns that it spans (0 is the running number).</summary>
sealed record SheetSegment(int First, int Last, int Style, string Text);

/// <summary>A layout worked out for the paper: widths, column letters, the spread of the second line. Shared by the sheets of a ledger.</summary>
sealed class SheetForm
{
    public const int HeadingRow = 3, FirstRow = 4;

    const string SerialHeading = "序号";
    const double SerialWidth = 6;
    // Half-width characters of 宋体 11 across a landscape A4 page between the margins.
    const double PaperWidth = 120;
    const double MostStretch = 2;

    public SheetForm(SheetLayout layout)
    {
        if (layout.Columns.Count is 0 or >= 16_384)
            throw new ArgumentException("A ledger has at least one column and fits Excel's 16,384.", nameof(layout));
        Title = SheetText.Clean(layout.Title);
        Columns = layout.Columns;
        Headings = [SerialHeading, .. layout.Columns.Select(column => SheetText.Clean(column.Heading))];
        Widths = [SerialWidth, .. Stretched(layout.Columns)];
        LastColumn = Letters(Columns.Count);
        SecondLine = [.. Spread([.. layout.SecondLine.Select(SheetText.Clean)])];
        LabelSpan = layout.Columns.TakeWhile(column => !column.IsTotalled).Count();
        HasTotals = LabelSpan < layout.Columns.Count;
    }

    public string Title { get; }
    public IReadOnlyList<SheetColumn> Columns { get; }
    /// <summary>Headings and widths of all columns, the running number's first.</summary>
    public IReadOnlyList<string> Headings { get; }
    public IReadOnlyList<double> Widths { get; }
    public string LastColumn { get; }
    public IReadOnlyList<SheetSegment> SecondLine { get; }
    public bool HasTotals { get; }
    /// <summary>The columns before the first total: “合计” stands over the running number and these.</summary>
    public int LabelSpan { get; }

    /// <summary>The letters of a column; 0 is A.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);

    // Fitting to the page width only ever shrinks, and a table on half a page looks forgotten.
    static IEnumerable<double> Stretched(IReadOnlyList<SheetColumn> columns)
    {
        var widths = columns.Select(column => Math.Clamp(column.Width, 2, 250)).ToList();
        var stretch = Math.Clamp((PaperWidth - SerialWidth) / widths.Sum(), 1, MostStretch);
        return widths.Select(width => Math.Min(250, Math.Round(width * stretch, 1)));
    }

    // Each text gets whole columns, as near as possible to its share of all the text.
    IEnumerable<SheetSegment> Spread(IReadOnlyList<string> texts)
    {
        if (texts.Count > Widths.Count)
            texts = [.. texts.Take(Widths.Count - 1), string.Join("　", texts.Skip(Widths.Count - 1))];
        double room = Widths.Sum(), asked = texts.Sum(Share), due = 0, edge = 0;
        for (int i = 0, first = 0, last; i < texts.Count; i++, first = last + 1)
        {
            due += room * Share(texts[i]) / asked;
            last = i == texts.Count - 1 ? Widths.Count - 1 : first;
            edge += Widths[first];
            for (; last < Widths.Count - (texts.Count - i) && edge + Widths[last + 1] / 2 <= due; last++) edge += Widths[last + 1];
            var style = i == 0 ? SheetStyles.Left : i == texts.Count - 1 ? SheetStyles.Right : SheetStyles.Centre;
            yield return new(first, last, style, texts[i]);
        }
    }

    static double Share(string text) => SheetText.Width(text) + 4;
}
