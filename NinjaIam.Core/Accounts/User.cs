using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Every person of the installation, however they came: system administrators, technicians and end users.
/// For people that an identity provider manages, names, email and <see cref="Active"/> are a projection of the stored SCIM document.
/// </summary>
public sealed class User : IdentityUser<Guid>, ISearchable
{
    public AccountKind Kind { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>The identity provider that manages this person, or null for somebody kept by hand.</summary>
    public Guid? ProviderId { get; set; }

    /// <summary>The provider's word. Always true for somebody kept by hand.</summary>
    public bool Active { get; set; } = true;

    /// <summary>
    /// True once something of a managed person was written here that their document may not say, until the document is projected again.
    /// Whoever looks for differences compares these people and no others.
    /// </summary>
    public bool MayDiffer { get; set; }

    /// <summary>An administrator's word; SCIM never changes it.</summary>
    public bool Blocked { get; set; }

    /// <summary>When an administrator blocked sign-in (UTC), and who; null while it is not blocked.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    public string? BlockedBy { get; set; }

    /// <summary>The language of the portal for this person, as a culture name; null for the browser's. SCIM never changes it.</summary>
    public string? Language { get; set; }

    /// <summary>An IANA name; null for the browser's. SCIM never changes it.</summary>
    public string? TimeZone { get; set; }

    /// <summary>When the provider deleted the person (UTC); the account then stays listed as Inactive and its user name is free.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When somebody who is kept by hand came from a file (UTC); null for everybody else.</summary>
    public DateTimeOffset? ImportedAt { get; set; }

    /// <summary>Digest of the secret of the invitation that works now; null when none does.</summary>
    public byte[]? InvitationDigest { get; set; }

    /// <summary>When the person was invited last (UTC).</summary>
    public DateTimeOffset? InvitedAt { get; set; }

    /// <summary>End of the invitation (UTC); null for who was never invited, or accepted.</summary>
    public DateTimeOffset? InvitationExpiresAt { get; set; }

    public DateTimeOffset? InvitationAcceptedAt { get; set; }

    /// <summary>When the password that works now was chosen (UTC); null without one, and for passwords of earlier versions.</summary>
    public DateTimeOffset? PasswordSetAt { get; set; }

    /// <summary>True for every organization, also those that come later; the rows in <see cref="AccountOrganization"/> do not count then.</summary>
    public bool AllOrganizations { get; set; }

    public string SearchKey { get; set; } = "";

    public string SearchText => AccountName.SearchText(UserName, Email, Name, GivenName, FamilyName);

    /// <summary>What people call this person: the display name, else given and family name, else the user name.</summary>
    public string Name => AccountName.Of(DisplayName, GivenName, FamilyName, UserName);

    /// <summary>Sign-in needs all three: not blocked, active at the provider that manages the person, not deleted.</summary>
    public bool MaySignIn => !Blocked && Active && DeletedAt is null;

    /// <summary>The person as the one who does something.</summary>
    public Actor AsActor() => new(Kind == AccountKind.SystemAdministrator ? ActorKind.Administrator : ActorKind.Person, Id, Name);
}
