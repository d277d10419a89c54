using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>What a sign-in by an identity provider comes to.</summary>
public abstract record SignOnResult
{
    private SignOnResult() { }

    /// <summary>The person was told from others by their identity provider and may sign in. No session is started yet.</summary>
    /// <param name="ReturnPath">Where they wanted to go; not checked where it came from the identity provider.</param>
    /// <param name="WithSecondFactor">The identity provider said that it asked for a second factor, and an administrator lets that count.</param>
    public sealed record Accepted(Guid AccountId, string ReturnPath, bool WithSecondFactor) : SignOnResult;

    /// <param name="Incident">By which an administrator finds the reason in Activities.</param>
    /// <param name="ProviderName">Null when no provider has the address.</param>
    /// <param name="UserName">What the provider calls the person; only where the assertion is valid.</param>
    public sealed record Refused(SamlRefusal Refusal, string Incident, string? ProviderName, string? UserName) : SignOnResult;

    /// <summary>An administrator tested the connection. Nobody was signed in.</summary>
    public sealed record Tested(ConnectionTest Test) : SignOnResult;

    /// <summary>The handle was used before or is too old.</summary>
    public sealed record Gone : SignOnResult;
}

/// <summary>What a test of the connection found, step by step.</summary>
/// <param name="Refusal">The step that was not passed and why; null when all were.</param>
/// <param name="Assertion">What was received, when it is proved to come from the provider.</param>
/// <param name="UserName">What the provider calls the person.</param>
/// <param name="PersonName">Who that is here; null when nobody.</param>
/// <param name="SecondFactor">By what the provider would say that it asked for a second factor; null when nobody knows.</param>
public sealed record ConnectionTest(
    string UniqueIdentifier,
    string DisplayName,
    SamlRefusal? Refusal,
    string Incident,
    string? ReceivedIssuer,
    SamlAssertion? Assertion,
    string? UserName,
    string? PersonName,
    SecondFactorClaim? SecondFactor
)
{
    /// <summary>Whether the connection works: everything about the response is right. Whether the tester has an account is another matter.</summary>
    public bool IsPassed => Refusal is null or { Check: SamlCheck.Person, Reason: not SamlReason.NoUserName };

    /// <summary>Whether the provider said that it asked for a second factor.</summary>
    public bool ShowedSecondFactor => SecondFactor is { } claim && Assertion?.Says(claim.Attribute, claim.Value) == true;
}
