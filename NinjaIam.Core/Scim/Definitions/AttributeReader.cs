using System.Text.RegularExpressions;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>Reads the attributes of a Schema document (RFC 7643, section 7). What is not said is as section 2.2 has it.</summary>
internal static partial class AttributeReader
{
    /// <summary>Our own characteristics. Names with a colon can't clash with those of the RFC; answers never show them.</summary>
    public const string Searchable = "ninjaiam:searchable";
    public const string CanonicalValuesOnly = "ninjaiam:canonicalValuesOnly";

    private static readonly string[] Known =
    [
        "name",
        "type",
        "multiValued",
        "description",
        "required",
        "canonicalValues",
        "caseExact",
        "mutability",
        "returned",
        "uniqueness",
        "referenceTypes",
        "subAttributes",
        Searchable,
        CanonicalValuesOnly,
    ];

    private static readonly Dictionary<string, AttributeType> Types = Words<AttributeType>(CharacteristicTokens.ToToken);
    private static readonly Dictionary<string, Mutability> Mutabilities = Words<Mutability>(CharacteristicTokens.ToToken);
    private static readonly Dictionary<string, Returned> ReturnedWords = Words<Returned>(CharacteristicTokens.ToToken);
    private static readonly Dictionary<string, Uniqueness> Uniquenesses = Words<Uniqueness>(CharacteristicTokens.ToToken);

    public static IReadOnlyList<AttributeDefinition> Read(DefinitionNode list) =>
        Read(list, DefinitionLimits.Attributes, node => ReadOne(node, isSubAttribute: false, ofMany: false));

    private static List<AttributeDefinition> Read(DefinitionNode list, int most, Func<DefinitionNode, AttributeDefinition?> read)
    {
        var nodes = list.Objects();
        if (nodes.Count == 0 && list.IsArray)
        {
            list.Refuse("There is nothing in the list. Define at least one.");
        }
        else if (nodes.Count > most)
        {
            list.Refuse($"The list defines {nodes.Count}. Define at most {most}.");
            return [];
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var attributes = new List<AttributeDefinition>();
        foreach (var node in nodes)
        {
            if (read(node) is not { } attribute)
            {
                continue;
            }

            if (names.Add(attribute.Name))
            {
                attributes.Add(attribute);
            }
            else
            {
                node.Find("name")!.Refuse($"\"{attribute.Name}\" stands twice, if letter case is ignored. Rename one of the two.");
            }
        }

        return attributes;
    }

    /// <param name="ofMany">A sub-attribute of a multi-valued attribute.</param>
    private static AttributeDefinition? ReadOne(DefinitionNode node, bool isSubAttribute, bool ofMany)
    {
        node.RefuseOthers(Known);
        var name = ReadName(node, isSubAttribute);
        var type = node.Find("type")?.Word(Types, AttributeType.String) ?? AttributeType.String;
        var isMultiValued = node.Find("multiValued")?.Truth() ?? false;
        var mutability = node.Find("mutability")?.Word(Mutabilities, Mutability.ReadWrite) ?? Mutability.ReadWrite;
        var standard = mutability == Mutability.WriteOnly ? Returned.Never : Returned.Default;
        var uniqueness = node.Find("uniqueness")?.Word(Uniquenesses, Uniqueness.None) ?? Uniqueness.None;
        var attribute = new AttributeDefinition(name ?? "unnamed")
        {
            Description = node.Find("description")?.Text(mayBeEmpty: true) ?? "",
            Type = type,
            MultiValued = isMultiValued,
            Required = node.Find("required")?.Truth() ?? false,
            CaseExact = ReadCaseExact(node, type),
            Mutability = mutability,
            Returned = node.Find("returned")?.Word(ReturnedWords, standard) ?? standard,
            Uniqueness = uniqueness,
            // What has to be unique is looked up with every write.
            Searchable = (node.Find(Searchable)?.Truth() ?? false) || uniqueness != Uniqueness.None,
            CanonicalValues = node.Find("canonicalValues")?.Texts() ?? [],
            CanonicalValuesOnly = node.Find(CanonicalValuesOnly)?.Truth() ?? false,
            ReferenceTypes = node.Find("referenceTypes")?.Texts() ?? [],
            SubAttributes = ReadSubAttributes(node, type, isMultiValued, isSubAttribute),
        };
        Check(node, attribute, isSubAttribute, ofMany);
        return name is null ? null : attribute;
    }

    private static string? ReadName(DefinitionNode node, bool isSubAttribute)
    {
        if (node.Find("name") is not { } named)
        {
            node.Refuse("The name is missing. Add a property \"name\".");
            return null;
        }

        if (named.Text(DefinitionLimits.NameLength) is not { } name)
        {
            return null;
        }

        // The grammar of the RFC wants a letter first and defines $ref all the same (erratum 8924).
        if (!(Name().IsMatch(name) || (isSubAttribute && name == "$ref")))
        {
            named.Refuse(
                $"\"{name}\" is no name of an attribute. Begin with a letter and go on with letters, digits, hyphens, underscores or $."
            );
            return null;
        }

        if (!isSubAttribute && CommonAttributes.Find(name) is { } common)
        {
            named.Refuse($"Every resource has {common} already. Choose another name.");
            return null;
        }

        return name;
    }

    private static bool ReadCaseExact(DefinitionNode node, AttributeType type)
    {
        var said = node.Find("caseExact");
        var isAlwaysExact = type is AttributeType.Reference or AttributeType.Binary;
        var isExact = said?.Truth() ?? isAlwaysExact;
        if (isAlwaysExact && !isExact)
        {
            said!.Refuse(
                $"Values of type {type.ToToken()} are always case exact (RFC 7643, section 2.3). Remove caseExact, or set it to true."
            );
        }

        return isExact;
    }

    private static List<AttributeDefinition> ReadSubAttributes(DefinitionNode node, AttributeType type, bool ofMany, bool isSubAttribute)
    {
        var list = node.Find("subAttributes");
        if (type != AttributeType.Complex)
        {
            if (list?.Elements().Count > 0)
            {
                list.Refuse("Only attributes of type complex have sub-attributes. Set the type to complex, or remove them.");
            }

            return [];
        }

        if (isSubAttribute)
        {
            // Erratum 8415.
            node.Find("type")!.Refuse("A sub-attribute can't be complex. Give it a simple type, or make it an attribute of its own.");
            return [];
        }

        if (list is null)
        {
            node.Refuse("A complex attribute needs sub-attributes. Add a list \"subAttributes\".");
            return [];
        }

        return Read(list, DefinitionLimits.SubAttributes, part => ReadOne(part, isSubAttribute: true, ofMany));
    }

    /// <summary>What the characteristics say together.</summary>
    private static void Check(DefinitionNode node, AttributeDefinition attribute, bool isSubAttribute, bool ofMany)
    {
        void Refuse(string characteristic, string detail) => (node.Find(characteristic) ?? node).Refuse(detail);

        if (attribute.Mutability == Mutability.WriteOnly && attribute.Returned != Returned.Never)
        {
            Refuse("returned", "What is writeOnly is never returned. Remove returned, or set it to never.");
        }

        if (attribute is { Required: true, Mutability: Mutability.ReadOnly })
        {
            Refuse("required", "What is readOnly can't be required: no client could give it a value. Change one of the two.");
        }

        if (attribute.IsSecret && attribute.Searchable)
        {
            Refuse(
                Asked(attribute),
                "What is never returned can't be searchable or unique: both would tell its values. Change one of the two."
            );
        }

        if (attribute.Uniqueness != Uniqueness.None && attribute.Type is AttributeType.Complex or AttributeType.Boolean)
        {
            Refuse(
                "uniqueness",
                $"An attribute of type {attribute.Type.ToToken()} can't be unique. "
                    + (attribute.IsComplex ? "Say it of one of the sub-attributes." : "Set uniqueness to none.")
            );
        }
        else if (attribute.Searchable && attribute.IsComplex)
        {
            Refuse(Searchable, "A complex attribute can't be searchable. Say it of its sub-attributes.");
        }

        if (attribute.Searchable && isSubAttribute && attribute.MultiValued)
        {
            Refuse(
                Asked(attribute),
                "A multi-valued sub-attribute can't be searchable or unique. Make it single-valued, or leave that out."
            );
        }

        CheckValues(attribute, Refuse);
        if (isSubAttribute && ofMany && attribute is { Name: "primary", Type: not AttributeType.Boolean })
        {
            Refuse("type", "In a multi-valued attribute, primary marks the preferred value. Set its type to boolean, or rename it.");
        }
    }

    private static void CheckValues(AttributeDefinition attribute, Action<string, string> refuse)
    {
        var isText = attribute.Type is AttributeType.String or AttributeType.Reference;
        if (attribute.CanonicalValues.Count > 0 && !isText)
        {
            refuse("canonicalValues", "Only attributes of type string or reference have canonical values. Remove them.");
        }

        if (attribute.CanonicalValues.Count > DefinitionLimits.CanonicalValues)
        {
            refuse("canonicalValues", $"There are {attribute.CanonicalValues.Count}. Use at most {DefinitionLimits.CanonicalValues}.");
        }

        if (attribute is { CanonicalValuesOnly: true, CanonicalValues: [] })
        {
            refuse(CanonicalValuesOnly, "No value would be allowed. Add canonicalValues, or remove this.");
        }

        if (attribute.Type == AttributeType.Reference && attribute.ReferenceTypes.Count == 0)
        {
            refuse(
                "referenceTypes",
                "A reference needs referenceTypes: names of resource types, \"external\" or \"uri\". Add a list of them."
            );
        }
        else if (attribute.Type != AttributeType.Reference && attribute.ReferenceTypes.Count > 0)
        {
            refuse("referenceTypes", "Only attributes of type reference have referenceTypes. Set the type to reference, or remove them.");
        }
    }

    private static string Asked(AttributeDefinition attribute) => attribute.Uniqueness == Uniqueness.None ? Searchable : "uniqueness";

    private static Dictionary<string, T> Words<T>(Func<T, string> token)
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(token, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9$_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
