using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers;

/// <summary>Stored values as people read and type them.</summary>
public sealed class FieldText(LedgerCatalog catalog, UnitTree tree)
{
    /// <summary>The value for reading: dictionary labels, yuan with two decimals, 是/否; empty when there is none. Personal data as stored.</summary>
    public string Show(FieldDefinition field, FieldValues values) => field.Type switch
    {
        FieldType.OneOf => values.Text(field.Key) is { } code ? catalog.Label(field, code) : "",
        FieldType.SeveralOf => string.Join('、', values.Items(field.Key).Select(item => catalog.Label(field, item))),
        FieldType.Unit => values.Text(field.Key) is { } unit ? tree.Find(unit)?.Name ?? unit : "",
        FieldType.YesNo => values.Flag(field.Key) switch { true => "是", false => "否", null => "" },
        FieldType.Money => Number(field, values, "#,##0.00"),
        FieldType.Decimal => Number(field, values, "#,##0." + new string('#', field.Decimals)),
        FieldType.Integer or FieldType.People => Number(field, values, "#,##0"),
        FieldType.Files => "",
        _ => values.Text(field.Key) ?? "",
    };

    /// <summary>The same, with personal data masked.</summary>
    public string ShowMasked(FieldDefinition field, FieldValues values) => PersonalMask.Apply(field.Mask, Show(field, values));

    /// <summary>The value as a user would type it into the form.</summary>
    public static string Raw(FieldDefinition field, FieldValues values) => field.Type switch
    {
        FieldType.SeveralOf => string.Join(',', values.Items(field.Key)),
        FieldType.YesNo => values.Flag(field.Key) switch { true => "yes", false => "no", null => "" },
        _ when field.IsNumber => Number(field, values, "0.####"),
        _ => values.Text(field.Key) ?? "",
    };

    /// <summary>The one-line title of an entry; personal data masked, at most 120 characters.</summary>
    public string Title(LedgerDefinition ledger, FieldValues values)
    {
        // What surrounds an empty field goes with it: brackets around nothing, a colon after or before nothing.
        var title = Patterns.Fill(ledger.Title, key => ledger.Field(key) is { } field ? ShowMasked(field, values).ReplaceLineEndings(" ") : null)
            .Replace("（）", "").Trim(' ', '：', '—', '-', '·', '，');
        if (title.Length == 0) title = ledger.ShortName;
        return title.Shortened(120);
    }

    static string Number(FieldDefinition field, FieldValues values, string format) =>
        values.Number(field.Key) is { } steps ? ((decimal)steps / field.Steps).ToString(format, CultureInfo.InvariantCulture) : "";
}
