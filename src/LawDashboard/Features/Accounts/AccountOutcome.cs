namespace LawDashboard.Features.Accounts;

/// <summary>Something that stands in the way, next to the field it concerns.</summary>
public sealed record AccountError(string Field, string Message);

/// <summary>How a change of an account or unit ended: done, or what stands in the way.</summary>
/// <param name="Id">Of the thing that was made or changed; null when it was not.</param>
public sealed record AccountOutcome(int? Id, params IReadOnlyList<AccountError> Errors)
{
    public bool Succeeded => Id is not null;

    public static AccountOutcome Done(int id) => new(id);
    public static AccountOutcome Refused(string field, string message) => new(null, new AccountError(field, message));

    /// <summary>What is wrong with the field; null when nothing is.</summary>
    public string? this[string field] => Errors.FirstOrDefault(error => error.Field == field)?.Message;
}
