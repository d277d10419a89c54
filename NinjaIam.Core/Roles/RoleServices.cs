using Microsoft.Extensions.DependencyInjection;

namespace NinjaIam.Core.Roles;

public static class RoleServices
{
    public static IServiceCollection AddRoles(this IServiceCollection services)
    {
        services.AddSingleton<Roles>();
        return services;
    }
}
