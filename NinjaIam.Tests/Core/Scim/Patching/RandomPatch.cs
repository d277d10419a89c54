using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Tests.Core.Scim.Patching;

/// <param name="Document">As it is stored.</param>
internal sealed record PatchCase(string Document, IReadOnlyList<ModelOperation> Operations)
{
    public string Json => string.Join(',', Operations.Select(operation => operation.Json));
}

/// <summary>Documents and lists of operations on attributes of every shape, with so few values that they meet.</summary>
internal static class RandomPatch
{
    private const string Extension = "urn:example:params:2.0:Thing";

    private static readonly string[] Kinds = ["add", "remove", "replace"];

    private static readonly Gen<string> Texts = Gen.OneOf("a", "A", "b", "");

    public static ResourceType Type { get; } =
        new(
            "Thing",
            "/Things",
            "",
            new ScimSchema(
                "urn:example:core:2.0:Thing",
                "Thing",
                "",
                [
                    new("label") { Required = true },
                    new("note") { CaseExact = true },
                    new("size") { Type = AttributeType.Integer },
                    new("active") { Type = AttributeType.Boolean },
                    new("fixed") { Mutability = Mutability.Immutable },
                    new("seen") { Mutability = Mutability.ReadOnly },
                    new("place") { Type = AttributeType.Complex, SubAttributes = [new("street"), new("city") { CaseExact = true }] },
                    new("tags") { MultiValued = true },
                    new("codes") { MultiValued = true, CaseExact = true },
                    List("mails"),
                ]
            ),
            [new(new ScimSchema(Extension, "Extension", "", [new("note"), new("tags") { MultiValued = true }, List("rooms")]), false)]
        );

    private static (string Name, AttributeDefinition Attribute)[] Attributes { get; } =
    [
        .. Type.Schema.Attributes.Select(attribute => (attribute.Name, attribute)),
        .. Type.Extensions[0].Schema.Attributes.Select(attribute => ($"{Extension}:{attribute.Name}", attribute)),
    ];

    public static Gen<PatchCase> Case { get; } =
        Gen.Select(Document(), Operation().Array[1, 4], (document, operations) => new PatchCase(document, operations));

    private static AttributeDefinition List(string name) =>
        new(name)
        {
            Type = AttributeType.Complex,
            MultiValued = true,
            SubAttributes =
            [
                new("value"),
                new("display") { CaseExact = true },
                new("type") { CanonicalValues = ["work", "home"] },
                new("primary") { Type = AttributeType.Boolean },
            ],
        };

    /// <summary>What a POST would have stored.</summary>
    private static Gen<string> Document() =>
        Attributes
            .Where(named => named.Attribute.Mutability != Mutability.ReadOnly)
            .Aggregate(
                Gen.Const(new JsonObject { ["label"] = "a" }.ToJsonString()),
                (before, named) =>
                    Gen.Select(
                        before,
                        Gen.Frequency((1, Gen.Const("null")), (1, Value(named.Attribute, mayBeWrong: false))),
                        (json, value) => With(json, named.Name, value)
                    )
            );

    private static string With(string json, string name, string value)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        var holder = document;
        var attribute = name;
        if (name.StartsWith(Extension, StringComparison.Ordinal))
        {
            attribute = name[(Extension.Length + 1)..];
            holder = document[Extension]?.AsObject() ?? [];
            document[Extension] = holder;
        }

        if (attribute != "label" && value != "null")
        {
            holder[attribute] = JsonNode.Parse(value);
        }

        var reading = DocumentReader.Read(Json.Object(document.ToJsonString()), Type);
        return reading.TryGet(out var read, out _) ? read.Document.ToJsonString() : json;
    }

    private static Gen<ModelOperation> Operation() => Gen.Frequency((5, WithPath()), (2, WithoutPath()));

    private static Gen<ModelOperation> WithPath() =>
        from kind in Gen.OneOf(Kinds)
        from named in Gen.OneOf(Attributes)
        from part in Part(named.Attribute)
        from filter in Filter(named.Attribute)
        from value in Gen.Frequency(
            (1, Gen.OneOf("null", "[]")),
            (6, part is null && filter is not null ? Single(named.Attribute, false) : Value(part ?? named.Attribute, true))
        )
        from hasValue in Gen.Bool
        select WithPath(kind, named, part, filter, kind == "remove" && !hasValue ? null : value);

    private static ModelOperation WithPath(
        string kind,
        (string Name, AttributeDefinition Attribute) named,
        AttributeDefinition? part,
        ModelFilter? filter,
        string? value
    )
    {
        var path = named.Name + (filter is null ? "" : $"[{filter.Text}]") + (part is null ? "" : $".{part.Name}");
        var step = new ModelStep(named.Name, named.Attribute, filter, part, value is null ? null : JsonNode.Parse(value));
        var sent = value is null ? "" : $",\"value\":{value}";
        return new ModelOperation(kind, true, [step], $"{{\"op\":\"{kind}\",\"path\":{JsonSerializer.Serialize(path)}{sent}}}");
    }

    private static Gen<ModelOperation> WithoutPath() =>
        from kind in Gen.OneOf("add", "replace")
        from all in Gen.Shuffle(Attributes)
        from count in Gen.Int[0, 3]
        let chosen = all.Take(count).OrderBy(named => named.Name.StartsWith(Extension, StringComparison.Ordinal)).ToArray()
        from values in Values(chosen)
        select new ModelOperation(
            kind,
            false,
            [.. chosen.Zip(values, (named, value) => new ModelStep(named.Name, named.Attribute, null, null, JsonNode.Parse(value)))],
            $"{{\"op\":\"{kind}\",\"value\":{Body([.. chosen.Zip(values, (named, value) => (named.Name, value))])}}}"
        );

    private static Gen<string[]> Values((string Name, AttributeDefinition Attribute)[] attributes) =>
        attributes.Aggregate(
            Gen.Const(Array.Empty<string>()),
            (before, named) =>
                Gen.Select(
                    before,
                    Gen.Frequency((1, Gen.OneOf("null", "[]")), (5, Value(named.Attribute, mayBeWrong: true))),
                    (values, value) => (string[])[.. values, value]
                )
        );

    /// <summary>The attributes of the extension stand nested under its URN or, when there is one of them, behind it.</summary>
    private static string Body((string Name, string Value)[] attributes)
    {
        var body = new JsonObject { ["unknown"] = "x" };
        var own = attributes.Where(named => named.Name.StartsWith(Extension, StringComparison.Ordinal)).ToList();
        foreach (var (name, value) in attributes.Except(own).Concat(own.Count == 1 ? own : []))
        {
            body[name] = JsonNode.Parse(value);
        }

        if (own.Count > 1)
        {
            body[Extension] = new JsonObject(
                own.Select(named => KeyValuePair.Create(named.Name[(Extension.Length + 1)..], JsonNode.Parse(named.Value)))
            );
        }

        return body.ToJsonString();
    }

    private static Gen<AttributeDefinition?> Part(AttributeDefinition attribute) =>
        attribute.IsComplex
            ? Gen.OneOf<AttributeDefinition?>([null, .. attribute.SubAttributes])
            : Gen.Const(() => (AttributeDefinition?)null);

    private static Gen<string> Value(AttributeDefinition attribute, bool mayBeWrong) =>
        attribute.MultiValued
            ? Gen.Frequency(
                (4, Single(attribute, mayBeWrong).Array[1, 3].Select(values => $"[{string.Join(',', values)}]")),
                (1, Single(attribute, mayBeWrong))
            )
            : Gen.Frequency((6, Single(attribute, mayBeWrong)), (1, Single(attribute, mayBeWrong).Select(value => $"[{value}]")));

    private static Gen<string> Single(AttributeDefinition attribute, bool mayBeWrong) =>
        attribute.IsComplex
            ? attribute.SubAttributes.Aggregate(
                Gen.Const("{}"),
                (before, part) =>
                    Gen.Select(
                        before,
                        Gen.Frequency((1, Gen.Const("null")), (1, Single(part, mayBeWrong))),
                        (json, value) => Including(json, part.Name, value)
                    )
            )
        : mayBeWrong ? Gen.Frequency((20, Right(attribute)), (1, Gen.Const(attribute.Type == AttributeType.String ? "{}" : "\"x\"")))
        : Right(attribute);

    private static string Including(string json, string name, string value)
    {
        var parts = JsonNode.Parse(json)!.AsObject();
        if (value != "null")
        {
            parts[name] = JsonNode.Parse(value);
        }

        return parts.ToJsonString();
    }

    private static Gen<string> Right(AttributeDefinition attribute) =>
        attribute.Type switch
        {
            AttributeType.Boolean => Gen.OneOf("true", "false"),
            AttributeType.Integer => Gen.OneOf("1", "2"),
            _ when attribute.CanonicalValues.Count > 0 => Gen.OneOf("\"work\"", "\"home\"", "\"WORK\"", "\"x\""),
            _ => Texts.Select(text => $"\"{text}\""),
        };

    private static Gen<ModelFilter?> Filter(AttributeDefinition attribute) =>
        attribute is { IsComplex: true, MultiValued: true }
            ? Gen.Frequency(
                (2, Gen.Const(() => (ModelFilter?)null)),
                (3, Term().Select(term => (ModelFilter?)term)),
                (1, Gen.Select(Term(), Term(), (left, right) => And(left, right))),
                (1, Gen.Select(Term(), Term(), (left, right) => Or(left, right))),
                (1, Term().Select(operand => Not(operand)))
            )
            : Gen.Const(() => (ModelFilter?)null);

    private static Gen<ModelFilter> Term() =>
        Gen.Frequency(
            (3, Gen.OneOf("work", "home", "WORK", "x").Select(type => Is("type", type, describes: true))),
            (2, Texts.Select(text => Is("value", text, describes: false))),
            (
                2,
                Gen.Bool.Select(wanted => new ModelFilter(
                    $"primary eq {(wanted ? "true" : "false")}",
                    element => element.TryGetValue("primary", out var primary) && primary.GetValue<bool>() == wanted,
                    new() { ["primary"] = wanted }
                ))
            ),
            (1, Gen.Const(() => new ModelFilter("display pr", element => element.ContainsKey("display"), null)))
        );

    private static ModelFilter Is(string part, string text, bool describes) =>
        new(
            $"{part} eq \"{text}\"",
            element => element.TryGetValue(part, out var held) && string.Equals(held.ToString(), text, StringComparison.OrdinalIgnoreCase),
            describes ? new() { [part] = text } : null
        );

    private static ModelFilter? And(ModelFilter left, ModelFilter right) =>
        new(
            $"{left.Text} and {right.Text}",
            element => left.Holds(element) && right.Holds(element),
            left.Description is { } first && right.Description is { } second && !first.Keys.Intersect(second.Keys).Any()
                ? first.Concat(second).ToDictionary(part => part.Key, part => part.Value.DeepClone())
                : null
        );

    private static ModelFilter? Or(ModelFilter left, ModelFilter right) =>
        new($"{left.Text} or {right.Text}", element => left.Holds(element) || right.Holds(element), null);

    private static ModelFilter? Not(ModelFilter operand) => new($"not ({operand.Text})", element => !operand.Holds(element), null);
}
