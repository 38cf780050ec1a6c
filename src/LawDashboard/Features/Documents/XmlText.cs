using System.Text;
using System.Xml;

namespace LawDashboard.Features.Documents;

/// <summary>Text that goes into the XML of a document.</summary>
static class XmlText
{
    /// <summary>Without what XML cannot hold: control characters and halves of surrogate pairs.</summary>
    public static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) legal.Append(text[i]);
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) legal.Append(text[i]).Append(text[++i]);
        }
        return legal.ToString();
    }
}
