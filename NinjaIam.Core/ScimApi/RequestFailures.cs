using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.ScimApi;

/// <summary>What a client is told of failures that are not its own. The log gets all of them.</summary>
internal sealed partial class RequestFailures(ILogger<RequestFailures> logger)
{
    private const int RetrySeconds = 2;

    public ScimAnswer AnswerOf(Exception exception, string requestId)
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
                RequestFailed(exception, requestId);
                return ScimAnswer.Of(
                    new ScimError(
                        StatusCodes.Status507InsufficientStorage,
                        null,
                        "The portal's disk is full, and nothing was stored. Repeat the request once an administrator has made room."
                    )
                );
            case var _ when StorageFailure.IsUnavailable(exception):
                RequestFailed(exception, requestId);
                return Unavailable("The portal can't reach its database now. Repeat the request.");
            case BadHttpRequestException bad:
                return ScimAnswer.Of(new ScimError(bad.StatusCode, null, "The request could not be read. Check how the client sends it."));
            default:
                RequestFailed(exception, requestId);
                return ScimAnswer.Of(
                    new ScimError(
                        StatusCodes.Status500InternalServerError,
                        null,
                        $"The request failed. The portal's log tells more under the request ID {requestId}."
                    )
                );
        }
    }

    /// <summary>Nothing was done, and it makes sense to ask again soon.</summary>
    public static ScimAnswer Unavailable(string detail) =>
        ScimAnswer.Retry(new ScimError(StatusCodes.Status503ServiceUnavailable, null, detail), RetrySeconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "SCIM request {RequestId} failed.")]
    private partial void RequestFailed(Exception exception, string requestId);
}
