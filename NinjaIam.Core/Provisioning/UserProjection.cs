using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>What the columns of an account take from the document of its resource.</summary>
/// <param name="Kind">Null when the client does not send it.</param>
/// <param name="OrganizationId">As the client sent it; null when it does not.</param>
internal sealed record UserProjection(
    string UserName,
    string? ExternalId,
    bool Active,
    string? DisplayName,
    string? GivenName,
    string? FamilyName,
    string? Email,
    AccountKind? Kind,
    string? OrganizationId
)
{
    private const string Technician = "Technician";

    /// <param name="active">Whether the person is active where the document does not say so.</param>
    public static UserProjection Of(JsonObject document, bool active)
    {
        var name = document["name"] as JsonObject;
        var extension = document[SchemaUrns.NinjaOneUser] as JsonObject;
        return new UserProjection(
            Text(document, "userName") ?? "",
            Text(document, "externalId"),
            document["active"]?.GetValue<bool>() ?? active,
            Text(document, "displayName"),
            Text(name, "givenName"),
            Text(name, "familyName"),
            EmailOf(document["emails"] as JsonArray),
            Text(extension, "userType") switch
            {
                null => null,
                Technician => AccountKind.Technician,
                _ => AccountKind.EndUser,
            },
            Text(extension, "organizationId")
        );
    }

    public ManagedNames Names() => new(UserName, TextKey.Of(UserName), Email, DisplayName, GivenName, FamilyName, Active);

    /// <summary>The preferred address, else the one at work, else the first.</summary>
    private static string? EmailOf(JsonArray? emails)
    {
        var addresses = (emails ?? []).OfType<JsonObject>().Where(email => Text(email, "value") is { Length: > 0 }).ToList();
        var chosen =
            addresses.Find(email => email["primary"]?.GetValue<bool>() == true)
            ?? addresses.Find(email => string.Equals(Text(email, "type"), "work", StringComparison.OrdinalIgnoreCase))
            ?? addresses.FirstOrDefault();
        return Text(chosen, "value");
    }

    private static string? Text(JsonObject? values, string attribute) => values?[attribute]?.GetValue<string>();
}
