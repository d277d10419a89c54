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
/// <param name="Path">Below the base URL: <c>Users/{id}</c>.</param>
internal sealed record ScimRoute(string Method, string Path, Func<ScimRequest, Task<ScimAnswer>> Handle)
{
    public ScimAccess Access { get; init; }

    /// <summary>Largest body in bytes; null for methods without one.</summary>
    public long? BodyLimit { get; init; }

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
