namespace NinjaIam.Core.Scim.Schema;

/// <summary>A schema of RFC 7643: a URN and its attributes. Immutable.</summary>
public sealed class ScimSchema(string id, string name, string description, IReadOnlyList<AttributeDefinition> attributes)
{
    private readonly Dictionary<string, AttributeDefinition> _byName = attributes.ToDictionary(
        attribute => attribute.Name,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The URN. Compares without regard to letter case.</summary>
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<AttributeDefinition> Attributes { get; } = attributes;

    /// <summary>The file that defines it; null for what is built in.</summary>
    public string? Source { get; init; }

    public AttributeDefinition? FindAttribute(string attribute) => _byName.GetValueOrDefault(attribute);

    public override string ToString() => Id;
}
