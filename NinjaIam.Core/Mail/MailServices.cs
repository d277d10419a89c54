using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NinjaIam.Core.Mail;

public static class MailServices
{
    /// <summary>Registers mail. Configure <see cref="MailOptions"/>; without a host nothing is queued or sent.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<MailTest>();
        services.AddSingleton<MailDelivery>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MailDelivery>());
        return services;
    }
}
