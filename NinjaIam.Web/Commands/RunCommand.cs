using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>The portal itself: says where it is, where its data lies and, while it is empty, how to begin.</summary>
internal static class RunCommand
{
    public static Task<int> RunAsync(string? urls, string? data, Terminal terminal, CancellationToken stop) =>
        Serving.UntilStoppedAsync(
            new PortalSettings { Urls = urls, DataDirectory = data },
            async app =>
            {
                var address = PublicAddress.BoundAddressOf(app).ToString().TrimEnd('/');
                await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.Portal, address));
                await terminal.Out.WriteLineAsync(
                    Wording.Fill(CommandTexts.Data, app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory)
                );
                if (!await app.Services.GetRequiredService<Administrators>().AnyAsync(stop))
                {
                    var link = app.Services.GetRequiredService<FirstRunLink>().Create();
                    await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.FirstRun, address + link));
                }

                await terminal.Out.WriteLineAsync(CommandTexts.HowToStop);
                await terminal.Out.FlushAsync(stop);
                return null;
            },
            stop
        );
}
