using System.Globalization;
using LawDashboard.Features.Exchange.Import;
using LawDashboard.Features.Indicators.Assessment;
using LawDashboard.Features.Indicators.Definitions;

namespace LawDashboard.Features.Exchange.Trees;

/// <summary>A leaf as read, with what it could be scored by.</summary>
/// <param name="Chosen">What the table names, or what is named most alike; null when nothing is.</param>
/// <param name="Named">Whether the table itself names it.</param>
sealed record TreeRow(int Row, string First, string Second, string Name, decimal Points, ScoringRule? Scoring, string? Evidence, TreeSource? Chosen, bool Named, string? Task);

/// <summary>What a leaf can be scored by.</summary>
sealed record TreeSource(LeafSource Kind, string Key);

/// <summary>A table as read: its leaves, and everything found. With an error in it no leaf is taken over.</summary>
sealed record TreeReading(int? Year, IReadOnlyList<TreeRow> Rows, IReadOnlyList<Finding> Findings, IReadOnlyList<SheetRow> Sheet, int HeadRow, int Columns)
{
    public bool Refused => Findings.Count > 0;
}

/// <summary>Reads an indicator tree out of a workbook. Every finding names its cell; none stops the reading.</summary>
sealed class TreeReader(IndicatorCatalog catalog)
{
    const int NameLimit = 200, EvidenceLimit = 1_000;

    readonly SourceMatcher matcher = new(catalog);

    /// <summary>Throws <see cref="WorkbookException"/> with a sentence for a file without a tree in it.</summary>
    public TreeReading Read(Workbook workbook, CancellationToken cancel)
    {
        var sheet = ImportFiles.FirstSheet(workbook);
        using var reading = workbook.Read(sheet);
        var all = MergedCells.FillDown(reading.Rows(cancel), reading.Merges).Take(HeadFinder.Depth + AssessmentService.MostLeaves * 4).ToList();
        var head = HeadFinder.Find([.. all.Take(HeadFinder.Depth)], reading.Merges, reading.IsHidden, column => TreeTable.Find(column) is not null, $"{workbook.Sheets[sheet].Name} {workbook.Name}");
        var columns = (head?.Columns ?? []).Select(column => (column, of: TreeTable.Find(column))).Where(pair => pair.of is not null).ToList();
        if (head is null || columns.Count < 2) throw new WorkbookException("没有找到表头；请下载模板，按“一级指标、二级指标、三级指标、分值”等列填写");
        var findings = new List<Finding>();
        foreach (var twice in columns.GroupBy(pair => pair.of).Where(group => group.Count() > 1))
            findings.Add(new(head.LastRow, twice.Last().column.Index, Severity.Error, twice.Last().column.Text, $"“{TreeTable.Heading(twice.Key!.Value)}”有两列"));
        var places = columns.DistinctBy(pair => pair.of).ToDictionary(pair => pair.of!.Value, pair => pair.column.Index);
        foreach (var missing in new[] { TreeColumn.First, TreeColumn.Second, TreeColumn.Name, TreeColumn.Points }.Where(column => !places.ContainsKey(column)))
            findings.Add(new(head.LastRow, -1, Severity.Error, "", $"缺少“{TreeTable.Heading(missing)}”一列"));
        var rows = findings.Count > 0 ? [] : Rows(all.Where(row => row.Number > head.LastRow), places, findings).ToList();
        if (findings.Count == 0 && rows.Count == 0) findings.Add(new(head.LastRow, -1, Severity.Error, "", "表头下面没有指标"));
        if (rows.Count > AssessmentService.MostLeaves) findings.Add(new(rows[AssessmentService.MostLeaves].Row, -1, Severity.Error, "", $"三级指标超过{AssessmentService.MostLeaves}项"));
        return new(head.Year, rows, findings, all, head.LastRow, (all.Count == 0 ? 0 : all.Max(row => row.Cells.Length)));
    }

    IEnumerable<TreeRow> Rows(IEnumerable<SheetRow> sheet, Dictionary<TreeColumn, int> places, List<Finding> findings)
    {
        var (first, second) = ("", "");
        var (names, sources) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<TreeSource, int>());
        foreach (var row in sheet)
        {
            var (one, two, name) = (Text(TreeColumn.First), Text(TreeColumn.Second), Text(TreeColumn.Name));
            if (IsTotal(one) || IsTotal(two) || IsTotal(name) || row.Cells.Take(1).OfType<string>().Any(IsTotal)) continue;
            // Like in the papers: a level stands once, over all that it holds.
            if (one.Length > 0 && one != first) (first, second) = (one, "");
            if (two.Length > 0) second = two;
            var known = findings.Count;
            if (first.Length == 0) Find(TreeColumn.First, "没有一级指标");
            if (second.Length == 0) Find(TreeColumn.Second, "没有二级指标");
            if (name.Length == 0) Find(TreeColumn.Name, "没有三级指标的名称");
            foreach (var column in new[] { TreeColumn.First, TreeColumn.Second, TreeColumn.Name })
                if (Text(column).Length > NameLimit) Find(column, $"最多{NameLimit}字，现有{Text(column).Length}字");
            if (!names.TryAdd($"{first}\n{second}\n{name}", row.Number)) Find(TreeColumn.Name, $"与第{names[$"{first}\n{second}\n{name}"]}行重复");
            var points = Points(row);
            var evidence = Text(TreeColumn.Evidence);
            if (evidence.Length > EvidenceLimit) Find(TreeColumn.Evidence, $"最多{EvidenceLimit}字，现有{evidence.Length}字");
            var asked = Text(TreeColumn.Source);
            var judged = asked == ScoringWords.Judged || Text(TreeColumn.Scoring) == ScoringWords.Judged;
            if (judged && asked.Length > 0 && asked != ScoringWords.Judged) Find(TreeColumn.Scoring, "取数写了口径，计分办法不能是“评议”");
            if (judged && Text(TreeColumn.Scoring) is { Length: > 0 } given && given != ScoringWords.Judged) Find(TreeColumn.Scoring, "取数是“评议”，计分办法应填“评议”或空着");
            var rule = judged || Text(TreeColumn.Scoring).Length == 0 ? null : ScoringWords.Read(Text(TreeColumn.Scoring));
            if (!judged && Text(TreeColumn.Scoring).Length > 0 && rule is null) Find(TreeColumn.Scoring, $"计分办法看不懂，可填：{ScoringWords.Choices}");
            var source = judged ? matcher.Judged(name) : asked.Length > 0 ? matcher.Named(asked) : matcher.Like(name);
            if (asked.Length > 0 && !judged && source is null) Find(TreeColumn.Source, "没有这个指标或统计口径；不能计数的填“评议”，空着的在下一步选择");
            if ((asked.Length > 0 || judged) && source is not null && !sources.TryAdd(source, row.Number)) Find(places.ContainsKey(TreeColumn.Source) ? TreeColumn.Source : TreeColumn.Name, $"与第{sources[source]}行取的是同一个数，会重复计分");
            var task = Text(TreeColumn.Task) is { Length: > 0 } named ? matcher.Task(named) : null;
            if (Text(TreeColumn.Task).Length > 0 && task is null) Find(TreeColumn.Task, $"没有这个年度任务，可填：{string.Join("、", catalog.Tasks.Select(one => one.Name))}");
            if (findings.Count == known) yield return new(row.Number, first, second, name, points!.Value, rule, evidence.Length > 0 ? evidence : null, source, asked.Length > 0 || judged, task);

            string Text(TreeColumn column) => places.TryGetValue(column, out var at) ? CellText.Show(row.Cell(at)) : "";
            void Find(TreeColumn column, string message) => findings.Add(new(row.Number, places.GetValueOrDefault(column, -1), Severity.Error, Text(column), message));

            decimal? Points(SheetRow of)
            {
                var text = CellText.HalfWidth(Text(TreeColumn.Points)).TrimEnd('分').Trim();
                if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) Find(TreeColumn.Points, text.Length == 0 ? "没有分值" : "分值请填数字");
                else if (number is <= 0 or > 1_000) Find(TreeColumn.Points, "分值应大于0、不超过1000");
                else if (decimal.Round(number, 2) != number) Find(TreeColumn.Points, "分值最多两位小数");
                else return number;
                return null;
            }
        }
    }

    static bool IsTotal(string text) => CellText.Plain(text) is "合计" or "总计" or "总分" or "小计";
}
