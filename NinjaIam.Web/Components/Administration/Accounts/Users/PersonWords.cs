using NinjaIam.Core.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>How the portal says what somebody is.</summary>
internal static class PersonWords
{
    public static string Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.SystemAdministrator => UserTexts.KindAdministrator,
            AccountKind.Technician => UserTexts.KindTechnician,
            _ => UserTexts.KindEndUser,
        };

    public static Status Of(AccountStatus status) =>
        status switch
        {
            AccountStatus.Blocked => Statuses.Person.Blocked,
            AccountStatus.Inactive => Statuses.Person.Inactive,
            AccountStatus.Invited => Statuses.Person.Invited,
            AccountStatus.InvitationExpired => Statuses.Person.InvitationExpired,
            _ => Statuses.Person.Active,
        };

    /// <summary>Whether an administrator lets somebody in.</summary>
    public static string AccessOf(PersonLine person) => person.IsEnabled ? UserTexts.ColumnAccessEnabled : UserTexts.ColumnAccessBlocked;

    /// <summary>Whether signing in here asks for a second factor.</summary>
    public static string MfaOf(PersonLine person) => person.HasSecondFactor ? UserTexts.MfaEnabled : UserTexts.MfaDisabled;

    /// <summary>What became of the email that invites people who are kept by hand; null for who needs none.</summary>
    public static string? InvitationOf(PersonLine person) =>
        person.ProviderId is not null
            ? UserTexts.InvitationNotRequired
            : person.Invitation switch
            {
                InvitationState.Pending => UserTexts.InvitationPending,
                InvitationState.Expired => UserTexts.InvitationExpired,
                InvitationState.Accepted => UserTexts.InvitationRegistered,
                _ => null,
            };

    public static string Of(AuthenticationKind authentication) =>
        authentication switch
        {
            AuthenticationKind.IdentityProvider => UserTexts.AuthenticationProvider,
            AuthenticationKind.LocalPassword => UserTexts.AuthenticationPassword,
            AuthenticationKind.Invited => UserTexts.AuthenticationInvited,
            _ => UserTexts.AuthenticationNone,
        };

    /// <summary>The first role and how many more; every one is on the person's page, with its reason.</summary>
    public static string Roles(PersonLine person) =>
        person.Roles switch
        {
            [] => SharedTexts.NothingToShow,
            [var only] => only,
            _ => Wording.Fill(UserTexts.MoreRoles, person.Roles[0], person.Roles.Count - 1),
        };

    /// <summary>The first organization and how many more; every name is on the person's page.</summary>
    public static string Organizations(PersonLine person) =>
        person switch
        {
            { AllOrganizations: true } => UserTexts.AllOrganizations,
            { Organizations: [] } => SharedTexts.NothingToShow,
            { Organizations: [var only] } => only,
            _ => Wording.Fill(UserTexts.MoreOrganizations, person.Organizations[0], person.Organizations.Count - 1),
        };

    public static string EveryOrganization(PersonLine person) =>
        person.AllOrganizations ? UserTexts.AllOrganizations
        : person.Organizations.Count == 0 ? SharedTexts.NothingToShow
        : string.Join(", ", person.Organizations);
}
