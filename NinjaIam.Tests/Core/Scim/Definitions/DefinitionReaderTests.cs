using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Definitions;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Urn = "urn:example:params:scim:schemas:1.0:Device";

    [Fact]
    public void Nothing_defined_is_what_is_built_in()
    {
        Assert.True(DefinitionReader.TryRead([], out var registry, out var problems));

        Assert.Empty(problems);
        Assert.Equal(["User", "Group"], registry.ResourceTypes.Select(type => type.Name));
    }

    [Fact]
    public void What_is_not_said_is_as_the_RFC_has_it()
    {
        var attribute = SampleDefinitions.Read(Device("""{"name":"plain"}""")).FindByName("device")!.Schema.Attributes[0];

        Assert.Equal(
            (AttributeType.String, false, false, false, Mutability.ReadWrite, Returned.Default, Uniqueness.None, false),
            (
                attribute.Type,
                attribute.MultiValued,
                attribute.Required,
                attribute.CaseExact,
                attribute.Mutability,
                attribute.Returned,
                attribute.Uniqueness,
                attribute.Searchable
            )
        );
    }

    [Fact]
    public void References_and_bytes_are_case_exact_and_what_is_only_written_is_never_returned()
    {
        var attributes = SampleDefinitions
            .Read(
                Device(
                    """{"name":"a","type":"reference","referenceTypes":["external"]},{"name":"b","type":"BINARY"},{"name":"c","mutability":"writeonly"}"""
                )
            )
            .FindByName("Device")!
            .Schema.Attributes;

        Assert.Equal((true, true, Returned.Never), (attributes[0].CaseExact, attributes[1].CaseExact, attributes[2].Returned));
    }

    [Theory]
    [InlineData("server")]
    [InlineData("global")]
    public void What_is_unique_is_searchable(string uniqueness) =>
        Assert.True(
            SampleDefinitions
                .Read(Device($$"""{"name":"a","uniqueness":"{{uniqueness}}"}"""))
                .FindByName("Device")!
                .Schema.Attributes[0]
                .Searchable
        );

    [Fact]
    public void Definitions_may_stand_alone_in_a_list_or_in_an_answer_of_another_service_provider()
    {
        var all = JsonNode.Parse(SampleDefinitions.Everything)!.AsArray();
        var alone = all.Select((document, index) => SampleDefinitions.Source($"{index}.json", document!.ToJsonString()));
        var answer = new JsonObject { ["schemas"] = new JsonArray(ListResponse.Urn), ["Resources"] = all.DeepClone() };

        Assert.True(DefinitionReader.TryRead(alone, out var one, out _));
        Assert.Equal(Printed(SampleDefinitions.Registry), Printed(one));
        Assert.Equal(Printed(one), Printed(SampleDefinitions.Read(answer.ToJsonString())));
    }

    [Fact]
    public void What_answers_show_of_definitions_defines_the_same()
    {
        var registry = SampleDefinitions.Registry;
        var own = registry
            .Schemas.Where(schema => schema.Source is not null)
            .Select(schema => SchemaDocuments.ForSchema(schema, "https://p.example"))
            .Concat(registry.ResourceTypes.Select(type => SchemaDocuments.ForResourceType(type, "https://p.example")));

        var again = SampleDefinitions.Read(new JsonArray([.. own]).ToJsonString());

        Assert.Equal(Printed(registry), Printed(again));
    }

    [Fact]
    public void What_is_written_of_a_registry_makes_the_same_registry()
    {
        var registry = SampleDefinitions.Registry;

        var text = DefinitionWriter.Write(registry.ResourceTypes);
        var again = SampleDefinitions.Read(text);

        Assert.Equal(text, DefinitionWriter.Write(again.ResourceTypes));
        Assert.Equal(Printed(registry), Printed(again));
        var attributes = again.FindByName("Device")!.Schema;
        Assert.Equal(
            (true, true, false),
            (
                attributes.FindAttribute("ports")!.Searchable,
                attributes.FindAttribute("condition")!.CanonicalValuesOnly,
                attributes.FindAttribute("notes")!.Searchable
            )
        );
        Assert.Equal("[]", DefinitionWriter.Write(SchemaRegistry.BuiltIn.ResourceTypes));
    }

    [Fact]
    public void A_byte_order_mark_is_no_mistake()
    {
        var source = new DefinitionSource(
            "a.json",
            (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(SampleDefinitions.Everything)]
        );

        Assert.True(DefinitionReader.TryRead([source], out _, out _));
    }

    [Theory]
    [InlineData("""{"name":"1st"}""", "$[0].attributes[0].name", "no name of an attribute")]
    [InlineData("""{"name":"a b"}""", "$[0].attributes[0].name", "no name of an attribute")]
    [InlineData("""{"name":"$ref"}""", "$[0].attributes[0].name", "no name of an attribute")]
    [InlineData("""{"name":"a\n"}""", "$[0].attributes[0].name", "no name of an attribute")]
    [InlineData("""{"name":""}""", "$[0].attributes[0].name", "is empty")]
    [InlineData("""{"description":"x"}""", "$[0].attributes[0]", "name is missing")]
    [InlineData("""{"name":"ID"}""", "$[0].attributes[0].name", "Every resource has id already")]
    [InlineData("""{"name":"externalid"}""", "$[0].attributes[0].name", "Every resource has externalId already")]
    [InlineData("""{"name":"meta"}""", "$[0].attributes[0].name", "Every resource has meta already")]
    [InlineData("""{"name":"a"},{"name":"A"}""", "$[0].attributes[1].name", "stands twice")]
    [InlineData(
        """{"name":"a","type":"text"}""",
        "$[0].attributes[0].type",
        "string, boolean, decimal, integer, dateTime, binary, reference, complex"
    )]
    [InlineData("""{"name":"a","type":7}""", "$[0].attributes[0].type", "must be a text")]
    [InlineData("""{"name":"a","multiValued":"true"}""", "$[0].attributes[0].multiValued", "true or false")]
    [InlineData("""{"name":"a","uniquness":"server"}""", "$[0].attributes[0].uniquness", "not known here")]
    [InlineData("""{"name":"a","type":"string","TYPE":"string"}""", "$[0].attributes[0].TYPE", "stands twice")]
    [InlineData("""{"name":"a","mutability":"writable"}""", "$[0].attributes[0].mutability", "readWrite, readOnly, immutable, writeOnly")]
    [InlineData("""{"name":"a","returned":"sometimes"}""", "$[0].attributes[0].returned", "default, always, never, request")]
    [InlineData("""{"name":"a","uniqueness":"yes"}""", "$[0].attributes[0].uniqueness", "none, server, global")]
    [InlineData("""{"name":"a","mutability":"writeOnly","returned":"default"}""", "$[0].attributes[0].returned", "never returned")]
    [InlineData("""{"name":"a","mutability":"readOnly","required":true}""", "$[0].attributes[0].required", "can't be required")]
    [InlineData("""{"name":"a","returned":"never","uniqueness":"server"}""", "$[0].attributes[0].uniqueness", "would tell its values")]
    [InlineData(
        """{"name":"a","mutability":"writeOnly","ninjaiam:searchable":true}""",
        "$[0].attributes[0].ninjaiam:searchable",
        "would tell its values"
    )]
    [InlineData("""{"name":"a","type":"boolean","uniqueness":"server"}""", "$[0].attributes[0].uniqueness", "can't be unique")]
    [InlineData("""{"name":"a","type":"binary","caseExact":false}""", "$[0].attributes[0].caseExact", "always case exact")]
    [InlineData("""{"name":"a","type":"reference"}""", "$[0].attributes[0]", "needs referenceTypes")]
    [InlineData("""{"name":"a","type":"reference","referenceTypes":["Printer"]}""", "$[0].attributes", "is no resource type")]
    [InlineData("""{"name":"a","referenceTypes":["User"]}""", "$[0].attributes[0].referenceTypes", "Only attributes of type reference")]
    [InlineData(
        """{"name":"a","type":"integer","canonicalValues":["1"]}""",
        "$[0].attributes[0].canonicalValues",
        "type string or reference"
    )]
    [InlineData(
        """{"name":"a","ninjaiam:canonicalValuesOnly":true}""",
        "$[0].attributes[0].ninjaiam:canonicalValuesOnly",
        "No value would be allowed"
    )]
    [InlineData("""{"name":"a","subAttributes":[{"name":"b"}]}""", "$[0].attributes[0].subAttributes", "Only attributes of type complex")]
    [InlineData("""{"name":"a","type":"complex"}""", "$[0].attributes[0]", "needs sub-attributes")]
    [InlineData("""{"name":"a","type":"complex","subAttributes":[]}""", "$[0].attributes[0].subAttributes", "nothing in the list")]
    [InlineData("""{"name":"a","type":"complex","subAttributes":{}}""", "$[0].attributes[0].subAttributes", "must be a list")]
    [InlineData("""{"name":"a","type":"complex","subAttributes":["b"]}""", "$[0].attributes[0].subAttributes[0]", "must be an object")]
    [InlineData(
        """{"name":"a","type":"complex","subAttributes":[{"name":"b","type":"complex","subAttributes":[{"name":"c"}]}]}""",
        "$[0].attributes[0].subAttributes[0].type",
        "can't be complex"
    )]
    [InlineData(
        """{"name":"a","type":"complex","uniqueness":"server","subAttributes":[{"name":"b"}]}""",
        "$[0].attributes[0].uniqueness",
        "Say it of one of the sub-attributes"
    )]
    [InlineData(
        """{"name":"a","type":"complex","ninjaiam:searchable":true,"subAttributes":[{"name":"b"}]}""",
        "$[0].attributes[0].ninjaiam:searchable",
        "Say it of its sub-attributes"
    )]
    [InlineData(
        """{"name":"a","type":"complex","subAttributes":[{"name":"b","multiValued":true,"uniqueness":"server"}]}""",
        "$[0].attributes[0].subAttributes[0].uniqueness",
        "multi-valued sub-attribute"
    )]
    [InlineData(
        """{"name":"a","type":"complex","multiValued":true,"subAttributes":[{"name":"primary"}]}""",
        "$[0].attributes[0].subAttributes[0]",
        "primary marks the preferred value"
    )]
    public void A_wrong_attribute_is_refused_with_its_place(string attribute, string place, string detail) =>
        AssertProblem(Device(attribute), place, detail);

    [Theory]
    [InlineData("""[{"attributes":[{"name":"a"}]}]""", "$[0]", "The id is missing")]
    [InlineData("""[{"id":"Device","attributes":[{"name":"a"}]}]""", "$[0].id", "no URN")]
    [InlineData("""[{"id":"urn:x","attributes":[{"name":"a"}]}]""", "$[0].id", "no URN")]
    [InlineData("""[{"id":"urn:example:a[b]","attributes":[{"name":"a"}]}]""", "$[0].id", "no URN")]
    [InlineData("""[{"id":"https://example.com/Device","attributes":[{"name":"a"}]}]""", "$[0].id", "no URN")]
    [InlineData("""[{"id":"URN:ietf:params:scim:schemas:core:2.0:User","attributes":[{"name":"a"}]}]""", "$[0].id", "built in")]
    [InlineData("""[{"id":"urn:ietf:params:scim:schemas:core:2.0:Schema","attributes":[{"name":"a"}]}]""", "$[0].id", "built in")]
    [InlineData(
        """[{"id":"urn:ietf:params:scim:api:messages:2.0:PatchOp","attributes":[{"name":"a"}]}]""",
        "$[0].id",
        "a meaning of its own"
    )]
    [InlineData("""[{"id":"urn:scim:schemas:extension:enterprise:2.0","attributes":[{"name":"a"}]}]""", "$[0].id", "a meaning of its own")]
    [InlineData(
        """[{"id":"urn:ietf:params:scim:schemas:core:2.0:User:more","attributes":[{"name":"a"}]}]""",
        "$[0].id",
        "mistaken for an attribute"
    )]
    [InlineData("""[{"id":"urn:example:a","attributes":[]}]""", "$[0].attributes", "nothing in the list")]
    [InlineData(
        """[{"id":"urn:example:a","schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"]}]""",
        "$[0]",
        "attributes are missing"
    )]
    [InlineData("""[{"id":"urn:example:a","attributes":[{"name":"a"}]}]""", "$[0].id", "No resource type uses")]
    [InlineData("""[{"id":"urn:example:a"}]""", "$[0]", "neither a Schema nor a ResourceType")]
    [InlineData("""[{"schemas":["urn:example:a"],"attributes":[]}]""", "$[0]", "neither a Schema nor a ResourceType")]
    [InlineData("""[1]""", "$[0]", "must be an object")]
    [InlineData("\"x\"", "$", "holds a Schema or ResourceType document")]
    [InlineData("""[{"endpoint":"/D","schema":"urn:x:y"}]""", "$[0]", "The name is missing")]
    public void A_wrong_document_is_refused_with_its_place(string json, string place, string detail) => AssertProblem(json, place, detail);

    [Theory]
    [InlineData(""" "endpoint":"/Devices" """, "", "The name is missing")]
    [InlineData(""" "name":"My Device","endpoint":"/Devices" """, ".name", "no name of a resource type")]
    [InlineData(""" "name":"schema","endpoint":"/Devices" """, ".name", "already")]
    [InlineData(""" "name":"Device" """, "", "The endpoint is missing")]
    [InlineData(""" "name":"Device","endpoint":"/users" """, ".endpoint", "in use already")]
    [InlineData(""" "name":"Device","endpoint":"/Bulk" """, ".endpoint", "in use already")]
    [InlineData(""" "name":"Device","endpoint":"ServiceProviderConfig" """, ".endpoint", "in use already")]
    [InlineData(""" "name":"Device","endpoint":"/a/b" """, ".endpoint", "no endpoint")]
    [InlineData(""" "name":"Device","endpoint":"/.search" """, ".endpoint", "no endpoint")]
    [InlineData(""" "name":"Device","endpoint":"/Devices","schemaExtensions":[{}] """, ".schemaExtensions[0]", "The schema is missing")]
    [InlineData(
        """ "name":"Device","endpoint":"/Devices","schemaExtensions":[{"schema":"urn:example:nothing","required":false}] """,
        ".schemaExtensions[0].schema",
        "There is no schema"
    )]
    [InlineData(
        """ "name":"Device","endpoint":"/Devices","schemaExtensions":[{"schema":"urn:example:params:scim:schemas:1.0:Device"}] """,
        ".schemaExtensions[0].schema",
        "is the core of Device"
    )]
    [InlineData(
        """ "name":"Device","endpoint":"/Devices","schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:core:2.0:User"}] """,
        ".schemaExtensions[0].schema",
        "is the core of User"
    )]
    [InlineData(""" "name":"Device","endpoint":"/Devices","extensions":[] """, ".extensions", "not known here")]
    public void A_wrong_resource_type_is_refused_with_its_place(string members, string place, string detail) =>
        AssertProblem($$"""[{"id":"{{Urn}}","attributes":[{"name":"a"}]},{"schema":"{{Urn}}",{{members}}}]""", $"$[1]{place}", detail);

    [Theory]
    [InlineData("""{"name":"User","endpoint":"/People"}""", "$[0].endpoint", "built in at /Users")]
    [InlineData("""{"name":"Group","schema":"urn:example:a:b"}""", "$[0].schema", "The core schema of Group is")]
    [InlineData("""{"name":"Device","endpoint":"/Devices","schema":"urn:example:a:b"}""", "$[0].schema", "There is no schema")]
    [InlineData(
        """{"name":"Device","endpoint":"/Devices","schema":"urn:ietf:params:scim:schemas:core:2.0:User"}""",
        "$[0].schema",
        "is the core of User"
    )]
    [InlineData(
        """{"name":"Device","endpoint":"/Devices","schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}""",
        "$[0].schema",
        "built-in extension"
    )]
    [InlineData(
        """{"name":"User","schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","required":true}]}""",
        "$[0].schemaExtensions[0].schema",
        "as built in"
    )]
    public void A_resource_type_that_says_wrong_things_of_others_is_refused(string type, string place, string detail) =>
        AssertProblem($"[{type}]", place, detail);

    [Fact]
    public void The_same_schema_type_or_extension_by_two_files_is_refused()
    {
        var schema = $$"""{"id":"{{Urn}}","attributes":[{"name":"a"}]}""";
        var type = $$"""{"name":"Device","endpoint":"/Devices","schema":"{{Urn}}"}""";
        var extension = $$"""{"name":"User","schemaExtensions":[{"schema":"{{Urn}}","required":false}]}""";

        Assert.Equal(
            [$"b.json: $.id: The schema {Urn} is defined by a.json already. Remove one of the two."],
            Problems(("a.json", schema), ("b.json", schema), ("c.json", type))
        );
        Assert.Contains(
            "c.json: $.schema: The schema urn:example:params:scim:schemas:1.0:Device is the core of Device already.",
            Assert.Single(
                Problems(
                    ("a.json", schema),
                    ("b.json", type),
                    (
                        "c.json",
                        type.Replace("Device\",", "Gadget\",", StringComparison.Ordinal)
                            .Replace("/Devices", "/Gadgets", StringComparison.Ordinal)
                    )
                )
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            Problems(("a.json", schema), ("b.json", type), ("c.json", type)),
            problem => problem.StartsWith("c.json: $.name: There is a resource type Device already.", StringComparison.Ordinal)
        );
        Assert.Contains(
            "c.json: $.schemaExtensions[0].schema: User has the extension",
            Assert.Single(Problems(("a.json", schema), ("b.json", extension), ("c.json", extension))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\n  \"id\": }", "line 2, position 9")]
    [InlineData("", "line 1, position 1")]
    [InlineData("""{"id":"urn:example:a\ud800"}""", "$")]
    public void What_is_no_JSON_is_refused_with_its_place(string text, string place) =>
        Assert.StartsWith($"devices.json: {place}: ", Assert.Single(Problems(("devices.json", text))), StringComparison.Ordinal);

    [Fact]
    public void Every_problem_of_every_file_is_told_at_once() =>
        Assert.Equal(
            ["a.json: $.attributes[0].type", "a.json: $.attributes[1].name", "b.json: $.name"],
            Problems(
                    ("a.json", $$"""{"id":"{{Urn}}","attributes":[{"name":"a","type":"x"},{"name":"-"}]}"""),
                    ("b.json", $$"""{"name":"-","endpoint":"/D","schema":"{{Urn}}"}""")
                )
                .Select(problem => string.Join(": ", problem.Split(": ")[..2]))
        );

    [Fact]
    public void Definitions_have_limits()
    {
        string Many(int count, Func<int, string> one) => string.Join(',', Enumerable.Range(0, count).Select(one));

        AssertProblem(Device(Many(201, number => $$"""{"name":"a{{number}}"}""")), "$[0].attributes", "at most 200");
        AssertProblem(
            Device($$"""{"name":"a","type":"complex","subAttributes":[{{Many(51, number => $$"""{"name":"a{{number}}"}""")}}]}"""),
            "$[0].attributes[0].subAttributes",
            "at most 50"
        );
        AssertProblem(
            Device(Many(51, number => $$"""{"name":"a{{number}}","ninjaiam:searchable":true}""")),
            "$[1]",
            "51 searchable attributes"
        );
        AssertProblem(
            Device($$"""{"name":"a","canonicalValues":[{{Many(101, number => $"\"{number}\"")}}]}"""),
            "$[0].attributes[0].canonicalValues",
            "at most 100"
        );
        AssertProblem(Device($$"""{"name":"{{new string('a', 101)}}"}"""), "$[0].attributes[0].name", "at most 100");
        AssertProblem(
            $"[{Many(101, number => $$"""{"id":"urn:example:s{{number}}","attributes":[{"name":"a"}]}""")}]",
            "$[100]",
            "at most 100"
        );
        AssertProblem($"[{new string(' ', 1024 * 1024)}]", "$", "at most 1048576");
        Assert.Equal(50, Problems(("a.json", Device(Many(100, number => $$"""{"name":"{{number}}"}""")))).Count);
    }

    [Fact]
    public void Whatever_stands_in_a_file_it_is_read_or_refused()
    {
        var random = new PseudoRandom(7);
        var text = SampleDefinitions.Everything;
        for (var round = 0; round < 2_000; round++)
        {
            var mutated = new StringBuilder(text);
            for (var times = 0; times <= random.Below(4); times++)
            {
                var at = random.Below(mutated.Length);
                switch (random.Below(3))
                {
                    case 0:
                        mutated.Remove(at, Math.Min(random.Below(30), mutated.Length - at));
                        break;
                    case 1:
                        mutated.Insert(at, "{}[]\":,0 tn\\"[random.Below(12)]);
                        break;
                    default:
                        mutated.Insert(at, text.AsSpan(random.Below(text.Length - 30), random.Below(30)));
                        break;
                }
            }

            var isRead = DefinitionReader.TryRead(
                [SampleDefinitions.Source("a.json", mutated.ToString())],
                out var registry,
                out var problems
            );

            Assert.Equal(isRead, problems.Count == 0);
            Assert.Equal(isRead, registry is not null);
        }
    }

    private static string Device(string attributes) =>
        $$"""
            [
              {"id":"{{Urn}}","attributes":[{{attributes}}]},
              {"name":"Device","endpoint":"/Devices","schema":"{{Urn}}"}
            ]
            """;

    private static void AssertProblem(string json, string place, string detail)
    {
        var problem = Assert.Single(
            Problems(("devices.json", json)),
            problem =>
                problem.StartsWith($"devices.json: {place}: ", StringComparison.Ordinal)
                && problem.Contains(detail, StringComparison.Ordinal)
        );

        // What is wrong, and what to do.
        Assert.True(problem.Count(letter => letter == '.') >= 2, problem);
    }

    private static IReadOnlyList<string> Problems(params (string Name, string Json)[] sources)
    {
        Assert.False(
            DefinitionReader.TryRead(sources.Select(source => SampleDefinitions.Source(source.Name, source.Json)), out _, out var problems)
        );
        return [.. problems.Select(problem => problem.ToString())];
    }

    private static string Printed(SchemaRegistry registry) =>
        JsonSerializer.Serialize(
            registry
                .ResourceTypes.Select(type => SchemaDocuments.ForResourceType(type, ""))
                .Concat(registry.Schemas.Select(schema => SchemaDocuments.ForSchema(schema, "")))
        );
}
