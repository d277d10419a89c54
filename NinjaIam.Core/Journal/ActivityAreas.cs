namespace NinjaIam.Core.Journal;

/// <summary>What belongs to each <see cref="ActivityArea"/>, by the exact names that rows are found by.</summary>
internal static class ActivityAreas
{
    public static IReadOnlyList<string> Kinds(ActivityArea area) =>
        area switch
        {
            ActivityArea.Users =>
            [
                JournalKind.UserCreated,
                JournalKind.UserChanged,
                JournalKind.UserActivated,
                JournalKind.UserDeactivated,
                JournalKind.UserDeleted,
                JournalKind.UserReturned,
                JournalKind.UserBlocked,
                JournalKind.UserUnblocked,
                JournalKind.UserProjected,
                JournalKind.UserConverted,
                JournalKind.UserInvited,
                JournalKind.InvitationAccepted,
                JournalKind.PeopleImported,
                JournalKind.PeopleExported,
                JournalKind.UserAdopted,
                JournalKind.UserRemoved,
                JournalKind.UserRestored,
                JournalKind.AdoptionAsked,
                JournalKind.AdoptionApproved,
                JournalKind.AdoptionDeclined,
                JournalKind.DeactivationDismissed,
                JournalKind.RoleGiven,
                JournalKind.RoleTaken,
                JournalKind.MailGivenUp,
            ],
            ActivityArea.Groups =>
            [
                JournalKind.GroupCreated,
                JournalKind.GroupChanged,
                JournalKind.GroupMembersChanged,
                JournalKind.GroupDeleted,
                JournalKind.GroupReturned,
            ],
            ActivityArea.Resources =>
            [
                JournalKind.ResourceCreated,
                JournalKind.ResourceChanged,
                JournalKind.ResourceDeleted,
                JournalKind.ResourceReturned,
                JournalKind.DefinitionsChanged,
            ],
            ActivityArea.Providers =>
            [
                JournalKind.ProviderCreated,
                JournalKind.ProviderChanged,
                JournalKind.ProviderMetadataImported,
                JournalKind.MetadataChangeFound,
                JournalKind.MetadataChangeRefused,
                JournalKind.ProviderDisabled,
                JournalKind.ProviderEnabled,
                JournalKind.ProviderDeleted,
                JournalKind.CertificateEnding,
                JournalKind.CertificateEnded,
                JournalKind.SingleSignOnTested,
                JournalKind.SingleSignOnEnabled,
                JournalKind.SingleSignOnDisabled,
                JournalKind.ScimEnabled,
                JournalKind.ScimDisabled,
                JournalKind.ScimPaused,
                JournalKind.ScimResumed,
                JournalKind.MassDepartureNoticed,
                JournalKind.MassDepartureApproved,
                JournalKind.PreviewStarted,
                JournalKind.PreviewEnded,
                JournalKind.PeopleConverted,
                JournalKind.PeopleDeactivated,
                JournalKind.PeopleReactivated,
            ],
            ActivityArea.Tokens =>
            [
                JournalKind.TokenCreated,
                JournalKind.TokenConfirmed,
                JournalKind.TokenChanged,
                JournalKind.TokenRotated,
                JournalKind.TokenRevoked,
                JournalKind.TokenEnding,
                JournalKind.TokenEnded,
            ],
            ActivityArea.Organizations =>
            [
                JournalKind.OrganizationCreated,
                JournalKind.OrganizationChanged,
                JournalKind.OrganizationArchived,
                JournalKind.OrganizationRestored,
            ],
            ActivityArea.Roles =>
            [
                JournalKind.RoleCreated,
                JournalKind.RoleChanged,
                JournalKind.RoleDeleted,
                JournalKind.RoleMappingsChanged,
            ],
            _ =>
            [
                JournalKind.SignedIn,
                JournalKind.SignedOut,
                JournalKind.StepUpDone,
                JournalKind.PasswordChanged,
                JournalKind.PasswordLinkSent,
                JournalKind.SecondFactorSet,
                JournalKind.SecondFactorReset,
                JournalKind.RecoveryCodesReplaced,
                JournalKind.RecoveryCodeUsed,
                JournalKind.PasskeyAdded,
                JournalKind.PasskeyRemoved,
                JournalKind.SessionsEnded,
                JournalKind.AdministratorCreated,
                JournalKind.AdministratorMade,
                JournalKind.AdministratorUnmade,
            ],
        };

    public static IReadOnlyList<string> Causes(ActivityArea area) =>
        area switch
        {
            ActivityArea.Tokens =>
            [
                SecurityCause.TokenMissing,
                SecurityCause.TokenMalformed,
                SecurityCause.TokenUnknown,
                SecurityCause.TokenExpired,
                SecurityCause.TokenRevoked,
                SecurityCause.TokenOfOtherProvider,
                SecurityCause.TokenNetwork,
                SecurityCause.TokenReadOnly,
            ],
            ActivityArea.SignIn =>
            [
                SecurityCause.SignInRefused,
                SecurityCause.SingleSignOnRefused,
                SecurityCause.StepUpRefused,
                SecurityCause.SecondFactorRefused,
            ],
            _ => [],
        };
}
