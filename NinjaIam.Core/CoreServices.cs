using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core;

public static class CoreServices
{
    /// <summary>
    /// Registers everything below the portal's pages. Configure <see cref="StorageOptions"/> with a data directory, call
    /// <see cref="StorageServices.PrepareStorageAsync"/>, then start the host.
    /// </summary>
    public static IServiceCollection AddNinjaIamCore(this IServiceCollection services, IConfiguration configuration)
    {
        // The write path comes first: hosted services start in this order and stop in the opposite one.
        services.AddStorage();
        services.AddJournal();
        services.AddMail();
        services.AddAccounts();
        services.AddFactors();
        services.AddPasskeys();
        services.AddRoles();
        services.AddTokens();
        services.AddIdentityProviders();
        services.AddMetadataImport(configuration);
        services.AddProvisioning();
        services.AddPermitted();
        return services;
    }
}
