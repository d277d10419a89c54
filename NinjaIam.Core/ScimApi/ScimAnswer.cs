using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;

namespace NinjaIam.Core.ScimApi;

/// <summary>One answer of the SCIM endpoint. Everything the endpoint says is written here and nowhere else.</summary>
internal sealed class ScimAnswer
{
    private const string ScimJsonType = "application/scim+json";
    private const string PlainJsonType = "application/json";

    private readonly Func<AnswerStream, Task>? _body;

    private ScimAnswer(int status, Func<AnswerStream, Task>? body) => (Status, _body) = (status, body);

    public int Status { get; }

    public ScimError? Error { get; private init; }

    private int? RetryAfter { get; init; }

    private string? Allow { get; init; }

    private EntityTag? Tag { get; init; }

    private string? Location { get; init; }

    public static ScimAnswer Of(ScimError error) =>
        new(error.Status, stream => stream.WriteAsync(error.ToJson())) { Error = error, RetryAfter = error.RetryAfter };

    /// <param name="seconds">After how many a retry makes sense.</param>
    public static ScimAnswer Retry(ScimError error, int seconds) => Of(error with { RetryAfter = seconds });

    /// <summary>Answers a method that an address does not have; to OPTIONS, what it has.</summary>
    /// <param name="allow">The methods there are, separated by commas.</param>
    public static ScimAnswer Allowed(string method, string allow)
    {
        if (HttpMethods.IsOptions(method))
        {
            return new ScimAnswer(StatusCodes.Status204NoContent, null) { Allow = allow };
        }

        var error = new ScimError(StatusCodes.Status405MethodNotAllowed, null, $"{method} can't be used on this address. Use {allow}.");
        return new ScimAnswer(error.Status, stream => stream.WriteAsync(error.ToJson())) { Error = error, Allow = allow };
    }

    public static ScimAnswer Ok(JsonObject body) => new(StatusCodes.Status200OK, stream => stream.WriteAsync(body));

    public static ScimAnswer NoContent(EntityTag? tag = null) => new(StatusCodes.Status204NoContent, null) { Tag = tag };

    public static ScimAnswer NotModified(EntityTag tag) => new(StatusCodes.Status304NotModified, null) { Tag = tag };

    public static ScimAnswer Resource(int status, ProvisionedResource resource, ResourceBody body) =>
        new(status, stream => body.WriteAsync(stream, resource))
        {
            Tag = new EntityTag(resource.Version),
            Location = body.LocationOf(resource),
        };

    /// <summary>The one resource of a page.</summary>
    public static ScimAnswer Found(ResourcePage page, ResourceBody body) =>
        new(
            StatusCodes.Status200OK,
            async stream =>
            {
                await using (page)
                {
                    await body.WriteAsync(stream, page.Resources[0], page.Members);
                }
            }
        )
        {
            Tag = new EntityTag(page.Resources[0].Version),
            Location = body.LocationOf(page.Resources[0]),
        };

    public static ScimAnswer List(ResourcePage page, PageCursors? cursors, ResourceBody body) =>
        new(
            StatusCodes.Status200OK,
            async stream =>
            {
                await using (page)
                {
                    await body.WriteAsync(stream, page, cursors);
                }
            }
        );

    public async Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ETag = Tag?.ToString();
        response.Headers.Location = Location;
        response.Headers.ContentLocation = Location;
        response.Headers.Allow = Allow;
        response.Headers.RetryAfter = RetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.WWWAuthenticate = Status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
        if (_body is null)
        {
            response.ContentType = null;
            return;
        }

        response.ContentType = ContentTypeFor(http.Request);
        await using var stream = new AnswerStream(response);
        await _body(stream);
        await stream.CompleteAsync();
    }

    /// <summary>The plain type only for a client that asks for it and for nothing that the SCIM type would satisfy.</summary>
    private static string ContentTypeFor(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return ScimJsonType;
        }

        var plain = false;
        foreach (var type in accepted)
        {
            switch (type.MediaType.Value?.ToLowerInvariant())
            {
                case ScimJsonType or "application/*" or "*/*":
                    return ScimJsonType;
                case PlainJsonType:
                    plain = true;
                    break;
                default:
                    break;
            }
        }

        return plain ? PlainJsonType : ScimJsonType;
    }
}
