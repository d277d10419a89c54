using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Dashboard;

/// <summary>One thing that somebody should do for an identity provider.</summary>
/// <param name="Action">What the button says; it leads to the provider's page, where it is done.</param>
/// <param name="Address">Of that page.</param>
internal sealed record Attention(string Name, string Address, StatusRole Role, string Text, string Action)
{
    private const string Providers = "/administration/accounts/identity-providers";

    private Attention(ProviderLine provider, StatusRole role, string text, string action)
        : this(provider.DisplayName, $"{Providers}/{provider.UniqueIdentifier}", role, text, action) { }

    /// <summary>People about whom an administrator decides whether a provider takes them over.</summary>
    public static Attention Of(WaitingCount waiting) =>
        OfPeople(
            waiting.Provider,
            StatusRole.Warning,
            waiting.People == 1 ? DashboardTexts.WaitingOne : Wording.Fill(DashboardTexts.Waiting, waiting.People),
            DashboardTexts.ActionDecide
        );

    /// <summary>People whom a provider could not deactivate.</summary>
    public static Attention Of(ShouldBeInactiveCount refused) =>
        OfPeople(
            refused.Provider,
            StatusRole.Error,
            refused.People == 1 ? DashboardTexts.ShouldBeInactiveOne : Wording.Fill(DashboardTexts.ShouldBeInactive, refused.People),
            DashboardTexts.ActionOpen
        );

    /// <summary>Everything about one provider, the worst first.</summary>
    public static IEnumerable<Attention> Of(ProviderAttention provider, PersonClock clock)
    {
        var line = provider.Provider;
        switch (line.Scim)
        {
            case ScimState.Expired:
                yield return new Attention(line, StatusRole.Error, DashboardTexts.TokenExpired, DashboardTexts.ActionCreateToken);
                break;
            case ScimState.Revoked:
                yield return new Attention(line, StatusRole.Error, DashboardTexts.TokenRevoked, DashboardTexts.ActionCreateToken);
                break;
            case ScimState.ExpiringSoon when line.TokenExpiresAt is { } expires:
                yield return new Attention(
                    line,
                    StatusRole.Warning,
                    Wording.Fill(DashboardTexts.TokenExpiresSoon, Wording.Near(expires, clock)),
                    DashboardTexts.ActionRotateToken
                );
                break;
        }

        if (line.SingleSignOn == SingleSignOnState.CertificateExpired)
        {
            yield return new Attention(line, StatusRole.Error, DashboardTexts.CertificateExpired, DashboardTexts.ActionOpen);
        }
        else if (line.SingleSignOn == SingleSignOnState.CertificateExpiring)
        {
            yield return new Attention(line, StatusRole.Warning, DashboardTexts.CertificateExpiring, DashboardTexts.ActionOpen);
        }

        if (provider.MetadataWaits)
        {
            yield return OfSignOn(line, DashboardTexts.MetadataWaiting, DashboardTexts.ActionLook);
        }
        else if (provider.MetadataFails)
        {
            yield return OfSignOn(line, DashboardTexts.MetadataFailing, DashboardTexts.ActionOpen);
        }

        if (provider.TokenUnconfirmed)
        {
            yield return new Attention(line, StatusRole.Warning, DashboardTexts.TokenUnconfirmed, DashboardTexts.ActionOpen);
        }
    }

    /// <summary>Very many people who left at once.</summary>
    public static Attention Of(OpenDeparture open) =>
        OfPeople(
            open.Provider,
            StatusRole.Error,
            open.Departure.IsHeld
                ? DashboardTexts.MassDepartureHeld
                : Wording.Fill(DashboardTexts.MassDeparture, open.Departure.People, open.Departure.Managed),
            DashboardTexts.ActionOpen
        );

    private static Attention OfSignOn(ProviderLine provider, string text, string action) =>
        new(provider.DisplayName, $"{Providers}/{provider.UniqueIdentifier}?tab=single-sign-on", StatusRole.Warning, text, action);

    private static Attention OfPeople(ProviderChoice provider, StatusRole role, string text, string action) =>
        new(provider.DisplayName, $"{Providers}/{provider.UniqueIdentifier}?tab=users", role, text, action);
}
