using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.ScimApi;

/// <summary>The layers every request passes, in their order: request id, limits, token, handler, the one writer of answers.</summary>
internal sealed partial class ScimPipeline(
    TokenAuthentication authentication,
    ProviderRegister providers,
    PortalAddress address,
    SecurityLog refusals,
    RequestLog requests,
    TimeProvider clock,
    ILogger<ScimPipeline> logger
)
{
    private const int RetrySeconds = 2;

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
            Record(request, answer);
            await answer.WriteAsync(http);
            status = answer.Status;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            answer = AnswerOf(exception, request);
            Record(request, answer);
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
            requests.Record(logging.ToRecord(request, status, started, clock.GetUtcNow()));
        }
    }

    private async Task<ScimAnswer> AnswerAsync(ScimRequest request, ScimRoute route)
    {
        // Every answer names where its resource is found.
        if (!address.IsSettled)
        {
            return Unavailable("The portal is starting. Repeat the request.");
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

        return mayPass ? await route.Handle(request) : ScimAnswer.Of(Refusals.Unauthorized);
    }

    private ScimAnswer AnswerOf(Exception exception, ScimRequest request)
    {
        switch (exception)
        {
            case WriteQueueFullException:
                return Unavailable("Too many writes are waiting. Repeat the request.");
            case SqliteException failure when SqliteDeadline.WasMissed(failure):
                return ScimAnswer.Of(
                    ScimError.TooMany("Answering takes too long. Ask for less: filter by userName, externalId or id, or lower count.")
                );
            case var _ when StorageFailure.IsFull(exception):
                RequestFailed(exception, request.RequestId);
                return ScimAnswer.Of(
                    new ScimError(
                        StatusCodes.Status507InsufficientStorage,
                        null,
                        "The portal's disk is full, and nothing was stored. Repeat the request once an administrator has made room."
                    )
                );
            case var _ when StorageFailure.IsUnavailable(exception):
                RequestFailed(exception, request.RequestId);
                return Unavailable("The portal can't reach its database now. Repeat the request.");
            case BadHttpRequestException bad:
                return ScimAnswer.Of(new ScimError(bad.StatusCode, null, "The request could not be read. Check how the client sends it."));
            default:
                RequestFailed(exception, request.RequestId);
                return ScimAnswer.Of(
                    new ScimError(
                        StatusCodes.Status500InternalServerError,
                        null,
                        $"The request failed. The portal's log tells more under the request ID {request.RequestId}."
                    )
                );
        }
    }

    private static ScimAnswer Unavailable(string detail) =>
        ScimAnswer.Retry(new ScimError(StatusCodes.Status503ServiceUnavailable, null, detail), RetrySeconds);

    /// <summary>What was refused is shown in the portal. Asking for what is not there is an ordinary question.</summary>
    private void Record(ScimRequest request, ScimAnswer answer)
    {
        if (answer.Error is not { Status: >= 400 and < 500 } error)
        {
            return;
        }

        var method = request.Http.Request.Method;
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            if (request.Token is { } token)
            {
                refusals.Record(
                    RefusalRecord.Of(
                        request,
                        SecurityCause.TokenRevoked,
                        "The token was revoked, or SCIM disabled, while the request waited.",
                        error.Status,
                        token.ProviderId,
                        token.PublicId
                    )
                );
            }
        }
        else if (error.Status != StatusCodes.Status404NotFound || !HttpMethods.IsGet(method))
        {
            refusals.Record(
                RefusalRecord.Of(
                    request,
                    SecurityCause.ScimRefused,
                    error.Detail,
                    error.Status,
                    request.Token?.ProviderId ?? providers.Find(request.Identifier)?.Id,
                    request.Token?.PublicId
                )
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "SCIM request {RequestId} failed.")]
    private partial void RequestFailed(Exception exception, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to SCIM request {RequestId} broke off.")]
    private partial void AnswerBrokeOff(Exception exception, string requestId);
}
