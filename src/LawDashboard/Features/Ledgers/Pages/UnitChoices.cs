using LawDashboard.Components;
using LawDashboard.Features.Units;

namespace LawDashboard.Features.Ledgers.Pages;

/// <summary>The units that a person may log for: his own and those below.</summary>
static class UnitChoices
{
    public static IReadOnlyList<Choice> Of(WorkContext work) =>
        [.. work.Person.Tops(work.Tree).SelectMany(work.Tree.Subtree).Select(unit => new Choice(unit.Code, Label(work, unit)))];

    /// <summary>法镇 › 松坪梁村: from the person's own unit downwards, so that villages of the same name can be told apart.</summary>
    static string Label(WorkContext work, Unit unit) =>
        string.Join(" › ", work.Tree.Ancestors(unit).TakeWhile(above => work.Person.Sees(work.Tree, above)).Reverse().Select(above => above.Name));
}
