using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core.Journal.Requests;

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
        services.AddSingleton<RequestLogFile>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RequestLog>());
        services.AddSingleton<RequestReads>();
        return services;
    }
}
