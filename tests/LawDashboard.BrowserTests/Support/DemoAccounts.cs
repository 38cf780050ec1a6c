namespace LawDashboard.BrowserTests.Support;

/// <summary>The accounts of the demonstration county, as its sign-in page shows them.</summary>
public static class DemoAccounts
{
    public const string Password = "demo";
}
