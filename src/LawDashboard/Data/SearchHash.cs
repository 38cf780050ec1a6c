using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LawDashboard.Data;

/// <summary>What a document becomes in the index, and a hash by which to see that what is there is still what it should be.</summary>
public static class SearchHash
{
    public static long Of(SearchDocument document)
    {
        var text = $"{document.Open}\n\n{document.Personal}\n\n{string.Join(' ', document.Scopes)}";
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    internal static IEnumerable<string> TokensOf(SearchDocument document) =>
        SearchTokens.OfText(document.Open)
            .Concat(SearchTokens.OfText(document.Personal).Select(token => SearchTokens.Personal + token))
            .Concat(document.Scopes.Select(scope => SearchTokens.Scope + scope));
}
