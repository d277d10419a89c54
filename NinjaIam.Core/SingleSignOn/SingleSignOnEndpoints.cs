using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>The SAML address of every identity provider, <c>/saml/{unique identifier}</c>: reading it gives our metadata, posting delivers a response.</summary>
public static class SingleSignOnEndpoints
{
    /// <summary>Everything below is for identity providers.</summary>
    public const string Root = "/saml";

    private const int LongestBody = 512 * 1024;
    private const int LongestUserAgent = 256;

    /// <summary>Registers signing in by identity providers, below what <see cref="CoreServices"/> registers. The host registers Data Protection.</summary>
    public static IServiceCollection AddSingleSignOn(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<SignOnProviders>();
        services.AddSingleton<BrowserRequests>();
        services.AddSingleton<PendingReplies>();
        services.AddSingleton(provider => new SignOnStart(
            provider.GetRequiredService<SignOnProviders>(),
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<BrowserRequests>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new SingleSignOnReplies(
            provider.GetRequiredService<Storage.IWritePath>(),
            provider.GetRequiredService<SignOnProviders>(),
            provider.GetRequiredService<BrowserRequests>(),
            provider.GetRequiredService<PendingReplies>(),
            provider.GetRequiredService<SingleSignOnConnections>(),
            provider.GetRequiredService<SecurityLog>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }

    /// <summary>Maps the addresses.</summary>
    /// <param name="continueAt">Where a browser goes on after a post, by GET; the handle is appended.</param>
    public static void MapSingleSignOn(this IEndpointRouteBuilder endpoints, string continueAt)
    {
        endpoints.MapGet($"{Root}/{{identifier}}", MetadataAsync).AllowAnonymous();
        endpoints.MapGet($"{Root}/{{identifier}}/metadata", MetadataAsync).AllowAnonymous();
        endpoints.MapPost($"{Root}/{{identifier}}", http => ReceiveAsync(http, continueAt)).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task MetadataAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var providers = services.GetRequiredService<SignOnProviders>();
        var identifier = IdentifierOf(http);
        if (await providers.EntityIdAsync(identifier, http.RequestAborted) is not { } entityId)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var provider = await providers.FindAsync(identifier, host: null, http.RequestAborted);
        var address = services.GetRequiredService<PortalAddress>();
        var certificate = await services.GetRequiredService<SigningKeys>().CurrentAsync(http.RequestAborted);
        var metadata = ServiceProviderMetadata.Create(
            entityId,
            [address.ReplyUrl(identifier), .. address.BrandedReplyUrls(identifier)],
            provider?.Saml?.WantsSignedRequests == true,
            certificate
        );
        http.Response.ContentType = ServiceProviderMetadata.MediaType;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ContentDisposition = $"inline; filename=\"ninjaiam-{identifier}.xml\"";
        await http.Response.Body.WriteAsync(metadata, http.RequestAborted);
    }

    private static async Task ReceiveAsync(HttpContext http, string continueAt)
    {
        var (message, relayState) = await ReadAsync(http);
        var origin = new Origin(Actor.System, Origin.NewRequestId(), AddressOf(http), UserAgentOf(http));
        var handle = await http
            .RequestServices.GetRequiredService<SingleSignOnReplies>()
            .ReceiveAsync(IdentifierOf(http), http.Request.Host.Value, message, relayState, origin, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{continueAt}/{handle}";
        http.Response.Headers.CacheControl = "no-store";
    }

    private static async Task<((byte[]? Content, SamlRefusal? Refusal) Message, string? RelayState)> ReadAsync(HttpContext http)
    {
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        )
        {
            return (Refuse(SamlReason.NoResponse, "Nothing was posted as a form."), null);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestBody;
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(
                new FormOptions
                {
                    BufferBody = false,
                    KeyLengthLimit = 64,
                    ValueCountLimit = 8,
                    ValueLengthLimit = LongestBody,
                },
                http.RequestAborted
            );
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (TooLarge, null);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or ArgumentException)
        {
            return (Refuse(SamlReason.NoResponse, "The posted form can't be read."), null);
        }

        if (form["SAMLResponse"] is not [{ Length: > 0 } encoded])
        {
            return (Refuse(SamlReason.NoResponse, "The posted form does not hold exactly one SAMLResponse."), null);
        }

        var relayState = form["RelayState"] is [{ Length: <= 1024 } state] ? state : null;
        try
        {
            return ((Convert.FromBase64String(encoded), null), relayState);
        }
        catch (FormatException)
        {
            return (Refuse(SamlReason.NotEncoded, "The SAMLResponse is not base64."), relayState);
        }
    }

    private static (byte[]?, SamlRefusal?) TooLarge =>
        Refuse(
            SamlReason.TooLarge,
            $"The response has more than {SamlXml.MaxBytes / 1024} KB. Let the identity provider send fewer attributes or groups."
        );

    private static (byte[]?, SamlRefusal?) Refuse(string reason, string detail) =>
        (null, new SamlRefusal(SamlCheck.Readable, reason, detail));

    private static string IdentifierOf(HttpContext http) => http.Request.RouteValues["identifier"] as string ?? "";

    private static string? AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    private static string? UserAgentOf(HttpContext http) =>
        http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent[..Math.Min(agent.Length, LongestUserAgent)] : null;
}
