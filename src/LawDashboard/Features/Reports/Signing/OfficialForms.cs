using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Reports.Documents;
using LawDashboard.Features.Reports.Versions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Reports.Signing;

/// <summary>The official parts as a form takes them: those of <see cref="OfficialForm"/>, and the three lines that stand in the text.</summary>
public sealed class OfficialInput
{
    public bool WithHead { get; set; }
    public string Body { get; set; } = "";
    public string Number { get; set; } = "";
    public string Signer { get; set; } = "";
    public string Addressee { get; set; } = "";
    /// <summary>One name a line.</summary>
    public string Attachments { get; set; } = "";
    public string Signature { get; set; } = "";
    public DateOnly? Date { get; set; }
    public bool Unsealed { get; set; }
    public bool WithImprint { get; set; }
    /// <summary>One body a line.</summary>
    public string Copies { get; set; } = "";
    public string Printer { get; set; } = "";
    public DateOnly? PrintedOn { get; set; }

    public static OfficialInput Of(OfficialForm form, ReportDraft text) => new()
    {
        WithHead = form.WithHead, Body = form.Body, Number = form.Number, Signer = form.Signer, Attachments = string.Join('\n', form.Attachments), Unsealed = form.Unsealed,
        WithImprint = form.WithImprint, Copies = string.Join('\n', form.Copies), Printer = form.Printer, PrintedOn = form.PrintedOn,
        Addressee = text.Addressee.TrimEnd('：', ':'), Signature = text.Signature,
        Date = DateOnly.TryParseExact(text.Date, "yyyy年M月d日", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };

    public OfficialForm Form => new()
    {
        WithHead = WithHead, Body = Body.Trim(), Number = Number.Trim(), Signer = Signer.Trim(), Attachments = [.. Lines(Attachments).Select(line => line.TrimEnd('。', '；', '，', '.', ';', ','))], Unsealed = Unsealed,
        WithImprint = WithImprint, Copies = Lines(Copies), Printer = Printer.Trim(), PrintedOn = PrintedOn,
    };

    /// <summary>The text with the lines of the form in place of its own.</summary>
    public ReportDraft In(ReportDraft text) => text with { Addressee = Addressee.Trim().TrimEnd('：', ':') + "：", Signature = Signature.Trim(), Date = Date is { } day ? Numerals.Date(day) : text.Date };

    static IReadOnlyList<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}

/// <summary>What came of saving official parts: done, or what is wrong by the name of the field; under the empty name what concerns the whole.</summary>
public sealed record FormOutcome(int? Version, IReadOnlyDictionary<string, string> Errors, int? Upload = null);

/// <summary>Checks and keeps the official parts of a report (GB/T 9704-2012).</summary>
public sealed class OfficialForms(ReportDesk desk, ReportTemplates templates, UnitDirectory units, IDbContextFactory<AppDbContext> contexts, TimeProvider clock)
{
    const int MostName = 60, MostLines = 20;

    /// <summary>What is not as the standard wants it, by the field's name.</summary>
    public static IReadOnlyDictionary<string, string> Check(OfficialInput input, ReportDraft text, UnitTree tree, Unit unit)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        void Wrong(string field, string why) => errors.TryAdd(field, why);
        var form = input.Form;
        if (form.WithHead) Head(form, input.Date, Wrong);
        if (form.WithImprint) Imprint(form, input.Date, Wrong);
        foreach (var (field, bodies) in ((string, IReadOnlyList<string>)[])[(nameof(input.Addressee), [input.Addressee]), (nameof(input.Copies), form.Copies)])
            if (bodies.FirstOrDefault(body => tree.Subtree(unit).Any(below => below.Id != unit.Id && body.Contains(below.Name, StringComparison.Ordinal))) is { } lower)
                Wrong(field, $"“{lower}”是下级单位；报告是上行文，不主送、不抄送下级机关。");
        if (string.IsNullOrWhiteSpace(input.Addressee)) Wrong(nameof(input.Addressee), "请填写主送机关。");
        if (input.Date is null) Wrong(nameof(input.Date), "请填写成文日期，年、月、日齐全。");
        if (form.Attachments.Count > MostLines || form.Copies.Count > MostLines) Wrong(form.Copies.Count > MostLines ? nameof(input.Copies) : nameof(input.Attachments), $"最多{MostLines}行。");
        foreach (var (field, value) in ((string, string)[])[(nameof(input.Body), form.Body), (nameof(input.Signer), form.Signer), (nameof(input.Addressee), input.Addressee), (nameof(input.Signature), input.Signature), (nameof(input.Printer), form.Printer)])
            if (value.Length > MostName) Wrong(field, $"最多{MostName}字。");
        if (form.Attachments.Any(name => name.Length > 2 * MostName)) Wrong(nameof(input.Attachments), $"附件名称最多{2 * MostName}字。");
        Lines(input, text, Wrong);
        return errors;
    }

    static void Head(OfficialForm form, DateOnly? date, Action<string, string> wrong)
    {
        if (form.Body.Length == 0) wrong(nameof(form.Body), "请填写发文机关标志，例如“法镇人民政府文件”。");
        if (OfficialHead.NumberProblem(form.Number) is { } problem) wrong(nameof(form.Number), form.Number.Length == 0 ? "有版头的文件应有发文字号，例如“法政发〔2027〕3号”。" : problem);
        else if (date is { } day && !form.Number.Contains($"〔{day.Year}〕", StringComparison.Ordinal)) wrong(nameof(form.Number), $"发文字号的年份应与成文日期（{day.Year}年）一致。");
        if (form.Signer.Length == 0) wrong(nameof(form.Signer), "报告是上行文，应标注签发人。");
    }

    static void Imprint(OfficialForm form, DateOnly? date, Action<string, string> wrong)
    {
        if (form.Printer.Length == 0) wrong(nameof(form.Printer), "请填写印发机关。");
        if (form.PrintedOn is not { } on) wrong(nameof(form.PrintedOn), "请填写印发日期。");
        else if (on < date) wrong(nameof(form.PrintedOn), "印发日期不能早于成文日期。");
    }

    /// <summary>The lines must be found again in the text for what they are, by us and by whoever edits it in Word.</summary>
    static void Lines(OfficialInput input, ReportDraft text, Action<string, string> wrong)
    {
        var structure = DocumentStructure.Of(DocumentText.Of(input.In(text)));
        if (structure.Signature?.Text != input.Signature.Trim()) wrong(nameof(input.Signature), "署名应写发文机关全称，以“人民政府”“委员会”“办公室”等结尾。");
        var to = structure.Paragraphs.FirstOrDefault(paragraph => paragraph.Kind == PartKind.Addressee)?.Text.TrimEnd('：');
        if (to != input.Addressee.Trim().TrimEnd('：', ':')) wrong(nameof(input.Addressee), "主送机关写机关名称，不分行，不用句号。");
    }

    /// <summary>Saves the parts; when the lines in the text change, that makes the next version.</summary>
    /// <param name="shown">The version that the person had before him.</param>
    public async Task<FormOutcome> SaveAsync(Person person, Unit unit, OpenReport shown, OfficialInput input, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        if (!ReportDesk.MayEdit(person, tree, unit)) return Refused("您的账号不能修改这份报告。");
        var errors = Check(input, shown.Document, tree, unit);
        if (errors.Count > 0) return new(null, errors);
        var (text, version, upload) = (input.In(shown.Document), (int?)shown.Number, (int?)null);
        if ((text.Addressee, text.Signature, text.Date) != (shown.Document.Addressee, shown.Document.Signature, shown.Document.Date))
        {
            var saved = await desk.SubmitAsync(person, unit, shown.Key, shown.Number, DocumentText.Of(text), "公文要素", VersionKind.Edited, atOnce: true, cancel);
            if (saved.Refusal is { } refusal) return Refused(refusal);
            (version, upload) = (saved.Version, saved.Upload);
        }
        return await KeepAsync(person, unit, shown.ReportId, input.Form, cancel) is { } why ? Refused(why) : new(version, errors, upload);
    }

    async Task<string?> KeepAsync(Person person, Unit unit, int report, OfficialForm form, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == report && r.UnitId == unit.Id, cancel) is not { } stored) return "报告不存在。";
        if (stored.State != ReportState.Drafting) return "报告已经送审或签发，公文要素不能再改。";
        var (now, content) = (ChinaTime.Now(clock), ReportText.Write(form));
        if (await db.ReportForms.FindAsync([report], cancel) is { } known) (known.Content, known.Person, known.At) = (content, person.Name, now);
        else db.ReportForms.Add(new() { ReportId = report, Content = content, Person = person.Name, At = now });
        await AuditTrail.AppendAsync(db, [new(now, person.Id, person.Name, "report-parts", "report", report, UnitId: unit.Id, After: content, Note: templates.NameFor(unit, stored.Key) + form.Number)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    static FormOutcome Refused(string why) => new(null, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = why });
}
