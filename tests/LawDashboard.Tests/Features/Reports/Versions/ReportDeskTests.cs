using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Checking;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using LawDashboard.Tests.Features.Reports.Signing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LawDashboard.Tests.Features.Reports.Versions;

/// <summary>Reports that people work on, over a copy of the demonstration county that the test may change.</summary>
public sealed class ReportDeskTests(Demonstration demo) : IClassFixture<Demonstration>, IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    ServiceProvider services = null!;
    UnitTree tree = UnitTree.Empty;
    Person reviewer = null!;

    Unit Town => tree.Find("FZ")!;
    ReportDesk Desk => services.GetRequiredService<ReportDesk>();

    public async Task InitializeAsync()
    {
        using (var from = demo.Connect())
        using (var to = new SqliteConnection($"Data Source={folder["lawdashboard.db"]}"))
        {
            to.Open();
            from.BackupDatabase(to);
        }
        services = await Demonstration.OpenAsync(folder.Path, Demonstration.SeedFolder);
        tree = await services.GetRequiredService<UnitDirectory>().TreeAsync();
        reviewer = new(7, "a", "样例甲", Role.Reviewer, Town.Id);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    async Task<OpenReport> BegunAsync()
    {
        Assert.Equal(1, (await Desk.BeginAsync(reviewer, Town, new(2026))).Version);
        return (await Desk.OpenAsync(reviewer, Town, new(2026)))!;
    }

    async Task<OpenReport> LatestAsync() => (await Desk.OpenAsync(reviewer, Town, new(2026)))!;

    Task<SaveOutcome> EditAsync(OpenReport report, string old, string changed, bool atOnce = true) =>
        Desk.SubmitAsync(reviewer, Town, new(2026), report.Number, Edits.Replaced(report.Document, old, changed), "修改", atOnce ? VersionKind.Edited : VersionKind.Uploaded, atOnce);

    async Task VoidSomeAsync(string ledger, int count)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var query = new EntryQuery { Person = Person.Machine, Unit = Town, Ledger = services.GetRequiredService<LedgerCatalog>().Ledger(ledger), States = [EntryState.Approved], From = new(2026, 1, 1) };
        foreach (var entry in await EntryReader.SelectSorted(db, tree, query).Take(count).ToListAsync())
            Assert.IsType<EntryResult.Done>(await services.GetRequiredService<EntryService>().MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Void, "重复登记"));
    }

    [Fact]
    public async Task A_report_begins_once_as_what_the_program_drafted()
    {
        var report = await BegunAsync();
        Assert.Equal((1, VersionKind.Drafted, "样例甲"), (report.Number, report.Kind, report.Author));
        Assert.True(report.AuditSequence > 1000);
        Assert.Equal((await services.GetRequiredService<ReportService>().DraftAsync(reviewer, Town, new(2026))).ToText(), report.Document.ToText());
        Assert.Equal(report.Draft.Figures.Select(figure => (figure.Id, figure.Text, figure.Amount, figure.Slice?.Code)), report.Document.Figures.Select(figure => (figure.Id, figure.Text, figure.Amount, figure.Slice?.Code)));
        Assert.Equal(1, (await Desk.BeginAsync(reviewer, Town, new(2026))).Version);
        Assert.Single(await Desk.VersionsAsync(report.ReportId));
    }

    [Theory]
    [InlineData(Role.Inspector, "NZ"), InlineData(Role.Administrator, "NZ"), InlineData(Role.Reviewer, "NZ"), InlineData(Role.Recorder, "FZ01"), InlineData(Role.Leader, "DH")]
    public async Task Whoever_does_not_work_in_the_government_cannot_change_its_report(Role role, string unit)
    {
        var report = await BegunAsync();
        var other = new Person(9, "b", "样例乙", role, tree.Find(unit)!.Id);
        Assert.NotNull((await Desk.BeginAsync(other, Town, new(2025))).Refusal);
        Assert.NotNull((await Desk.SubmitAsync(other, Town, new(2026), 1, DocumentText.Of(report.Document), "x", VersionKind.Edited, true)).Refusal);
        Assert.Equal(1, (await LatestAsync()).Number);
    }

    [Fact]
    public async Task An_edit_becomes_the_next_version_and_its_figures_stay_live()
    {
        var outcome = await EditAsync(await BegunAsync(), "受理人民调解案件", "各级调委会受理人民调解案件");
        Assert.Equal(2, outcome.Version);
        var latest = await LatestAsync();
        Assert.Contains("各级调委会受理人民调解案件145件", latest.Document.ToText(), StringComparison.Ordinal);
        Assert.Equal(latest.Draft.Figures.Count(), latest.Document.Figures.Count());
        Assert.Equal(VersionKind.Edited, latest.Kind);
        Assert.DoesNotContain("各级调委会", (await Desk.OpenAsync(reviewer, Town, new(2026), 1))!.Document.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_who_edit_different_sentences_both_keep_theirs()
    {
        var first = await BegunAsync();
        await EditAsync(first, "受理人民调解案件", "各级调委会受理人民调解案件");
        Assert.Equal(3, (await EditAsync(first, "开展森林防火宣传", "广泛开展森林防火宣传")).Version);
        var text = (await LatestAsync()).Document.ToText();
        Assert.Contains("各级调委会受理", text, StringComparison.Ordinal);
        Assert.Contains("广泛开展森林防火宣传", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_who_edit_the_same_sentence_choose_and_until_then_nothing_changes()
    {
        var first = await BegunAsync();
        await EditAsync(first, "开展森林防火宣传", "广泛开展森林防火宣传");
        var outcome = await EditAsync(first, "开展森林防火宣传", "深入开展森林防火宣传");
        Assert.Null(outcome.Version);
        Assert.Equal(2, (await LatestAsync()).Number);
        Assert.Single(await Desk.WaitingAsync(first.ReportId));
        var merge = (await Desk.MergeAsync(reviewer, Town, new(2026), outcome.Upload))!;
        Assert.Contains("深入开展", Assert.Single(merge.Result.Conflicts).Options[0].Unit!.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await Desk.AcceptAsync(reviewer, Town, new(2026), merge, [1])).Version);
        Assert.Contains("广泛开展森林防火宣传", (await LatestAsync()).Document.ToText(), StringComparison.Ordinal);
        Assert.NotNull((await Desk.AcceptAsync(reviewer, Town, new(2026), merge, [0])).Refusal);
        Assert.Empty(await Desk.WaitingAsync(first.ReportId));
    }

    [Fact]
    public async Task A_document_edited_elsewhere_waits_and_a_foreign_one_is_refused()
    {
        var first = await BegunAsync();
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, first.Document, new(Origin: new("FZ", 2026, 1)));
        var document = DocumentFile.Read(stream.ToArray(), "a.docx").Text!;
        Assert.Equal(new DocumentOrigin("FZ", 2026, 1), document.Origin);
        var outcome = await Desk.SubmitAsync(reviewer, Town, new(2026), 1, document, "a.docx", VersionKind.Uploaded, atOnce: false);
        var merge = (await Desk.MergeAsync(reviewer, Town, new(2026), outcome.Upload))!;
        Assert.Empty(merge.Result.Conflicts);
        Assert.Equal(first.Document.ToText(), merge.Result.Resolve().ToText());
        await Desk.DiscardAsync(reviewer, Town, outcome.Upload!.Value);
        Assert.Null(await Desk.MergeAsync(reviewer, Town, new(2026), outcome.Upload));
        var foreign = await Desk.SubmitAsync(reviewer, Town, new(2026), 1, new([TextParagraph.Of("这是另外一份毫不相干的通知，请各单位遵照执行。")]), "通知.docx", VersionKind.Uploaded, false);
        Assert.Contains("通知.docx", foreign.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafting_again_keeps_the_persons_words_and_takes_the_ledgers_numbers()
    {
        var first = await BegunAsync();
        await EditAsync(first, "受理人民调解案件", "各级调委会受理人民调解案件");
        await VoidSomeAsync("mediation", 3);
        var merge = (await Desk.MergeAsync(reviewer, Town, new(2026), null))!;
        Assert.Empty(merge.Result.Conflicts);
        Assert.Equal(3, (await Desk.AcceptAsync(reviewer, Town, new(2026), merge, [])).Version);
        var latest = await LatestAsync();
        Assert.Contains("各级调委会受理人民调解案件142件", latest.Document.ToText(), StringComparison.Ordinal);
        Assert.True(latest.AuditSequence > first.AuditSequence);
        var again = (await Desk.MergeAsync(reviewer, Town, new(2026), null))!;
        Assert.Empty(again.Result.Conflicts);
        Assert.Equal(latest.Document.ToText(), again.Result.Resolve().ToText());
    }

    [Fact]
    public async Task A_finding_is_signed_off_by_name_with_a_reason_and_that_is_logged()
    {
        var report = await BegunAsync();
        var finding = new ClaimFinding(ClaimRules.Period, ClaimSeverity.Error, new(5, 1, 1, "", "近年来"), "不是本年度口径。", "改。");
        var signOffs = services.GetRequiredService<SignOffs>();
        Assert.Contains("理由", await signOffs.SignAsync(reviewer, Town, report.ReportId, finding, " "), StringComparison.Ordinal);
        Assert.NotNull(await signOffs.SignAsync(reviewer with { Role = Role.Inspector }, Town, report.ReportId, finding, "可以"));
        Assert.Null(await signOffs.SignAsync(reviewer, Town, report.ReportId, finding, "引用上级文件原文"));
        var signed = Assert.Single((await signOffs.OfAsync(report.ReportId)).Values);
        Assert.Equal(("样例甲", "引用上级文件原文", finding.Fingerprint), (signed.Person, signed.Reason, signed.Fingerprint));
        Assert.NotEqual(finding.Fingerprint, (finding with { Reason = "另一条理由。" }).Fingerprint);
        await using (var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            Assert.Contains(await db.AuditEvents.Where(line => line.Action == "sign-off").ToListAsync(), line => line.Note!.Contains("引用上级文件原文", StringComparison.Ordinal));
            Assert.Null(await AuditTrail.FirstBrokenAsync(db, CancellationToken.None));
        }
        await signOffs.WithdrawAsync(reviewer, Town, report.ReportId, finding.Fingerprint);
        Assert.Empty(await signOffs.OfAsync(report.ReportId));
    }

    /// <summary>
    /// Each figure by its id, in the stored text and in the document, leads to rows whose recount is the printed number; also
    /// after entries were voided, approved and changed. The recount of then is SQL over the log's own snapshots.
    /// </summary>
    [Fact]
    public async Task Every_figure_resolves_to_the_rows_of_then_and_of_now_also_after_the_ledger_has_changed()
    {
        var report = await BegunAsync();
        foreach (var ledger in (string[])["mediation", "meetings", "publicity", "petitions", "fire", "legalGuides", "services", "cases"]) await VoidSomeAsync(ledger, 4);
        await ApproveWaitingAsync();
        var drafted = (await services.GetRequiredService<ReportService>().ReadAsync(reviewer, Town, new(2026)))!;
        using var stream = new MemoryStream();
        OfficialDocument.Write(stream, report.Document);
        var inDocument = DocumentFile.Read(stream.ToArray(), "a.docx").Text!.Paragraphs.SelectMany(paragraph => paragraph.Figures.Select(figure => (figure.Id, paragraph.Text.Substring(figure.Start, figure.Length)))).ToList();
        Assert.Equal(report.Document.Figures.Select(figure => (figure.Id, figure.Text)), inDocument);

        using var then = Past(report.AuditSequence);
        using var now = new SqliteConnection($"Data Source={folder["lawdashboard.db"]};Mode=ReadOnly");
        now.Open();
        var (countThen, countNow) = (new IndependentCount(Demonstration.SeedFolder, then, "FZ"), new IndependentCount(Demonstration.SeedFolder, now, "FZ"));
        var (history, wrong, compared, moved) = (services.GetRequiredService<FigureHistory>(), new List<string>(), 0, 0);
        foreach (var figure in report.Document.Figures.Where(figure => figure.Format is FigureFormat.Plain or FigureFormat.Roundly or FigureFormat.TenThousands))
        {
            var expected = countThen.Value(figure.Key, new(2026, 1, 1), new(2026, 12, 31), figure.Slice?.Field, figure.Slice?.Code, figure.Slice?.Except);
            if (expected != figure.Amount) wrong.Add($"{figure.Id}: printed {figure.Amount}, counted {expected}");
            var source = services.GetRequiredService<FigureSources>().Of(drafted, figure);
            foreach (var count in await history.OfAsync(reviewer, Town, source, report.AuditSequence))
            {
                var (slice, code) = count.Part.Counted.Slice?.Split('=') is [var field, var value] ? (field, value) : (null, null);
                decimal? Count(IndependentCount by) => by.Value(count.Part.Counted.Measure, new(2026, 1, 1), new(2026, 12, 31), slice, code);
                if (Count(countThen) != count.Then || Count(countNow) != count.Now)
                    wrong.Add($"{figure.Id} {count.Part.Name}: then {count.Then} ({Count(countThen)}), now {count.Now} ({Count(countNow)})");
                if (count.Then + count.Rows.Sum(row => row.Now - row.Then) != count.Now) wrong.Add($"{figure.Id}: rows do not explain the difference");
                if (count.Then != count.Now) moved++;
                compared++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.True(compared >= 200 && moved >= 20, $"{compared} compared, {moved} moved");
    }

    async Task ApproveWaitingAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        foreach (var entry in await EntryReader.Select(db, tree, new() { Person = Person.Machine, Unit = Town, States = [EntryState.Submitted] }).ToListAsync())
            await services.GetRequiredService<EntryService>().MoveAsync(reviewer, entry.Id, entry.Version, EntryAction.Approve, null);
    }

    /// <summary>The entries as of a line of the log, made by SQL from the log's snapshots, in place of those of now.</summary>
    SqliteConnection Past(long sequence)
    {
        var connection = new SqliteConnection($"Data Source={folder["lawdashboard.db"]}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TEMP TABLE Entries AS SELECT json_extract(After, '$.id') AS Id, LedgerKey, json_extract(After, '$.unit') AS UnitId, json_extract(After, '$.date') AS Date,
              upper(substr(json_extract(After, '$.state'), 1, 1)) || substr(json_extract(After, '$.state'), 2) AS State, json_extract(After, '$.values') AS "Values"
            FROM AuditEvents WHERE Sequence IN (SELECT max(Sequence) FROM AuditEvents WHERE Subject = 'entry' AND Sequence <= {sequence} GROUP BY SubjectId)
            """);
        command.ExecuteNonQuery();
        return connection;
    }
}
