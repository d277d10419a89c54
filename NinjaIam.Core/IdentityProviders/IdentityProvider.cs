namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// A configured external system that provisions people and signs them in. It is also the boundary of everything that its SCIM tokens
/// may see and touch.
/// </summary>
public sealed class IdentityProvider
{
    public required Guid Id { get; init; }

    /// <summary>Part of every address that is pasted into the foreign console. Generated once and never used twice.</summary>
    public required string UniqueIdentifier { get; init; }

    public required string DisplayName { get; set; }

    public required string NormalizedDisplayName { get; set; }

    public required Vendor Vendor { get; set; }

    /// <summary>Our entity ID towards this provider. Stored when the provider is created, so that a later change of our address does not break it.</summary>
    public required string EntityId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the provider's SAML metadata said, or null while it was left for later.</summary>
    public SamlSettings? Saml { get; set; }

    /// <summary>
    /// Since when an administrator has turned the whole provider off (UTC): neither provisioning nor sign-in by it. Null while it is on. SCIM
    /// is off as well then.
    /// </summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Whether SCIM is on now.</summary>
    public bool ScimEnabled { get; set; }

    /// <summary>When SCIM was first enabled; tells "Disabled" from "Not enabled".</summary>
    public DateTimeOffset? ScimFirstEnabledAt { get; set; }

    /// <summary>Since when SCIM rests (UTC): requests are put off and people can be edited. Null while it does not.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>When the pause ends by itself (UTC), if nothing was edited that it would overwrite; null for never.</summary>
    public DateTimeOffset? PauseEndsAt { get; set; }

    public string? PausedBy { get; set; }

    /// <summary>Whether SCIM decides about people now: what it manages is locked in the portal then.</summary>
    public bool IsManaging => ScimEnabled && PausedAt is null;

    /// <summary>People may be placed in every organization, also in those that come later, and in All.</summary>
    public bool AllOrganizations { get; set; }

    /// <summary>Where people go whose organizationId is absent; null means nowhere.</summary>
    public int? DefaultOrganizationId { get; set; }

    public bool MayCreateTechnicians { get; set; }

    /// <summary>Accepts groups of equal display name, which is off unless a directory needs it.</summary>
    public bool AllowsEqualGroupNames { get; set; }

    /// <summary>What happens to people kept by hand whom the provider sends.</summary>
    public AdoptionPolicy AdoptionPolicy { get; set; }

    /// <summary>Puts it off when it takes the access of very many people at once, until an administrator approves.</summary>
    public bool HoldsMassDepartures { get; set; }

    /// <summary>Since when requests are only evaluated (UTC); null while they take effect.</summary>
    public DateTimeOffset? PreviewSince { get; set; }

    /// <summary>Since when people sign in by it (UTC); null while they do not.</summary>
    public DateTimeOffset? SingleSignOnSince { get; set; }

    /// <summary>When single sign-on was first enabled; tells "Disabled" from "Configured".</summary>
    public DateTimeOffset? SingleSignOnFirstEnabledAt { get; set; }

    /// <summary>Whether people may sign in by it now.</summary>
    public bool SignsPeopleIn => SingleSignOnSince is not null && DisabledAt is null && Saml is not null;

    /// <summary>Whether it signs in those whose domain no provider claims. At most one provider does.</summary>
    public bool IsDefaultForSignIn { get; set; }

    /// <summary>Whether a sign-in may start at the identity provider. It then answers no request of ours, which is easier to abuse.</summary>
    public bool AllowsUnsolicitedSignIn { get; set; }

    /// <summary>Name of the SAML attribute that holds the user name; null for the NameID.</summary>
    public string? UserNameAttribute { get; set; }

    /// <summary>How far the clock of the identity provider may be off, in minutes: two to five.</summary>
    public int ClockSkewMinutes { get; set; } = 2;

    /// <summary>When a test of the connection last passed (UTC), and whose it was. It counts for the metadata of that time.</summary>
    public DateTimeOffset? ConnectionTestedAt { get; set; }

    public string? ConnectionTestedBy { get; set; }

    /// <summary>
    /// Whether technicians need no code of ours when the provider says that it asked them for a second factor. It is looked at in every
    /// sign-in, and never stands for a step-up (the product's rules 41 and 42).
    /// </summary>
    public bool SkipsSecondFactor { get; set; }

    /// <summary>By which attribute and value the provider says so; both null until an administrator, or a test, told.</summary>
    public string? SecondFactorAttribute { get; set; }

    public string? SecondFactorValue { get; set; }

    /// <summary>When a test last showed that attribute with that value (UTC). It counts for the metadata of that time.</summary>
    public DateTimeOffset? SecondFactorProvedAt { get; set; }

    /// <summary>Guards edits in the portal against overwriting each other.</summary>
    public string ConcurrencyStamp { get; set; } = Guid.NewGuid().ToString();
}
