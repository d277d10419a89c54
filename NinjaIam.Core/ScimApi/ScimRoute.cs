using Microsoft.AspNetCore.Http;

namespace NinjaIam.Core.ScimApi;

/// <summary>Who may use an address.</summary>
internal enum ScimAccess
{
    Token,

    /// <summary>Everybody who shows no token; a token that is shown must be live.</summary>
    AnyoneWithoutToken,

    /// <summary>There is nothing behind it that a token would protect.</summary>
    Anyone,
}

/// <summary>One address and method of the endpoint.</summary>
/// <param name="Method">Null for all of them.</param>
/// <param name="Path">Below the base URL: <c>Users/{id}</c>. Empty for the root itself.</param>
internal sealed record ScimRoute(string? Method, string Path, Func<ScimRequest, Task<ScimAnswer>> Handle)
{
    /// <summary>The methods it serves: who may GET may ask for the headers alone. Empty for all of them.</summary>
    public IReadOnlyList<string> Methods { get; } =
        Method is null ? []
        : HttpMethods.IsGet(Method) ? [Method, HttpMethods.Head]
        : [Method];

    public ScimAccess Access { get; init; }

    /// <summary>Whether it changes something, so that a token which may only read is refused.</summary>
    public bool Writes { get; init; } = Method is not null && !HttpMethods.IsGet(Method);

    /// <summary>What is done, besides refusing, with the write of a token that may only read; null for nothing.</summary>
    public Func<ScimRequest, Task>? WhenReadOnly { get; init; }

    /// <summary>Null for methods without a body.</summary>
    public BodyLimit? BodyLimit { get; init; }

    public bool Serves(string method) => Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a path below the base URL is this route's; the values of its parameters go to <paramref name="values"/>.</summary>
    public bool Matches(string path, IDictionary<string, object?> values)
    {
        var expected = Path.Split('/');
        var actual = path.Trim('/').Split('/');
        if (expected.Length != actual.Length)
        {
            return false;
        }

        for (var index = 0; index < expected.Length; index++)
        {
            if (expected[index].StartsWith('{'))
            {
                values[expected[index].Trim('{', '}')] = Uri.UnescapeDataString(actual[index]);
            }
            else if (!expected[index].Equals(actual[index], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
