using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using LawDashboard.Data;
using LawDashboard.Features.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LawDashboard.Components;

/// <summary>
/// Names what stands in an address where a page expects a number (<c>copy=abc</c>). The framework would throw while the
/// page is put together, and a mistyped link would look like a failure of the program.
/// </summary>
sealed class AddressParameters : IAddressCheck
{
    const int Shown = 20;

    static readonly ConcurrentDictionary<Type, IReadOnlyList<(string Name, Func<string, bool> Reads)>> Known = new();

    public ValueTask<string?> MissingAsync(HttpContext context, Person person, CancellationToken cancel) =>
        ValueTask.FromResult(context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page ? Unreadable(page.Type, context.Request.Query) : null);

    /// <summary>The first parameter that the page cannot read, in words; null when it reads all.</summary>
    public static string? Unreadable(Type page, IQueryCollection query)
    {
        foreach (var (name, reads) in Known.GetOrAdd(page, Numbers))
            if (query[name].LastOrDefault() is { Length: > 0 } text && !reads(text)) return $"地址中“{name}={text.Shortened(Shown)}”所指的内容";
        return null;
    }

    static IReadOnlyList<(string, Func<string, bool>)> Numbers(Type page) =>
        [.. from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let asked = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
            let reads = asked is null ? null : Reader(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            where reads is not null
            select (asked.Name ?? property.Name.ToLowerInvariant(), reads)];

    // As the framework reads them.
    static Func<string, bool>? Reader(Type type) =>
        type == typeof(int) ? text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : type == typeof(long) ? text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
        : type == typeof(Guid) ? text => Guid.TryParse(text, out _)
        : type == typeof(bool) ? text => bool.TryParse(text, out _)
        : null;
}
