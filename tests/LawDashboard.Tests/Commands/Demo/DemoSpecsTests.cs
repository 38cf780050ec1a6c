using LawDashboard.Commands.Demo;
using LawDashboard.Data;

namespace LawDashboard.Tests.Commands.Demo;

public sealed class DemoSpecsTests
{
    [Fact]
    public void The_shipped_demonstration_covers_every_ledger_and_fits_its_definition()
    {
        var seed = new SeedFolder(Demonstration.SeedFolder);
        var specs = DemoSpecs.Load(seed, DemoSample.Definitions.Ledgers);
        Assert.Empty(seed.Findings);
        Assert.Equal(DemoSample.Definitions.Ledgers.Ledgers.Select(ledger => ledger.Key).Order(), specs.Select(spec => spec.Ledger.Key).Order());
    }

    [Fact]
    public void The_first_town_logs_about_1200_events_a_year() =>
        Assert.InRange(DemoSample.Ledgers.Where(ledger => !ledger.Ledger.Register).Sum(ledger => ledger.Spec.PerYear), 1100, 1350);

    [Theory]
    [InlineData("\"ledger\": \"lecturez\"", "ledger", "lecturez")]
    [InlineData("\"months\": [1, 2]", "months", "12个")]
    [InlineData("\"months\": [0,0,0,0,0,0,0,0,0,0,0,0]", "months", "大于0")]
    [InlineData("\"perYear\": -1", "perYear", "0至")]
    [InlineData("\"initial\": 3", "initial", "名册")]
    [InlineData("\"colour\": 1", "$", "colour")]
    [InlineData("\"fields\": { \"topik\": {\"texts\": [\"一\"]} }", "topik", "没有这个字段")]
    [InlineData("\"fields\": { \"heldOn\": {\"after\": \"filedOn\", \"days\": [1, 2]} }", "heldOn", "日期字段由生成器填写")]
    [InlineData("\"fields\": { \"topic\": {\"range\": [1, 2]} }", "topic", "range")]
    [InlineData("\"fields\": { \"topic\": {} }", "topic", "没有写填法")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": [\"一\"], \"person\": true} }", "topic", "只能写一种")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": [\"{kindd}讲座\"]} }", "topic", "kindd")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": []} }", "topic", "至少写一条")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": [\"一\"], \"chance\": 1.5} }", "topic", "chance")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": [\"一\"], \"when\": {\"field\": \"kind\", \"is\": [\"palace\"]}} }", "topic", "palace")]
    [InlineData("\"fields\": { \"kind\": {\"weights\": {\"palace\": 1}} }", "kind", "palace")]
    [InlineData("\"fields\": { \"kind\": {\"weights\": {\"cadre\": 0}} }", "kind", "大于0")]
    [InlineData("\"fields\": { \"kind\": {\"weights\": {\"cadre\": 1}, \"count\": [1, 2]} }", "kind", "多选")]
    [InlineData("\"fields\": { \"kind\": {\"weights\": {\"cadre\": 1}, \"inMonths\": {\"13\": {\"cadre\": 1}}} }", "kind", "1至12")]
    [InlineData("\"fields\": { \"invited\": {\"range\": [9, 2]} }", "invited", "最小")]
    [InlineData("\"fields\": { \"invited\": {\"range\": [1, 9], \"step\": 0} }", "invited", "step")]
    [InlineData("\"fields\": { \"attended\": {\"shareOf\": \"topic\", \"share\": [0.5, 1]} }", "attended", "不是数字")]
    [InlineData("\"fields\": { \"attended\": {\"shareOf\": \"invited\"} }", "attended", "同时写")]
    [InlineData("\"fields\": { \"filedOn\": {\"after\": \"topic\", \"days\": [1, 2]} }", "filedOn", "不是日期")]
    [InlineData("\"fields\": { \"filedOn\": {\"after\": \"heldOn\"} }", "filedOn", "同时写")]
    [InlineData("\"fields\": { \"topic\": {\"texts\": [\"{notes}\"]}, \"notes\": {\"texts\": [\"{topic}\"]} }", "topic", "互相引用")]
    public void A_broken_spec_is_named_with_key_and_reason(string change, string key, string reason)
    {
        using var folder = new TemporaryFolder();
        var good = new Dictionary<string, string>
        {
            ["ledger"] = "\"lectures\"", ["perYear"] = "10", ["months"] = "[1,1,1,1,1,1,1,1,1,1,1,1]", ["level"] = "\"town\"", ["fields"] = "{}",
        };
        var at = change.IndexOf(':', StringComparison.Ordinal);
        good[change[..at].Trim('"')] = change[(at + 1)..];
        Directory.CreateDirectory(folder["demo"]);
        File.WriteAllText(Path.Combine(folder["demo"], "lectures.json"), "{" + string.Join(',', good.Select(pair => $"\"{pair.Key}\": {pair.Value}")) + "}");

        var seed = new SeedFolder(folder.Path);
        DemoSpecs.Load(seed, SampleCatalog.Ledgers);
        Assert.Contains(seed.Findings, finding => finding.File == "demo/lectures.json"
            && finding.Key.Contains(key, StringComparison.Ordinal) && finding.Reason.Contains(reason, StringComparison.Ordinal));
    }
}
