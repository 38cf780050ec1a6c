using LawDashboard.Components;
using LawDashboard.Features.Ledgers.Pages;
using LawDashboard.Features.Ledgers.Review;
using Microsoft.AspNetCore.Http;

namespace LawDashboard.Tests.Components;

public sealed class AddressParametersTests
{
    static string? Unreadable<TPage>(string name, string? value) => AddressParameters.Unreadable(typeof(TPage), new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { [name] = value }));

    [Fact]
    public void What_a_page_cannot_read_is_named_and_the_rest_is_let_through()
    {
        Assert.Equal("地址中“copy=abc”所指的内容", Unreadable<EntryFormPage>("copy", "abc"));
        Assert.Equal("地址中“copy=99999999999999999999”所指的内容", Unreadable<EntryFormPage>("copy", "99999999999999999999"));
        Assert.Contains("draft=0", Unreadable<EntryFormPage>("draft", "0"), StringComparison.Ordinal);
        Assert.Contains("at=zzz", Unreadable<ReviewPage>("at", "zzz"), StringComparison.Ordinal);
        // A name of its own counts, not the property's.
        Assert.Contains("page=二", Unreadable<TodoGroupPage>("page", "二"), StringComparison.Ordinal);
        Assert.Null(Unreadable<TodoGroupPage>("asked", "二"));
        foreach (var fine in (string?[])["17", "", null]) Assert.Null(Unreadable<EntryFormPage>("copy", fine));
        Assert.Null(Unreadable<EntryFormPage>("draft", "6f9c2f55-8f0e-4f6e-9a50-0a53a9a7f3f1"));
        Assert.Null(Unreadable<EntryFormPage>("anything", "abc"));
    }
}
