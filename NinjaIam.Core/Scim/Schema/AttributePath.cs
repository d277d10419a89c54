namespace NinjaIam.Core.Scim.Schema;

/// <summary>A resolved attribute, for example <c>name.givenName</c>, in the spelling of the schema.</summary>
/// <param name="Extension">
/// The extension that defines the attribute, or null for the core schema and the common attributes. In a query over several types, a schema
/// that is none of the type's own: then no resource of the type has a value.
/// </param>
public sealed record AttributePath(ScimSchema? Extension, AttributeDefinition Attribute, AttributeDefinition? SubAttribute)
{
    /// <summary>What is compared or written: the sub-attribute if there is one.</summary>
    public AttributeDefinition Definition => SubAttribute ?? Attribute;

    /// <summary>The property names from the root of a document to the value.</summary>
    public IReadOnlyList<string> Segments =>
        (Extension, SubAttribute) switch
        {
            (null, null) => [Attribute.Name],
            (null, not null) => [Attribute.Name, SubAttribute.Name],
            (not null, null) => [Extension.Id, Attribute.Name],
            _ => [Extension!.Id, Attribute.Name, SubAttribute!.Name],
        };

    /// <summary>A path inside the values of a multi-valued attribute, as in the brackets of <c>emails[type eq "work"]</c>.</summary>
    public static AttributePath Within(AttributeDefinition subAttribute) => new(null, subAttribute, null);

    /// <summary>The path as a resource type sees it that does not have the attribute: behind the schema of the type that does.</summary>
    public AttributePath SeenFromElsewhere(ResourceType owner) => this with { Extension = Extension ?? owner.Schema };

    public override string ToString()
    {
        var name = SubAttribute is null ? Attribute.Name : $"{Attribute.Name}.{SubAttribute.Name}";
        return Extension is null ? name : $"{Extension.Id}:{name}";
    }
}

/// <summary>What a name in a request stands for.</summary>
public abstract record PathResolution
{
    private PathResolution() { }

    public sealed record Found(AttributePath Path) : PathResolution;

    /// <summary>A schema's URN alone: everything of that schema.</summary>
    public sealed record WholeSchema(ScimSchema Schema) : PathResolution;

    /// <summary>The schema is known, the attribute or sub-attribute is not.</summary>
    public sealed record NotInSchema(string Name) : PathResolution;

    /// <summary>A URN that is not registered for the resource type.</summary>
    public sealed record SchemaNotRegistered(string Name) : PathResolution;
}
