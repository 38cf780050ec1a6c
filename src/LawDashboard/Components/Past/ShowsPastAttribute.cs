namespace LawDashboard.Components.Past;

/// <summary>A page that shows what <see cref="WorkContext.Past"/> asks for. All others are told of no past, and say that they show now.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsPastAttribute : Attribute;
