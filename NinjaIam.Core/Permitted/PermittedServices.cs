using Microsoft.Extensions.DependencyInjection;

namespace NinjaIam.Core.Permitted;

public static class PermittedServices
{
    /// <summary>Registers what technicians and end users may see and do by their roles.</summary>
    public static IServiceCollection AddPermitted(this IServiceCollection services)
    {
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<LocalSettingsEditing>();
        services.AddSingleton<PermittedPeople>();
        services.AddSingleton<PermittedOrganizations>();
        services.AddSingleton<PermittedGroups>();
        services.AddSingleton<PermittedActivities>();
        return services;
    }
}
