using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

public static class ProviderServices
{
    public static IServiceCollection AddIdentityProviders(this IServiceCollection services)
    {
        services.AddSingleton<PortalAddress>();
        services.AddSingleton<ProviderRegister>();
        services.AddSingleton<Remembered>(provider => provider.GetRequiredService<ProviderRegister>());
        services.AddSingleton<ProviderDrafts>();
        services.AddSingleton<Providers>();
        services.AddSingleton<ScimConnections>();
        services.AddSingleton<SingleSignOnConnections>();
        services.AddSingleton<SignOnRules>();
        services.AddSingleton<ISignOnRules>(provider => provider.GetRequiredService<SignOnRules>());
        services.AddSingleton<SetupChecklists>();
        services.AddSingleton<ScimSelfTest>();
        services.AddHostedService<ConnectionCare>();
        services.AddSingleton<TokenNotices>();
        services.AddSingleton<CertificateNotices>();
        services.AddHostedService<EndWatch>();
        services.AddSingleton<MetadataRefreshes>();
        services.AddHostedService<MetadataWatch>();
        return services;
    }
}
