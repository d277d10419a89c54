using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.ScimApi;

/// <summary>
/// The layers every request passes, in their order: request id, limits of size, token, limits of the token, handler, the one writer of
/// answers.
/// </summary>
internal sealed partial class ScimPipeline(
    TokenAuthentication authentication,
    PortalAddress address,
    RequestLimits limits,
    RefusedRequests refusals,
    RequestFailures failures,
    RequestLog requests,
    TimeProvider clock,
    ILogger<ScimPipeline> logger
)
{
    public async Task RunAsync(HttpContext http, string identifier, ScimRoute route)
    {
        var started = Stopwatch.GetTimestamp();
        var request = new ScimRequest(http, identifier);
        int? status = null;
        http.Response.Headers["X-Request-Id"] = request.RequestId;
        ScimAnswer answer;
        try
        {
            answer = await AnswerAsync(request, route);
            refusals.Record(request, answer.Error);
            await answer.WriteAsync(http);
            status = answer.Status;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            answer = failures.AnswerOf(exception, request.RequestId);
            refusals.Record(request, answer.Error);
            await answer.WriteAsync(http);
            status = answer.Status;
        }
        catch (Exception exception)
        {
            // Half an answer must not look like a whole one.
            AnswerBrokeOff(exception, request.RequestId);
            http.Abort();
        }

        if (RequestLogging.Of(http) is { } logging)
        {
            requests.Record(logging.ToRecord(request, route, status, started, clock.GetUtcNow()));
        }
    }

    private async Task<ScimAnswer> AnswerAsync(ScimRequest request, ScimRoute route)
    {
        // Every answer names where its resource is found.
        if (!address.IsSettled)
        {
            return RequestFailures.Unavailable("The portal is starting. Repeat the request.");
        }

        if (route.BodyLimit is { } limit && RequestBody.Check(request.Http, limit) is { } refusal)
        {
            return ScimAnswer.Of(refusal);
        }

        var mayPass =
            route.Access == ScimAccess.Anyone
            || (route.Access == ScimAccess.AnyoneWithoutToken && request.Http.Request.Headers.Authorization.Count == 0)
            || authentication.TryLetIn(request);
        if (request.Token is not null && requests.IsOn)
        {
            request.Http.Features.Set(new RequestLogging());
        }

        if (!mayPass)
        {
            return limits.Failed(request.Address) ?? ScimAnswer.Of(Refusals.Unauthorized);
        }

        if (request.Token is { } token)
        {
            if (request.IsPaused)
            {
                refusals.Record(
                    request,
                    SecurityCause.ScimPaused,
                    Refusals.Paused.Detail,
                    Refusals.Paused.Status,
                    token.ProviderId,
                    token.PublicId
                );
                return ScimAnswer.Of(Refusals.Paused);
            }

            var (lease, exceeded) = limits.Enter(token);
            // Whoever reads the answer slowly keeps its place until the end.
            request.Http.Response.RegisterForDispose(lease);
            if (exceeded is not null)
            {
                return exceeded;
            }

            if (route.Writes && token.Access.Scope == TokenScope.Read)
            {
                await (route.WhenReadOnly?.Invoke(request) ?? Task.CompletedTask);
                return ScimAnswer.Of(Refusals.ReadOnlyToken);
            }
        }

        return await route.Handle(request);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to SCIM request {RequestId} broke off.")]
    private partial void AnswerBrokeOff(Exception exception, string requestId);
}
