namespace NinjaIam.Core.Scim.Schema;

/// <summary>The attributes every resource has, whatever its schemas are (RFC 7643, section 3.1).</summary>
public static class CommonAttributes
{
    public static AttributeDefinition Schemas { get; } =
        new("schemas")
        {
            Type = AttributeType.Reference,
            MultiValued = true,
            CaseExact = true,
            Mutability = Mutability.ReadOnly,
            Returned = Returned.Always,
            ReferenceTypes = ["uri"],
        };

    public static AttributeDefinition Id { get; } =
        new("id")
        {
            Description = "The service provider's identifier of the resource.",
            CaseExact = true,
            Mutability = Mutability.ReadOnly,
            Returned = Returned.Always,
            Uniqueness = Uniqueness.Server,
            Searchable = true,
        };

    public static AttributeDefinition ExternalId { get; } =
        new("externalId")
        {
            Description = "The provisioning client's identifier of the resource.",
            CaseExact = true,
            Searchable = true,
        };

    public static AttributeDefinition Meta { get; } =
        new("meta")
        {
            Type = AttributeType.Complex,
            Mutability = Mutability.ReadOnly,
            SubAttributes =
            [
                new("resourceType") { CaseExact = true, Mutability = Mutability.ReadOnly },
                new("created") { Type = AttributeType.DateTime, Mutability = Mutability.ReadOnly },
                new("lastModified") { Type = AttributeType.DateTime, Mutability = Mutability.ReadOnly },
                new("location")
                {
                    Type = AttributeType.Reference,
                    CaseExact = true,
                    Mutability = Mutability.ReadOnly,
                    ReferenceTypes = ["uri"],
                },
                new("version") { CaseExact = true, Mutability = Mutability.ReadOnly },
            ],
        };

    public static IReadOnlyList<AttributeDefinition> All { get; } = [Schemas, Id, ExternalId, Meta];

    public static AttributeDefinition? Find(string name)
    {
        foreach (var attribute in All)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute;
            }
        }

        return null;
    }
}
