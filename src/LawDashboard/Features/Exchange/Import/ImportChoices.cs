using LawDashboard.Features.Accounts;

namespace LawDashboard.Features.Exchange.Import;

/// <summary>What to do with a row of which the ledger seems to have an entry already.</summary>
public enum OnDuplicate { Skip, New, Update }

/// <summary>What the person decided about one file. Kept beside the file, so that a restart or another device goes on from it.</summary>
public sealed record ImportChoices
{
    public required string Ledger { get; init; }
    public required string Unit { get; init; }
    public int Sheet { get; init; }
    /// <summary>The year of dates that leave it out.</summary>
    public int Year { get; init; }
    /// <summary>Target per column index; columns that are missing are left out. Null until columns were matched.</summary>
    public IReadOnlyDictionary<int, string>? Columns { get; init; }
    /// <summary>Complete rows are submitted for review; otherwise everything becomes a draft.</summary>
    public bool Submit { get; init; }
    /// <summary>A row with a cell that cannot be read is taken over without that cell; otherwise it is left out.</summary>
    public bool BlankFaulty { get; init; }
    public OnDuplicate SameNumber { get; init; } = OnDuplicate.Update;
    public OnDuplicate Similar { get; init; } = OnDuplicate.Skip;
    /// <summary>Decisions for single rows, by their number.</summary>
    public IReadOnlyDictionary<int, OnDuplicate> Rows { get; init; } = new Dictionary<int, OnDuplicate>();

    /// <summary>Who reviews may pass rows on at once; who records looks them over first.</summary>
    public static bool SubmitByDefault(Person person) => person.CanReview;
}
