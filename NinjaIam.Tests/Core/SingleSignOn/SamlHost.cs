using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.WebUtilities;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>What became of a response.</summary>
/// <param name="Location">Where the browser goes on, when somebody was signed in.</param>
/// <param name="Incident">By which it is found in Activities, when it was refused.</param>
internal sealed record SamlAnswer(HttpStatusCode Status, string Page, string? Location, bool HasSession, string? Incident);

/// <summary>
/// The whole portal with an identity provider, Contoso, by which people sign in: Eve is managed by it through SCIM, and Ada, kept by hand
/// under another domain, is a system administrator.
/// </summary>
public sealed partial class SamlHost : IAsyncLifetime
{
    /// <summary>A further address of the portal, for tests that configure one.</summary>
    public const string Branded = "https://support.example.com";

    public const string Eve = "eve@contoso.com";

    public PortalHost Portal { get; init; } = new();

    public SampleIdentityProvider Provider { get; private set; } = null!;

    public Origin Administrator { get; private set; } = Origin.Of(Actor.System);

    public string Identifier { get; private set; } = "";

    public Guid ProviderId { get; private set; }

    public Uri EveAddress { get; private set; } = null!;

    private HttpClient _scim = null!;

    public DateTimeOffset Now => Portal.Clock.GetUtcNow();

    public string ReplyUrl => Portal.Get<PortalAddress>().ReplyUrl(Identifier);

    public async Task InitializeAsync()
    {
        await Portal.InitializeAsync();
        Administrator = await SignedIn.AsAsync(Portal.Services, await Portal.CreateAdministratorAsync(), "Ada Lind");
        Provider = new SampleIdentityProvider(Now.AddYears(-1), Now.AddDays(340));
        (Identifier, ProviderId) = await AddProviderAsync("Contoso", "contoso.com");
        var token = Installation.Done(await Portal.Get<ScimConnections>().EnableAsync(ProviderId, Administrator, CancellationToken.None));
        _scim = new HttpClient { BaseAddress = new Uri(Portal.Get<PortalAddress>().ScimBaseUrl(Identifier) + "/") };
        _scim.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.Text);
        var created = await _scim.PostAsJsonAsync(
            "Users",
            new
            {
                schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" },
                userName = Eve,
                displayName = "Eve Moss",
                active = true,
            }
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        EveAddress = created.Headers.Location!;
    }

    public async Task DisposeAsync()
    {
        _scim.Dispose();
        Provider.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>One more provider with the same key, and single sign-on enabled.</summary>
    public async Task<(string Identifier, Guid Id)> AddProviderAsync(string name, string domain, bool wantsSignedRequests = false)
    {
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(name, domain),
            Metadata = Provider.Metadata(wantsSignedRequests),
        };
        var identifier = Installation.Done(await Portal.Get<ProviderDrafts>().CreateAsync(content, Administrator, CancellationToken.None));
        var id = Portal.Get<ProviderRegister>().Find(identifier)!.Id;
        Installation.Done(
            await Portal.Get<SingleSignOnConnections>().EnableAsync(id, withoutTest: true, Administrator, CancellationToken.None)
        );
        return (identifier, id);
    }

    /// <summary>Ada's browser, signed in by password.</summary>
    public async Task<HttpClient> OpenAsAdministratorAsync()
    {
        var browser = Portal.OpenBrowser();
        var answer = await PortalHost.SignInAsync(browser, path: "/sign-in?with=password");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public async Task SetActiveAsync(bool active)
    {
        var answer = await _scim.PatchAsJsonAsync(
            EveAddress,
            new
            {
                schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:PatchOp" },
                Operations = new[]
                {
                    new
                    {
                        op = "replace",
                        path = "active",
                        value = active,
                    },
                },
            }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Starts a sign-in on a browser, and answers the identifier of the request that went to the identity provider.</summary>
    public async Task<string> StartAsync(HttpClient browser, string? identifier = null, string query = "")
    {
        var answer = await browser.GetAsync(new Uri($"/sign-in/{identifier ?? Identifier}{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return RequestOf(answer.Headers.Location!).DocumentElement!.GetAttribute("ID");
    }

    /// <summary>The request in an address of the HTTP-Redirect binding.</summary>
    public static XmlDocument RequestOf(Uri address)
    {
        var packed = Convert.FromBase64String(QueryHelpers.ParseQuery(address.Query)["SAMLRequest"].ToString());
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(inflate, Encoding.UTF8);
        return SampleIdentityProvider.Load(reader.ReadToEnd());
    }

    /// <summary>A response to Eve's sign-in that is right in every respect.</summary>
    public SampleResponse Genuine(string? inResponseTo) =>
        new()
        {
            Issuer = SampleIdentityProvider.EntityId,
            Audience = ReplyUrl,
            ReplyUrl = ReplyUrl,
            InResponseTo = inResponseTo,
            Now = Now,
        };

    internal Task<SamlAnswer> DeliverAsync(HttpClient browser, SampleResponse response, string? relayState = null) =>
        DeliverAsync(browser, SampleIdentityProvider.Encode(Provider.Respond(response)), relayState);

    /// <summary>Posts from another site, without cookies, and lets the browser go on from there.</summary>
    internal async Task<SamlAnswer> DeliverAsync(HttpClient browser, string encoded, string? relayState = null, string? identifier = null)
    {
        var fields = new Dictionary<string, string> { ["SAMLResponse"] = encoded };
        if (relayState is not null)
        {
            fields["RelayState"] = relayState;
        }

        using var content = new FormUrlEncodedContent(fields);
        return await DeliverAsync(browser, content, identifier);
    }

    internal async Task<SamlAnswer> DeliverAsync(HttpClient browser, HttpContent content, string? identifier = null)
    {
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var posted = await foreign.PostAsync(new Uri(Portal.Address, $"/saml/{identifier ?? Identifier}"), content);
        Assert.Equal(HttpStatusCode.SeeOther, posted.StatusCode);
        return await ContinueAsync(browser, new Uri(Portal.Address, posted.Headers.Location!));
    }

    internal static async Task<SamlAnswer> ContinueAsync(HttpClient browser, Uri handle)
    {
        var answer = await browser.GetAsync(handle);
        var page = await answer.Content.ReadAsStringAsync();
        return new SamlAnswer(
            answer.StatusCode,
            page,
            answer.Headers.Location is { IsAbsoluteUri: true } at
            && at.GetLeftPart(UriPartial.Authority) == handle.GetLeftPart(UriPartial.Authority)
                ? at.PathAndQuery
                : answer.Headers.Location?.ToString(),
            answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                && cookies.Any(cookie =>
                    cookie.StartsWith("ninjaiam=", StringComparison.Ordinal) && !cookie.StartsWith("ninjaiam=;", StringComparison.Ordinal)
                ),
            Incident().Match(page) is { Success: true } match ? match.Groups[1].Value : null
        );
    }

    /// <summary>What an administrator finds in Activities under an incident ID.</summary>
    public async Task<Activity> ActivityAsync(string incident)
    {
        await Portal.Get<SecurityLog>().FlushAsync(CancellationToken.None);
        var found = await Portal
            .Get<Activities>()
            .ListAsync(Administrator.Actor, new ActivityFilter { Search = incident }, 10, CancellationToken.None);
        return Assert.Single(found);
    }

    /// <summary>The reason that stands in the text of a refusal.</summary>
    public static string ReasonOf(Activity activity) => Reason().Match(activity.Detail!).Groups[1].Value;

    [GeneratedRegex("data-testid=\"incident\"[^>]*>([0-9a-f]+)<")]
    private static partial Regex Incident();

    [GeneratedRegex(@"\(([a-z0-9-]+), incident ")]
    private static partial Regex Reason();
}
