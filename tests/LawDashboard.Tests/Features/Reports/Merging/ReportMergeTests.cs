using LawDashboard.Features.Reports;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Merging;

namespace LawDashboard.Tests.Features.Reports.Merging;

public sealed class ReportMergeTests
{
    const string Frame = "## 一、工作\n### （一）调解。\n受理调解{mediation.accepted}件，成功{mediation.succeeded}件。\n排查纠纷{screening.found}件。\n\n开展巡查{fire.patrols}次。\n";

    static ReportDraft Draft(int accepted = 10, int succeeded = 9, int found = 7, int patrols = 5, string template = Frame, DateOnly? closing = null) =>
        Drafter.Draft(ReportTemplate.Parse("r", template).Template!, new("样例镇", 2026, closing ?? new(2026, 12, 31), new SampleFigures()
            .Count("mediation.accepted", accepted).Count("mediation.succeeded", succeeded).Count("screening.found", found).Count("fire.patrols", patrols), []));

    static ReportDraft Edited(ReportDraft draft, string old, string changed) => TextUnits.ToDraft(
        [.. TextUnits.Of(draft).Select(unit => unit with { Runs = [.. unit.Runs.Select(run => run.Figure is null ? run with { Text = run.Text.Replace(old, changed, StringComparison.Ordinal) } : run)] })
            .Where(unit => unit.Text.Length > 0)], draft);

    static ReportDraft Without(ReportDraft draft, string words) =>
        TextUnits.ToDraft([.. TextUnits.Of(draft).Where(unit => !unit.Text.Contains(words, StringComparison.Ordinal))], draft);

    [Fact]
    public void An_unchanged_sentence_takes_the_new_draft()
    {
        var result = ReportMerge.Merge(Draft(), Draft(), Draft(accepted: 12, patrols: 6));
        Assert.Empty(result.Conflicts);
        Assert.Equal(Draft(accepted: 12, patrols: 6).ToText(), result.Resolve().ToText());
    }

    [Fact]
    public void An_edited_sentence_keeps_the_persons_words_with_its_figures_updated()
    {
        var result = ReportMerge.Merge(Draft(), Edited(Draft(), "受理调解", "各级调委会共受理纠纷"), Draft(accepted: 12, succeeded: 11));
        Assert.Empty(result.Conflicts);
        Assert.Contains("各级调委会共受理纠纷12件，成功11件。", result.Resolve().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_sentence_stays_deleted_and_a_typed_one_stays()
    {
        var mine = Edited(Without(Draft(), "排查纠纷"), "开展巡查", "新写的一句话。开展巡查");
        var text = ReportMerge.Merge(Draft(), mine, Draft(found: 99, patrols: 6)).Resolve().ToText();
        Assert.DoesNotContain("排查纠纷", text, StringComparison.Ordinal);
        Assert.StartsWith("排查纠纷", Assert.Single(ReportMerge.Merge(Draft(), mine, Draft(patrols: 6)).Notes, note => note.Kind == MergeNoteKind.Deleted).Text, StringComparison.Ordinal);
        Assert.Contains("新写的一句话。", text, StringComparison.Ordinal);
        Assert.Contains("开展巡查6次。", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_both_changed_is_shown_side_by_side()
    {
        var theirs = Draft(template: Frame.Replace("排查纠纷", "全面排查矛盾纠纷", StringComparison.Ordinal), found: 8);
        var result = ReportMerge.Merge(Draft(), Edited(Draft(), "排查纠纷", "逐户排查纠纷"), theirs);
        var conflict = Assert.Single(result.Conflicts);
        Assert.Equal(["逐户排查纠纷8件。", "全面排查矛盾纠纷8件。"], conflict.Options.Select(option => option.Unit!.Text));
        Assert.Contains("逐户排查纠纷8件。", result.Resolve().ToText(), StringComparison.Ordinal);
        Assert.Contains("全面排查矛盾纠纷8件。", result.Resolve([1]).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_sentence_that_the_new_draft_no_longer_has_is_shown()
    {
        var result = ReportMerge.Merge(Draft(), Edited(Draft(), "开展巡查", "护林员开展巡查"), Draft(patrols: 0));
        Assert.StartsWith("护林员开展巡查", Assert.Single(result.Conflicts).Options[0].Unit!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("巡查", result.Resolve([1]).ToText(), StringComparison.Ordinal);
        Assert.Contains(result.Notes, note => note.Kind == MergeNoteKind.WithoutData);
    }

    [Fact]
    public void The_closing_day_moves_with_the_draft_also_in_edited_sentences()
    {
        const string template = "## 一、工作\n全年受理调解{mediation.accepted}件。\n";
        var november = Draft(template: template, closing: new(2026, 11, 22));
        var mine = Edited(november, "受理调解", "各级共受理调解");
        Assert.Contains("截至12月5日，各级共受理调解12件。", ReportMerge.Merge(november, mine, Draft(12, template: template, closing: new(2026, 12, 5))).Resolve().ToText(), StringComparison.Ordinal);
        Assert.Contains("全年各级共受理调解12件。", ReportMerge.Merge(november, mine, Draft(12, template: template)).Resolve().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_written_over_a_live_figure_is_shown_with_the_ledgers()
    {
        var draft = Draft();
        var document = DocumentText.Of(draft);
        var paragraph = document.Paragraphs.Single(paragraph => paragraph.Text.Contains("受理调解10件", StringComparison.Ordinal));
        var at = paragraph.Text.IndexOf("10件", StringComparison.Ordinal);
        var written = new TextParagraph(paragraph.Text.Replace("10件", "15件", StringComparison.Ordinal), paragraph.Figures);
        var result = ReportMerge.Merge(draft, TextUnits.Of(document with { Paragraphs = [.. document.Paragraphs.Select(p => p == paragraph ? written : p)] },
            id => draft.Figures.FirstOrDefault(figure => figure.Id == id)), Draft(accepted: 12));
        Assert.True(at > 0);
        Assert.Equal(["受理调解15件，成功9件。", "受理调解12件，成功9件。"], Assert.Single(result.Conflicts).Options.Select(option => option.Unit!.Text));
    }

    [Fact]
    public void Figures_whose_marks_were_lost_are_found_again()
    {
        var draft = Draft();
        var document = DocumentText.Of(draft);
        var bare = new DocumentText([.. document.Paragraphs.Select(paragraph => TextParagraph.Of(paragraph.Text.Replace("排查纠纷", "逐户排查纠纷", StringComparison.Ordinal)))]);
        var result = ReportMerge.Merge(draft, TextUnits.Of(bare, _ => null), Draft(accepted: 12, found: 8));
        Assert.Empty(result.Conflicts);
        Assert.Contains("受理调解12件", result.Resolve().ToText(), StringComparison.Ordinal);
        Assert.Contains("逐户排查纠纷8件。", result.Resolve().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_beginning_of_a_paragraph_falls_away_the_next_sentence_begins_it()
    {
        const string template = "## 一、工作\n一段{mediation.accepted}件。\n\n二段{screening.found}件。\n二段末{fire.patrols}次。\n";
        var base_ = Draft(template: template);
        var text = ReportMerge.Merge(base_, Edited(base_, "二段末", "二段末尾"), Draft(found: 0, template: template)).Resolve().ToText();
        Assert.Equal("一、工作\n一段10件。\n二段末尾5次。\n", text);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Whatever_is_edited_nothing_typed_disappears_and_merging_twice_changes_nothing(bool marksLost)
    {
        for (var seed = 0; seed < TestScale.Of(120, 1500); seed++)
        {
            var random = new Random(seed);
            var given = Generated.Draft(random);
            var edit = Generated.Edit(given, random);
            var theirs = Generated.Draft(random);
            var mine = marksLost ? TextUnits.Of(new DocumentText([.. DocumentText.Of(edit.Draft).Paragraphs.Select(paragraph => TextParagraph.Of(paragraph.Text))]), _ => null) : TextUnits.Of(edit.Draft);
            var result = ReportMerge.Merge(given, mine, theirs);
            var shown = result.Items.Select(item => (item.Unit ?? item.Conflict!.Options[0].Unit)!.Text).ToList();
            foreach (var typed in edit.Typed)
                Assert.True(shown.Any(text => text.Contains(typed, StringComparison.Ordinal)), $"seed {seed}: {typed} is gone");
            var merged = result.Resolve([.. result.Conflicts.Select(conflict => random.Next(conflict.Options.Count))]);
            AssertSame(merged, ReportMerge.Merge(theirs, merged, theirs), seed);
            if (marksLost) continue;
            foreach (var unit in result.Items.Select(item => item.Unit).OfType<TextUnit>())
                foreach (var run in unit.Runs.Where(run => run.Figure is not null))
                    if (theirs.Figures.FirstOrDefault(figure => figure.Id == run.Figure!.Id) is { } now)
                        Assert.True(now.Text == run.Text, $"seed {seed}: {run.Figure!.Id} is {run.Text}, should be {now.Text}");
        }
    }

    [Fact]
    public void Unchanged_text_merges_without_conflict_into_the_new_draft()
    {
        for (var seed = 0; seed < TestScale.Of(100, 1000); seed++)
        {
            var random = new Random(seed);
            var (given, theirs) = (Generated.Draft(random), Generated.Draft(random));
            AssertSame(theirs, ReportMerge.Merge(given, given, theirs), seed);
            AssertSame(given, ReportMerge.Merge(given, given, given), seed);
            var edit = Generated.Edit(given, random);
            AssertSame(edit.Draft, ReportMerge.Merge(given, edit.Draft, given), seed);
        }
    }

    [OfficeTheory]
    [InlineData(1), InlineData(2)]
    public async Task What_LibreOffice_saved_again_merges_as_the_document_itself(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var given = Generated.Draft(random);
        var edit = Generated.Edit(given, random);
        var theirs = Generated.Draft(random);
        var read = await SavedAgainAsync(folder, edit.Draft);
        Assert.Equal(new DocumentOrigin("FZ", 2026, 3), read.Origin);
        var byId = given.Figures.ToDictionary(figure => figure.Id);
        var result = ReportMerge.Merge(given, TextUnits.Of(read, byId.GetValueOrDefault), theirs);
        Assert.Equal(ReportMerge.Merge(given, edit.Draft, theirs).Resolve().ToText(), result.Resolve().ToText());
        // Accepted and drafted again, nothing moves any more.
        AssertSame(result.Resolve(), ReportMerge.Merge(theirs, result.Resolve(), theirs), seed);
        // Whatever figure the new draft has, its number is the new one, also inside edited sentences.
        var now = theirs.Figures.DistinctBy(figure => figure.Id).ToDictionary(figure => figure.Id);
        var kept = result.Items.Select(item => item.Unit).OfType<TextUnit>().SelectMany(unit => unit.Figures).Where(figure => now.ContainsKey(figure.Id)).ToList();
        Assert.True(kept.Count > 20, $"{kept.Count} figures");
        Assert.All(kept, figure => Assert.Equal(now[figure.Id].Text, figure.Text));
        foreach (var typed in edit.Typed) Assert.Contains(result.Items, item => (item.Unit ?? item.Conflict!.Options[0].Unit)!.Text.Contains(typed, StringComparison.Ordinal));
        AssertSame(theirs, ReportMerge.Merge(given, TextUnits.Of(await SavedAgainAsync(folder, given), byId.GetValueOrDefault), theirs), seed);
    }

    static async Task<DocumentText> SavedAgainAsync(TemporaryFolder folder, ReportDraft draft)
    {
        await using (var file = File.Create(folder["report.docx"])) await OfficialDocument.WriteAsync(file, draft, new(Origin: new("FZ", 2026, 3)));
        return DocumentFile.Read(await File.ReadAllBytesAsync(await Office.ResaveAsync(folder["report.docx"])), "report.docx").Text!;
    }

    static void AssertSame(ReportDraft expected, MergeResult result, int seed)
    {
        Assert.True(result.Conflicts.Count == 0, $"seed {seed}: {string.Join('；', result.Conflicts.Select(conflict => conflict.Why + conflict.Options[0].Unit))}");
        Assert.Equal($"seed {seed}\n" + TextUnits.ToDraft(TextUnits.Of(expected), expected).ToText(), $"seed {seed}\n" + result.Resolve().ToText());
    }

    /// <summary>Drafts whose figures differ by the draw, and edits as people make them; what was typed is marked so that it can be found.</summary>
    static class Generated
    {
        static readonly ReportTemplate Template = ReportTemplate.Parse("report.txt", SampleReport.Template).Template!;
        static readonly string[] Keys = ["meetings.held", "meetings.items", "rectification.found", "rectification.done", "cadreStudy.held", "lectures.held", "services.accepted",
            "services.closed", "fire.meetings", "fire.letters", "fire.publicity", "fire.leaflets", "fire.banners", "fire.patrols", "fire.people", "fire.hazards", "disclosure.items", "legalReview.done",
            "officers.level", "cases.filed", "cases.fines", "mediators.committees", "mediators.level", "screening.rounds", "screening.found", "mediation.accepted", "mediation.succeeded",
            "mediation.people", "mediation.amount", "petitions.registered", "petitions.onTime", "publicity.held", "publicity.people", "publicity.leaflets", "publicity.questions", "legalGuides.level", "legalGuides.mediated"];

        public static ReportDraft Draft(Random random)
        {
            var figures = SampleReport.Figures;
            // Some count nothing in one draft and something in another, so that sentences come and go.
            foreach (var key in Keys) figures.Count(key, random.Next(8) == 0 ? 0 : random.Next(1, 4000), key == "cases.fines" || key == "mediation.amount" ? "元" : "件");
            var draft = Drafter.Draft(Template, new("样例镇人民政府", 2026, new(2026, 12, 31), figures, SampleReport.Standings, Dated: new(2027, 1, 15)));
            return TextUnits.ToDraft(TextUnits.Of(draft), draft);
        }

        public static (ReportDraft Draft, IReadOnlyList<string> Typed) Edit(ReportDraft draft, Random random)
        {
            List<TextUnit> units = [.. TextUnits.Of(draft)];
            List<string> typed = [];
            for (var edits = random.Next(1, 9); edits > 0; edits--)
            {
                var at = random.Next(3, units.Count - 2);
                if (units[at].Kind != PartKind.Body) continue;
                switch (random.Next(5))
                {
                    case 0: units.RemoveAt(at); break;
                    case 1: units.Insert(at, new(PartKind.Body, 0, units[at].Starts && units[at - 1].Kind != PartKind.Heading, [new(Word() + "是新写的一句话。")])); break;
                    case 2: units[at] = Changed(units[at]); break;
                    case 3: units[at] = Changed(Changed(units[at])); break;
                    // Moved elsewhere, as by cut and paste, with a word added.
                    default:
                        var moved = Changed(units[at]) with { Starts = false };
                        units.RemoveAt(at);
                        var to = random.Next(4, units.Count - 2);
                        if (units[to - 1].Kind == PartKind.Body && units[to].Kind == PartKind.Body) units.Insert(to, moved);
                        else typed.RemoveAt(typed.Count - 1);
                        break;
                }
            }
            // A person who deletes what he typed before has not lost it.
            var edited = TextUnits.ToDraft(units, draft);
            edited = TextUnits.ToDraft(TextUnits.Of(edited), edited);
            return (edited, [.. typed.Where(word => edited.ToText().Contains(word, StringComparison.Ordinal))]);

            string Word()
            {
                typed.Add($"改动{typed.Count}号{random.Next(100000, 999999)}");
                return typed[^1];
            }

            TextUnit Changed(TextUnit unit)
            {
                var i = random.Next(unit.Runs.Count);
                while (unit.Runs[i].Figure is not null || unit.Runs[i].Gap)
                    if (--i < 0) return unit with { Runs = [new(Word()), .. unit.Runs] };
                var text = unit.Runs[i].Text;
                // Inside the sentence: behind its last mark another one would begin.
                var place = random.Next(0, Math.Max(1, text.TrimEnd('。', '；').Length));
                return unit with { Runs = [.. unit.Runs.Take(i), unit.Runs[i] with { Text = text[..place] + Word() + text[place..] }, .. unit.Runs.Skip(i + 1)] };
            }
        }
    }
}
