using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Dashboard;

/// <summary>One thing that somebody should do for an identity provider.</summary>
/// <param name="Action">What the button says; it leads to the provider's page, where it is done.</param>
internal sealed record Attention(ProviderLine Provider, StatusRole Role, string Text, string Action)
{
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

        if (provider.TokenUnconfirmed)
        {
            yield return new Attention(line, StatusRole.Warning, DashboardTexts.TokenUnconfirmed, DashboardTexts.ActionOpen);
        }
    }
}
