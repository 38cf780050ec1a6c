namespace LawDashboard.Components.Ui;

/// <summary>The pictograms of the interface, all drawn on the same 20 × 20 field with the same stroke.</summary>
public enum Glyph
{
    Overview, Todo, Ledger, Indicator, Report, Settings, Account, Unit, Log, Search, Plus, Down, Up, Right, Left, Fold, Close,
    Check, Warning, Error, Info, Clock, Pause, Ahead, Behind, Download, Upload, Edit, Print, Filter, Calendar, Lock, Contrast,
    Type, Exit, More, Clip, Refresh, Eye, Person, Chart, Folder, Copy, Return, Undo,
}

/// <summary>The strokes of each <see cref="Glyph"/>, as SVG path data.</summary>
static class GlyphPaths
{
    public static string Of(Glyph glyph) => glyph switch
    {
        Glyph.Overview => "M3 3.5h6v6H3zM11 3.5h6v3.5h-6zM11 10h6v6.5h-6zM3 12.5h6v4H3z",
        Glyph.Todo => "M3 5l1.4 1.4L7 3.8M3 10.5l1.4 1.4L7 9.3M3 16l1.4 1.4L7 14.8M10 5.5h7M10 11h7M10 16.5h7",
        Glyph.Ledger => "M4 3h12v14H4zM4 7.5h12M4 12h12M8.5 7.5V17",
        Glyph.Indicator => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 12.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
        Glyph.Report => "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 9.5h5.5M7.5 12h5.5M7.5 14.5h3.5",
        Glyph.Settings => "M3 5.5h7M14 5.5h3M3 10h2M9 10h8M3 14.5h8M15 14.5h2M12 3.5v4M7 8v4M13 12.5v4",
        Glyph.Account => "M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 3.3a3 3 0 0 1 0 5.4M15 12.3c1.9.8 3 2.5 3 4.7",
        Glyph.Unit => "M8 2.5h4v4H8zM2.5 13.5h4v4h-4zM13.5 13.5h4v4h-4zM10 6.5V10M4.5 13.5V10h11v3.5",
        Glyph.Log => "M4 3h12v14H4zM7 7h6M7 10h6M7 13h3.5",
        Glyph.Search => "M8.8 14.5a5.7 5.7 0 1 0 0-11.4 5.7 5.7 0 0 0 0 11.4zM13 13l4.2 4.2",
        Glyph.Plus => "M10 4v12M4 10h12",
        Glyph.Down => "M5.5 8l4.5 4.5L14.5 8",
        Glyph.Up => "M5.5 12L10 7.5l4.5 4.5",
        Glyph.Right => "M8 5.5l4.5 4.5L8 14.5",
        Glyph.Left => "M12 5.5L7.5 10l4.5 4.5",
        Glyph.Fold => "M3 4h14M3 10h14M3 16h14",
        Glyph.Close => "M5 5l10 10M15 5L5 15",
        Glyph.Check => "M4 10.5l4 4 8-9",
        Glyph.Warning => "M10 3l7.5 13.5h-15zM10 8.5v4M10 14.4v.2",
        Glyph.Error => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v5M10 13.6v.2",
        Glyph.Info => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9.2v5M10 6.3v.2",
        Glyph.Clock => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.8V10l3 2",
        Glyph.Pause => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM6.5 10h7",
        Glyph.Ahead => "M3 14.5l4.7-5 3 3L17 5.5M12.5 5.5H17V10",
        Glyph.Behind => "M3 5.5l4.7 5 3-3 6.3 7M12.5 14.5H17V10",
        Glyph.Download => "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
        Glyph.Upload => "M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13",
        Glyph.Edit => "M3.5 16.5l.8-3.6L13 4.2l2.8 2.8-8.7 8.7zM11.3 5.9l2.8 2.8",
        Glyph.Print => "M5.5 7.5v-5h9v5M5.5 14h-3V7.5h15V14h-3M5.5 11.5h9v6h-9z",
        Glyph.Filter => "M2.5 4h15l-5.8 7v5.5l-3.4-1.8V11z",
        Glyph.Calendar => "M3 4.5h14v12.5H3zM3 8.5h14M6.5 2.5v4M13.5 2.5v4",
        Glyph.Lock => "M4.5 9h11v8h-11zM6.8 9V6.2a3.2 3.2 0 0 1 6.4 0V9",
        Glyph.Contrast => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 2.5v15M12 5.2v9.6M14.2 6.8v6.4",
        Glyph.Type => "M2.5 16L7 4.5 11.5 16M4 12.2h6M12.3 16l2.9-7 2.9 7M13.2 13.8h4",
        Glyph.Exit => "M8 3H3.5v14H8M8 10h9M13.5 6.5L17 10l-3.5 3.5",
        Glyph.More => "M4.5 10h.2M10 10h.2M15.5 10h.2",
        Glyph.Clip => "M15.5 9.2l-5.9 5.9a3.4 3.4 0 0 1-4.8-4.8l6.4-6.4a2.3 2.3 0 0 1 3.2 3.2l-6.2 6.2a1.1 1.1 0 0 1-1.6-1.6l5.4-5.4",
        Glyph.Refresh => "M16.5 10a6.5 6.5 0 1 1-2-4.7M16.5 3v3.5H13",
        Glyph.Eye => "M2 10c2-3.6 4.7-5.4 8-5.4s6 1.8 8 5.4c-2 3.6-4.7 5.4-8 5.4S4 13.6 2 10zM10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
        Glyph.Person => "M10 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17.5c0-3.4 2.8-5.5 6.5-5.5s6.5 2.1 6.5 5.5",
        Glyph.Chart => "M3 3v14h14M6.5 17v-5M10.5 17V7M14.5 17v-7.5",
        Glyph.Folder => "M2.5 4.5h5l1.8 2h8.2v10h-15z",
        Glyph.Copy => "M7 7h10v10H7zM7 13H3V3h10v4",
        Glyph.Return => "M8 4L3.5 8.5 8 13M3.5 8.5H12a4.5 4.5 0 0 1 0 8h-2",
        Glyph.Undo => "M4 10a6 6 0 1 1 2 4.5M4 14.5V10h4.5",
        _ => "",
    };
}
