namespace NinjaIam.Core.Scim.Schema;

/// <summary>
/// Splits names into schema, attribute and sub-attribute. URNs hold dots and colons themselves (<c>…:2.0:User:manager.value</c>),
/// so registered URNs are matched as prefixes instead of cutting at a separator.
/// </summary>
internal sealed class AttributePathResolver
{
    private readonly ResourceType _resourceType;
    private readonly ScimSchema[] _longestFirst;

    public AttributePathResolver(ResourceType resourceType)
    {
        _resourceType = resourceType;
        _longestFirst =
        [
            .. resourceType
                .Extensions.Select(extension => extension.Schema)
                .Append(resourceType.Schema)
                .OrderByDescending(schema => schema.Id.Length),
        ];
    }

    public PathResolution Resolve(string path)
    {
        foreach (var schema in _longestFirst)
        {
            if (!path.StartsWith(schema.Id, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (path.Length == schema.Id.Length)
            {
                return new PathResolution.WholeSchema(schema);
            }

            if (path[schema.Id.Length] == ':')
            {
                return ResolveIn(schema, path, path[(schema.Id.Length + 1)..]);
            }
        }

        return path.Contains(':', StringComparison.Ordinal)
            ? new PathResolution.SchemaNotRegistered(path)
            : ResolveIn(_resourceType.Schema, path, path);
    }

    private PathResolution ResolveIn(ScimSchema schema, string path, string name)
    {
        var isCore = ReferenceEquals(schema, _resourceType.Schema);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var attributeName = dot < 0 ? name : name[..dot];
        var attribute = schema.FindAttribute(attributeName) ?? (isCore ? CommonAttributes.Find(attributeName) : null);
        if (attribute is null)
        {
            return new PathResolution.NotInSchema(path);
        }

        var extension = isCore ? null : schema;
        if (dot < 0)
        {
            return new PathResolution.Found(new AttributePath(extension, attribute, null));
        }

        return attribute.FindSubAttribute(name[(dot + 1)..]) is { } subAttribute
            ? new PathResolution.Found(new AttributePath(extension, attribute, subAttribute))
            : new PathResolution.NotInSchema(path);
    }
}
