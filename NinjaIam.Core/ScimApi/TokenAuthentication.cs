using Microsoft.AspNetCore.Http;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.ScimApi;

/// <summary>
/// Lets a request in that shows a live token of the provider in its path. Whatever is wrong, the client is told the same; the true
/// reason goes to the security events.
/// </summary>
internal sealed class TokenAuthentication(TokenRegister tokens, ProviderRegister providers, TokenUsage usage, RefusedRequests refusals)
{
    private const string Scheme = "Bearer";
    private const int LongestHeader = 1024;

    /// <summary>False when the request is to be answered with 401.</summary>
    public bool TryLetIn(ScimRequest request)
    {
        var pathProvider = providers.Find(request.Identifier);
        var (text, cause, detail) = ReadHeader(request.Http.Request);
        if (text is null)
        {
            return Refuse(request, cause, detail, pathProvider?.Id, null);
        }

        var check = tokens.Check(text);
        if (check is not { Token: { } token, Refusal: null })
        {
            (cause, detail) = check.Refusal switch
            {
                TokenRefusal.Expired => (SecurityCause.TokenExpired, "The token has expired."),
                TokenRefusal.Revoked => (SecurityCause.TokenRevoked, "The token was revoked."),
                TokenRefusal.Unknown => (SecurityCause.TokenUnknown, "No such token exists."),
                _ => (SecurityCause.TokenMalformed, "What was sent is not a token of this installation."),
            };
            return Refuse(request, cause, detail, check.Token?.ProviderId ?? pathProvider?.Id, ScimTokenText.PublicIdOf(text));
        }

        if (pathProvider is null || pathProvider.Id != token.ProviderId)
        {
            return Refuse(
                request,
                SecurityCause.TokenOfOtherProvider,
                pathProvider is null ? "No identity provider has this address." : "The token belongs to another identity provider.",
                token.ProviderId,
                token.PublicId
            );
        }

        if (!token.Access.Allows(request.Http.Connection.RemoteIpAddress))
        {
            return Refuse(
                request,
                SecurityCause.TokenNetwork,
                "The token is not accepted from this address.",
                pathProvider.Id,
                token.PublicId
            );
        }

        if (!pathProvider.ScimEnabled)
        {
            return Refuse(
                request,
                SecurityCause.ScimDisabled,
                "SCIM is disabled for this identity provider.",
                pathProvider.Id,
                token.PublicId
            );
        }

        request.Authenticated(pathProvider, token);
        usage.Used(token);
        return true;
    }

    private static (string? Token, string Cause, string Detail) ReadHeader(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        if (headers.Count == 0 || string.IsNullOrWhiteSpace(headers[0]))
        {
            return (null, SecurityCause.TokenMissing, "No token was sent.");
        }

        if (headers.Count > 1)
        {
            return (null, SecurityCause.TokenMalformed, "More than one Authorization header was sent.");
        }

        var header = headers[0]!.Trim();
        if (header.Length > LongestHeader)
        {
            return (null, SecurityCause.TokenMalformed, "The Authorization header is too long.");
        }

        return header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
            ? (header[(Scheme.Length + 1)..].Trim(), "", "")
            : (null, SecurityCause.TokenMalformed, "The Authorization header is not of the form Bearer <token>.");
    }

    private bool Refuse(ScimRequest request, string cause, string detail, Guid? providerId, string? token)
    {
        refusals.Record(request, cause, detail, StatusCodes.Status401Unauthorized, providerId, token);
        return false;
    }
}
