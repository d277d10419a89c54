using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.ScimApi;

/// <summary>What may come as a body: how large, of which type.</summary>
internal static class RequestBody
{
    /// <summary>Looks at the headers before anything is read.</summary>
    public static ScimError? Check(HttpContext http, BodyLimit limit)
    {
        var request = http.Request;
        if (request.ContentLength > limit.Bytes)
        {
            return limit.Exceeded;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit.Bytes;
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return Unsupported("The body is compressed. Send it as it is, without Content-Encoding.");
        }

        // Some clients name no type at all; what they send is JSON.
        return string.IsNullOrWhiteSpace(request.ContentType) || (IsJson(request.ContentType) && IsReadable(request.ContentType))
            ? null
            : Unsupported(
                "The body must be of the type application/scim+json or application/json, in UTF-8. Set Content-Type accordingly."
            );
    }

    public static async Task<ScimOutcome<JsonObject>> ReadAsync(HttpContext http, BodyLimit limit)
    {
        using var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 4096, limit.Bytes));
        var part = new byte[16 * 1024];
        var logging = RequestLogging.Of(http);
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0)
            {
                if (body.Length + read > limit.Bytes)
                {
                    return limit.Exceeded;
                }

                body.Write(part, 0, read);
                logging?.Request.Add(part.AsSpan(0, read));
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return limit.Exceeded;
        }

        var text = body.GetBuffer().AsMemory(0, (int)body.Length);
        return ScimJson.Parse(
            ForeignEncoding(http.Request.ContentType) is { } encoding ? Encoding.UTF8.GetBytes(encoding.GetString(text.Span)) : text.Span
        );
    }

    private static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (
            type.MediaType.Equals("application/scim+json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsReadable(string contentType)
    {
        try
        {
            _ = ForeignEncoding(contentType);
            return true;
        }
        catch (NotSupportedException)
        {
            // .NET knows UTF-7 and does not read it.
            return false;
        }
    }

    private static Encoding? ForeignEncoding(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Encoding is { } encoding && encoding is not UTF8Encoding
            ? encoding
            : null;

    private static ScimError Unsupported(string detail) => new(StatusCodes.Status415UnsupportedMediaType, null, detail);
}
