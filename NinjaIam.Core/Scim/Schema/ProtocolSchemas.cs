namespace NinjaIam.Core.Scim.Schema;

/// <summary>
/// The schemas of the discovery documents themselves (RFC 7643, sections 5 to 7, and RFC 9865). Errata applied: binary is a type (5606,
/// 8435), schemaExtensions and referenceTypes are lists (7522, 5607).
/// </summary>
internal static class ProtocolSchemas
{
    public static IReadOnlyList<ScimSchema> All { get; } =
    [
        new(
            SchemaUrns.ServiceProviderConfig,
            "ServiceProviderConfig",
            "What the service provider can do",
            [
                Address("documentationUri", "Where people read more."),
                Feature("patch", "PATCH."),
                Feature(
                    "bulk",
                    "Bulk requests.",
                    Number("maxOperations", "The most operations of one request."),
                    Number("maxPayloadSize", "The most bytes of one request.")
                ),
                Feature("filter", "Filters.", Number("maxResults", "The most resources of one answer.")),
                Feature("changePassword", "Changing passwords."),
                Feature("sort", "Sorting."),
                Feature("etag", "Entity tags."),
                Complex(
                    "pagination",
                    "The ways to read a list page by page.",
                    required: false,
                    Truth("cursor", "By cursor.", required: true),
                    Truth("index", "By index.", required: true),
                    Text("defaultPaginationMethod", "The way of a request that asks for none.", ["cursor", "index"]),
                    Number("defaultPageSize", "The resources of a page where count is not sent.", required: false),
                    Number("maxPageSize", "The most resources of a page.", required: false),
                    Number("cursorTimeout", "For how many seconds a cursor can be used.", required: false)
                ),
                new("authenticationSchemes")
                {
                    Description = "How clients authenticate.",
                    Type = AttributeType.Complex,
                    MultiValued = true,
                    Required = true,
                    Mutability = Mutability.ReadOnly,
                    SubAttributes =
                    [
                        Text(
                            "type",
                            "The kind of scheme.",
                            ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"],
                            required: true
                        ),
                        Text("name", "The name of the scheme.", required: true),
                        Text("description", "What the scheme is.", required: true),
                        Address("specUri", "Where the scheme is specified."),
                        Address("documentationUri", "Where people read more."),
                        Truth("primary", "Whether this is the preferred scheme."),
                    ],
                },
            ]
        ),
        new(
            SchemaUrns.ResourceType,
            "ResourceType",
            "A kind of resource",
            [
                Text("id", "The identifier, which is the name."),
                Text("name", "The name.", required: true),
                Text("description", "What the resources are."),
                Reference("endpoint", "The address below the base URL."),
                Reference("schema", "The URN of the core schema."),
                new("schemaExtensions")
                {
                    Description = "The extensions.",
                    Type = AttributeType.Complex,
                    MultiValued = true,
                    Mutability = Mutability.ReadOnly,
                    SubAttributes =
                    [
                        Reference("schema", "The URN of the extension."),
                        Truth("required", "Whether every resource has it.", required: true),
                    ],
                },
            ]
        ),
        new(
            SchemaUrns.Schema,
            "Schema",
            "The attributes behind a URN",
            [
                new("id")
                {
                    Description = "The URN.",
                    Required = true,
                    Mutability = Mutability.ReadOnly,
                    Returned = Returned.Always,
                },
                Text("name", "The name.", required: true),
                Text("description", "What it describes."),
                Attributes(
                    "attributes",
                    "The attributes.",
                    [.. Characteristics(), Attributes("subAttributes", "The parts of a complex attribute.", Characteristics())]
                ),
            ]
        ),
    ];

    private static AttributeDefinition[] Characteristics() =>
        [
            new("name")
            {
                Description = "The name.",
                Required = true,
                CaseExact = true,
                Mutability = Mutability.ReadOnly,
            },
            Text("type", "The data type.", Tokens<AttributeType>(CharacteristicTokens.ToToken), required: true),
            Truth("multiValued", "Whether it can have several values.", required: true),
            Text("description", "What it is."),
            Truth("required", "Whether every resource has it."),
            Exact("canonicalValues", "Suggested values.", isMultiValued: true),
            Truth("caseExact", "Whether letter case counts."),
            Exact("mutability", "Who may write it, and when.", Tokens<Mutability>(CharacteristicTokens.ToToken)),
            Exact("returned", "When it is part of an answer.", Tokens<Returned>(CharacteristicTokens.ToToken)),
            Exact("uniqueness", "How far a value is unique.", Tokens<Uniqueness>(CharacteristicTokens.ToToken)),
            Exact("referenceTypes", "What it may refer to.", isMultiValued: true),
        ];

    private static IReadOnlyList<string> Tokens<T>(Func<T, string> token)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(token)];

    private static AttributeDefinition Text(
        string name,
        string description,
        IReadOnlyList<string>? canonicalValues = null,
        bool required = false
    ) =>
        new(name)
        {
            Description = description,
            Required = required,
            Mutability = Mutability.ReadOnly,
            CanonicalValues = canonicalValues ?? [],
        };

    private static AttributeDefinition Exact(
        string name,
        string description,
        IReadOnlyList<string>? canonicalValues = null,
        bool isMultiValued = false
    ) =>
        new(name)
        {
            Description = description,
            MultiValued = isMultiValued,
            CaseExact = true,
            Mutability = Mutability.ReadOnly,
            CanonicalValues = canonicalValues ?? [],
        };

    private static AttributeDefinition Truth(string name, string description, bool required = false) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Boolean,
            Required = required,
            Mutability = Mutability.ReadOnly,
        };

    private static AttributeDefinition Number(string name, string description, bool required = true) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Integer,
            Required = required,
            Mutability = Mutability.ReadOnly,
        };

    private static AttributeDefinition Address(string name, string description) => Link(name, description, "external", required: false);

    private static AttributeDefinition Reference(string name, string description) => Link(name, description, "uri", required: true);

    private static AttributeDefinition Link(string name, string description, string referenceType, bool required) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Reference,
            Required = required,
            CaseExact = true,
            Mutability = Mutability.ReadOnly,
            ReferenceTypes = [referenceType],
        };

    private static AttributeDefinition Feature(string name, string description, params AttributeDefinition[] limits) =>
        Complex(name, description, required: true, [Truth("supported", "Whether it is offered.", required: true), .. limits]);

    private static AttributeDefinition Complex(
        string name,
        string description,
        bool required,
        params AttributeDefinition[] subAttributes
    ) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Complex,
            Required = required,
            Mutability = Mutability.ReadOnly,
            SubAttributes = subAttributes,
        };

    private static AttributeDefinition Attributes(string name, string description, AttributeDefinition[] characteristics) =>
        new(name)
        {
            Description = description,
            Type = AttributeType.Complex,
            MultiValued = true,
            Required = name == "attributes",
            Mutability = Mutability.ReadOnly,
            SubAttributes = characteristics,
        };
}
