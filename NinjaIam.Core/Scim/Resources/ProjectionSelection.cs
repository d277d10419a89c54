using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>The names of one of the two projection parameters, resolved.</summary>
internal sealed class ProjectionSelection
{
    private readonly HashSet<AttributePath> _paths = [];
    private readonly HashSet<ScimSchema> _extensions = [];
    private bool _wholeCore;

    public static ProjectionSelection? Parse(string? names, ResourceType type)
    {
        if (string.IsNullOrWhiteSpace(names))
        {
            return null;
        }

        var selection = new ProjectionSelection();
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (type.Resolve(name))
            {
                case PathResolution.Found(var path):
                    selection._paths.Add(path);
                    break;
                case PathResolution.WholeSchema(var schema) when ReferenceEquals(schema, type.Schema):
                    selection._wholeCore = true;
                    break;
                case PathResolution.WholeSchema(var schema):
                    selection._extensions.Add(schema);
                    break;
                default:
                    break;
            }
        }

        return selection;
    }

    /// <summary>The attribute, all of it or a part of it.</summary>
    public bool Touches(ScimSchema? extension, AttributeDefinition attribute) =>
        Covers(extension, attribute, null)
        || _paths.Any(path => ReferenceEquals(path.Extension, extension) && ReferenceEquals(path.Attribute, attribute));

    /// <summary>The attribute as a whole or, if given, this sub-attribute of it.</summary>
    public bool Covers(ScimSchema? extension, AttributeDefinition attribute, AttributeDefinition? subAttribute) =>
        (extension is null ? _wholeCore : _extensions.Contains(extension))
        || _paths.Contains(new AttributePath(extension, attribute, null))
        || (subAttribute is not null && Names(extension, attribute, subAttribute));

    /// <summary>Exactly this sub-attribute.</summary>
    public bool Names(ScimSchema? extension, AttributeDefinition attribute, AttributeDefinition subAttribute) =>
        _paths.Contains(new AttributePath(extension, attribute, subAttribute));
}
