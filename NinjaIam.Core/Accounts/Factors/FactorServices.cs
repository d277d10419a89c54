using Microsoft.Extensions.DependencyInjection;

namespace NinjaIam.Core.Accounts.Factors;

public static class FactorServices
{
    /// <summary>Registers by what people prove who they are. Where the keys are kept that encrypt authenticator keys is the host's to say.</summary>
    public static IServiceCollection AddFactors(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddOptions<SignInOptions>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<PasswordLinks>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<SignInSteps>();
        services.AddSingleton<StepUpCheck>();
        return services;
    }
}
