namespace NinjaIam.Core.Scim.Schema;

/// <summary>One attribute or sub-attribute with its characteristics: the only source for reading, filtering, PATCH, projection and <c>/Schemas</c>.</summary>
public sealed class AttributeDefinition(string name)
{
    public string Name { get; } = name;

    public string Description { get; init; } = "";

    public AttributeType Type { get; init; }

    public bool MultiValued { get; init; }

    public bool Required { get; init; }

    public bool CaseExact { get; init; }

    public Mutability Mutability { get; init; }

    public Returned Returned { get; init; }

    public Uniqueness Uniqueness { get; init; }

    /// <summary>Its values stand in an index. Everything else is found by reading documents.</summary>
    public bool Searchable { get; init; }

    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    /// <summary>Values outside <see cref="CanonicalValues"/> are refused. In general canonical values are only suggestions (RFC 7643, section 7).</summary>
    public bool CanonicalValuesOnly { get; init; }

    /// <summary>Added to the refusal of a value that is not canonical: the likely cause and what to do.</summary>
    public string? CanonicalValuesHint { get; init; }

    /// <summary>A value is accepted and not kept.</summary>
    public bool IsDiscarded { get; init; }

    /// <summary>A list sent for this single-valued attribute is stored as its values joined by commas.</summary>
    public bool JoinsLists { get; init; }

    /// <summary>A text that is a JSON object with a <c>value</c> stands for that value: so roles come from Microsoft Entra ID.</summary>
    public bool UnwrapsJson { get; init; }

    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    public IReadOnlyList<AttributeDefinition> SubAttributes { get; init; } = [];

    public bool IsComplex => Type == AttributeType.Complex;

    /// <summary>Nobody may learn its values: not from answers, not from filters, not from the journal.</summary>
    public bool IsHidden => Returned == Returned.Never || Mutability == Mutability.WriteOnly;

    /// <summary>Its values are hidden and stand in documents all the same.</summary>
    public bool IsSecret => IsHidden && !IsDiscarded;

    /// <summary>What a comparison with the attribute itself means: <c>emails eq "x"</c> is <c>emails.value eq "x"</c>.</summary>
    public AttributeDefinition? ValueAttribute => FindSubAttribute("value");

    public AttributeDefinition? FindSubAttribute(string subAttribute)
    {
        foreach (var candidate in SubAttributes)
        {
            if (string.Equals(candidate.Name, subAttribute, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        return null;
    }

    public override string ToString() => Name;
}
