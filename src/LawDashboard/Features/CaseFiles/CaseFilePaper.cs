using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.CaseFiles;

/// <summary>A line of the index: its number, the document, and how it stands.</summary>
public sealed record CaseFileIndexLine(int Number, string Name, string Note);

/// <summary>A piece of a printed form with its texts filled in.</summary>
public sealed record CaseFilePiece(CaseFileBlock Block, IReadOnlyList<string> Cells, string Text);

/// <summary>A form with its texts filled in.</summary>
public sealed record CaseFilePage(string Title, IReadOnlyList<CaseFilePiece> Pieces);

/// <summary>One case file ready to be printed: only texts, no more data behind them.</summary>
public sealed record CaseFilePaper(
    string Unit, string Title, IReadOnlyList<(string Label, string Text)> Cover, string IndexTitle, IReadOnlyList<CaseFileIndexLine> Index, IReadOnlyList<CaseFilePage> Pages, bool Masked);

/// <summary>Fills the templates of a case file from an entry. Personal data is masked unless it was revealed.</summary>
public sealed class CaseFileFiller(LedgerCatalog ledgers, UnitTree tree, CaseFileRule rule, Entry entry, bool revealed)
{
    /// <summary>What is not known is left to be written by hand.</summary>
    const string Blank = "＿＿＿＿＿";

    readonly FieldText text = new(ledgers, tree);

    public CaseFilePaper Paper(IReadOnlyList<CaseItemStatus> status)
    {
        var definition = rule.Definition;
        var unit = tree[entry.UnitId];
        var government = tree.Government(unit);
        return new(
            government.Id == unit.Id ? unit.OfficialName : government.Name + unit.Name,
            definition.Cover.Title,
            [.. definition.Cover.Lines.Select(line => (line[0], Fill(line[1], "")))],
            "卷内目录",
            [.. status.Where(item => item.State != CaseItemState.NotNeeded).Select((item, at) => new CaseFileIndexLine(at + 1, item.Item.Name, Note(item)))],
            [.. rule.Forms(entry.Values).Select(form => new CaseFilePage(form.Title, [.. form.Blocks.Select(Piece)]))],
            !revealed && rule.Ledger.Fields.Any(field => field.IsPersonal && entry.Values.Filled(field.Key)));
    }

    static string Note(CaseItemStatus item) => item.State == CaseItemState.In ? "" : item.Item.Form is null ? "缺" : "见所附文书，待签署";

    CaseFilePiece Piece(CaseFileBlock block) => new(block,
        [.. (block.Row ?? block.Sign ?? []).Select(cell => Fill(cell, ""))], Fill(block.Text ?? block.Head ?? block.Right ?? "", block.Text is null ? "" : Blank));

    string Fill(string pattern, string blank) => Patterns.Fill(pattern, key => key switch
    {
        "serial" => entry.Serial ?? Blank,
        "unit" => tree[entry.UnitId].Name,
        "keeping" => rule.Definition.Keeping,
        "date.year" => entry.Date.Year.ToString(CultureInfo.InvariantCulture),
        _ => rule.Ledger.Field(key) is { } field && Value(field) is { Length: > 0 } value ? value : blank,
    }).Trim(' ');

    string Value(FieldDefinition field)
    {
        if (field.Type == FieldType.Date) return entry.Values.Date(field.Key) is { } day ? $"{day.Year}年{day.Month}月{day.Day}日" : "";
        var shown = revealed ? text.Show(field, entry.Values) : text.ShowMasked(field, entry.Values);
        return shown.Length > 0 && field.IsNumber ? shown + (field.Unit ?? "") : shown;
    }
}
