using NinjaIam.Core.Journal;

namespace NinjaIam.Core.ScimApi;

/// <summary>A refused request as the security events keep it.</summary>
internal static class RefusalRecord
{
    public static Refused Of(ScimRequest request, string cause, string detail, int status, Guid? providerId, string? token) =>
        new(cause, detail, request.RequestId)
        {
            ProviderId = providerId,
            Token = token,
            Address = request.Address,
            UserAgent = request.UserAgent,
            Request = $"{request.Http.Request.Method} {request.Http.Request.Path}",
            Status = status,
        };
}
