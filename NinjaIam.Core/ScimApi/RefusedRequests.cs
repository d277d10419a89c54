using Microsoft.AspNetCore.Http;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.ScimApi;

/// <summary>Tells the security events what was refused, for the portal to show.</summary>
internal sealed class RefusedRequests(SecurityLog log, ProviderRegister providers)
{
    /// <summary>Records an error that is the client's. Asking for what is not there is an ordinary question and is not recorded.</summary>
    /// <param name="error">What was answered; null when the request succeeded.</param>
    /// <param name="operation">The one operation of a request with several that was refused, as method and path.</param>
    public void Record(ScimRequest request, ScimError? error, string? operation = null)
    {
        if (
            error is not { Status: >= 400 and < 500 }
            || (error.Status == StatusCodes.Status404NotFound && HttpMethods.IsGet(request.Http.Request.Method))
        )
        {
            return;
        }

        var token = request.Token;
        if (token is null && error.Status is (StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests))
        {
            // Recorded where it was found out that there is no live token.
            return;
        }

        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            Record(
                request,
                SecurityCause.TokenRevoked,
                "The token was revoked, or SCIM disabled, while the request waited.",
                error.Status,
                token!.ProviderId,
                token.PublicId,
                operation
            );
            return;
        }

        Record(
            request,
            error == Refusals.ReadOnlyToken ? SecurityCause.TokenReadOnly : SecurityCause.ScimRefused,
            error.Detail,
            error.Status,
            token?.ProviderId ?? providers.Find(request.Identifier)?.Id,
            token?.PublicId,
            operation
        );
    }

    public void Record(
        ScimRequest request,
        string cause,
        string detail,
        int status,
        Guid? providerId,
        string? token,
        string? operation = null
    )
    {
        var whole = $"{request.Http.Request.Method} {request.Http.Request.Path}";
        log.Record(
            new Refused(cause, detail, request.RequestId)
            {
                ProviderId = providerId,
                Token = token,
                Address = request.Address,
                UserAgent = request.UserAgent,
                Request = operation is null ? whole : $"{whole}: {operation}",
                Status = status,
            }
        );
    }
}
