using System.Collections;
using System.Globalization;
using LawDashboard.Components;
using Radzen.Blazor;

namespace LawDashboard.Tests.Components;

public sealed class RadzenChineseTests
{
    /// <summary>Components in use; those of an editor, scheduler or spreadsheet are not.</summary>
    static readonly string[] Used =
    [
        "DataGrid", "DropDownDataGrid", "Pager", "DropDown", "DatePicker", "Dialog", "Numeric", "Upload", "FileInput", "Tabs", "Panel", "Notification", "Alert",
        "Chip", "ChipList", "ListBox", "Tree", "Menu", "PanelMenu", "Steps", "BreadCrumb", "RequiredValidator", "PivotDataGrid",
    ];

    public static TheoryData<string> Keys() => new(RadzenStrings.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, true)!
        .Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Where(key => Used.Contains(key.Split('_')[0])).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Keys))]
    public void Every_text_of_a_component_in_use_is_Chinese(string key)
    {
        var chinese = new RadzenChinese().Get(key, CultureInfo.GetCultureInfo("zh-CN"));
        Assert.False(string.IsNullOrEmpty(chinese), $"{key} has no Chinese text.");
        Assert.Contains(chinese, c => c >= '一');
    }

    [Fact]
    public void Placeholders_survive_translation() => Assert.All(
        RadzenStrings.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, true)!.Cast<DictionaryEntry>(), entry =>
        {
            if (new RadzenChinese().Get((string)entry.Key, CultureInfo.InvariantCulture) is not { } chinese) return;
            foreach (var slot in (string[])["{0}", "{1}", "{2}"])
                Assert.Equal(((string)entry.Value!).Contains(slot, StringComparison.Ordinal), chinese.Contains(slot, StringComparison.Ordinal));
        });
}
