using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using NinjaIam.Core.Journal;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What a self-test tries, in its order.</summary>
public enum SelfTestStep
{
    /// <summary>The base URL answers as SCIM.</summary>
    Reached,

    /// <summary>The header with the token arrives.</summary>
    TokenHeader,

    /// <summary>PUT, PATCH and DELETE arrive.</summary>
    Methods,

    /// <summary>The address of a long filter arrives.</summary>
    LongAddress,

    /// <summary>The body of a large group arrives.</summary>
    LargeBody,
}

/// <param name="Detail">What was seen, and what to do about it where it did not pass.</param>
public sealed record SelfTestResult(SelfTestStep Step, bool Passed, string Detail);

/// <summary>
/// Calls the SCIM endpoint by its public address, as an identity provider would, and finds what stands in between: names, certificates, and
/// proxies that take away what they should pass on. It shows no live token, so nothing is read or written by it; each call stands in Activities
/// as one that was refused.
/// </summary>
public sealed class ScimSelfTest(PortalAddress address, Activities activities, SecurityLog refusals, TimeProvider clock)
{
    public const string UserAgent = "NinjaIam self-test";

    private const string NoToken = "njs_selftest";
    private const int LongFilter = 4_000;
    private const int LargeBody = 2 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Every step up to the first that makes the others meaningless.</summary>
    public async Task<IReadOnlyList<SelfTestResult>> RunAsync(
        Actor actor,
        Guid providerId,
        string uniqueIdentifier,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
        var baseUrl = address.ScimBaseUrl(uniqueIdentifier);
        var reached = await ReachAsync(client, baseUrl, cancellationToken);
        if (!reached.Passed)
        {
            return [reached];
        }

        return
        [
            reached,
            await SendTokenAsync(client, actor, providerId, baseUrl, cancellationToken),
            await SendMethodsAsync(client, baseUrl, cancellationToken),
            await SendLongAddressAsync(client, baseUrl, cancellationToken),
            await SendLargeBodyAsync(client, baseUrl, cancellationToken),
        ];
    }

    private static async Task<SelfTestResult> ReachAsync(HttpClient client, string baseUrl, CancellationToken cancellationToken)
    {
        var (answer, trouble) = await TryAsync(client, HttpMethod.Get, $"{baseUrl}/ServiceProviderConfig", null, null, cancellationToken);
        var detail =
            trouble
            ?? (
                IsScim(answer!) && answer!.StatusCode == HttpStatusCode.OK ? null
                : (int)answer!.StatusCode is >= 300 and < 400
                    ? $"{baseUrl} answers with a redirection to {answer.Headers.Location}. Clients don't follow it: set PublicBaseUrl to the address that answers itself."
                : $"{baseUrl} answers {(int)answer.StatusCode} without SCIM. Something else answers by this address: check PublicBaseUrl and the proxy."
            );
        return new SelfTestResult(SelfTestStep.Reached, detail is null, detail ?? $"{baseUrl} answers.");
    }

    private async Task<SelfTestResult> SendTokenAsync(
        HttpClient client,
        Actor actor,
        Guid providerId,
        string baseUrl,
        CancellationToken cancellationToken
    )
    {
        var begin = clock.GetUtcNow();
        var (answer, trouble) = await TryAsync(client, HttpMethod.Get, $"{baseUrl}/Users?count=1", NoToken, null, cancellationToken);
        if (trouble is null && answer!.StatusCode == HttpStatusCode.Unauthorized && IsScim(answer))
        {
            await refusals.FlushAsync(cancellationToken);
            var seen = await activities.ListAsync(
                actor,
                new ActivityFilter
                {
                    ProviderId = providerId,
                    Refused = true,
                    Since = begin.AddMinutes(-1),
                },
                50,
                cancellationToken
            );
            var own = seen.FirstOrDefault(activity =>
                activity.UserAgent == UserAgent && activity.Kind is SecurityCause.TokenMalformed or SecurityCause.TokenMissing
            );
            return own?.Kind == SecurityCause.TokenMalformed
                ? new SelfTestResult(SelfTestStep.TokenHeader, true, "The Authorization header arrives.")
                : new SelfTestResult(
                    SelfTestStep.TokenHeader,
                    false,
                    "The Authorization header does not arrive. Let the proxy pass it on to NinjaIam."
                );
        }

        return new SelfTestResult(SelfTestStep.TokenHeader, false, trouble ?? Unexpected(answer!));
    }

    private static async Task<SelfTestResult> SendMethodsAsync(HttpClient client, string baseUrl, CancellationToken cancellationToken)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            var body = method == HttpMethod.Delete ? null : "{}";
            var (answer, trouble) = await TryAsync(client, method, $"{baseUrl}/Users/{Guid.Empty:D}", NoToken, body, cancellationToken);
            if (trouble is not null || !IsRefusedByUs(answer!))
            {
                return new SelfTestResult(
                    SelfTestStep.Methods,
                    false,
                    $"{method} does not arrive: {trouble ?? Unexpected(answer!)} Let the proxy pass PUT, PATCH and DELETE on."
                );
            }
        }

        return new SelfTestResult(SelfTestStep.Methods, true, "PUT, PATCH and DELETE arrive.");
    }

    private static async Task<SelfTestResult> SendLongAddressAsync(HttpClient client, string baseUrl, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"userName eq \"{new string('a', LongFilter)}\"");
        var (answer, trouble) = await TryAsync(
            client,
            HttpMethod.Get,
            $"{baseUrl}/Users?filter={filter}",
            NoToken,
            null,
            cancellationToken
        );
        return trouble is null && IsRefusedByUs(answer!)
            ? new SelfTestResult(SelfTestStep.LongAddress, true, "Long addresses arrive.")
            : new SelfTestResult(
                SelfTestStep.LongAddress,
                false,
                $"The address of a long filter does not arrive: {trouble ?? Unexpected(answer!)} Let the proxy accept addresses of 32 KB."
            );
    }

    private static async Task<SelfTestResult> SendLargeBodyAsync(HttpClient client, string baseUrl, CancellationToken cancellationToken)
    {
        var body = $"{{\"displayName\":\"{new string('a', LargeBody)}\"}}";
        var (answer, trouble) = await TryAsync(client, HttpMethod.Post, $"{baseUrl}/Groups", NoToken, body, cancellationToken);
        return trouble is null && IsRefusedByUs(answer!)
            ? new SelfTestResult(SelfTestStep.LargeBody, true, "Bodies of 2 MB arrive.")
            : new SelfTestResult(
                SelfTestStep.LargeBody,
                false,
                $"A body of 2 MB does not arrive: {trouble ?? Unexpected(answer!)} Let the proxy accept bodies of 16 MB, or keep groups small."
            );
    }

    private static async Task<(HttpResponseMessage? Answer, string? Trouble)> TryAsync(
        HttpClient client,
        HttpMethod method,
        string url,
        string? token,
        string? body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        }

        try
        {
            // Only the head is looked at.
            return (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), null);
        }
        catch (HttpRequestException exception)
        {
            return (null, Words(exception, new Uri(url)));
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"Nothing answers at {new Uri(url).Authority} within {Patience.TotalSeconds:0} seconds.");
        }
    }

    // What the exception itself says may name paths and addresses of this machine.
    private static string Words(HttpRequestException exception, Uri url) =>
        exception switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } =>
                $"The name {url.Host} is not known here. If identity providers know it, this test can't tell more; otherwise check PublicBaseUrl.",
            { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } =>
                $"The certificate of {url.Authority} is not trusted here. Identity providers refuse such certificates as well.",
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
                $"Nothing listens at {url.Authority}. Check PublicBaseUrl, the proxy and the firewall.",
            _ => $"The connection to {url.Authority} broke off.",
        };

    private static bool IsRefusedByUs(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests && IsScim(answer);

    private static bool IsScim(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType == "application/scim+json";

    private static string Unexpected(HttpResponseMessage answer) => $"something answers {(int)answer.StatusCode} in its place.";
}
