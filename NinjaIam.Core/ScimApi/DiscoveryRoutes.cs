using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>The handlers that tell what this service provider can do. The same for every provider.</summary>
internal sealed class DiscoveryRoutes(SchemaRegistry schemas)
{
    public IEnumerable<ScimRoute> All() =>
        [
            new(HttpMethods.Get, "ServiceProviderConfig", GetConfiguration) { Access = ScimAccess.AnyoneWithoutToken },
            new(HttpMethods.Get, "Schemas", ListSchemas),
            new(HttpMethods.Get, "Schemas/{urn}", GetSchema),
            new(HttpMethods.Get, "ResourceTypes", ListResourceTypes),
            new(HttpMethods.Get, "ResourceTypes/{name}", GetResourceType),
        ];

    private static Task<ScimAnswer> GetConfiguration(ScimRequest request) =>
        Answer(
            request,
            () =>
                UniqueIdentifier.IsWellFormed(request.Identifier)
                    ? ScimAnswer.Ok(ServiceProviderConfiguration.Create(request.BaseUrl))
                    : ScimAnswer.Of(ScimEndpoints.NothingHere)
        );

    private Task<ScimAnswer> ListSchemas(ScimRequest request) =>
        Answer(request, () => Complete(schemas.Schemas.Select(schema => SchemaDocuments.ForSchema(schema, request.BaseUrl))));

    private Task<ScimAnswer> GetSchema(ScimRequest request) =>
        Answer(
            request,
            () =>
                schemas.FindSchema(request.RouteValue("urn")) is { } schema
                    ? ScimAnswer.Ok(SchemaDocuments.ForSchema(schema, request.BaseUrl))
                    : ScimAnswer.Of(ScimError.NotFound("There is no schema with this URN. /Schemas lists those there are."))
        );

    private Task<ScimAnswer> ListResourceTypes(ScimRequest request) =>
        Answer(request, () => Complete(schemas.ResourceTypes.Select(type => SchemaDocuments.ForResourceType(type, request.BaseUrl))));

    private Task<ScimAnswer> GetResourceType(ScimRequest request) =>
        Answer(
            request,
            () =>
                schemas.FindByName(request.RouteValue("name")) is { } type
                    ? ScimAnswer.Ok(SchemaDocuments.ForResourceType(type, request.BaseUrl))
                    : ScimAnswer.Of(ScimError.NotFound("There is no resource type of this name. /ResourceTypes lists those there are."))
        );

    /// <summary>RFC 7644, section 4: a filter here is refused, so that nobody takes everything for what was asked for.</summary>
    private static Task<ScimAnswer> Answer(ScimRequest request, Func<ScimAnswer> answer) =>
        Task.FromResult(
            request.Http.Request.Query.ContainsKey("filter")
                ? ScimAnswer.Of(ScimError.Forbidden("This address can't be filtered. Leave the filter out."))
                : answer()
        );

    private static ScimAnswer Complete(IEnumerable<JsonObject> resources) => ScimAnswer.Ok(ListResponse.Complete([.. resources]));
}
