using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>By what an identity provider says in an assertion that it asked for a second factor.</summary>
/// <param name="Attribute">Name or friendly name of the SAML attribute.</param>
/// <param name="Value">One of its values, to the letter.</param>
public sealed record SecondFactorClaim(string Attribute, string Value);

/// <summary>What an administrator decides about signing in by a provider.</summary>
/// <param name="IsDefault">Whether it signs in those whose domain no provider claims; takes this from the one that did.</param>
/// <param name="AllowsUnsolicited">See <see cref="IdentityProvider.AllowsUnsolicitedSignIn"/>.</param>
/// <param name="UserNameAttribute">Name of the attribute that holds the user name; null or empty for the NameID.</param>
/// <param name="ClockSkewMinutes">Two to five.</param>
public sealed record SingleSignOnChoices(bool IsDefault, bool AllowsUnsolicited, string? UserNameAttribute, int ClockSkewMinutes)
{
    public const int LeastSkewMinutes = 2;
    public const int MostSkewMinutes = 5;
    private const int LongestText = 256;

    /// <summary>Domains of the provider whose people may not sign in with a password; see <see cref="ProviderDomain.RequiresSingleSignOn"/>.</summary>
    public IReadOnlyList<string> RequiredFor { get; init; } = [];

    /// <summary>See <see cref="IdentityProvider.SkipsSecondFactor"/>. Refused until a test showed the claim.</summary>
    public bool SkipsSecondFactor { get; init; }

    /// <summary>Null for the vendor's own, where it has one.</summary>
    public SecondFactorClaim? SecondFactor { get; init; }

    // Lists are compared by what is in them.
    public bool Equals(SingleSignOnChoices? other) =>
        other is not null
        && (IsDefault, AllowsUnsolicited, UserNameAttribute, ClockSkewMinutes)
            == (other.IsDefault, other.AllowsUnsolicited, other.UserNameAttribute, other.ClockSkewMinutes)
        && (SkipsSecondFactor, SecondFactor) == (other.SkipsSecondFactor, other.SecondFactor)
        && RequiredFor.SequenceEqual(other.RequiredFor, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(IsDefault, AllowsUnsolicited, UserNameAttribute, SkipsSecondFactor);

    /// <summary>What is wrong whatever the provider is, or null. Texts must be trimmed.</summary>
    internal Refusal? Check() =>
        UserNameAttribute is { Length: > LongestText } ? Invalid(TooLong, nameof(UserNameAttribute))
        : ClockSkewMinutes is < LeastSkewMinutes or > MostSkewMinutes
            ? Invalid($"Choose {LeastSkewMinutes} to {MostSkewMinutes} minutes.", nameof(ClockSkewMinutes))
        : SecondFactor is not { } claim ? null
        : claim.Attribute.Length > LongestText ? Invalid(TooLong, nameof(SecondFactorClaim.Attribute))
        : claim.Value.Length > LongestText ? Invalid($"A value has at most {LongestText} characters.", nameof(SecondFactorClaim.Value))
        : claim.Attribute.Length == 0 ? Invalid("Enter the name of the attribute as well.", nameof(SecondFactorClaim.Attribute))
        : claim.Value.Length == 0
            ? Invalid(
                "Enter the value by which the identity provider says that it asked for a second factor.",
                nameof(SecondFactorClaim.Value)
            )
        : null;

    private static string TooLong => $"The name of an attribute has at most {LongestText} characters.";

    private static Refusal Invalid(string detail, string field) => new(RefusalKind.InvalidValue, detail, field);
}
