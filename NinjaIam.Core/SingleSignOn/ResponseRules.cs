using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>What a response to one provider's address is held against. All of it is stored or configured; nothing comes from the message.</summary>
/// <param name="Issuer">The identity provider's entity ID, as its imported metadata has it.</param>
/// <param name="Audience">Our entity ID towards it.</param>
/// <param name="ReplyUrl">The address it has to send its responses to.</param>
/// <param name="Certificates">The signing certificates of its imported metadata.</param>
/// <param name="Skew">How far its clock may be off.</param>
/// <param name="Now">The instant of the check (UTC).</param>
internal sealed record ResponseRules(
    string Issuer,
    string Audience,
    string ReplyUrl,
    IReadOnlyList<SigningCertificate> Certificates,
    TimeSpan Skew,
    DateTimeOffset Now
);

/// <param name="Assertion">What was said, when nothing was wrong.</param>
/// <param name="Refusal">What was wrong, else null.</param>
/// <param name="ReceivedIssuer">Who the message says it is from, as far as it could be read. Not proved when it was refused.</param>
/// <param name="ReceivedNameId">The NameID that a refused response names, for the record only.</param>
/// <param name="ReceivedAttributes">Attributes of a response that is refused although its signature holds, for the record only.</param>
/// <param name="IsProved">Whether a signature held, so that what was received is from the identity provider.</param>
internal sealed record CheckedResponse(
    SamlAssertion? Assertion,
    SamlRefusal? Refusal,
    string? ReceivedIssuer = null,
    string? ReceivedNameId = null,
    IReadOnlyList<SamlValues>? ReceivedAttributes = null,
    bool IsProved = false
);
