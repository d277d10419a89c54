using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

public sealed class PatchInvariantTests
{
    private static readonly string[] Paths =
    [
        "userName",
        "title",
        "active",
        "name",
        "name.givenName",
        "emails",
        "emails.value",
        "emails[type eq \\\"work\\\"]",
        "emails[type eq \\\"work\\\"].value",
        "emails[primary eq \\\"True\\\"].primary",
        "roles",
        "roles[value eq \\\"a\\\"].display",
        $"{SchemaUrns.EnterpriseUser}:manager",
        $"{SchemaUrns.EnterpriseUser}:department",
        SchemaUrns.EnterpriseUser,
        $"{SchemaUrns.NinjaOneUser}:organizationId",
        "id",
        "groups",
        "shoeSize",
        "password",
    ];

    private static readonly string[] Values =
    [
        "null",
        "[]",
        "\"\"",
        "\"a\"",
        "\"True\"",
        "true",
        "7",
        "{}",
        "[{\"value\":\"a\"}]",
        "{\"value\":\"a\",\"type\":\"work\",\"primary\":true}",
        "[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"home\",\"primary\":true}]",
        "[null,\"a\"]",
        "{\"givenName\":\"g\"}",
        "{\"title\":\"t\",\"name.givenName\":\"g\",\"emails\":[{\"value\":\"c\"}]}",
        "[[\"a\"]]",
        "{\"department\":\"d\",\"manager\":\"m\"}",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_request_leaves_a_document_that_a_client_could_have_sent_or_none(int seed)
    {
        var random = new PseudoRandom(seed);
        var stored = """{"userName":"start"}""";
        for (var round = 0; round < 1500; round++)
        {
            var operations = string.Join(',', Enumerable.Range(0, 1 + random.Below(3)).Select(_ => Operation(random)));

            // Patch.Apply asserts that the document given stays as it was, whatever the outcome is.
            if (!Patch.Apply(stored, operations).TryGet(out var result, out _))
            {
                continue;
            }

            var reading = Json.Done(DocumentReader.Read(result.Document, BuiltInResourceTypes.User));
            Assert.Equal(reading.Document.ToJsonString(), result.Document.ToJsonString());
            Assert.Equal(result.DocumentChanged, !ResourceDocument.AreEqual(Json.Object(stored), result.Document));
            stored = result.Document.ToJsonString();
        }
    }

    private static string Operation(PseudoRandom random)
    {
        var path = random.Below(5) == 0 ? "" : $"\"path\":\"{random.Pick(Paths)}\",";
        return $$"""{"op":"{{random.Pick(["add", "remove", "Replace"])}}",{{path}}"value":{{random.Pick(Values)}}}""";
    }
}
