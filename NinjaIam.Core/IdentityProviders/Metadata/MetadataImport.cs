using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.IdentityProviders.Metadata;

public static class MetadataImport
{
    public const string HostsSetting = "Saml:MetadataHosts";

    /// <summary>Registers the reader and the downloader of metadata.</summary>
    /// <exception cref="InvalidOperationException">An entry of <c>Saml:MetadataHosts</c> is not a plain host name or address.</exception>
    public static IServiceCollection AddMetadataImport(this IServiceCollection services, IConfiguration configuration)
    {
        var hosts = configuration.GetSection(HostsSetting).Get<string[]>() ?? [];
        if (Array.Find(hosts, host => Uri.CheckHostName(host) == UriHostNameType.Unknown) is { } wrong)
        {
            throw new InvalidOperationException(
                $"The setting {HostsSetting} holds \"{wrong}\", which is not a host name. Enter names only, without https:// and without a port."
            );
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SamlMetadataReader>();
        services.AddSingleton(provider => new MetadataDownloader(hosts, provider.GetRequiredService<ILogger<MetadataDownloader>>()));
        return services;
    }
}
