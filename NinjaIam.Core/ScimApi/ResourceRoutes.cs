using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>The handlers of one resource type: <c>/Users</c> or <c>/Groups</c>.</summary>
/// <param name="provisioning">Carries out the writes of the type.</param>
internal sealed class ResourceRoutes(ResourceType type, IResourceProvisioning provisioning)
{
    private readonly BodyLimit _bodyLimit = BodyLimit.For(type);

    public IEnumerable<ScimRoute> All()
    {
        var collection = type.Endpoint.TrimStart('/');
        var one = collection + "/{id}";
        foreach (var query in new QueryRoutes(collection, [type]).All())
        {
            yield return query;
        }

        yield return new(HttpMethods.Post, collection, request => WriteAsync(request, CreateAsync)) { BodyLimit = _bodyLimit };
        yield return new(HttpMethods.Get, one, GetAsync);
        yield return new(HttpMethods.Put, one, request => WriteAsync(request, ReplaceAsync))
        {
            BodyLimit = _bodyLimit,
            WhenReadOnly = LookAtAsync,
        };
        yield return new(HttpMethods.Patch, one, request => WriteAsync(request, PatchAsync))
        {
            BodyLimit = _bodyLimit,
            WhenReadOnly = LookAtAsync,
        };
        yield return new(HttpMethods.Delete, one, request => WriteAsync(request, DeleteAsync)) { WhenReadOnly = LookAtAsync };
    }

    // Its provider may have taken somebody's access away, and here they keep it.
    private async Task LookAtAsync(ScimRequest request)
    {
        if (request.IsPreview)
        {
            return;
        }

        if (!HttpMethods.IsDelete(request.Http.Request.Method))
        {
            // What can't be read takes nobody's access away.
            await request.ReadBodyAsync(_bodyLimit);
        }

        var write = new RefusedWrite(type, request.Http.Request.Method, request.RouteValue("id"), request.Body, Refusals.ReadOnlyToken);
        await request.Get<RefusedWrites>().LookAtAsync(request, write);
    }

    private async Task<ScimAnswer> WriteAsync(ScimRequest request, Func<ScimRequest, Task<ScimAnswer>> handle)
    {
        var answer = await handle(request);
        if (answer.Error is not { } error)
        {
            return answer;
        }

        var id = request.RouteValue("id");
        var write = new RefusedWrite(type, request.Http.Request.Method, id.Length == 0 ? null : id, request.Body, error);
        var told = await request.Get<RefusedWrites>().LookAtAsync(request, write);
        return told == error ? answer : ScimAnswer.Of(told);
    }

    private async Task<ScimAnswer> GetAsync(ScimRequest request)
    {
        if (!request.ReadProjection(type).TryGet(out var projection, out var refusal) || !TryReadId(request, out var id, out refusal))
        {
            return ScimAnswer.Of(refusal);
        }

        var withGroups = type.HasAccounts && projection.Wants("groups");
        var withMembers = projection.Wants(ResourceType.MembersAttribute);
        var found = await request
            .Get<ResourceQueries>()
            .FindAsync(type, request.Call.ProviderId, id, withGroups, withMembers, request.Aborted);
        if (found is null)
        {
            return ScimAnswer.Of(Refusals.NotFound(type, id.ToString("D")));
        }

        var tag = new EntityTag(found.Resources[0].Version);
        var headers = request.Http.Request.Headers;
        if (EntityTagList.Parse(headers.IfMatch)?.Contains(tag) == false)
        {
            await found.DisposeAsync();
            return ScimAnswer.Of(Refusals.PreconditionFailed(tag.Version));
        }

        // The groups of a user are not part of the version, so an equal version does not mean an equal answer.
        if (!withGroups && EntityTagList.Parse(headers.IfNoneMatch)?.Contains(tag) == true)
        {
            await found.DisposeAsync();
            return ScimAnswer.NotModified(tag);
        }

        return ScimAnswer.Found(found, request.BodyFor(projection));
    }

    private async Task<ScimAnswer> CreateAsync(ScimRequest request)
    {
        if (
            !request.ReadProjection(type).TryGet(out var projection, out var refusal)
            || !(await request.ReadBodyAsync(_bodyLimit)).TryGet(out var body, out refusal)
            || !DocumentReader.Read(body, type).TryGet(out var reading, out refusal)
        )
        {
            return ScimAnswer.Of(refusal);
        }

        request.Repaired(reading.Repairs);
        var outcome = await provisioning.CreateAsync(request.Call, reading, request.Aborted);
        return outcome.Match(
            done =>
            {
                request.Repaired(done.Repairs);
                return ScimAnswer.Resource(
                    StatusCodes.Status201Created,
                    done.Resource,
                    request.BodyFor(AfterWriting(projection, () => reading.Paths(type)))
                );
            },
            ScimAnswer.Of
        );
    }

    private async Task<ScimAnswer> ReplaceAsync(ScimRequest request)
    {
        if (
            !request.ReadProjection(type).TryGet(out var projection, out var refusal)
            || !TryReadId(request, out var id, out refusal)
            || !(await request.ReadBodyAsync(_bodyLimit)).TryGet(out var body, out refusal)
            || !DocumentReader.Read(body, type, isReplacement: true).TryGet(out var reading, out refusal)
        )
        {
            return ScimAnswer.Of(refusal);
        }

        request.Repaired(reading.Repairs);
        var outcome = await provisioning.ReplaceAsync(request.Call, id, reading, request.Condition, request.Aborted);
        return outcome.Match(
            done =>
            {
                request.Repaired(done.Repairs);
                return ScimAnswer.Resource(
                    StatusCodes.Status200OK,
                    done.Resource,
                    request.BodyFor(AfterWriting(projection, () => reading.Paths(type)))
                );
            },
            ScimAnswer.Of
        );
    }

    private async Task<ScimAnswer> PatchAsync(ScimRequest request)
    {
        if (
            !request.ReadProjection(type).TryGet(out var projection, out var refusal)
            || !TryReadId(request, out var id, out refusal)
            || !(await request.ReadBodyAsync(_bodyLimit)).TryGet(out var body, out refusal)
            || !PatchReader.Read(body, type).TryGet(out var patch, out refusal)
        )
        {
            return ScimAnswer.Of(refusal);
        }

        request.Repaired(patch.Repairs);
        var outcome = await provisioning.PatchAsync(request.Call, id, patch, request.Condition, request.Aborted);
        return outcome.Match(
            done =>
            {
                request.Repaired(done.Repairs);
                return StatusOfPatch(type) == StatusCodes.Status204NoContent && !projection.IsRequested
                    ? ScimAnswer.NoContent(new EntityTag(done.Resource.Version))
                    : ScimAnswer.Resource(
                        StatusCodes.Status200OK,
                        done.Resource,
                        request.BodyFor(AfterWriting(projection, () => patch.Mentioned(type)))
                    );
            },
            ScimAnswer.Of
        );
    }

    /// <summary>
    /// What a PATCH is answered that asks for no attributes: the members of a group may be many, and who adds one of them does not want to
    /// read them all.
    /// </summary>
    public static int StatusOfPatch(ResourceType type) => type.HasMembers ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;

    private async Task<ScimAnswer> DeleteAsync(ScimRequest request)
    {
        if (!TryReadId(request, out var id, out var refusal))
        {
            return ScimAnswer.Of(refusal);
        }

        var outcome = await provisioning.DeleteAsync(request.Call, id, request.Condition, request.Aborted);
        return outcome.Match(_ => ScimAnswer.NoContent(), ScimAnswer.Of);
    }

    private Projection AfterWriting(Projection projection, Func<IEnumerable<AttributePath>> mentioned) =>
        type.ReturnsOnRequest ? projection.AfterWriting(mentioned()) : projection;

    private bool TryReadId(ScimRequest request, out Guid id, [NotNullWhen(false)] out ScimError? refusal)
    {
        var text = request.RouteValue("id");
        var isId = Guid.TryParseExact(text, "D", out id);
        refusal = isId ? null : Refusals.NotFound(type, text);
        return isId;
    }
}
