namespace NinjaIam.Core.Scim.Schema;

/// <summary>User and Group of RFC 7643 with its errata applied, the enterprise extension, and the extension of NinjaOne.</summary>
public static class BuiltInResourceTypes
{
    // The initialisers below run in this order: the schemas first, then what refers to them.
    private static readonly ScimSchema UserSchema = new(SchemaUrns.User, "User", "User account", UserAttributes.Core);

    private static readonly ScimSchema EnterpriseUserSchema = new(
        SchemaUrns.EnterpriseUser,
        "EnterpriseUser",
        "Attributes of users in an enterprise",
        UserAttributes.Enterprise
    );

    private static readonly ScimSchema NinjaOneUserSchema = new(
        SchemaUrns.NinjaOneUser,
        "NinjaOneUser",
        "The kind of a user and the organizations the user belongs to",
        UserAttributes.NinjaOne
    );

    private static readonly ScimSchema GroupSchema = new(
        SchemaUrns.Group,
        "Group",
        "Group of users",
        [
            new("displayName")
            {
                Description = "The name of the group, unique within the identity provider.",
                Required = true,
                Uniqueness = Uniqueness.Server,
                Searchable = true,
            },
            new(ResourceType.MembersAttribute)
            {
                Description = "The users in the group.",
                Type = AttributeType.Complex,
                MultiValued = true,
                SubAttributes =
                [
                    new("value")
                    {
                        Description = "The id of the member.",
                        CaseExact = true,
                        Mutability = Mutability.Immutable,
                        Searchable = true,
                    },
                    new("$ref")
                    {
                        Description = "The address of the member.",
                        Type = AttributeType.Reference,
                        CaseExact = true,
                        Mutability = Mutability.Immutable,
                        ReferenceTypes = ["User"],
                    },
                    new("type")
                    {
                        Description = "The resource type of the member.",
                        Mutability = Mutability.Immutable,
                        CanonicalValues = ["User"],
                    },
                    new("display") { Description = "The name of the member.", Mutability = Mutability.ReadOnly },
                ],
            },
        ]
    );

    public static ResourceType User { get; } =
        new("User", "/Users", "User account", UserSchema, [new(EnterpriseUserSchema, false), new(NinjaOneUserSchema, false)])
        {
            HasAccounts = true,
        };

    public static ResourceType Group { get; } = new("Group", "/Groups", "Group of users", GroupSchema, []) { HasMembers = true };
}
