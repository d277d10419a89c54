using System.Text.Json;
using CsCheck;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>One question to a directory: the resource type, what is stored, and a filter.</summary>
/// <param name="Documents">As JSON, in the order of their creation.</param>
internal sealed record DirectoryCase(ResourceType Type, string[] Documents, string Filter);

/// <summary>Schemas, documents and filters of every shape, with the values that are easily compared wrongly.</summary>
internal static class RandomDirectory
{
    public const string Extension = "urn:example:params:2.0:Thing";

    private const string Core = "urn:example:core:2.0:Thing";

    private static readonly Gen<string?> Absent = Gen.Const(() => (string?)null);

    private static readonly Gen<string> Piece = Gen.OneOf(
        "",
        "a",
        "A",
        "ab",
        "B",
        "%",
        "_",
        "a_b",
        "\\",
        "'",
        "\"",
        "İ",
        "i",
        "ı",
        "ß",
        "ss",
        "\u212A",
        "k",
        "ﬁ",
        "fi",
        "Ω",
        "\u2126",
        "é",
        "e\u0301",
        "\u0345",
        "ᾳ",
        "😀",
        "\uFFFD",
        "\uFFFF",
        "\uE000",
        "\uD7FF",
        "5",
        "true",
        "null",
        " ",
        "$.a",
        "[0]",
        "\u0001"
    );

    private static readonly Gen<string> Text = Gen.OneOf(Piece, Gen.Select(Piece, Piece, (left, right) => left + right));

    private static readonly Gen<string> FilterText = Text.Where(text => !text.Contains('\uFFFD', StringComparison.Ordinal));

    private static readonly Gen<string> Number = Gen.OneOf(
        "0",
        "-0",
        "1",
        "1.0",
        "1e0",
        "-1",
        "-2",
        "0.1",
        "0.10",
        "1e-1",
        "10",
        "-10.5",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "1e-40"
    );

    private static readonly Gen<string> Date = Gen.OneOf(
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00+01:00",
        "2025-12-31T23:59:59.9999999Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.001Z",
        "1969-07-20T20:17:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z"
    );

    private static readonly Gen<AttributeType> SimpleType = Gen.Frequency(
        (5, Gen.Const(AttributeType.String)),
        (1, Gen.Const(AttributeType.Reference)),
        (1, Gen.Const(AttributeType.Binary)),
        (2, Gen.Const(AttributeType.Boolean)),
        (2, Gen.Const(AttributeType.Integer)),
        (2, Gen.Const(AttributeType.Decimal)),
        (2, Gen.Const(AttributeType.DateTime))
    );

    public static Gen<DirectoryCase> Case { get; } =
        from type in Type()
        from documents in Document(type).Array[1, 5]
        from filter in Nested(Term(type), 3)
        select new DirectoryCase(type, documents, filter);

    private static Gen<AttributeDefinition> Simple(string name, bool mayBeMany) =>
        Gen.Select(
            SimpleType,
            Gen.Bool,
            Gen.Bool,
            Gen.Bool,
            (type, caseExact, searchable, many) =>
                new AttributeDefinition(name)
                {
                    Type = type,
                    CaseExact = caseExact,
                    Searchable = searchable,
                    MultiValued = many && mayBeMany,
                }
        );

    private static Gen<AttributeDefinition> Complex(string name) =>
        Gen.Select(
            Simple("value", false),
            Gen.Bool,
            Gen.Bool,
            Simple("$ref", true),
            Gen.Bool,
            (value, typeIsSearchable, typeIsCanonical, other, many) =>
                new AttributeDefinition(name)
                {
                    Type = AttributeType.Complex,
                    MultiValued = many,
                    SubAttributes =
                    [
                        value,
                        new("type") { Searchable = typeIsSearchable, CanonicalValues = typeIsCanonical ? ["a", "B"] : [] },
                        new("primary") { Type = AttributeType.Boolean },
                        other,
                    ],
                }
        );

    private static Gen<ResourceType> Type() =>
        from core in Gen.Select(Simple("plain", true), Simple("with-dash", true), Complex("things"), Complex("more"))
        from extension in Gen.Select(Simple("plain", true), Complex("things"))
        from hasAccounts in Gen.Bool
        select new ResourceType(
            "Thing",
            "/Things",
            "",
            new ScimSchema(
                Core,
                "Thing",
                "",
                [
                    new("userName") { Required = true, Searchable = true },
                    new("active") { Type = AttributeType.Boolean, Searchable = true },
                    core.Item1,
                    core.Item2,
                    core.Item3,
                    core.Item4,
                ]
            ),
            [new(new ScimSchema(Extension, "Extension", "", [extension.Item1, extension.Item2]), false)]
        )
        {
            HasAccounts = hasAccounts,
        };

    private static Gen<string> Document(ResourceType type) =>
        from userName in Text
        from externalId in Gen.OneOf(Absent, Text.Select(Nullable))
        from active in Gen.Bool
        from core in Members([.. type.Schema.Attributes.Skip(2)])
        from extension in Gen.Frequency(
            (1, Absent),
            (3, Members(type.Extensions[0].Schema.Attributes).Select(members => Nullable(Object(members))))
        )
        select Object([
            ("userName", Quote(userName)),
            .. externalId is null ? Array.Empty<(string, string)>() : [("externalId", Quote(externalId))],
            ("active", active ? "true" : "false"),
            .. core,
            .. extension is null ? Array.Empty<(string, string)>() : [(Extension, extension)],
        ]);

    private static Gen<(string Name, string Json)[]> Members(IReadOnlyList<AttributeDefinition> attributes) =>
        attributes.Aggregate(
            Gen.Const(Array.Empty<(string, string)>()),
            (before, attribute) =>
                Gen.Select(
                    before,
                    Gen.Frequency(
                        (2, Absent),
                        (1, Gen.Const(attribute.MultiValued ? "[]" : "null").Select(Nullable)),
                        (6, Value(attribute).Select(Nullable))
                    ),
                    (members, json) => json is null ? members : [.. members, (attribute.Name, json)]
                )
        );

    private static Gen<string> Value(AttributeDefinition attribute) =>
        attribute.MultiValued
            ? Gen.Frequency((1, Gen.Const("null")), (8, One(attribute))).Array[0, 3].Select(values => $"[{string.Join(',', values)}]")
            : One(attribute);

    private static Gen<string> One(AttributeDefinition attribute) =>
        attribute.IsComplex
            ? Members(attribute.SubAttributes).Select(Object)
            : Gen.Frequency(
                (8, OfType(attribute.Type)),
                (1, Gen.OneOf(Text.Select(Quote), Number, Gen.OneOf("null", "true", "\"12:00\"", "\"2026-02-30\"")))
            );

    private static Gen<string> OfType(AttributeType type) =>
        type switch
        {
            AttributeType.Boolean => Gen.OneOf("true", "false"),
            AttributeType.Integer or AttributeType.Decimal => Number,
            AttributeType.DateTime => Date.Select(Quote),
            _ => Text.Select(Quote),
        };

    private static Gen<string> Nested(Gen<string> term, int depth)
    {
        var filter = term;
        for (var level = 0; level < depth; level++)
        {
            var inner = filter;
            filter = Gen.Frequency(
                (4, term),
                (1, inner.Select(operand => $"not ({operand})")),
                (1, Gen.Select(inner, inner, (left, right) => $"({left}) and ({right})")),
                (1, Gen.Select(inner, inner, (left, right) => $"({left}) or ({right})"))
            );
        }

        return filter;
    }

    private static Gen<string> Term(ResourceType type)
    {
        var attributes = type
            .Schema.Attributes.Select(attribute => ("", attribute))
            .Concat(type.Extensions[0].Schema.Attributes.Select(attribute => ($"{Extension}:", attribute)))
            .ToArray();
        var general = Gen.OneOf(
            Comparison("externalId", AttributeType.String),
            Comparison("id", AttributeType.String),
            Comparison("meta.created", AttributeType.DateTime),
            Comparison("meta.lastModified", AttributeType.DateTime),
            Comparison("meta.version", AttributeType.String),
            Gen.OneOf("id pr", "meta pr", "externalId pr", "schemas pr", "userName pr", "meta.created pr"),
            Gen.OneOf($"schemas eq \"{Extension}\"", "schemas sw \"urn:\"", $"schemas ne \"{Core}\"", "meta.resourceType eq \"Thing\"")
        );
        return Gen.Frequency(
            (1, general),
            (6, Gen.OneOf(attributes).SelectMany(named => Term(named.Item1 + named.attribute.Name, named.attribute)))
        );
    }

    private static Gen<string> Term(string path, AttributeDefinition attribute)
    {
        if (!attribute.IsComplex)
        {
            return Leaf(path, attribute);
        }

        var part = Gen.OneOf(attribute.SubAttributes.ToArray()).SelectMany(sub => Leaf($"{path}.{sub.Name}", sub));
        return attribute.MultiValued
            ? Gen.Frequency(
                (3, part),
                (1, Gen.Const($"{path} pr")),
                (
                    4,
                    Nested(Gen.OneOf(attribute.SubAttributes.ToArray()).SelectMany(part => Leaf(part.Name, part)), 2)
                        .Select(inner => $"{path}[{inner}]")
                )
            )
            : Gen.Frequency((5, part), (1, Gen.Const($"{path} pr")));
    }

    private static Gen<string> Leaf(string path, AttributeDefinition attribute) =>
        Gen.Frequency((1, Gen.OneOf($"{path} pr", $"{path} eq null", $"{path} ne null")), (6, Comparison(path, attribute.Type)));

    private static Gen<string> Comparison(string path, AttributeType type)
    {
        string[] equality = ["eq", "ne"];
        string[] order = [.. equality, "gt", "ge", "lt", "le"];
        string[] all = [.. order, "co", "sw", "ew"];
        var (operators, values) = type switch
        {
            AttributeType.Boolean => (equality, Gen.OneOf("true", "false")),
            AttributeType.Binary => (equality, FilterText.Select(Quote)),
            AttributeType.Integer or AttributeType.Decimal => (order, Number),
            AttributeType.DateTime => (order, Date.Select(Quote)),
            _ => (all, FilterText.Select(Quote)),
        };
        return Gen.Select(Gen.OneOf(operators), values, (comparison, value) => $"{path} {comparison} {value}");
    }

    private static string Object((string Name, string Json)[] members) =>
        $"{{{string.Join(',', members.Select(member => $"{Quote(member.Name)}:{member.Json}"))}}}";

    private static string? Nullable(string text) => text;

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
