using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace LawDashboard.Data;

/// <summary>What of one record can be found by typing.</summary>
/// <param name="Open">Text that everybody who sees the record may find it by.</param>
/// <param name="Personal">Text that only those may find it by who may see personal data.</param>
/// <param name="Scopes">Names of what it belongs to, to narrow a search by.</param>
public sealed record SearchDocument(long Id, string Open, string Personal, IReadOnlyList<string> Scopes);

/// <summary>What is looked for.</summary>
/// <param name="Words">As <see cref="SearchTokens.Words"/> gives them; all must occur.</param>
/// <param name="Personal">Whether personal data is searched too.</param>
/// <param name="Scopes">Of each list at least one must be the record's; they make the search fast, not safe.</param>
/// <param name="But">None of these may be the record's.</param>
/// <param name="After">Only records with a higher id; 0 for all.</param>
public sealed record SearchQuestion(IReadOnlyList<string> Words, bool Personal, IReadOnlyList<IReadOnlyList<string>> Scopes, IReadOnlyList<string> But, long After = 0);

/// <summary>Says that a record is in the index, and with which text: a hash of it, to be compared.</summary>
public sealed class SearchRow
{
    public long EntryId { get; set; }
    public long Hash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SearchRow>
    {
        public void Configure(EntityTypeBuilder<SearchRow> row)
        {
            row.ToTable("SearchRows");
            row.HasKey(r => r.EntryId);
            row.Property(r => r.EntryId).ValueGeneratedNever();
        }
    }
}

public static class SearchSets
{
    extension(AppDbContext db)
    {
        public DbSet<SearchRow> SearchRows => db.Set<SearchRow>();
    }
}

/// <summary>
/// The full-text index, kept in the transaction of whatever changes a record. On SQLite an FTS5 table without content, on
/// PostgreSQL a GIN index over a tsvector; neither needs an extension or a right beyond that to make tables. Both hold the
/// tokens of <see cref="SearchTokens"/>. It stands beside the model, so its name begins like EF's own table.
/// </summary>
public static class SearchIndex
{
    internal const string Table = "__SearchIndex";
    /// <summary>From so many documents on, several processors cut them up.</summary>
    const int Many = 32;

    /// <summary>
    /// So many bytes SQLite gathers before it writes a piece of the index. Each piece is later joined with others, which takes longer
    /// than all else: with its usual 1 MB, thousands of records at once take twice as long.
    /// </summary>
    internal const int Room = 16 << 20;

    internal static string[] CreateSql(string? provider) => Providers.IsPostgres(provider)
        ?
        [
            // Text and tokens lie outside the row: reading the ids of many hits must not read them.
            $"""CREATE TABLE "{Table}" ("EntryId" bigint PRIMARY KEY, "Open" text NOT NULL, "Personal" text NOT NULL, "Tokens" tsvector NOT NULL) WITH (toast_tuple_target = 128)""",
            $"""CREATE INDEX "IX_{Table}_Tokens" ON "{Table}" USING gin ("Tokens")""",
        ]
        : [$"""CREATE VIRTUAL TABLE "{Table}" USING fts5("Tokens", content='', contentless_delete=1, tokenize="ascii")"""];

    internal static string RoomSql(int bytes) => FormattableString.Invariant($"""INSERT INTO "{Table}"("{Table}", rank) VALUES ('hashsize', {bytes})""");

    /// <summary>Puts records into the index, or anew where they are; inside the caller's transaction.</summary>
    public static async Task PutAsync(AppDbContext db, IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
    {
        if (documents.Count == 0) return;
        var postgres = db.Database.IsNpgsql();
        await using var put = Command(db, postgres
            ? $"""
               INSERT INTO "{Table}" ("EntryId","Open","Personal","Tokens") VALUES (@id, @open, @personal, CAST(@tokens AS tsvector))
               ON CONFLICT ("EntryId") DO UPDATE SET "Open" = excluded."Open", "Personal" = excluded."Personal", "Tokens" = excluded."Tokens"
               """
            : $"""INSERT OR REPLACE INTO "{Table}" (rowid, "Tokens") VALUES (@id, @tokens)""",
            postgres ? ["id", "open", "personal", "tokens"] : ["id", "tokens"]);
        await using var row = Command(db, """
            INSERT INTO "SearchRows" ("EntryId","Hash") VALUES (@id, @hash) ON CONFLICT ("EntryId") DO UPDATE SET "Hash" = excluded."Hash"
            """, ["id", "hash"]);
        foreach (var (document, tokens, hash) in documents.Count < Many ? documents.Select(Cut) : documents.AsParallel().AsOrdered().Select(Cut))
        {
            object[] values = postgres ? [document.Id, document.Open, document.Personal, tokens] : [document.Id, tokens];
            for (var i = 0; i < values.Length; i++) put.Parameters[i].Value = values[i];
            (row.Parameters[0].Value, row.Parameters[1].Value) = (document.Id, hash);
            await put.ExecuteNonQueryAsync(cancel);
            await row.ExecuteNonQueryAsync(cancel);
        }

        (SearchDocument, string Tokens, long Hash) Cut(SearchDocument document)
        {
            var tokens = SearchHash.TokensOf(document);
            return (document, string.Join(' ', postgres ? tokens.Distinct(StringComparer.Ordinal).Select(token => $"'{token}'") : tokens), SearchHash.Of(document));
        }
    }

    /// <summary>Takes records out of the index; inside the caller's transaction.</summary>
    public static async Task RemoveAsync(AppDbContext db, IEnumerable<long> ids, CancellationToken cancel)
    {
        var key = db.Database.IsNpgsql() ? "\"EntryId\"" : "rowid";
        foreach (var chunk in ids.Chunk(500))
        {
            var list = string.Join(',', chunk);
            await using var command = Command(db, $"""DELETE FROM "{Table}" WHERE {key} IN ({list}); DELETE FROM "SearchRows" WHERE "EntryId" IN ({list})""", []);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Ids of the records that match, as a question that others are built on.</summary>
    public static IQueryable<long> Matching(AppDbContext db, SearchQuestion question)
    {
        if (db.Database.IsNpgsql()) return OnPostgres(db, question);
        const string matched = $$"""SELECT rowid AS "Value" FROM "{{Table}}" WHERE "{{Table}}" MATCH {0}""", later = matched + " AND rowid > {1}";
        return question.After > 0 ? db.Database.SqlQueryRaw<long>(later, SqliteMatch(question), question.After) : db.Database.SqlQueryRaw<long>(matched, SqliteMatch(question));
    }

    /// <summary>Whether the index agrees with itself, as far as the database can tell.</summary>
    public static async Task<bool> IsSoundAsync(AppDbContext db, CancellationToken cancel)
    {
        if (db.Database.IsNpgsql()) return true;
        try
        {
            await db.Database.ExecuteSqlRawAsync($"""INSERT INTO "{Table}"("{Table}") VALUES ('integrity-check')""", cancel);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Joins what many small writes left in pieces; worth it after many records were put at once.</summary>
    public static Task TidyAsync(AppDbContext db, CancellationToken cancel) => db.Database.IsNpgsql()
        ? db.Database.ExecuteSqlRawAsync($"""ANALYZE "{Table}" """, cancel)
        : db.Database.ExecuteSqlRawAsync($"""INSERT INTO "{Table}"("{Table}") VALUES ('optimize')""", cancel);

    static IQueryable<long> OnPostgres(AppDbContext db, SearchQuestion question)
    {
        var parameters = new List<object> { PostgresMatch(question), question.After };
        var sql = $$"""SELECT "EntryId" AS "Value" FROM "{{Table}}" WHERE "Tokens" @@ CAST({0} AS tsquery) AND "EntryId" > {1}""";
        // A tsvector knows which tokens there are, not that they follow each other.
        foreach (var word in question.Words.Where(word => SearchTokens.OfWord(word).Tokens.Count > 1))
        {
            var like = $"LIKE {{{parameters.Count}}}";
            sql += question.Personal ? $" AND (\"Open\" {like} OR \"Personal\" {like})" : $" AND \"Open\" {like}";
            parameters.Add("%" + word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%");
        }
        return db.Database.SqlQueryRaw<long>(sql, [.. parameters]);
    }

    static string SqliteMatch(SearchQuestion question)
    {
        var match = string.Join(" AND ", question.Words.Select(SearchTokens.OfWord).Select(phrase =>
            question.Personal ? $"({Quoted(phrase, "")} OR {Quoted(phrase, SearchTokens.Personal)})" : Quoted(phrase, ""))
            .Concat(question.Scopes.Select(Any)));
        return question.But.Count == 0 ? match : $"({match}) NOT {Any(question.But)}";

        static string Any(IReadOnlyList<string> scope) => $"({string.Join(" OR ", scope.Select(name => $"\"{SearchTokens.Scope}{name}\""))})";

        static string Quoted(SearchTokens.Phrase phrase, string mark) =>
            $"\"{string.Join(' ', phrase.Tokens.Select(token => mark + token))}\"{(phrase.OpenEnd ? " *" : "")}";
    }

    static string PostgresMatch(SearchQuestion question)
    {
        var match = string.Join(" & ", question.Words.Select(SearchTokens.OfWord).Select(phrase =>
            question.Personal ? $"(({All(phrase, "")}) | ({All(phrase, SearchTokens.Personal)}))" : All(phrase, ""))
            .Concat(question.Scopes.Select(Any)));
        return question.But.Count == 0 ? match : $"({match}) & !{Any(question.But)}";

        static string Any(IReadOnlyList<string> scope) => $"({string.Join(" | ", scope.Select(name => $"'{SearchTokens.Scope}{name}'"))})";

        static string All(SearchTokens.Phrase phrase, string mark) =>
            string.Join(" & ", phrase.Tokens.Select((token, at) => $"'{mark}{token}'{(phrase.OpenEnd && at == phrase.Tokens.Count - 1 ? ":*" : "")}"));
    }

    static DbCommand Command(AppDbContext db, string sql, IReadOnlyList<string> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
