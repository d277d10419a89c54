using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Which word and colour stands for which state.</summary>
internal static class ProviderStatuses
{
    public static Status Of(ScimState state) =>
        state switch
        {
            ScimState.Disabled => Statuses.Scim.Disabled,
            ScimState.Paused => Statuses.Scim.Paused,
            ScimState.Preview => Statuses.Scim.Preview,
            ScimState.Expired => Statuses.Scim.Expired,
            ScimState.Revoked => Statuses.Scim.Revoked,
            ScimState.WaitingForFirstRequest => Statuses.Scim.WaitingForFirstRequest,
            ScimState.ExpiringSoon => Statuses.Scim.ExpiringSoon,
            ScimState.Active => Statuses.Scim.Active,
            _ => Statuses.Scim.NotEnabled,
        };

    public static Status Of(SingleSignOnState state) =>
        state switch
        {
            SingleSignOnState.Disabled => Statuses.SingleSignOn.Disabled,
            SingleSignOnState.CertificateExpired => Statuses.SingleSignOn.CertificateExpired,
            SingleSignOnState.CertificateExpiring => Statuses.SingleSignOn.CertificateExpiring,
            SingleSignOnState.Enabled => Statuses.SingleSignOn.Enabled,
            SingleSignOnState.Tested => Statuses.SingleSignOn.Tested,
            SingleSignOnState.Configured => Statuses.SingleSignOn.Configured,
            _ => Statuses.SingleSignOn.NotConfigured,
        };

    public static Status Of(TokenState state) =>
        state switch
        {
            TokenState.Revoked => Statuses.Token.Revoked,
            TokenState.Expired => Statuses.Token.Expired,
            TokenState.RotatingOut => Statuses.Token.RotatingOut,
            TokenState.ExpiringSoon => Statuses.Token.ExpiringSoon,
            TokenState.NotUsedYet => Statuses.Token.NotUsedYet,
            _ => Statuses.Token.InUse,
        };

    public static Status Of(AccountStatus status) =>
        status switch
        {
            AccountStatus.Blocked => Statuses.Person.Blocked,
            AccountStatus.Inactive => Statuses.Person.Inactive,
            _ => Statuses.Person.Active,
        };
}
