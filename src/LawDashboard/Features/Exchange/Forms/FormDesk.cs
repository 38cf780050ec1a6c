using System.Security.Cryptography;
using System.Text.Json;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Audit;
using LawDashboard.Features.Evidence;
using LawDashboard.Features.Indicators.Definitions;
using LawDashboard.Features.Units;
using Microsoft.EntityFrameworkCore;

namespace LawDashboard.Features.Exchange.Forms;

/// <summary>A filled form, and what could not be written into it.</summary>
public sealed record FilledForm(string Name, byte[] Bytes, IReadOnlyList<string> Notes);

/// <summary>A figure that several forms ask for (同一数据多张表要).</summary>
public sealed record SharedAsk(string Words, IReadOnlyList<UpperForm> Forms);

/// <summary>Takes forms of the level above in, keeps what their blanks are, and fills them.</summary>
public sealed class FormDesk(
    IDbContextFactory<AppDbContext> contexts, UnitDirectory units, FormMatcher matcher, FormFigures figures, IndicatorCatalog catalog, DatabaseSettings settings, TimeProvider clock)
{
    /// <summary>A form with more rows than that is no form but a register.</summary>
    const int MostRows = 2_000;

    string Folder => Path.Combine(settings.Folder, "forms");

    /// <summary>Whoever records may bring forms and say what their blanks are; whoever sees a unit may fill them for it.</summary>
    public static bool MayKeep(Person person) => person.CanRecord || person.CanAdminister;

    /// <summary>The forms of the units above and below the person, newest first.</summary>
    public async Task<IReadOnlyList<UpperForm>> ListAsync(Person person, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var all = await db.Forms.AsNoTracking().Where(form => !form.Removed).OrderByDescending(form => form.Id).ToListAsync(cancel);
        return [.. all.Where(form => Sees(tree, person, form))];
    }

    public async Task<UpperForm?> FindAsync(Person person, int id, CancellationToken cancel = default)
    {
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Forms.AsNoTracking().FirstOrDefaultAsync(form => form.Id == id && !form.Removed, cancel) is { } form && Sees(tree, person, form) ? form : null;
    }

    /// <summary>
    /// Takes a file in and proposes what its blanks are. A file of the same name takes the place of the older one, with its mapping
    /// wherever labels are the same. Throws <see cref="FormException"/> with a sentence for what is no form.
    /// </summary>
    public async Task<UpperForm> ReceiveAsync(Person person, Unit unit, string name, byte[] bytes, CancellationToken cancel = default)
    {
        if (!MayKeep(person)) throw new FormException($"{Person.Label(person.Role)}不能添加报表");
        var tree = await units.TreeAsync(cancel);
        if (!person.Sees(tree, unit)) throw new FormException("没有这个单位，或不在您的范围内");
        name = FileName.Sanitised(name);
        var file = FormFile.Open(bytes, name);
        var layout = Layout(file, name);
        if (layout.IsEmpty) throw new FormException($"在“{name}”里没有找到可以填写的空格：请确认是空白的表样，单元格有边框");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await StoreAsync(sha256, bytes, cancel);
        var mapping = matcher.Propose(layout);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        var title = Path.GetFileNameWithoutExtension(name);
        var government = tree.Government(unit).Id;
        var form = await db.Forms.FirstOrDefaultAsync(of => of.UnitId == government && of.Name == title && !of.Removed, cancel);
        var now = ChinaTime.Now(clock);
        if (form is null)
            db.Forms.Add(form = new() { UnitId = government, Name = title, FileName = title + file.Ending, Sha256 = sha256, Mapping = Json(mapping), PersonId = person.Id, Person = person.Name, At = now, ChangedAt = now, ChangedBy = person.Name });
        else
            (form.FileName, form.Sha256, form.Mapping, form.ChangedAt, form.ChangedBy) = (title + file.Ending, sha256, Json(mapping.RememberedFrom(form.Read())), now, person.Name);
        await db.SaveChangesAsync(cancel);
        await LogAsync(db, person, form, "import", $"上级报表“{title}”（{sha256}）", cancel);
        await transaction.CommitAsync(cancel);
        return form;
    }

    /// <summary>Remembers what the blanks of a form are.</summary>
    public async Task<string?> SaveAsync(Person person, int id, FormMapping mapping, CancellationToken cancel = default)
    {
        if (!MayKeep(person)) return $"{Person.Label(person.Role)}不能修改报表的对应关系";
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Forms.FirstOrDefaultAsync(of => of.Id == id && !of.Removed, cancel) is not { } form || !Sees(tree, person, form)) return "这张报表已经不在了";
        (form.Mapping, form.ChangedAt, form.ChangedBy) = (Json(mapping), ChinaTime.Now(clock), person.Name);
        await db.SaveChangesAsync(cancel);
        await LogAsync(db, person, form, "save", $"上级报表“{form.Name}”的对应关系：{mapping.All}处中{mapping.Mapped}处自动填写", cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Takes a form off the list; its file stays.</summary>
    public async Task RemoveAsync(Person person, int id, CancellationToken cancel = default)
    {
        if (!MayKeep(person)) return;
        var tree = await units.TreeAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.BeginWriteAsync(cancel);
        if (await db.Forms.FirstOrDefaultAsync(of => of.Id == id && !of.Removed, cancel) is not { } form || !Sees(tree, person, form)) return;
        form.Removed = true;
        await db.SaveChangesAsync(cancel);
        await LogAsync(db, person, form, "remove", $"上级报表“{form.Name}”", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The form filled for a unit and month; null when the person sees neither.</summary>
    public async Task<FilledForm?> FillAsync(Person person, int id, Unit unit, int year, int month, CancellationToken cancel = default)
    {
        if (await FindAsync(person, id, cancel) is not { } form || !person.Sees(await units.TreeAsync(cancel), unit)) return null;
        if (!File.Exists(PathOf(form.Sha256))) throw new FormException($"数据目录中没有“{form.FileName}”的原表，请重新上传");
        var file = FormFile.Open(await File.ReadAllBytesAsync(PathOf(form.Sha256), cancel), form.FileName);
        var book = await figures.BookAsync(person, unit, year, month, cancel);
        var occasion = figures.Occasion(person, unit, year, month);
        var (values, notes, mapping) = (new Dictionary<string, object>(StringComparer.Ordinal), new List<string>(), form.Read());
        // Lists first: what stands below one that grows moves down.
        List<(FormList List, IReadOnlyList<IReadOnlyList<string>> Places)> lists = [];
        Func<string, string> moved = key => key;
        foreach (var list in mapping.Lists.Where(list => list.Ledger.Length > 0))
        {
            var count = await figures.CountAsync(person, unit, list, year, month, cancel);
            var now = list with { Rows = [.. list.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(moved)])] };
            var more = Math.Min(count, MostRows) - now.Rows.Count;
            var grown = more <= 0 ? FormGrowth.None(now) : file.IsWorkbook ? WorkbookForm.Extend(file, now, more) : DocumentForm.Extend(file, now, more);
            lists = [.. lists.Select(before => before with { Places = [.. before.Places.Select(row => (IReadOnlyList<string>)[.. row.Select(grown.Moved)])] }), (list, grown.Rows)];
            var earlier = moved;
            moved = key => grown.Moved(earlier(key));
            if (count > grown.Rows.Count) notes.Add($"“{list.Label}”表中只有{grown.Rows.Count}行，本期有{count}条，其余没有填入；请在表样中加行后重新上传");
        }
        foreach (var blank in mapping.Blanks.Where(blank => blank.Source.Length > 0))
            if (Value(book, occasion, blank) is { } value) values[moved(blank.Key)] = value;
            else notes.Add($"“{blank.Label}”对应的口径已不存在，没有填写");
        foreach (var (list, places) in lists)
            foreach (var (row, cells) in (await figures.RowsAsync(person, unit, list, year, month, places.Count, cancel)).Zip(places))
                foreach (var (value, key) in row.Zip(cells))
                    if (key.Length > 0 && value is not (null or "")) values[key] = value;
        if (file.IsWorkbook) WorkbookForm.Fill(file, values, text => FormWords.Fill(text, occasion));
        else DocumentForm.Fill(file, values, text => FormWords.Fill(text, occasion));
        await contexts.NoteAsync(Line(person, form, "export", $"填写上级报表“{form.Name}”：{unit.Name}{year}年{month}月"), cancel);
        return new($"{form.Name}（{unit.Name}{year}年{month}月）{file.Ending}", file.ToArray(), notes);
    }

    public async Task<byte[]?> OriginalAsync(Person person, int id, CancellationToken cancel = default) =>
        await FindAsync(person, id, cancel) is { } form && File.Exists(PathOf(form.Sha256)) ? await File.ReadAllBytesAsync(PathOf(form.Sha256), cancel) : null;

    /// <summary>Figures that two or more of these forms ask for, those asked most often first.</summary>
    public IReadOnlyList<SharedAsk> Shared(IReadOnlyList<UpperForm> forms) =>
        [.. forms.SelectMany(form => form.Read().Blanks.Where(blank => blank.IsFigure).Select(blank => (form, blank.Source, blank.Period)).Distinct())
            .GroupBy(ask => (ask.Source, ask.Period)).Where(group => group.Count() > 1 && FormBook.Name(catalog, group.Key.Source) is not null)
            .Select(group => new SharedAsk($"{FormSource.Label(group.Key.Period)}{FormBook.Name(catalog, group.Key.Source)}", [.. group.Select(ask => ask.form)]))
            .OrderByDescending(ask => ask.Forms.Count).ThenBy(ask => ask.Words, StringComparer.Ordinal)];

    static object? Value(FormBook book, FormOccasion occasion, FormBlank blank)
    {
        if (blank.Source == FormSource.Line) return FormLine.Value;
        if (!blank.IsFigure) return occasion.Text(blank.Source);
        if (book.Figure(blank.Source, blank.Period) is not { } figure) return null;
        return figure.Amount is not { } amount ? "—" : blank.Percent && FormSource.Indicator(blank.Source) is not null ? amount / 100 : (object)amount;
    }

    internal static FormMapping Layout(FormFile file, string name)
    {
        try
        {
            return file.IsWorkbook ? WorkbookForm.Read(file) : DocumentForm.Read(file);
        }
        // Parts that contradict each other: a style that is not there, a cell at no place.
        catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or FormatException or OverflowException or ArgumentException or NullReferenceException or KeyNotFoundException)
        {
            throw new FormException($"“{name}”已损坏，读不出来；请用 Excel、Word 或 WPS 打开后另存一份再上传", e);
        }
    }

    async Task StoreAsync(string sha256, byte[] bytes, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        if (File.Exists(PathOf(sha256))) return;
        var unfinished = Path.Combine(Folder, Path.GetRandomFileName() + ".part");
        await File.WriteAllBytesAsync(unfinished, bytes, cancel);
        File.Move(unfinished, PathOf(sha256), overwrite: true);
    }

    async Task LogAsync(AppDbContext db, Person person, UpperForm form, string action, string note, CancellationToken cancel)
    {
        await AuditTrail.AppendAsync(db, [Line(person, form, action, note)], cancel);
        await db.SaveChangesAsync(cancel);
    }

    AuditRecord Line(Person person, UpperForm form, string action, string note) =>
        new(ChinaTime.Now(clock), person.Id, person.Name, action, "form", form.Id, UnitId: form.UnitId, Note: note);

    static bool Sees(UnitTree tree, Person person, UpperForm form) => tree.Find(form.UnitId) is { } of && (person.Sees(tree, of) || person.Tops(tree).Any(top => tree.Covers(of, top)));
    static string Json(FormMapping mapping) => JsonSerializer.Serialize(mapping, FormMapping.Json);
    string PathOf(string sha256) => Path.Combine(Folder, sha256);
}
