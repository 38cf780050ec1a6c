using LawDashboard.Components.Ui;

namespace LawDashboard.Features.Ledgers.Review;

/// <summary>有新评论的. Read at the entry, they are gone from here.</summary>
sealed class CommentTodo(CommentService comments) : ITodoGroup
{
    public string Key => "comments";
    public int Order => 35;
    public string Title(TodoScope scope) => "有新评论的";
    public string Hint => "您登记的或提到您的记录有了新评论；打开记录后不再列在这里。";
    public Tone Tone => Tone.Primary;
    public bool Pressing => true;
    /// <summary>Comments are news to one person; a unit has none.</summary>
    public bool Concerns(TodoScope scope) => !scope.Everyone;

    public async Task<IReadOnlyDictionary<int, int>> CountsAsync(TodoScope scope, CancellationToken cancel) =>
        (await comments.UnreadAsync(scope.Person, scope.Unit, cancel)).CountBy(entry => entry.UnitId).ToDictionary();

    public async Task<IReadOnlyList<TodoRow>> RowsAsync(TodoScope scope, int skip, int take, CancellationToken cancel) =>
        [.. (await comments.UnreadAsync(scope.Person, scope.Unit, cancel)).Skip(skip).Take(take).Select(entry => new TodoRow(entry, "有新评论", Tone, Glyph.Info))];
}
