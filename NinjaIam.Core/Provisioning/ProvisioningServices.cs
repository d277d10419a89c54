using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

public static class ProvisioningServices
{
    /// <summary>Serves the built-in schemas and resource types, unless a registry is registered already.</summary>
    public static IServiceCollection AddProvisioning(this IServiceCollection services)
    {
        services.Configure<StorageOptions>(options => options.PrepareReader = FilterFunctions.Register);
        services.TryAddSingleton(SchemaRegistry.BuiltIn);
        services.AddSingleton<UserProvisioning>();
        services.AddSingleton<GroupProvisioning>();
        services.AddSingleton<ResourceWriters>();
        services.AddSingleton<BulkProvisioning>();
        services.AddSingleton<ResourceQueries>();
        services.AddSingleton<DirectoryQueries>();
        services.AddSingleton<DirectorySearch>();
        services.AddSingleton<ManagedPeople>();
        services.AddSingleton<IManagedPeople>(provider => provider.GetRequiredService<ManagedPeople>());
        services.AddSingleton<PersonEditing>();
        services.AddSingleton<ProviderRemoval>();
        services.AddSingleton<Adoptions>();
        services.AddSingleton<Previews>();
        services.AddSingleton<PreviewFile>();
        services.AddSingleton<RefusedDeactivations>();
        services.AddSingleton<DepartureWatch>();
        services.AddSingleton<MassDepartures>();
        services.AddSingleton<InvitationMail>();
        services.AddSingleton<PasswordResets>();
        services.AddSingleton<ManualPeople>();
        services.AddSingleton<PeopleImport>();
        services.AddHostedService<FirstQueries>();
        return services;
    }
}
