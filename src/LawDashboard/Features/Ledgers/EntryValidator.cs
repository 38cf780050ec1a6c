using System.Globalization;
using LawDashboard.Data;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Features.Ledgers;

/// <summary>What is wrong with one field, as a sentence for the person who typed it. An empty key speaks of the whole entry.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>Checks an entry's values against its ledger's definition.</summary>
public sealed class EntryValidator(LedgerCatalog catalog, DateOnly today)
{
    /// <summary>Whether the field is asked for, given the other values.</summary>
    public static bool Shown(LedgerDefinition ledger, FieldDefinition field, FieldValues values) =>
        field.ShownWhen is null || field.ShownWhen.Holds(ledger, values);

    public static bool Required(LedgerDefinition ledger, FieldDefinition field, FieldValues values) =>
        field.Required || field.RequiredWhen?.Holds(ledger, values) == true;

    /// <summary>The values without those that are not asked for and those that the ledger does not know.</summary>
    public static FieldValues Clean(LedgerDefinition ledger, FieldValues values)
    {
        // Hiding one field may hide another that depends on it: repeat until nothing more falls away.
        while (true)
        {
            var kept = values;
            foreach (var key in values.Keys)
                if (ledger.Field(key) is not { } field || field.Type == FieldType.Files || !Shown(ledger, field, values))
                    kept = kept.With(key, null);
            if (ReferenceEquals(kept, values)) return values;
            values = kept;
        }
    }

    /// <summary>Everything that keeps the entry from being submitted, in the order of the form.</summary>
    public IReadOnlyList<FieldError> Check(LedgerDefinition ledger, FieldValues values)
    {
        var errors = new List<FieldError>();
        foreach (var field in ledger.Fields)
            if (Shown(ledger, field, values) && Problem(ledger, field, values) is { } problem)
                errors.Add(new(field.Key, problem));
        return errors;
    }

    string? Problem(LedgerDefinition ledger, FieldDefinition field, FieldValues values)
    {
        if (!values.Filled(field.Key))
            return field.Type != FieldType.Files && Required(ledger, field, values) ? $"请{(field.IsDictionary || field.Type is FieldType.YesNo or FieldType.Unit ? "选择" : "填写")}{field.Label}" : null;
        if (field.IsNumber) return Number(ledger, field, values);
        if (field.Type == FieldType.Date) return Date(ledger, field, values);
        if (field.IsDictionary)
        {
            var codes = field.Type == FieldType.SeveralOf ? values.Items(field.Key) : [values.Text(field.Key) ?? ""];
            var unknown = codes.FirstOrDefault(code => catalog.Dictionary(field.Dictionary)?.ByCode.ContainsKey(code) != true);
            return unknown is null ? null : $"“{unknown}”不在{field.Label}的可选范围内";
        }
        return null;
    }

    static string? Number(LedgerDefinition ledger, FieldDefinition field, FieldValues values)
    {
        if (values.Number(field.Key) is not { } steps) return "请填数字";
        var number = (decimal)steps / field.Steps;
        if (number < field.Min) return $"{field.Label}不能小于{Plain(field.Min.Value)}";
        if (number > field.Max) return $"{field.Label}不能大于{Plain(field.Max.Value)}";
        if (field.NotAbove is { } key && ledger.Field(key) is { } other && values.Number(key) is { } limit && number > (decimal)limit / other.Steps)
            return $"{field.Label}不能大于{other.Label}（{Plain((decimal)limit / other.Steps)}）";
        return null;
    }

    string? Date(LedgerDefinition ledger, FieldDefinition field, FieldValues values)
    {
        if (values.Date(field.Key) is not { } date) return "日期看不懂，请写成 2026-03-05";
        if (field.NotFuture && date > today) return $"{field.Label}不能晚于今天（{today:yyyy-MM-dd}）";
        if (field.NotBefore is { } key && ledger.Field(key) is { } other && values.Date(key) is { } earliest && date < earliest)
            return $"{field.Label}不能早于{other.Label}（{earliest:yyyy-MM-dd}）";
        return null;
    }

    static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
