using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Which attributes an answer has (RFC 7644, section 3.9).</summary>
public sealed class Projection
{
    private readonly ProjectionSelection? _only;
    private readonly ProjectionSelection? _without;
    private readonly HashSet<(ScimSchema?, AttributeDefinition)> _written = [];

    private Projection(ResourceType type, ProjectionSelection? only, ProjectionSelection? without)
    {
        Type = type;
        _only = only;
        _without = without;
    }

    public ResourceType Type { get; }

    /// <summary>The request names <c>attributes</c> or <c>excludedAttributes</c>.</summary>
    public bool IsRequested => _only is not null || _without is not null;

    /// <summary>Everything that is returned by default.</summary>
    public static Projection Default(ResourceType type) => new(type, null, null);

    /// <summary>
    /// Reads the two query parameters: names separated by commas, null or blank if absent. They exclude each other, and taking
    /// either over the other would answer something the client did not ask for, so both together are refused. Unknown names select nothing.
    /// </summary>
    public static ScimOutcome<Projection> Parse(string? attributes, string? excludedAttributes, ResourceType type)
    {
        var only = ProjectionSelection.Parse(attributes, type);
        var without = ProjectionSelection.Parse(excludedAttributes, type);
        return only is not null && without is not null
            ? ScimError.InvalidValue("attributes and excludedAttributes exclude each other. Send one of them.")
            : new Projection(type, only, without);
    }

    /// <summary>
    /// The projection of the answer to a write: what is returned on request is also returned when the request gave it a value
    /// (RFC 7643, section 7).
    /// </summary>
    /// <param name="attributes">What the request names.</param>
    public Projection AfterWriting(IEnumerable<AttributePath> attributes)
    {
        var projection = new Projection(Type, _only, _without);
        projection._written.UnionWith(attributes.Select(path => (path.Extension, path.Attribute)));
        return projection;
    }

    /// <summary>Whether an attribute of the core schema, such as <c>members</c>, would be in the answer at all. Ask before loading it.</summary>
    public bool Wants(string attribute) =>
        Type.Resolve(attribute) is PathResolution.Found { Path: { SubAttribute: null, Extension: null } path }
        && Includes(null, path.Attribute);

    /// <summary>A copy of a full answer that holds what is wanted.</summary>
    public JsonObject Apply(JsonObject answer)
    {
        var result = new JsonObject();
        foreach (var (name, value) in answer)
        {
            switch (Type.Resolve(name))
            {
                case PathResolution.Found { Path: { SubAttribute: null } path }
                    when value is not null && Project(null, path.Attribute, value) is { } projected:
                    result.Add(name, projected);
                    break;
                case PathResolution.WholeSchema(var schema)
                    when value is JsonObject extension && Project(schema, extension) is { Count: > 0 } projected:
                    result.Add(name, projected);
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private JsonObject Project(ScimSchema schema, JsonObject extension)
    {
        var result = new JsonObject();
        foreach (var (name, value) in extension)
        {
            if (value is not null && schema.FindAttribute(name) is { } attribute && Project(schema, attribute, value) is { } projected)
            {
                result.Add(name, projected);
            }
        }

        return result;
    }

    private JsonNode? Project(ScimSchema? extension, AttributeDefinition attribute, JsonNode value)
    {
        if (!Includes(extension, attribute))
        {
            return null;
        }

        switch (value)
        {
            case JsonObject complex when attribute.IsComplex:
                return ProjectComplex(extension, attribute, complex) is { Count: > 0 } projected ? projected : null;
            case JsonArray list when attribute.IsComplex:
                var elements = new JsonArray([
                    .. list.OfType<JsonObject>()
                        .Select(element => ProjectComplex(extension, attribute, element))
                        .Where(element => element.Count > 0),
                ]);
                return elements.Count > 0 ? elements : null;
            default:
                return value.DeepClone();
        }
    }

    private JsonObject ProjectComplex(ScimSchema? extension, AttributeDefinition attribute, JsonObject complex)
    {
        var result = new JsonObject();
        foreach (var (name, value) in complex)
        {
            if (value is not null && attribute.FindSubAttribute(name) is { } subAttribute && Includes(extension, attribute, subAttribute))
            {
                result.Add(name, value.DeepClone());
            }
        }

        return result;
    }

    private bool Includes(ScimSchema? extension, AttributeDefinition attribute) =>
        attribute.Returned switch
        {
            Returned.Never => false,
            Returned.Always => true,
            Returned.Request => _only?.Touches(extension, attribute) ?? IsWritten(extension, attribute),
            _ => _only?.Touches(extension, attribute) ?? !(_without?.Covers(extension, attribute, null) ?? false),
        };

    private bool Includes(ScimSchema? extension, AttributeDefinition attribute, AttributeDefinition subAttribute) =>
        subAttribute.Returned switch
        {
            Returned.Never => false,
            Returned.Always => true,
            Returned.Request => _only?.Names(extension, attribute, subAttribute) ?? IsWritten(extension, attribute),
            _ when attribute.Returned == Returned.Always => true,
            _ => _only?.Covers(extension, attribute, subAttribute) ?? !(_without?.Covers(extension, attribute, subAttribute) ?? false),
        };

    private bool IsWritten(ScimSchema? extension, AttributeDefinition attribute) =>
        _written.Contains((extension, attribute)) && !(_without?.Covers(extension, attribute, null) ?? false);
}
