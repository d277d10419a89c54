using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.ScimApi;

/// <summary>One request on its way through the endpoint.</summary>
/// <param name="identifier">The unique identifier in the path, whether a provider has it or not.</param>
internal sealed class ScimRequest(HttpContext http, string identifier)
{
    private const int LongestUserAgent = 400;

    private ProvisioningCall? _call;

    public HttpContext Http { get; } = http;

    public string Identifier { get; } = identifier;

    /// <summary>Names the request in the answer, in Activities and in the log.</summary>
    public string RequestId { get; } = Origin.NewRequestId();

    public CancellationToken Aborted => Http.RequestAborted;

    public string? Address
    {
        get
        {
            var address = Http.Connection.RemoteIpAddress;
            return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
        }
    }

    public string? UserAgent =>
        Http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent[..Math.Min(agent.Length, LongestUserAgent)] : null;

    public string BaseUrl => Get<PortalAddress>().ScimBaseUrl(Identifier);

    /// <summary>Null until a live token was shown.</summary>
    public KnownToken? Token { get; private set; }

    /// <summary>Nothing is read or written for its provider now.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Writes of its provider are evaluated and not done now.</summary>
    public bool IsPreview { get; private set; }

    /// <summary>The body, once it was read; null where it could not be.</summary>
    public JsonObject? Body { get; private set; }

    public ProvisioningCall Call => _call ?? throw new InvalidOperationException("The request has shown no live token.");

    public T Get<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    public void Authenticated(ProviderBoundary provider, KnownToken token)
    {
        Token = token;
        IsPaused = provider.IsPaused;
        IsPreview = provider.IsPreview;
        var actor = new Actor(ActorKind.Provider, provider.Id, provider.DisplayName, token.PublicId);
        _call = new ProvisioningCall(provider.Id, new Origin(actor, RequestId, Address, UserAgent));
    }

    public async Task<ScimOutcome<JsonObject>> ReadBodyAsync(BodyLimit limit)
    {
        var read = await RequestBody.ReadAsync(Http, limit);
        Body = read.TryGet(out var body, out _) ? body : null;
        return read;
    }

    /// <summary>A query parameter, or null. Of one that is repeated the first counts.</summary>
    public string? Query(string name) => Http.Request.Query[name] is [{ Length: > 0 } first, ..] ? first : null;

    public string RouteValue(string name) => Http.Request.RouteValues[name] as string ?? "";

    /// <summary>Tells the request log what had to be tolerated so far.</summary>
    public void Repaired(IReadOnlyList<Repair> repairs)
    {
        if (RequestLogging.Of(Http) is { } logging)
        {
            logging.Repairs = repairs;
        }
    }

    public ScimOutcome<Projection> ReadProjection(ResourceType type) =>
        Projection.Parse(Query("attributes"), Query("excludedAttributes"), type);

    /// <summary>What a write asks of the version it finds.</summary>
    public EntityTagCondition? Condition => EntityTagCondition.Parse(Http.Request.Headers.IfMatch, Http.Request.Headers.IfNoneMatch);

    public ResourceBody BodyFor(Projection projection) => BodyFor(new Projections(projection));

    public ResourceBody BodyFor(Projections projections) => new(BaseUrl, projections, Get<ResourceQueries>(), Aborted);
}
