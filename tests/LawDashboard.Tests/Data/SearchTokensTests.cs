using FsCheck;
using FsCheck.Fluent;
using LawDashboard.Data;

namespace LawDashboard.Tests.Data;

/// <summary>Text cut into tokens finds exactly what looking for the word in the text finds.</summary>
public sealed class SearchTokensTests
{
    [Theory]
    [InlineData("ＦＺ－２０２６　Ａ", "fz-2026 a")]
    [InlineData("张\t三\r\n李四", "张 三  李四")]
    [InlineData("\uE000甲", " 甲")]
    public void Normal_text_keeps_its_length_and_loses_case_width_and_signs_that_are_none(string text, string expected)
    {
        Assert.Equal(expected, SearchTokens.Normal(text));
        Assert.Equal(text.Length, SearchTokens.Normal(text).Length);
    }

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("破\uFFFD字😀", SearchTokens.Normal("破\uD840字😀"));

    [Fact]
    public void The_words_of_a_question_are_what_stands_between_blanks_once_each() =>
        Assert.Equal(["民法典", "fz01", "(2026)"], SearchTokens.Words("  民法典　FZ01 民法典\t（2026） "));

    [Fact]
    public void A_word_is_found_in_a_text_by_tokens_if_and_only_if_it_stands_in_it()
    {
        // Few characters, so that generated words do occur and nearly occur.
        var character = Gen.Elements("村", "调", "解", "😀", "1", "2", "a", "-", "\"", "'", " ");
        var text = from n in Gen.Choose(0, 14) from parts in Gen.ListOf(character, n) select string.Concat(parts);
        Prop.ForAll(Arb.From(text), Arb.From(text.Where(word => SearchTokens.Words(word).Count > 0)), (where, asked) =>
        {
            var normal = SearchTokens.Normal(where);
            var tokens = SearchTokens.OfText(normal).ToList();
            foreach (var word in SearchTokens.Words(asked))
                Assert.Equal(normal.Contains(word, StringComparison.Ordinal), Follows(tokens, SearchTokens.OfWord(word)));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>What both databases do with a phrase, in the plainest way.</summary>
    static bool Follows(List<string> tokens, SearchTokens.Phrase phrase) =>
        Enumerable.Range(0, Math.Max(tokens.Count - phrase.Tokens.Count + 1, 0)).Any(start => phrase.Tokens.Index().All(part =>
            phrase.OpenEnd && part.Index == phrase.Tokens.Count - 1 ? tokens[start + part.Index].StartsWith(part.Item, StringComparison.Ordinal) : tokens[start + part.Index] == part.Item));
}
