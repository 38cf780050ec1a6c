namespace LawDashboard.Components;

/// <summary>What the product calls itself on screen.</summary>
public static class Product
{
    public const string Name = "法治建设工作台";
}
