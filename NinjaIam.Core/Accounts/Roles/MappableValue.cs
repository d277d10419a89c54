using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>An attribute of people whose values can stand for roles, where an identity provider sends no groups.</summary>
/// <param name="Name">As clients write it: <c>title</c>, <c>entitlements.value</c>, an attribute of an extension behind its URN.</param>
/// <param name="ListPath">Where its values stand in a document, if there can be several; null for a single one.</param>
/// <param name="ValuePath">Where the value stands, from the document or from one of the several.</param>
public sealed record MappableValue(string Name, string? ListPath, string ValuePath)
{
    private const string Root = "$";

    // What tells people apart is no reason to give them a role, and what they may say of themselves must not be one.
    private static readonly HashSet<string> Personal = new(StringComparer.Ordinal)
    {
        "id",
        "externalId",
        "userName",
        "name",
        "displayName",
        "nickName",
        "profileUrl",
        "emails",
        "phoneNumbers",
        "ims",
        "photos",
        "addresses",
        "x509Certificates",
        "groups",
        "password",
        "active",
        "preferredLanguage",
        "locale",
        "timezone",
        // These are stored and answered and have no effect on access; schemas say so to clients.
        "userType",
        "roles",
        "entitlements",
    };

    /// <summary>Those of this installation, the core schema first.</summary>
    public static IReadOnlyList<MappableValue> Of(SchemaRegistry schemas) =>
        [
            .. schemas
                .User.Schema.Attributes.Where(attribute => !Personal.Contains(attribute.Name))
                .SelectMany(attribute => In(attribute, attribute.Name, Root)),
            .. schemas.User.Extensions.SelectMany(extension =>
                extension.Schema.Attributes.SelectMany(attribute =>
                    In(attribute, $"{extension.Schema.Id}:{attribute.Name}", $"{Root}.\"{extension.Schema.Id}\"")
                )
            ),
        ];

    private static IEnumerable<MappableValue> In(AttributeDefinition attribute, string name, string place)
    {
        if (attribute.IsHidden || attribute.Mutability == Mutability.ReadOnly)
        {
            return [];
        }

        var own = $"{place}.\"{attribute.Name}\"";
        if (!attribute.IsComplex)
        {
            return !IsText(attribute) ? []
                : attribute.MultiValued ? [new MappableValue(name, own, Root)]
                : [new MappableValue(name, null, own)];
        }

        // Of several values the one that is meant is called value; a single one is described by all its parts.
        return attribute
            .SubAttributes.Where(part => IsText(part) && !part.IsHidden && (!attribute.MultiValued || part.Name is "value"))
            .Select(part =>
                attribute.MultiValued
                    ? new MappableValue($"{name}.{part.Name}", own, $"{Root}.\"{part.Name}\"")
                    : new MappableValue($"{name}.{part.Name}", null, $"{own}.\"{part.Name}\"")
            );
    }

    private static bool IsText(AttributeDefinition attribute) => attribute.Type == AttributeType.String;
}
