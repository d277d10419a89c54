using System.Text.Json.Nodes;
using CsCheck;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Resources;

/// <summary>
/// RFC 7643, section 7, and RFC 7644, section 3.9, for attributes and sub-attributes with every combination of what <c>returned</c> can be,
/// checked value by value.
/// </summary>
public sealed class ProjectionPropertyTests
{
    private const string Core = "urn:example:core:2.0:Thing";
    private const string Extension = "urn:example:params:2.0:Thing";

    private static readonly Gen<Returned> AnyReturned = Gen.OneOf(Returned.Default, Returned.Always, Returned.Never, Returned.Request);

    private static readonly string[] Parts = ["value", "type", "display"];

    private static readonly Gen<Question> Questions =
        from core in AnyAttributes()
        from extension in AnyAttributes()
        let type = new ResourceType(
            "Thing",
            "/Things",
            "",
            new ScimSchema(Core, "Thing", "", core),
            [new(new ScimSchema(Extension, "Extension", "", extension), false)]
        )
        from parameter in Gen.OneOf(null, "attributes", "excludedAttributes")
        from names in Gen.OneOf(NamesOf(type)).Array[1, 4]
        from present in Gen.Bool.Array[16]
        select new Question(type, parameter, names, Document(type, present));

    private static int Cases => Scale.Of("NINJAIAM_CASES", 5_000);

    [Fact]
    public void Every_value_is_answered_that_should_be_and_no_other() =>
        Questions.Sample(
            question =>
            {
                var names = string.Join(',', question.Names);
                var projection = Json.Done(
                    Projection.Parse(
                        question.Parameter == "attributes" ? names : null,
                        question.Parameter == "excludedAttributes" ? names : null,
                        question.Type
                    )
                );

                Json.Equal(Expected(question).ToJsonString(), projection.Apply(question.Document.DeepClone().AsObject()));
            },
            iter: Cases,
            print: question => $"{question.Parameter}={string.Join(',', question.Names)}\n{question.Document}\n{Printed(question.Type)}"
        );

    private static Gen<AttributeDefinition[]> AnyAttributes() =>
        Gen.Select(
            Simple("plain"),
            Simple("several"),
            Complex("one"),
            Complex("many"),
            (plain, several, one, many) =>
                (AttributeDefinition[])
                    [
                        plain,
                        new("several") { MultiValued = true, Returned = several.Returned },
                        one,
                        new("many")
                        {
                            Type = AttributeType.Complex,
                            MultiValued = true,
                            Returned = many.Returned,
                            SubAttributes = many.SubAttributes,
                        },
                    ]
        );

    private static Gen<AttributeDefinition> Simple(string name) =>
        AnyReturned.Select(returned => new AttributeDefinition(name) { Returned = returned });

    private static Gen<AttributeDefinition> Complex(string name) =>
        Gen.Select(
            AnyReturned,
            AnyReturned.Array[Parts.Length],
            (returned, ofParts) =>
                new AttributeDefinition(name)
                {
                    Type = AttributeType.Complex,
                    Returned = returned,
                    SubAttributes = [.. Parts.Zip(ofParts, (part, each) => new AttributeDefinition(part) { Returned = each })],
                }
        );

    private static string[] NamesOf(ResourceType type) =>
        [
            Core,
            Extension,
            "unknown",
            "meta",
            "id",
            .. Places(type)
                .SelectMany(place => place.Attribute.SubAttributes.Select(part => $"{place.Name}.{part.Name}").Append(place.Name)),
        ];

    private static IEnumerable<(string Schema, string Name, AttributeDefinition Attribute)> Places(ResourceType type) =>
        type
            .Schema.Attributes.Select(attribute => (Core, attribute.Name, attribute))
            .Concat(type.Extensions[0].Schema.Attributes.Select(attribute => (Extension, $"{Extension}:{attribute.Name}", attribute)));

    /// <summary>A full answer, as if nothing was ever left out.</summary>
    private static JsonObject Document(ResourceType type, bool[] present)
    {
        var document = new JsonObject
        {
            ["schemas"] = new JsonArray(Core, Extension),
            ["id"] = "1",
            ["meta"] = new JsonObject { ["version"] = "W/\"1\"" },
        };
        var extension = new JsonObject();
        var index = 0;
        foreach (var (schema, _, attribute) in Places(type))
        {
            var holder = schema == Core ? document : extension;
            if (present[index++])
            {
                holder[attribute.Name] = attribute switch
                {
                    { IsComplex: true, MultiValued: true } => new JsonArray(Complex(present[index++]), Complex(true)),
                    { IsComplex: true } => Complex(present[index++]),
                    { MultiValued: true } => new JsonArray("a", "b"),
                    _ => "a",
                };
            }
        }

        document[Extension] = extension;
        return document;

        static JsonObject Complex(bool isWhole) =>
            new(Parts.Take(isWhole ? Parts.Length : 1).Select(part => KeyValuePair.Create(part, (JsonNode?)part)));
    }

    private static JsonObject Expected(Question question)
    {
        var (type, parameter, names, document) = question;
        var expected = new JsonObject { ["schemas"] = document["schemas"]!.DeepClone(), ["id"] = "1" };
        if (parameter is null || parameter == "attributes" == (names.Contains("meta") || names.Contains(Core)))
        {
            expected["meta"] = document["meta"]!.DeepClone();
        }

        var extension = new JsonObject();
        foreach (var (schema, name, attribute) in Places(type))
        {
            var (from, to) = schema == Core ? (document, expected) : (document[Extension]!.AsObject(), extension);
            if (from[attribute.Name] is { } value && Of(value, schema, name, attribute) is { } kept)
            {
                to[attribute.Name] = kept;
            }
        }

        if (extension.Count > 0)
        {
            expected[Extension] = extension;
        }

        return expected;

        JsonNode? Of(JsonNode value, string schema, string name, AttributeDefinition attribute) =>
            value switch
            {
                JsonObject complex => OfParts(complex, schema, name, attribute) is { Count: > 0 } kept ? kept : null,
                JsonArray list when attribute.IsComplex => new JsonArray([
                    .. list.Select(element => OfParts(element!.AsObject(), schema, name, attribute)).Where(each => each.Count > 0),
                ])
                    is { Count: > 0 } kept
                    ? kept
                    : null,
                _ => Belongs(question, schema, name, attribute, null) ? value.DeepClone() : null,
            };

        JsonObject OfParts(JsonObject complex, string schema, string name, AttributeDefinition attribute) =>
            new(
                complex
                    .Where(part => Belongs(question, schema, name, attribute, attribute.FindSubAttribute(part.Key)))
                    .Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone()))
            );
    }

    private static bool Belongs(Question question, string schema, string name, AttributeDefinition attribute, AttributeDefinition? part)
    {
        var isAsked = question.Parameter == "attributes";
        var isExcluding = question.Parameter == "excludedAttributes";
        var whole = question.Names.Contains(name) || question.Names.Contains(schema);
        var exactly = part is not null && question.Names.Contains($"{name}.{part.Name}");
        var touched = whole || question.Names.Any(asked => asked.StartsWith($"{name}.", StringComparison.Ordinal));
        var isThere = attribute.Returned switch
        {
            Returned.Always => true,
            Returned.Never => false,
            Returned.Request => isAsked && touched,
            _ => isAsked ? touched : !(isExcluding && whole),
        };
        return isThere
            && part?.Returned switch
            {
                null or Returned.Always => true,
                Returned.Never => false,
                Returned.Request => isAsked && exactly,
                _ when attribute.Returned == Returned.Always => true,
                _ => isAsked ? whole || exactly : !(isExcluding && exactly),
            };
    }

    private static string Printed(ResourceType type) =>
        string.Join(
            '\n',
            Places(type)
                .Select(place =>
                    $"{place.Name} {place.Attribute.Returned} {string.Join(' ', place.Attribute.SubAttributes.Select(part => $"{part.Name}={part.Returned}"))}"
                )
        );

    private sealed record Question(ResourceType Type, string? Parameter, string[] Names, JsonObject Document);
}
