using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// The place where an identity provider publishes its metadata, over real HTTP. It writes a new document each time it is asked, as most do:
/// what it says changes only when a test changes it.
/// </summary>
internal sealed class MetadataServer : IAsyncLifetime
{
    /// <summary>What an installation has to be set to so that it reads from here.</summary>
    public static readonly KeyValuePair<string, string?> Setting = new("Saml:MetadataHosts:0", "127.0.0.1");

    private readonly WebApplication _server;
    private int _requests;

    public MetadataServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.MapGet("/metadata", Answer);
    }

    public string Url => $"{_server.Urls.First()}/metadata";

    public int Requests => _requests;

    public int Status { get; set; } = 200;

    public string EntityId { get; set; } = "https://idp.example.com/entity";

    public string SignInUrl { get; set; } = "https://idp.example.com/sign-in";

    public IReadOnlyList<byte[]> Certificates { get; set; } = [];

    public Task InitializeAsync() => _server.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    /// <summary>The same as somebody imports it by URL.</summary>
    public ImportedMetadata Import() => new(EntityId, SignInUrl, SignInBinding.HttpRedirect, WantsSignedRequests: false, Certificates, Url);

    private IResult Answer()
    {
        var number = Interlocked.Increment(ref _requests);
        var keys = new StringBuilder();
        foreach (var certificate in number % 2 == 0 ? Certificates : Certificates.Reverse())
        {
            keys.Append(
                CultureInfo.InvariantCulture,
                $"""<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{Convert.ToBase64String(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"""
            );
        }

        return Status == 200
            ? Results.Text(
                $"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_{number}" entityID="{EntityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{SignInUrl}"/></IDPSSODescriptor></EntityDescriptor>""",
                "application/samlmetadata+xml"
            )
            : Results.StatusCode(Status);
    }
}
