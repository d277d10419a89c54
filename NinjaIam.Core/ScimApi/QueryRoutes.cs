using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.ScimApi;

/// <summary>The handlers of queries over one resource type, or over all of them at the root: by GET, and by POST to <c>/.search</c>.</summary>
/// <param name="path">Below the base URL; empty for the root.</param>
internal sealed class QueryRoutes(string path, IReadOnlyList<ResourceType> types)
{
    private const string Search = ".search";

    public IEnumerable<ScimRoute> All()
    {
        yield return new(HttpMethods.Get, path, ByAddressAsync);
        yield return new(HttpMethods.Post, path.Length == 0 ? Search : $"{path}/{Search}", ByBodyAsync)
        {
            BodyLimit = BodyLimit.Usual,
            Writes = false,
        };
    }

    private async Task<ScimAnswer> ByAddressAsync(ScimRequest request) =>
        TryReadAddress(request, out var search, out var refusal) ? await AnswerAsync(request, search) : ScimAnswer.Of(refusal);

    private async Task<ScimAnswer> ByBodyAsync(ScimRequest request) =>
        TryReadAddress(request, out var address, out var refusal)
        && (await RequestBody.ReadAsync(request.Http, BodyLimit.Usual)).TryGet(out var body, out refusal)
        && SearchRequest.Read(body, address).TryGet(out var search, out refusal)
            ? await AnswerAsync(request, search)
            : ScimAnswer.Of(refusal);

    private async Task<ScimAnswer> AnswerAsync(ScimRequest request, SearchRequest search)
    {
        if (
            !Projections.Parse(search.Attributes, search.ExcludedAttributes, types).TryGet(out var projections, out var refusal)
            || !TryReadTypes(request, search, projections, out var queries, out refusal)
        )
        {
            return ScimAnswer.Of(refusal);
        }

        ResourceSort? sort = null;
        if (search.SortBy is { } sortBy && !ResourceSort.Read(types, sortBy, search.SortOrder).TryGet(out sort, out refusal))
        {
            return ScimAnswer.Of(refusal);
        }

        var count = search.Count ?? ServiceProviderConfiguration.DefaultResults;
        var query = new ResourceQuery(
            queries,
            Math.Max(search.StartIndex ?? 1, 1),
            (int)Math.Clamp(count, 0, ServiceProviderConfiguration.MaxResults)
        )
        {
            Sort = sort,
        };
        return search.Cursor is { } cursor
            ? await ByCursorAsync(request, search, query, cursor, projections)
            : await ListAsync(request, query, projections, list: null);
    }

    private bool TryReadTypes(
        ScimRequest request,
        SearchRequest search,
        Projections projections,
        out IReadOnlyList<TypeQuery> queries,
        [NotNullWhen(false)] out ScimError? refusal
    )
    {
        refusal = null;
        var read = new List<TypeQuery>();
        var repairs = new List<Repair>();
        foreach (var type in types)
        {
            FilterExpression? filter = null;
            if (search.Filter is { } text)
            {
                if (!FilterParser.Parse(text, type, [.. types.Where(other => other != type)]).TryGet(out var parsed, out refusal))
                {
                    // Addresses are kept in places where such a value must not be.
                    refusal =
                        refusal.ComparesSecret && !HttpMethods.IsPost(request.Http.Request.Method)
                            ? ScimError.Sensitive(refusal.Detail)
                            : refusal;
                    break;
                }

                filter = parsed.Expression;
                repairs.AddRange(parsed.Repairs);
            }

            var projection = projections[type];
            read.Add(new TypeQuery(type, filter, projection.Wants("groups"), projection.Wants(ResourceType.MembersAttribute)));
        }

        request.Repaired([.. repairs.Distinct()]);
        queries = read;
        return refusal is null;
    }

    private static async Task<ScimAnswer> ByCursorAsync(
        ScimRequest request,
        SearchRequest search,
        ResourceQuery query,
        string cursor,
        Projections projections
    )
    {
        if (search.StartIndex is not null)
        {
            return ScimAnswer.Of(ScimError.InvalidValue("startIndex and cursor don't go together. Leave one of them out."));
        }

        if (query.Count == 0)
        {
            return ScimAnswer.Of(ScimError.InvalidCount("With a cursor, count must be at least 1."));
        }

        var list = ListCursors.ListOf(request.Call.ProviderId, query);
        ListPosition? from = null;
        if (cursor.Length > 0 && !request.Get<ListCursors>().Read(list, cursor).TryGet(out from, out var refusal))
        {
            return ScimAnswer.Of(refusal);
        }

        return await ListAsync(request, query with { ByPlace = true, From = from }, projections, list);
    }

    /// <param name="list">Names the list in the cursors of the answer; null answers with startIndex.</param>
    private static async Task<ScimAnswer> ListAsync(ScimRequest request, ResourceQuery query, Projections projections, byte[]? list)
    {
        var page = await request.Get<ResourceQueries>().ListAsync(request.Call.ProviderId, query, request.Aborted);
        return page.Match(
            done => ScimAnswer.List(done, list is null ? null : CursorsOf(request, list, done), request.BodyFor(projections)),
            ScimAnswer.Of
        );
    }

    private static PageCursors CursorsOf(ScimRequest request, byte[] list, ResourcePage page)
    {
        var cursors = request.Get<ListCursors>();
        return new PageCursors(cursors.Write(list, page.Next), cursors.Write(list, page.Previous));
    }

    private static bool TryReadAddress(
        ScimRequest request,
        [NotNullWhen(true)] out SearchRequest? search,
        [NotNullWhen(false)] out ScimError? refusal
    )
    {
        search = null;
        if (
            !TryReadNumber(request, "startIndex", out var startIndex, out refusal)
            || !TryReadNumber(request, "count", out var count, out refusal)
        )
        {
            return false;
        }

        var query = request.Http.Request.Query;
        search = new SearchRequest
        {
            Attributes = request.Query("attributes"),
            ExcludedAttributes = request.Query("excludedAttributes"),
            // An empty filter is refused, and an empty cursor asks for the first page.
            Filter = query["filter"] is [var filter, ..] ? filter : null,
            SortBy = request.Query("sortBy"),
            SortOrder = request.Query("sortOrder"),
            StartIndex = startIndex,
            Count = count,
            Cursor = query.ContainsKey("cursor") ? request.Query("cursor") ?? "" : null,
        };
        return true;
    }

    private static bool TryReadNumber(ScimRequest request, string name, out long? number, [NotNullWhen(false)] out ScimError? refusal)
    {
        number = null;
        refusal = null;
        if (request.Query(name) is not { } text)
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
        {
            refusal = ScimError.InvalidValue($"{name} must be a whole number. Send it as in {name}=10.");
            return false;
        }

        number = read;
        return true;
    }
}
