using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Reliability.Isolation;

/// <summary>One installation with two providers.</summary>
internal sealed class Installed : IAsyncDisposable
{
    private readonly ScimClient[] _clients;
    private readonly ScimClient[] _astray;

    private Installed(ScimHost host, ScimClient contoso, ScimClient fabrikam)
    {
        Host = host;
        _clients = [contoso, fabrikam];
        _astray = [contoso.At(fabrikam.Identifier), fabrikam.At(contoso.Identifier)];
        Names.Add("‹0›", contoso.Identifier);
        Names.Add("‹1›", fabrikam.Identifier);
    }

    public ScimHost Host { get; }

    public Names Names { get; } = new();

    public static async Task<Installed> StartAsync()
    {
        var host = new ScimHost();
        await host.InitializeAsync();
        host.Get<PortalAddress>().Set(new Uri("https://iam.example.com"), isConfigured: true);
        return new Installed(host, host.Contoso, await host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com")));
    }

    public Task<ScimReply> SendAsync(int provider, Drawn drawn) =>
        (drawn.AtOther ? _astray : _clients)[provider]
            .SendAsync(
                drawn.Method,
                Names.Filled(drawn.Path) + (drawn.Filter is null ? "" : $"&filter={Uri.EscapeDataString(Names.Filled(drawn.Filter))}"),
                drawn.Json is null ? null : Names.Filled(drawn.Json),
                request =>
                {
                    if (drawn.Condition is var (header, value))
                    {
                        request.Headers.TryAddWithoutValidation(header, value);
                    }
                }
            );

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
