using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>The providers as signing in asks for them.</summary>
public static class SignOnRows
{
    /// <summary>Those that sign people in now, as <see cref="IdentityProvider.SignsPeopleIn"/> says of one.</summary>
    public static IQueryable<IdentityProvider> Enabled(NinjaIamDbContext database) =>
        database.IdentityProviders.Where(provider =>
            provider.SingleSignOnSince != null && provider.DisabledAt == null && provider.Saml != null
        );
}
