using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

public static class TokenServices
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenRegister>();
        services.AddSingleton<Remembered>(provider => provider.GetRequiredService<TokenRegister>());
        services.AddSingleton<ScimTokens>();
        services.AddSingleton<TokenUsage>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TokenUsage>());
        return services;
    }
}
