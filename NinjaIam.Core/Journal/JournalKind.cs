namespace NinjaIam.Core.Journal;

/// <summary>What happened, as it is stored. A kind is never renamed and never changes its meaning.</summary>
public static class JournalKind
{
    public const string UserCreated = "user.created";
    public const string UserChanged = "user.changed";
    public const string UserActivated = "user.activated";
    public const string UserDeactivated = "user.deactivated";
    public const string UserDeleted = "user.deleted";
    public const string UserReturned = "user.returned";
    public const string UserBlocked = "user.blocked";
    public const string UserUnblocked = "user.unblocked";
    public const string UserProjected = "user.projected";
    public const string UserConverted = "user.converted";
    public const string UserAdopted = "user.adopted";
    public const string UserRemoved = "user.removed";
    public const string UserRestored = "user.restored";
    public const string AdoptionAsked = "adoption.asked";
    public const string AdoptionApproved = "adoption.approved";
    public const string AdoptionDeclined = "adoption.declined";
    public const string DeactivationDismissed = "deactivation.dismissed";
    public const string UserInvited = "user.invited";
    public const string InvitationAccepted = "user.accepted";
    public const string GroupCreated = "group.created";
    public const string GroupChanged = "group.changed";
    public const string GroupMembersChanged = "group.members";
    public const string GroupDeleted = "group.deleted";
    public const string GroupReturned = "group.returned";
    public const string ResourceCreated = "resource.created";
    public const string ResourceChanged = "resource.changed";
    public const string ResourceDeleted = "resource.deleted";
    public const string ResourceReturned = "resource.returned";
    public const string DefinitionsChanged = "definitions.changed";
    public const string ProviderCreated = "provider.created";
    public const string ProviderChanged = "provider.changed";
    public const string ProviderMetadataImported = "provider.metadata";
    public const string MetadataChangeFound = "metadata.changed";
    public const string MetadataChangeRefused = "metadata.refused";
    public const string ProviderDisabled = "provider.disabled";
    public const string ProviderEnabled = "provider.enabled";
    public const string ProviderDeleted = "provider.deleted";
    public const string CertificateEnding = "certificate.ending";
    public const string CertificateEnded = "certificate.ended";
    public const string SingleSignOnTested = "sign-in.tested";
    public const string SingleSignOnEnabled = "sign-in.enabled";
    public const string SingleSignOnDisabled = "sign-in.disabled";
    public const string ScimEnabled = "scim.enabled";
    public const string ScimDisabled = "scim.disabled";
    public const string ScimPaused = "scim.paused";
    public const string ScimResumed = "scim.resumed";
    public const string MassDepartureNoticed = "people.leaving";
    public const string MassDepartureApproved = "people.leaving-approved";
    public const string PreviewStarted = "preview.started";
    public const string PreviewEnded = "preview.ended";
    public const string PeopleConverted = "people.converted";
    public const string PeopleDeactivated = "people.deactivated";
    public const string PeopleReactivated = "people.reactivated";
    public const string PeopleImported = "people.imported";
    public const string PeopleExported = "people.exported";
    public const string TokenCreated = "token.created";
    public const string TokenConfirmed = "token.confirmed";
    public const string TokenChanged = "token.changed";
    public const string TokenRotated = "token.rotated";
    public const string TokenRevoked = "token.revoked";
    public const string TokenEnding = "token.ending";
    public const string TokenEnded = "token.ended";
    public const string OrganizationCreated = "organization.created";
    public const string OrganizationChanged = "organization.changed";
    public const string OrganizationArchived = "organization.archived";
    public const string OrganizationRestored = "organization.restored";
    public const string RoleCreated = "role.created";
    public const string RoleChanged = "role.changed";
    public const string RoleDeleted = "role.deleted";
    public const string RoleGiven = "role.given";
    public const string RoleTaken = "role.taken";
    public const string RoleMappingsChanged = "role.mappings";
    public const string AdministratorCreated = "administrator.created";
    public const string MailGivenUp = "mail.given-up";
    public const string AdministratorMade = "administrator.made";
    public const string AdministratorUnmade = "administrator.unmade";
    public const string SignedIn = "session.started";
    public const string SignedOut = "session.ended";
    public const string StepUpDone = "session.confirmed";
    public const string PasswordChanged = "password.changed";

    /// <summary>An administrator let somebody choose a password.</summary>
    public const string PasswordLinkSent = "password.link-sent";
    public const string SecondFactorSet = "factor.set";
    public const string SecondFactorReset = "factor.reset";
    public const string RecoveryCodesReplaced = "factor.recovery-codes";
    public const string RecoveryCodeUsed = "factor.recovery-code-used";
    public const string PasskeyAdded = "factor.passkey-added";
    public const string PasskeyRemoved = "factor.passkey-removed";
    public const string SessionsEnded = "session.revoked";

    /// <summary>Whether it is about a resource whose type a definition names.</summary>
    public static bool IsOfResource(string kind) => kind.StartsWith("resource.", StringComparison.Ordinal);
}
