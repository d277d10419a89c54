namespace NinjaIam.Core.SingleSignOn;

/// <summary>What an identity provider said about a person who signed in, read from signed bytes alone.</summary>
/// <param name="Id">The assertion's own identifier.</param>
/// <param name="NameId">The text of the NameID.</param>
/// <param name="NameIdFormat">Its format, as a URI; null when none was stated.</param>
/// <param name="InResponseTo">The request that it answers; null when it answers none.</param>
/// <param name="SignedInAt">When the person proved to the identity provider who they are (AuthnInstant, UTC).</param>
/// <param name="EndsAt">Until when the assertion may be used, without skew (UTC).</param>
/// <param name="Attributes">In document order.</param>
public sealed record SamlAssertion(
    string Id,
    string NameId,
    string? NameIdFormat,
    string? InResponseTo,
    DateTimeOffset SignedInAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<SamlValues> Attributes
)
{
    /// <summary>The first value of the attribute with this name or friendly name; null when there is none.</summary>
    public string? ValueOf(string attribute) =>
        Attributes.FirstOrDefault(other => other.IsCalled(attribute))?.Values.FirstOrDefault(value => value.Length > 0);

    /// <summary>Whether one of the attributes with this name or friendly name has this value, to the letter.</summary>
    public bool Says(string attribute, string value) =>
        Attributes.Any(other => other.IsCalled(attribute) && other.Values.Contains(value, StringComparer.Ordinal));
}

/// <param name="Values">Those that are plain text.</param>
public sealed record SamlValues(string Name, string? FriendlyName, IReadOnlyList<string> Values)
{
    internal bool IsCalled(string attribute) =>
        string.Equals(Name, attribute, StringComparison.Ordinal) || string.Equals(FriendlyName, attribute, StringComparison.Ordinal);
}
