using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Ledgers;
using LawDashboard.Features.Ledgers.Definitions;

namespace LawDashboard.Tests.Features.Ledgers;

public sealed class PersonalMaskTests
{
    [Theory]
    [InlineData(PersonalData.Name, "张样例", "张**")]
    [InlineData(PersonalData.Name, "欧阳样例人", "欧**")]
    [InlineData(PersonalData.Name, "𠮷样例", "𠮷**")]
    [InlineData(PersonalData.Name, "张 𠮷", "*、*")]
    [InlineData(PersonalData.Phone, "13800000001", "138****0001")]
    [InlineData(PersonalData.IdNumber, "61072119800101001X", "610***********001X")]
    [InlineData(PersonalData.IdNumber, "12𠮷45678𠮷", "12𠮷**678𠮷")]
    [InlineData(PersonalData.Address, "样例镇示范村3组12号", "样例镇示范村****")]
    public void What_is_left_of_personal_data_is_whole_characters(PersonalData kind, string text, string shown) => Assert.Equal(shown, PersonalMask.Apply(kind, text));

    /// <summary>Names hold characters outside the basic plane; half of one cannot be stored.</summary>
    [DatabaseTheory, Databases]
    public async Task Rare_characters_are_stored_shown_and_cut_whole(DatabaseKind kind)
    {
        await using var bench = await Workbench.CreateAsync(kind, SampleCatalog.Ledgers, SampleCatalog.Indicators);
        for (var length = 115; length < 125; length++)
        {
            var values = SampleCatalog.Complete("2026-03-05", ("topic", new string('长', length) + "𠮷𠮷𠮷"), ("speaker", "𠮷样例"));
            var entry = Assert.IsType<EntryResult.Done>(await bench.Entries.SaveAsync(bench.Person(Role.Recorder, "FZ"), new(null, "lectures", "FZ01", values))).Entry;
            Assert.InRange(entry.Title.Length, 100, 120);
            Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(entry.Title)));
        }
    }
}
