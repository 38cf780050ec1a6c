using System.Net;
using System.Text;
using LawDashboard.Features.Reports.Signing;

namespace LawDashboard.Features.Reports;

/// <summary>The report as a plain web page for publication: title, text, signature and date, no head and no scripts.</summary>
public static class WebReport
{
    /// <summary>The same as plain text, a line a paragraph.</summary>
    public static string Text(ReportDraft draft, IReadOnlyList<string>? attachments = null) =>
        attachments is not { Count: > 0 } ? draft.ToText()
            : (draft with { Signature = "", Date = "" }).ToText() + string.Concat(OwnParts.Attachments(attachments).Concat([draft.Signature, draft.Date]).Where(line => line.Length > 0).Select(line => line + "\n"));

    /// <param name="attachments">Names for the 附件说明 behind the text.</param>
    public static string Html(ReportDraft draft, IReadOnlyList<string>? attachments = null)
    {
        var html = new StringBuilder();
        var title = Encode(string.Concat(draft.Title));
        html.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            body { max-width: 46em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff; font: 1.125rem/1.8 "仿宋", FangSong, "Noto Serif CJK SC", serif; }
            h1 { margin: 1em 0; font: 400 1.6em/1.5 "方正小标宋简体", SimSun, "Noto Serif CJK SC", serif; text-align: center; }
            h2 { margin: 0; font: 400 1em/1.8 "黑体", SimHei, sans-serif; text-indent: 2em; }
            b { font-weight: 400; font-family: "楷体", KaiTi, serif; }
            p { margin: 0; text-indent: 2em; text-align: justify; }
            .to { text-indent: 0; }
            table { width: 100%; margin: .5em 0; border-collapse: collapse; font-size: .85em; text-align: center; }
            caption { font-family: "黑体", SimHei, sans-serif; }
            th, td { padding: .1em .3em; border: 1px solid #000; font-weight: 400; }
            .sign { margin-top: 2em; text-align: right; text-indent: 0; }
            </style>
            </head>
            <body>
            <h1>{{string.Join("<br>", draft.Title.Select(Encode))}}</h1>

            """);
        if (draft.Addressee.Length > 0) html.Append("<p class=\"to\">").Append(Encode(draft.Addressee)).Append("</p>\n");
        for (var i = 0; i < draft.Blocks.Count; i++)
        {
            var block = draft.Blocks[i];
            if (draft.ExhibitAt(block) is { } exhibit)
            {
                Table(html, exhibit, block.ToString()!);
                continue;
            }
            if (block is HeadingBlock { RunsIn: true } && draft.Blocks.ElementAtOrDefault(i + 1) is ParagraphBlock following)
            {
                html.Append("<p><b>").Append(Encode(block.ToString()!)).Append("</b>").Append(Encode(following.ToString())).Append("</p>\n");
                i++;
            }
            else html.Append(block is HeadingBlock ? "<h2>" : "<p>").Append(Encode(block.ToString()!)).Append(block is HeadingBlock ? "</h2>\n" : "</p>\n");
        }
        foreach (var line in OwnParts.Attachments(attachments ?? [])) html.Append("<p>").Append(Encode(line)).Append("</p>\n");
        foreach (var line in (string[])[draft.Signature, draft.Date])
            if (line.Length > 0) html.Append("<p class=\"sign\">").Append(Encode(line)).Append("</p>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>A page without scripts shows a chart as its numbers.</summary>
    static void Table(StringBuilder html, Exhibit exhibit, string caption)
    {
        html.Append("<table>\n<caption>").Append(Encode(caption)).Append("</caption>\n<tr>");
        foreach (var head in exhibit.Columns.Select(column => column.Heading).Prepend(exhibit.AxisName)) html.Append("<th>").Append(Encode(head)).Append("</th>");
        html.Append("</tr>\n");
        foreach (var row in exhibit.Rows)
        {
            html.Append("<tr><th>").Append(Encode(row.Label)).Append("</th>");
            foreach (var cell in row.Cells) html.Append("<td>").Append(Encode(cell.Text)).Append("</td>");
            html.Append("</tr>\n");
        }
        html.Append("</table>\n");
    }

    static string Encode(string text) => WebUtility.HtmlEncode(OfficialText.Legal(text));
}
