using Microsoft.Extensions.DependencyInjection;

namespace NinjaIam.Core.Provisioning;

public static class ProvisioningServices
{
    public static IServiceCollection AddProvisioning(this IServiceCollection services)
    {
        services.AddSingleton<UserProvisioning>();
        services.AddSingleton<GroupProvisioning>();
        services.AddSingleton<ResourceQueries>();
        services.AddSingleton<DirectoryQueries>();
        return services;
    }
}
