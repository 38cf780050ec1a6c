using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LawDashboard.Features.Documents;

/// <summary>
/// Page, type and styles of an official document by GB/T 9704-2012: A4, 22 lines of 28 characters in 156 × 225 mm.
/// Fonts are named, not embedded; the font table names what may stand in for each.
/// </summary>
static class OfficialStyles
{
    public const string TitleFont = "方正小标宋简体";
    public const string BodyFont = "仿宋_GB2312";
    public const string FirstLevelFont = "黑体";
    public const string SecondLevelFont = "楷体_GB2312";
    const string FooterFont = "宋体";

    public const string Title = "OfficialTitle";
    public const string Addressee = "Addressee";
    public const string Body = "Normal";
    public const string Heading1 = "Heading1";
    public const string Heading2 = "Heading2";
    public const string Closing = "SignatureBlock";
    public const string Footer = "Footer";

    static readonly string[] Own = [Title, Addressee, Closing];

    /// <summary>One character of 3号 (16 pt) in twentieths of a point.</summary>
    public const int Character = 320;
    /// <summary>225 mm ÷ 22 lines.</summary>
    const int LineHeight = 579;
    /// <summary>28 characters of 16 pt are 448 pt, the line has 442 pt: each gives up a quarter point.</summary>
    const int Tightening = -5;
    /// <summary>14 pt: one character of 4号.</summary>
    const int FooterCharacter = 280;

    /// <summary>天头 37 mm, 订口 28 mm; page numbers stand 7 mm below the text.</summary>
    public static SectionProperties Page(string oddFooter, string evenFooter) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = oddFooter },
        new FooterReference { Type = HeaderFooterValues.Even, Id = evenFooter },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 2098, Bottom = 1984, Left = 1588, Right = 1474, Header = 851, Footer = 1304, Gutter = 0 },
        new PageNumberType { Start = 1 },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = LineHeight });

    /// <param name="digits">Font of Latin letters and digits.</param>
    public static RunFonts Fonts(string eastAsian, string digits) => new()
    {
        // Without the hint “”, — and … are taken for Latin and come out narrow.
        Hint = FontTypeHintValues.EastAsia,
        Ascii = digits,
        HighAnsi = digits,
        EastAsia = eastAsian,
        ComplexScript = digits,
    };

    public static Styles Styles(string digits)
    {
        return new(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    Fonts(BodyFont, digits), new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" },
                    new Languages { Val = "en-US", EastAsia = "zh-CN", Bidi = "ar-SA" })),
                new ParagraphPropertiesDefault()),
            Style(Body, "Normal", null, Paragraph(JustificationValues.Both, FirstLine()), Type(BodyFont, digits, "32", Tightening)),
            Style(Title, "公文标题", null, Paragraph(JustificationValues.Center, null, snapToGrid: false), Type(TitleFont, digits, "44", 0)),
            Style(Addressee, "主送机关", Body, Paragraph(JustificationValues.Both, NoIndent()), null),
            Style(Heading1, "heading 1", Body, Paragraph(JustificationValues.Both, FirstLine(), outline: 0), Type(FirstLevelFont, digits, "32", Tightening)),
            Style(Heading2, "heading 2", Body, Paragraph(JustificationValues.Both, FirstLine(), outline: 1), Type(SecondLevelFont, digits, "32", Tightening)),
            Style(Closing, "落款", Body, Paragraph(JustificationValues.Right, NoIndent()), null),
            Style(Footer, "footer", null, FooterParagraph(), Type(FooterFont, FooterFont, "28", 0)));
    }

    /// <summary>Page number, — 1 —: on odd pages right, on even pages left, one character in from the edge.</summary>
    public static Paragraph PageNumber(bool odd)
    {
        return new(
            new ParagraphProperties(
                new ParagraphStyleId { Val = Footer },
                odd ? new Indentation { Right = Twips(FooterCharacter) } : new Indentation { Left = Twips(FooterCharacter) },
                new Justification { Val = odd ? JustificationValues.Right : JustificationValues.Left }),
            Part(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
            Part(new FieldChar { FieldCharType = FieldCharValues.Begin }),
            Part(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
            Part(new FieldChar { FieldCharType = FieldCharValues.Separate }),
            Part(new Text("1")),
            Part(new FieldChar { FieldCharType = FieldCharValues.End }),
            Part(new Text(" —") { Space = SpaceProcessingModeValues.Preserve }));

        static Run Part(OpenXmlElement content) => new(new RunProperties(Fonts(FooterFont, FooterFont)), content);
    }

    /// <summary>What to take where a licensed font is not installed.</summary>
    public static Fonts FontTable() => new(
        Font(TitleFont, "方正小标宋_GBK", FontFamilyValues.Auto),
        Font(BodyFont, "仿宋", FontFamilyValues.Modern),
        Font(SecondLevelFont, "楷体", FontFamilyValues.Modern),
        Font(FirstLevelFont, "SimHei", FontFamilyValues.Modern),
        Font(FooterFont, "SimSun", FontFamilyValues.Auto));

    public static Settings Settings() => new(
        new EvenAndOddHeaders(),
        // Squeezed punctuation would put more than 28 characters on some lines.
        new CharacterSpacingControl { Val = CharacterSpacingValues.DoNotCompress },
        new Compatibility(new CompatibilitySetting
        {
            Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15",
        }),
        new ThemeFontLanguages { Val = "en-US", EastAsia = "zh-CN" });

    public static string Twips(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static Style Style(string id, string name, string? basedOn, StyleParagraphProperties paragraph, StyleRunProperties? type)
    {
        var style = new Style
        {
            Type = StyleValues.Paragraph, StyleId = id, Default = id == Body ? true : null, CustomStyle = Own.Contains(id) ? true : null,
            StyleName = new StyleName { Val = name },
        };
        if (basedOn is not null) style.BasedOn = new BasedOn { Val = basedOn };
        style.Append(new PrimaryStyle(), paragraph);
        if (type is not null) style.Append(type);
        return style;
    }

    static StyleParagraphProperties Paragraph(JustificationValues justification, Indentation? indentation, int? outline = null, bool snapToGrid = true)
    {
        var paragraph = new StyleParagraphProperties(
            // Widow control would move lines and leave pages of 21.
            new WidowControl { Val = false },
            // The text stays within its 156 mm: no punctuation hangs beyond.
            new OverflowPunctuation { Val = false },
            // A space between Chinese and digits would break the 28 characters.
            new AutoSpaceDE { Val = false },
            new AutoSpaceDN { Val = false },
            // A title's 22 pt would be given two lines of the grid.
            new SnapToGrid { Val = snapToGrid },
            new SpacingBetweenLines { Before = "0", After = "0", Line = Twips(LineHeight), LineRule = LineSpacingRuleValues.Exact });
        if (indentation is not null) paragraph.Append(indentation);
        paragraph.Append(new Justification { Val = justification });
        if (outline is not null) paragraph.Append(new OutlineLevel { Val = outline });
        return paragraph;
    }

    static StyleParagraphProperties FooterParagraph() => new(
        new WidowControl { Val = false },
        new SnapToGrid { Val = false },
        new SpacingBetweenLines { Before = "0", After = "0", Line = "284", LineRule = LineSpacingRuleValues.Exact });

    static Indentation FirstLine() => new() { FirstLineChars = 200, FirstLine = Twips(2 * Character) };
    static Indentation NoIndent() => new() { FirstLineChars = 0, FirstLine = "0" };

    static StyleRunProperties Type(string font, string digits, string halfPoints, int tightening)
    {
        var type = new StyleRunProperties(Fonts(font, digits));
        if (tightening != 0) type.Append(new Spacing { Val = tightening });
        type.Append(new FontSize { Val = halfPoints }, new FontSizeComplexScript { Val = halfPoints });
        return type;
    }

    static Font Font(string name, string instead, FontFamilyValues family) => new()
    {
        Name = name,
        AltName = new AltName { Val = instead },
        FontCharSet = new FontCharSet { Val = "86" },
        FontFamily = new FontFamily { Val = family },
        Pitch = new Pitch { Val = FontPitchValues.Default },
    };
}
