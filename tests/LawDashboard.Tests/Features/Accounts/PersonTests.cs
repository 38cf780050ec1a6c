using System.Security.Claims;
using LawDashboard.Features.Accounts;
using LawDashboard.Features.Units;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LawDashboard.Tests.Features.Accounts;

public sealed class PersonTests
{
    static readonly UnitTree Tree = new([
        new Unit { Id = 1, Code = "NZ", Name = "样例县", Kind = UnitKind.County, Path = "/1/" },
        new Unit { Id = 2, Code = "FZ", Name = "法镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/2/" },
        new Unit { Id = 3, Code = "DH", Name = "大河镇", Kind = UnitKind.Town, ParentId = 1, Path = "/1/3/" },
        new Unit { Id = 4, Code = "FZ01", Name = "石羊村", Kind = UnitKind.Village, ParentId = 2, Path = "/1/2/4/" },
        // Its path begins with the same digits as the county's, but it does not lie below it.
        new Unit { Id = 12, Code = "XX", Name = "另一县", Kind = UnitKind.County, Path = "/12/" }]);

    static Person At(Role role, int? unit) => new(7, "a", "样例", role, unit);

    [Theory]
    [InlineData(null, "NZ DH FZ FZ01 XX")]
    [InlineData(1, "NZ DH FZ FZ01")]
    [InlineData(2, "FZ FZ01")]
    [InlineData(4, "FZ01")]
    [InlineData(99, "")]
    public void A_person_sees_his_unit_and_what_lies_below_it(int? unit, string seen) =>
        Assert.Equal(seen, string.Join(' ', Tree.All.Where(u => At(Role.Recorder, unit).Sees(Tree, u)).Select(u => u.Code)));

    [Theory]
    [InlineData(Role.Administrator, 2, 4, true)]
    [InlineData(Role.Administrator, 2, 2, true)]
    [InlineData(Role.Administrator, 2, 1, false)]
    [InlineData(Role.Administrator, 2, 3, false)]
    [InlineData(Role.Administrator, 2, null, false)]
    [InlineData(Role.Administrator, null, null, true)]
    [InlineData(Role.Administrator, null, 12, true)]
    [InlineData(Role.Reviewer, null, 2, false)]
    [InlineData(Role.Leader, 1, 2, false)]
    public void Only_administrators_manage_and_only_below_themselves(Role role, int? unit, int? target, bool may) =>
        Assert.Equal(may, At(role, unit).Manages(Tree, target));

    [Theory]
    [InlineData(Role.Recorder, null)]
    [InlineData(Role.Administrator, null)]
    [InlineData(Role.Inspector, 3)]
    public async Task A_person_comes_out_of_the_cookie_as_he_went_in(Role role, int? unit)
    {
        var user = new AppUser { Id = 7, UserName = "a", DisplayName = "样例", Role = role, UnitId = unit, SecurityStamp = "s" };
        var principal = await new PersonClaims.Factory(Options.Create(new IdentityOptions())).CreateAsync(user);
        Assert.Equal(At(role, unit), principal.Person);
    }

    [Fact]
    public async Task A_claim_that_is_missing_makes_nobody_rather_than_somebody_who_sees_all()
    {
        var user = new AppUser { Id = 7, UserName = "a", DisplayName = "样例", Role = Role.Recorder, UnitId = 2, SecurityStamp = "s" };
        var principal = await new PersonClaims.Factory(Options.Create(new IdentityOptions())).CreateAsync(user);
        Assert.All(new[] { ClaimTypes.NameIdentifier, ClaimTypes.Name, ClaimTypes.Role, PersonClaims.DisplayName, PersonClaims.Unit }, type =>
        {
            var identity = new ClaimsIdentity(principal.Claims.Where(claim => claim.Type != type), "cookie");
            Assert.Null(new ClaimsPrincipal(identity).Person);
        });
        Assert.Null(new ClaimsPrincipal(new ClaimsIdentity(principal.Claims)).Person);
    }

    [Theory]
    [InlineData("/ledgers/mediation?unit=FZ&year=2026", "/ledgers/mediation?unit=FZ&year=2026")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("ledgers", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("/\t/elsewhere.example/", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/account/logout", "/")]
    public void One_returns_only_to_places_of_this_application(string? asked, string goes) => Assert.Equal(goes, ReturnUrl.OrHome(asked));
}
