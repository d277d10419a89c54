using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Scim.Bulk;
using NinjaIam.Core.Scim.Dialects;

namespace NinjaIam.Core.ScimApi;

/// <summary>What the request log wants to know of one request, gathered while it travels. Only requests with a live token have one.</summary>
internal sealed class RequestLogging
{
    /// <summary>A request may need any number of repairs; the log shows so many.</summary>
    public const int MostRepairs = 100;

    private const int LongestClientId = 128;

    /// <summary>How clients and what stands before them name a request.</summary>
    private static readonly string[] ClientIdHeaders =
    [
        "client-request-id",
        "x-ms-client-request-id",
        "x-ms-correlation-id",
        "X-Request-Id",
        "X-Correlation-Id",
        "X-Okta-Request-Id",
        "traceparent",
    ];

    public BodyCopy Request { get; } = new();

    public BodyCopy Answer { get; } = new();

    public IReadOnlyList<Repair> Repairs { get; set; } = [];

    /// <summary>What became of the operations of a bulk request.</summary>
    public IReadOnlyList<BulkAnswer> Operations { get; set; } = [];

    /// <summary>Null when the request is not logged.</summary>
    public static RequestLogging? Of(HttpContext http) => http.Features.Get<RequestLogging>();

    public RequestRecord ToRecord(ScimRequest request, ScimRoute route, int? status, long started, DateTimeOffset now)
    {
        var sent = request.Http.Request;
        return new RequestRecord(
            request.RequestId,
            now,
            request.Token!.ProviderId,
            request.Token.PublicId,
            sent.Method,
            sent.Path.Value ?? "",
            sent.QueryString.Value ?? ""
        )
        {
            Route = route.Path,
            Status = status,
            Duration = Stopwatch.GetElapsedTime(started),
            Address = request.Address,
            UserAgent = request.UserAgent,
            ClientIds = ClientIdsOf(sent.Headers),
            Request = Request,
            Answer = Answer,
            Repairs = [.. RepairsOutside(sent, route).Concat(Repairs).Select(repair => (repair.Rule.Name, repair.Target))],
            Operations =
            [
                .. Operations
                    .CountBy(answer => ($"{answer.Operation.Method?.ToToken()} {answer.Operation.Type?.Endpoint}".Trim(), answer.Status))
                    .Select(kind => (kind.Key.Item1, kind.Key.Status, kind.Value)),
            ],
        };
    }

    /// <summary>What was tolerated about the address and the headers.</summary>
    private static IEnumerable<Repair> RepairsOutside(HttpRequest sent, ScimRoute route)
    {
        var address = sent.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0)
        {
            var query = address[mark..];
            if (MangledAddress.Read(query) is { } mangled)
            {
                yield return new Repair(DialectRules.FlagBeforePath, mangled.Flag);
            }

            if (
                query[^1] is '?' or '&'
                || query.StartsWith("?&", StringComparison.Ordinal)
                || query.Contains("&&", StringComparison.Ordinal)
            )
            {
                yield return new Repair(DialectRules.EmptyQueryPart, "?");
            }
        }

        if (route.BodyLimit is not null && string.IsNullOrWhiteSpace(sent.ContentType))
        {
            yield return new Repair(DialectRules.MissingMediaType, "Content-Type");
        }
    }

    private static List<(string, string)> ClientIdsOf(IHeaderDictionary headers)
    {
        var ids = new List<(string, string)>();
        foreach (var header in ClientIdHeaders)
        {
            // Whatever a client puts there is shown to administrators, so it has to look like an identifier.
            if (headers.TryGetValue(header, out var values) && values is [{ Length: > 0 and <= LongestClientId } id] && id.All(IsOfAnId))
            {
                ids.Add((header, id));
            }
        }

        return ids;
    }

    private static bool IsOfAnId(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '=' or '|';
}
