namespace LawDashboard.Features.Reports;

/// <summary>An entry worth telling of, in words that name no private person and claim no number.</summary>
/// <param name="Sentence">What was done, without a full stop: 3月5日在石桥湾村开展“民法典进万家”普法活动.</param>
public sealed record NotedEntry(long EntryId, string Ledger, string Sentence, NotedFor Why);

/// <summary>Why an entry is proposed.</summary>
public enum NotedFor
{
    /// <summary>列为亮点 by who logged it.</summary>
    Marked,
    /// <summary>The largest of its kind.</summary>
    Largest,
}
