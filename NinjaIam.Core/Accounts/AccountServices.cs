using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NinjaIam.Core.Accounts;

public static class AccountServices
{
    private const int PasswordRounds = 210_000;

    /// <summary>Registers accounts on ASP.NET Core Identity; signing in by cookie is the portal's part.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services
            .AddIdentityCore<User>(options =>
            {
                // The product's own rule: length counts, composition does not. SCIM decides which characters a user name has.
                options.Password.RequiredLength = NewAdministratorValidator.ShortestPassword;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.User.AllowedUserNameCharacters = "";

                // Nobody is locked out by a stranger's guesses; SignInDelays makes guessing slow instead.
                options.Lockout.MaxFailedAccessAttempts = int.MaxValue;

                // The first with passkeys.
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddUserStore<AccountStore>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRounds);
        services.AddSingleton<ILookupNormalizer, LookupNormalizer>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<Administrators>();
        services.AddSingleton<AdministratorMail>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInDelays>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<FailedSignIns>());
        services.AddSingleton<Organizations>();
        services.AddSingleton<People>();
        services.AddSingleton<PeopleExport>();
        services.AddSingleton<PersonAccess>();
        services.AddSingleton<AdministratorRights>();
        services.AddSingleton<PersonRemoval>();
        services.AddSingleton<Invitations>();
        services.AddHostedService<FirstOrganization>();
        return services;
    }
}
