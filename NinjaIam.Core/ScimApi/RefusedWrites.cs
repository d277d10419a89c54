using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>One write that was refused, whatever was found wrong with it: it may never have come further than its body.</summary>
/// <param name="Id">In the path; null for a POST.</param>
/// <param name="Body">As far as it could be read.</param>
internal sealed record RefusedWrite(ResourceType Type, string Method, string? Id, JsonObject? Body, ScimError Error);

/// <summary>
/// Looks at writes that were refused. While the provider is in preview they are part of what is found out. Otherwise, if one was to take
/// somebody's access away, an administrator is told who should be inactive.
/// </summary>
internal sealed class RefusedWrites(Previews previews, RefusedDeactivations deactivations, TimeProvider clock)
{
    /// <summary>Answers what the client is told.</summary>
    public async Task<ScimError> LookAtAsync(ScimRequest request, RefusedWrite write)
    {
        if (write.Error.Status is < 400 or >= 500 or StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
        {
            return write.Error;
        }

        var call = request.Call;
        if (request.IsPreview)
        {
            var target = write.Id ?? NameIn(write);
            await previews.StoreAsync(
                call.ProviderId,
                [PreviewWrites.OfRefused(call.ProviderId, write.Type.Name, target, write.Error, clock.GetUtcNow())]
            );
            return Refusals.Preview;
        }

        if (
            write.Type.HasAccounts
            && write.Error.Status != StatusCodes.Status404NotFound
            && Guid.TryParseExact(write.Id, "D", out var id)
            && TakesAccess(write)
        )
        {
            await deactivations.NoteAsync(call, id, write.Error.Detail);
        }

        return write.Error;
    }

    private static string NameIn(RefusedWrite write) =>
        (write.Type.NameAttribute is { } name ? TextOf(Find(write.Body, name.Name)) : null)
        ?? TextOf(Find(write.Body, CommonAttributes.ExternalId.Name))
        ?? "";

    private static bool TakesAccess(RefusedWrite write) =>
        HttpMethods.IsDelete(write.Method)
        || (HttpMethods.IsPut(write.Method) && IsFalse(Find(write.Body, "active")))
        || (
            HttpMethods.IsPatch(write.Method)
            && Find(write.Body, "Operations") is JsonArray operations
            && operations.OfType<JsonObject>().Any(TakesAccess)
        );

    private static bool TakesAccess(JsonObject operation) =>
        TextOf(Find(operation, "path")) is { } path
            ? path.EndsWith("active", StringComparison.OrdinalIgnoreCase) && IsFalse(Find(operation, "value"))
            : IsFalse(Find(Find(operation, "value") as JsonObject, "active"));

    // A body that is refused may have anything anywhere.
    private static JsonNode? Find(JsonObject? body, string name) =>
        body?.FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static bool IsFalse(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => node.GetValue<string>().Equals("false", StringComparison.OrdinalIgnoreCase),
            JsonValueKind.Array => node.AsArray() is [var only] && IsFalse(only),
            _ => false,
        };
}
