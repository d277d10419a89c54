using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>Puts what was read together with what is built in, and checks what definitions say of each other.</summary>
internal sealed class RegistryBuilder(IReadOnlyList<DefinedSchema> schemas, IReadOnlyList<DefinedResourceType> types)
{
    // Addresses and kinds of resources that SCIM has for itself.
    private static readonly string[] ReservedEndpoints = ["/Me", "/Bulk", "/Schemas", "/ResourceTypes", "/ServiceProviderConfig"];
    private static readonly string[] ReservedNames = ["Schema", "ResourceType", "ServiceProviderConfig"];
    private static readonly string[] OtherReferences = ["external", "uri"];

    private readonly Dictionary<string, ScimSchema> _byUrn = SchemaRegistry
        .BuiltIn.ResourceTypes.SelectMany(type => type.Extensions)
        .ToDictionary(extension => extension.Schema.Id, extension => extension.Schema, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, ResourceType> _byName = SchemaRegistry.BuiltIn.ResourceTypes.ToDictionary(
        type => type.Name,
        StringComparer.OrdinalIgnoreCase
    );

    // Which type a schema is the core of.
    private readonly Dictionary<string, string> _cores = SchemaRegistry.BuiltIn.ResourceTypes.ToDictionary(
        type => type.Schema.Id,
        type => type.Name,
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> _extensions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The registry. It means nothing when there are problems afterwards.</summary>
    public SchemaRegistry Build()
    {
        AddSchemas();
        foreach (var type in types)
        {
            AddCore(type);
        }

        foreach (var type in types)
        {
            AddType(type);
        }

        foreach (var schema in schemas)
        {
            CheckUse(schema);
            CheckReferences(schema);
        }

        return new SchemaRegistry([.. _byName.Values]);
    }

    private void AddSchemas()
    {
        if (schemas.Count > DefinitionLimits.Schemas)
        {
            schemas[^1].Node.Refuse($"There are {schemas.Count} schemas. Define at most {DefinitionLimits.Schemas}.");
        }

        foreach (var defined in schemas)
        {
            var id = defined.Schema.Id;
            if (!_byUrn.TryAdd(id, defined.Schema))
            {
                defined.Node.Find("id")!.Refuse($"The schema {id} is defined by {_byUrn[id].Source} already. Remove one of the two.");
            }
            else if (_byUrn.Keys.Concat(_cores.Keys).FirstOrDefault(other => IsAmbiguous(other, id)) is { } other)
            {
                defined
                    .Node.Find("id")!
                    .Refuse($"{id} could be mistaken for an attribute of {other}, or the other way round. Choose another URN.");
            }
        }
    }

    /// <summary>What follows a URN and a colon is the name of an attribute.</summary>
    private static bool IsAmbiguous(string left, string right) =>
        left.StartsWith(right + ":", StringComparison.OrdinalIgnoreCase)
        || right.StartsWith(left + ":", StringComparison.OrdinalIgnoreCase);

    private void AddCore(DefinedResourceType type)
    {
        if (SchemaRegistry.BuiltIn.FindByName(type.Name) is not null || type.Schema is not { } urn || !_byUrn.ContainsKey(urn))
        {
            return;
        }

        if (!_cores.TryAdd(urn, type.Name))
        {
            type.Node.Find("schema")!.Refuse($"The schema {urn} is the core of {_cores[urn]} already. Define a schema of its own.");
        }
    }

    private void AddType(DefinedResourceType defined)
    {
        if (_byName.Count > DefinitionLimits.ResourceTypes)
        {
            defined.Node.Refuse($"There are more than {DefinitionLimits.ResourceTypes} resource types. Define fewer.");
            return;
        }

        var extensions = ExtensionsOf(defined);
        if (SchemaRegistry.BuiltIn.FindByName(defined.Name) is { } builtIn)
        {
            Extend(defined, builtIn, extensions);
            return;
        }

        if (_byName.ContainsKey(defined.Name) || ReservedNames.Contains(defined.Name, StringComparer.OrdinalIgnoreCase))
        {
            defined.Node.Find("name")!.Refuse($"There is a resource type {defined.Name} already. Choose another name.");
            return;
        }

        var endpoint = EndpointOf(defined);
        var core = CoreOf(defined);
        if (endpoint is not null && core is not null)
        {
            var type = new ResourceType(defined.Name, endpoint, defined.Description, core, [.. extensions.Select(known => known.Extension)])
            {
                Source = defined.Node.Source,
            };
            Add(defined, type);
        }
    }

    private string? EndpointOf(DefinedResourceType defined)
    {
        if (defined.Node.Find("endpoint") is not { } node)
        {
            defined.Node.Refuse("The endpoint is missing. Add a property \"endpoint\", such as \"/Devices\".");
            return null;
        }

        var isTaken =
            ReservedEndpoints.Contains(defined.Endpoint, StringComparer.OrdinalIgnoreCase)
            || _byName.Values.Any(other => other.Endpoint.Equals(defined.Endpoint, StringComparison.OrdinalIgnoreCase));
        if (isTaken)
        {
            node.Refuse($"The endpoint {defined.Endpoint} is in use already. Choose another one.");
        }

        return isTaken ? null : defined.Endpoint;
    }

    private ScimSchema? CoreOf(DefinedResourceType defined)
    {
        if (defined.Node.Find("schema") is not { } node)
        {
            defined.Node.Refuse("The schema is missing. Add a property \"schema\" with the URN of the core schema.");
            return null;
        }

        if (defined.Schema is not { } urn)
        {
            return null;
        }

        if (!_byUrn.TryGetValue(urn, out var core))
        {
            node.Refuse(
                _cores.TryGetValue(urn, out var owner)
                    ? $"The schema {urn} is the core of {owner} already. Define a schema of its own."
                    : $"There is no schema {urn}. Define it in a Schema document, or correct the URN."
            );
            return null;
        }

        if (core.Source is null)
        {
            node.Refuse($"The schema {urn} is a built-in extension. Define a schema of its own.");
            return null;
        }

        return core;
    }

    private List<(SchemaExtension Extension, DefinitionNode Node)> ExtensionsOf(DefinedResourceType defined)
    {
        var extensions = new List<(SchemaExtension Extension, DefinitionNode Node)>();
        if (defined.Extensions.Count > DefinitionLimits.Extensions)
        {
            defined
                .Node.Find("schemaExtensions")!
                .Refuse($"There are {defined.Extensions.Count} extensions. Name at most {DefinitionLimits.Extensions}.");
        }

        foreach (var (urn, isRequired, node) in defined.Extensions)
        {
            if (_cores.TryGetValue(urn, out var owner))
            {
                node.Refuse($"The schema {urn} is the core of {owner} and can't extend anything. Define a schema of its own.");
            }
            else if (!_byUrn.TryGetValue(urn, out var schema))
            {
                node.Refuse($"There is no schema {urn}. Define it in a Schema document, or correct the URN.");
            }
            else if (extensions.Exists(other => ReferenceEquals(other.Extension.Schema, schema)))
            {
                node.Refuse($"The extension {urn} stands twice. Remove one of the two.");
            }
            else
            {
                _extensions.Add(urn);
                extensions.Add((new SchemaExtension(schema, isRequired), node));
            }
        }

        return extensions;
    }

    /// <summary>A document with the name of a built-in type adds extensions; what else it says must be what the type is.</summary>
    private void Extend(DefinedResourceType defined, ResourceType builtIn, List<(SchemaExtension, DefinitionNode)> extensions)
    {
        if (defined.Endpoint is { } endpoint && !endpoint.Equals(builtIn.Endpoint, StringComparison.OrdinalIgnoreCase))
        {
            defined.Node.Find("endpoint")!.Refuse($"{builtIn} is built in at {builtIn.Endpoint}. Remove the endpoint, or correct it.");
        }

        if (defined.Schema is { } schema && !schema.Equals(builtIn.Schema.Id, StringComparison.OrdinalIgnoreCase))
        {
            defined.Node.Find("schema")!.Refuse($"The core schema of {builtIn} is {builtIn.Schema}. Remove the schema, or correct it.");
        }

        var current = _byName[builtIn.Name];
        var added = new List<SchemaExtension>();
        foreach (var (extension, node) in extensions)
        {
            var held = current.Extensions.FirstOrDefault(other => ReferenceEquals(other.Schema, extension.Schema));
            if (held is null)
            {
                added.Add(extension);
            }
            else if (held.Schema.Source is not null)
            {
                node.Refuse($"{builtIn} has the extension {extension.Schema} by another document already. Remove one of the two.");
            }
            else if (held.Required != extension.Required)
            {
                node.Refuse($"{builtIn} has the extension {extension.Schema} as built in. Remove it here.");
            }
        }

        Add(
            defined,
            new ResourceType(current.Name, current.Endpoint, current.Description, current.Schema, [.. current.Extensions, .. added])
            {
                HasAccounts = current.HasAccounts,
                HasMembers = current.HasMembers,
            }
        );
    }

    private void Add(DefinedResourceType defined, ResourceType type)
    {
        var own = type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema).Where(schema => schema.Source is not null);
        var searchable = own.SelectMany(schema => schema.Attributes)
            .Sum(attribute => attribute.SubAttributes.Count(part => part.Searchable) + (attribute.Searchable ? 1 : 0));
        if (searchable > DefinitionLimits.Searchable)
        {
            defined.Node.Refuse(
                $"{type} has {searchable} searchable attributes, each of which is work with every write. Leave at most {DefinitionLimits.Searchable}."
            );
        }

        _byName[type.Name] = type;
    }

    private void CheckUse(DefinedSchema defined)
    {
        var urn = defined.Schema.Id;
        if (!_cores.ContainsKey(urn) && !_extensions.Contains(urn))
        {
            defined
                .Node.Find("id")!
                .Refuse($"No resource type uses the schema {urn}. Add a ResourceType document that names it as schema or as an extension.");
        }
    }

    private void CheckReferences(DefinedSchema defined)
    {
        foreach (var attribute in defined.Schema.Attributes.SelectMany(attribute => attribute.SubAttributes.Prepend(attribute)))
        {
            foreach (var reference in attribute.ReferenceTypes)
            {
                if (!_byName.ContainsKey(reference) && !OtherReferences.Contains(reference, StringComparer.OrdinalIgnoreCase))
                {
                    defined
                        .Node.Find("attributes")!
                        .Refuse(
                            $"{attribute} refers to \"{reference}\", which is no resource type. Use the name of one, \"external\" or \"uri\"."
                        );
                }
            }
        }
    }
}
