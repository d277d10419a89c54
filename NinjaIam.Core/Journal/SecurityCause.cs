namespace NinjaIam.Core.Journal;

/// <summary>Why something was refused, as it is stored. A cause is never renamed.</summary>
public static class SecurityCause
{
    public const string TokenMissing = "token.missing";
    public const string TokenMalformed = "token.malformed";
    public const string TokenUnknown = "token.unknown";
    public const string TokenExpired = "token.expired";
    public const string TokenRevoked = "token.revoked";
    public const string TokenOfOtherProvider = "token.other-provider";
    public const string TokenNetwork = "token.network";
    public const string TokenReadOnly = "token.read-only";
    public const string ScimDisabled = "scim.disabled";
    public const string ScimPaused = "scim.paused";
    public const string ScimRefused = "scim.refused";
    public const string SignInRefused = "sign-in.refused";
    public const string SingleSignOnRefused = "sign-in.saml-refused";
    public const string StepUpRefused = "step-up.refused";
    public const string SecondFactorRefused = "factor.refused";
}
