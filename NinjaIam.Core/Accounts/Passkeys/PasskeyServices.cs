using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Passkeys;

public static class PasskeyServices
{
    /// <summary>Registers signing in and confirming by passkeys. What reads and answers requests for them is the portal's part.</summary>
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddSingleton<PasskeyAddress>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyCeremonies>();
        services.AddSingleton(provider => new PasskeySignIn(
            provider.GetRequiredService<PasskeyCeremonies>(),
            provider.GetRequiredService<SignInSteps>(),
            provider.GetRequiredService<FailedSignIns>(),
            provider.GetRequiredService<SecurityLog>()
        ));
        services.AddSingleton(provider => new PasskeyStepUp(
            provider.GetRequiredService<PasskeyCeremonies>(),
            provider.GetRequiredService<StepUpCheck>(),
            provider.GetRequiredService<SecurityLog>()
        ));
        services.AddSingleton(provider => new OwnPasskeys(
            provider.GetRequiredService<IWritePath>(),
            provider.GetRequiredService<IDbContextFactory<NinjaIamDbContext>>(),
            provider.GetRequiredService<PasskeyCeremonies>(),
            provider.GetRequiredService<SecurityLog>(),
            provider.GetRequiredService<ChangeJournal>()
        ));
        services.AddScoped<IPasskeyHandler<User>>(provider => new PasskeyHandler<User>(
            provider.GetRequiredService<UserManager<User>>(),
            Options.Create(RulesAt(provider.GetRequiredService<PasskeyAddress>()))
        ));
        return services;
    }

    private static IdentityPasskeyOptions RulesAt(PasskeyAddress address) =>
        new()
        {
            // Neither is ever taken from the request.
            ServerDomain = address.Domain,
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.TopOrigin is null && asked.Origin == address.Origin),
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AuthenticatorTimeout = PasskeyChallenge.Lasts,
        };
}
