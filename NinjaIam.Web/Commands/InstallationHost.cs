using NinjaIam.Core;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Runs the services of an installation on its data without serving, for commands; the portal may be running beside it.</summary>
internal static class InstallationHost
{
    public static async Task<T> RunAsync<T>(string? data, Func<IServiceProvider, Task<T>> act, CancellationToken stop)
    {
        var configuration = PortalConfiguration.Read();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<StorageOptions>(storage =>
            storage.DataDirectory = PortalConfiguration.DataDirectoryOf(configuration, data)
        );
        builder.Services.AddNinjaIamCore(configuration);
        using var host = builder.Build();
        await host.Services.PrepareStorageAsync(stop);
        await host.StartAsync(stop);
        try
        {
            return await act(host.Services);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
