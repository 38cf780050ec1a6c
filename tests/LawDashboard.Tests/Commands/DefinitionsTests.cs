using System.Text.RegularExpressions;
using LawDashboard.Commands;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Indicators;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Units;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Commands;

public sealed class DefinitionsTests
{
    [Fact]
    public void The_shipped_definitions_hold_every_ledger_and_fit_together()
    {
        var definitions = Definitions.Load(Demonstration.SeedFolder);
        Assert.Equal(22, definitions.Ledgers.Ledgers.Count);
        Assert.Equal(8, definitions.Indicators.Tasks.Count);
        foreach (var task in definitions.Indicators.Tasks)
            Assert.InRange(definitions.Indicators.OfTask(task.Key).Count(indicator => indicator.Headline), 2, 4);
        Assert.True(Enumerable.Range(2019, 8).All(definitions.Calendar.Knows));
        Assert.False(definitions.Calendar.Knows(2027));
    }

    [Theory]
    [InlineData("ledgers/lectures.json", "\"key\": \"lectures\"", "\"key\": \"lectures\", \"colour\": 1", "colour")]
    [InlineData("measures/study.json", "\"ledger\": \"lectures\"", "\"ledger\": \"lecturez\"", "lecturez")]
    [InlineData("ledgers/lectures.json", "\"key\": \"lectures\"", "\"key\": \"lectures\", \"colour\": 1", "没有“colour”这一项")]
    [InlineData("ledgers/lectures.json", "\"code\": \"FZPX\",", "", "缺少“code”")]
    [InlineData("ledgers/lectures.json", "\"code\": \"FZPX\"", "\"code\": 7", "内容不合要求")]
    [InlineData("ledgers/lectures.json", "\"type\": \"date\"", "\"type\": \"day\"", "内容不合要求")]
    [InlineData("ledgers/lectures.json", "\"code\": \"FZPX\",", "\"code\": \"FZPX\"", "不是正确的 JSON")]
    [InlineData("tasks.json", "[", "[ oops", "第1行")]
    public void A_broken_definition_file_is_named_with_key_and_reason(string file, string old, string broken, string named)
    {
        using var folder = new TemporaryFolder();
        CopyDefinitions(folder.Path);
        var path = Path.Combine(folder.Path, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + broken + text[(at + old.Length)..]);
        var findings = Assert.Throws<DefinitionException>(() => Definitions.Load(folder.Path)).Findings;
        Assert.Contains(findings, finding => finding.File == file && (finding.Key + finding.Reason).Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void A_template_that_speaks_of_an_unknown_figure_is_refused_with_its_line()
    {
        using var folder = new TemporaryFolder();
        CopyDefinitions(folder.Path);
        var path = Path.Combine(folder.Path, "report-templates", "township-annual.txt");
        var lines = File.ReadAllLines(path).ToList();
        lines.Add("全年走访{visits.held}次。");
        File.WriteAllLines(path, lines);
        var finding = Assert.Single(Assert.Throws<DefinitionException>(() => Definitions.Load(folder.Path)).Findings);
        Assert.Equal($"第{lines.Count}行", finding.Key);
        Assert.Contains("visits.held", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_with_five_fields_a_measure_an_indicator_and_a_sentence_needs_only_files()
    {
        using var seed = new TemporaryFolder();
        using var data = new TemporaryFolder();
        CopyDefinitions(seed.Path);
        Write("ledgers/visits.json", """
            { "key": "visits", "name": "走访帮教台账", "shortName": "走访帮教", "code": "ZFBJ", "task": "disputes", "recordUnit": "次",
              "date": "visitedOn", "title": "{purpose}：{place}", "list": ["purpose", "people"],
              "groups": [ { "label": "走访情况", "fields": [
                { "key": "visitedOn", "label": "走访日期", "type": "date", "required": true, "notFuture": true },
                { "key": "purpose", "label": "事由", "type": "oneOf", "dictionary": "visitPurpose", "required": true },
                { "key": "place", "label": "地点", "type": "text", "required": true },
                { "key": "people", "label": "走访人数", "type": "people", "unit": "人", "min": 0, "total": true },
                { "key": "person", "label": "走访对象", "type": "person" } ] } ] }
            """);
        Write("dictionaries/visits.json", """[ { "key": "visitPurpose", "name": "走访事由", "values": [ { "code": "aid", "label": "帮教" }, { "code": "care", "label": "慰问" } ] } ]""");
        Write("measures/visits.json", """
            [ { "key": "visits.held", "name": "走访", "ledger": "visits", "unit": "次", "slices": ["purpose"] },
              { "key": "visits.people", "name": "走访人数", "ledger": "visits", "unit": "人", "kind": "sum", "sum": "people", "where": { "field": "purpose", "is": ["aid"] } } ]
            """);
        Write("indicators/visits.json", """[ { "key": "disputes.visits", "name": "走访帮教", "task": "disputes", "unit": "次", "measure": "visits.held" } ]""");
        var template = Path.Combine(seed.Path, "report-templates", "township-annual.txt");
        File.WriteAllText(template, File.ReadAllText(template).Replace("## 二、突出亮点", "全年走访{disputes.visits}次，帮教{visits.people}人。\n\n## 二、突出亮点", StringComparison.Ordinal));

        await using var services = await Demonstration.OpenAsync(data.Path, seed.Path);
        await services.GetRequiredService<UnitDirectory>().AddAsync([new("NZ", "样例县", UnitKind.County), new("FZ", "法镇", UnitKind.Town, "NZ")]);
        var tree = await services.GetRequiredService<UnitDirectory>().TreeAsync();
        var reviewer = new Person(1, "a", "样例甲", Role.Reviewer, tree.Find("FZ")!.Id);
        var entries = services.GetRequiredService<EntryService>();
        foreach (var (purpose, people) in new[] { ("aid", 3L), ("care", 5L), ("aid", 4L) })
        {
            var saved = await entries.SubmitAsync(reviewer, new(null, "visits", "FZ", SampleCatalog.Values(
                ("visitedOn", "2026-05-06"), ("purpose", purpose), ("place", "样例村"), ("people", people), ("person", "王样例"))));
            var entry = Assert.IsType<EntryResult.Done>(saved).Entry;
            await entries.MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null);
        }
        var draft = await services.GetRequiredService<ReportService>().DraftAsync(reviewer, tree.Find("FZ")!, new(2026));
        Assert.Contains("走访3次，帮教7人。", draft.ToText(), StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();

        void Write(string file, string text) => File.WriteAllText(Path.Combine(seed.Path, file), text);
    }

    [Fact]
    public void The_ledger_that_the_README_shows_is_a_whole_one()
    {
        using var seed = new TemporaryFolder();
        CopyDefinitions(seed.Path);
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Take("ledgers", "```json\n(.*?)```");
        Take("measures", "`(\\[\\{\"key\": \"visits\\.held\".*?\\}\\])`");
        Take("indicators", "`(\\[\\{\"key\": \"publicity\\.visits\".*?\\}\\])`");
        Assert.Equal("入户走访台账", Definitions.Load(seed.Path).Ledgers.Ledger("visits")!.Name);

        void Take(string folder, string pattern)
        {
            var shown = Regex.Match(readme, pattern, RegexOptions.Singleline);
            Assert.True(shown.Success, pattern);
            File.WriteAllText(Path.Combine(seed.Path, folder, "visits.json"), shown.Groups[1].Value);
        }
    }

    static void CopyDefinitions(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Demonstration.SeedFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Demonstration.SeedFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
