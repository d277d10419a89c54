using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

public sealed class PatchReaderTests
{
    private const string Schemas = $"\"schemas\":[\"{PatchReader.Urn}\"]";

    [Theory]
    [InlineData("""{"Operations":[{"op":"remove","path":"title"}]}""", ScimErrorType.InvalidSyntax)]
    [InlineData("""{"schemas":["urn:x"],"Operations":[{"op":"remove","path":"title"}]}""", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + "}", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + ",\"Operations\":[]}", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + ",\"Operations\":{}}", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + ",\"Operations\":[\"remove\"]}", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"path\":\"title\"}]}", ScimErrorType.InvalidSyntax)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"move\",\"path\":\"title\",\"value\":1}]}", ScimErrorType.InvalidValue)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"remove\"}]}", ScimErrorType.NoTarget)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"remove\",\"value\":{\"title\":null}}]}", ScimErrorType.NoTarget)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"add\",\"path\":\"title\"}]}", ScimErrorType.InvalidValue)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"title\"}]}", ScimErrorType.InvalidValue)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"value\":\"x\"}]}", ScimErrorType.InvalidValue)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":7,\"value\":\"x\"}]}", ScimErrorType.InvalidPath)]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"shoeSize\",\"value\":\"x\"}]}", ScimErrorType.InvalidPath)]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"name.shoeSize\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{"
            + Schemas
            + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoeSize\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"]value\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].size\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"title[type eq \\\"work\\\"]\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidPath
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"emails[size eq 1]\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidFilter
    )]
    [InlineData(
        "{" + Schemas + ",\"Operations\":[{\"op\":\"replace\",\"path\":\"emails[]\",\"value\":\"x\"}]}",
        ScimErrorType.InvalidFilter
    )]
    public void A_request_that_is_no_patch_is_refused(string body, ScimErrorType type)
    {
        var error = Json.Failed(PatchReader.Read(Json.Object(body), BuiltInResourceTypes.User));

        Assert.Equal((400, type), (error.Status, error.Type));
    }

    [Fact]
    public void Inside_a_bulk_request_schemas_may_be_missing()
    {
        var body = Json.Object("""{"operations":[{"op":"Replace","path":"title","value":"x"}]}""");

        var request = Json.Done(PatchReader.Read(body, BuiltInResourceTypes.User, schemasRequired: false));

        Assert.Equal(["missing-patch-schemas", "operation-letter-case"], request.Repairs.Select(repair => repair.Rule.Name));
        Assert.Equal(PatchOperationKind.Replace, Assert.Single(request.Operations).Kind);
    }

    [Theory]
    [InlineData("emails[type eq \"work\"].value", "emails[type eq \"work\"].value")]
    [InlineData("EMAILS[TYPE eq \"a]b\"]", "emails[type eq \"a]b\"]")]
    [InlineData("roles[primary eq \"True\"].value", "roles[primary eq true].value")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", "name.givenName")]
    public void A_path_is_resolved(string path, string printed)
    {
        var body = Json.Object(
            $$"""{{{Schemas}},"Operations":[{"op":"remove","path":{{System.Text.Json.JsonSerializer.Serialize(path)}}}]}"""
        );

        var request = Json.Done(PatchReader.Read(body, BuiltInResourceTypes.User));

        Assert.Equal(printed, Assert.Single(request.Operations).Path!.ToString());
    }
}
