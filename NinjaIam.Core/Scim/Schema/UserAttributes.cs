namespace NinjaIam.Core.Scim.Schema;

/// <summary>
/// The attributes of User. Errata applied: no uniqueness on complex attributes (6004), binary certificates (5606),
/// groups refer to groups only (8471), manager.value is case exact (8472).
/// </summary>
internal static class UserAttributes
{
    public static IReadOnlyList<AttributeDefinition> Core { get; } =
    [
        new("userName")
        {
            Description = "The login name.",
            Required = true,
            Uniqueness = Uniqueness.Server,
            Searchable = true,
        },
        Complex(
            "name",
            "The components of the name.",
            new("formatted") { Description = "The full name, ready for display." },
            new("familyName") { Description = "The last name.", Searchable = true },
            new("givenName") { Description = "The first name.", Searchable = true },
            new("middleName") { Description = "The middle names." },
            new("honorificPrefix") { Description = "The title before the name." },
            new("honorificSuffix") { Description = "The suffix after the name." }
        ),
        new("displayName") { Description = "The name shown to others.", Searchable = true },
        new("nickName") { Description = "The casual name." },
        new("profileUrl")
        {
            Description = "The address of a profile page.",
            Type = AttributeType.Reference,
            CaseExact = true,
            ReferenceTypes = ["external"],
        },
        new("title") { Description = "The job title." },
        new("userType") { Description = "The relation to the enterprise. Has no effect here." },
        new("preferredLanguage") { Description = "The preferred language." },
        new("locale") { Description = "The locale for dates, numbers and currency." },
        new("timezone") { Description = "The time zone." },
        new("active")
        {
            Description = "Whether the user may sign in.",
            Type = AttributeType.Boolean,
            Searchable = true,
        },
        new("password")
        {
            Description = "Accepted and not kept: managed users sign in through their identity provider.",
            Mutability = Mutability.WriteOnly,
            Returned = Returned.Never,
            IsDiscarded = true,
        },
        Values(
            "emails",
            "Email addresses.",
            new("value") { Description = "The address.", Searchable = true },
            true,
            "work",
            "home",
            "other"
        ),
        Values(
            "phoneNumbers",
            "Phone numbers, in any form.",
            new("value") { Description = "The number." },
            false,
            "work",
            "home",
            "mobile",
            "fax",
            "pager",
            "other"
        ),
        Values(
            "ims",
            "Instant messaging addresses.",
            new("value") { Description = "The address." },
            false,
            "aim",
            "gtalk",
            "icq",
            "xmpp",
            "msn",
            "skype",
            "qq",
            "yahoo"
        ),
        Values(
            "photos",
            "Addresses of photos.",
            new("value")
            {
                Description = "The address.",
                Type = AttributeType.Reference,
                CaseExact = true,
                ReferenceTypes = ["external"],
            },
            false,
            "photo",
            "thumbnail"
        ),
        new("addresses")
        {
            Description = "Postal addresses.",
            Type = AttributeType.Complex,
            MultiValued = true,
            SubAttributes =
            [
                new("formatted") { Description = "The full address, ready for a label." },
                new("streetAddress") { Description = "Street and number." },
                new("locality") { Description = "City." },
                new("region") { Description = "State or region." },
                new("postalCode") { Description = "Postal code." },
                new("country") { Description = "Country." },
                new("type") { Description = "What the address is for.", CanonicalValues = ["work", "home", "other"] },
                Primary,
            ],
        },
        new("groups")
        {
            Description = "The groups the user is a member of. Changed through the groups.",
            Type = AttributeType.Complex,
            MultiValued = true,
            Mutability = Mutability.ReadOnly,
            SubAttributes =
            [
                new("value")
                {
                    Description = "The id of the group.",
                    CaseExact = true,
                    Mutability = Mutability.ReadOnly,
                },
                new("$ref")
                {
                    Description = "The address of the group.",
                    Type = AttributeType.Reference,
                    CaseExact = true,
                    Mutability = Mutability.ReadOnly,
                    ReferenceTypes = ["Group"],
                },
                new("display") { Description = "The name of the group.", Mutability = Mutability.ReadOnly },
                new("type")
                {
                    Description = "How the user came into the group.",
                    Mutability = Mutability.ReadOnly,
                    CanonicalValues = ["direct", "indirect"],
                },
            ],
        },
        Values(
            "entitlements",
            "Entitlements. Without effect on access here.",
            new("value") { Description = "The entitlement.", UnwrapsJson = true },
            false
        ),
        Values("roles", "Roles. Without effect on access here.", new("value") { Description = "The role.", UnwrapsJson = true }, false),
        Values(
            "x509Certificates",
            "Certificates.",
            new("value")
            {
                Description = "The certificate, DER in Base64.",
                Type = AttributeType.Binary,
                CaseExact = true,
            },
            false
        ),
    ];

    public static IReadOnlyList<AttributeDefinition> Enterprise { get; } =
    [
        new("employeeNumber") { Description = "The number of the employee." },
        new("costCenter") { Description = "The cost center." },
        new("organization") { Description = "The organization." },
        new("division") { Description = "The division." },
        new("department") { Description = "The department." },
        Complex(
            "manager",
            "The user's superior.",
            new("value") { Description = "The id of the superior.", CaseExact = true },
            new("$ref")
            {
                Description = "The address of the superior.",
                Type = AttributeType.Reference,
                CaseExact = true,
                ReferenceTypes = ["User"],
            },
            new("displayName") { Description = "The name of the superior.", Mutability = Mutability.ReadOnly }
        ),
    ];

    public static IReadOnlyList<AttributeDefinition> NinjaOne { get; } =
    [
        new("userType")
        {
            Description = "The kind of the user: Technician or endUser.",
            CanonicalValues = ["Technician", "endUser"],
            CanonicalValuesOnly = true,
            CanonicalValuesHint =
                "The usual cause is a mapping from an attribute of the same name with another meaning, such as Microsoft Entra ID's own userType (Member or Guest). Map a constant or an expression that gives one of the allowed values.",
        },
        new("organizationId")
        {
            Description = "The identifiers of the user's organizations, separated by commas, or All.",
            CanonicalValues = ["All"],
            JoinsLists = true,
        },
    ];

    private static AttributeDefinition Primary =>
        new("primary") { Description = "Whether this is the preferred value.", Type = AttributeType.Boolean };

    private static AttributeDefinition Complex(string name, string description, params AttributeDefinition[] subAttributes) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Complex,
            SubAttributes = subAttributes,
        };

    private static AttributeDefinition Values(
        string name,
        string description,
        AttributeDefinition value,
        bool typeIsSearchable,
        params string[] types
    ) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Complex,
            MultiValued = true,
            SubAttributes =
            [
                value,
                new("display") { Description = "The value as people read it." },
                new("type")
                {
                    Description = "What the value is for.",
                    CanonicalValues = types,
                    Searchable = typeIsSearchable,
                },
                Primary,
            ],
        };
}
