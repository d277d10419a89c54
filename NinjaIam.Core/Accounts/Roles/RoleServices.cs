using Microsoft.Extensions.DependencyInjection;

namespace NinjaIam.Core.Accounts.Roles;

public static class RoleServices
{
    public static IServiceCollection AddRoles(this IServiceCollection services)
    {
        services.AddSingleton<Roles>();
        services.AddSingleton<RoleMappings>();
        return services;
    }
}
