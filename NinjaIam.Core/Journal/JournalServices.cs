using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NinjaIam.Core.Journal;

public static class JournalServices
{
    public static IServiceCollection AddJournal(this IServiceCollection services)
    {
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeJournal>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SecurityLog>());
        services.AddSingleton<Activities>();
        return services;
    }
}
