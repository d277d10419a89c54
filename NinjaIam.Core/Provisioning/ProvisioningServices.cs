using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

public static class ProvisioningServices
{
    public static IServiceCollection AddProvisioning(this IServiceCollection services)
    {
        services.Configure<StorageOptions>(options => options.PrepareReader = FilterFunctions.Register);
        services.AddSingleton<UserProvisioning>();
        services.AddSingleton<GroupProvisioning>();
        services.AddSingleton<ResourceQueries>();
        services.AddSingleton<DirectoryQueries>();
        return services;
    }
}
