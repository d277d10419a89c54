using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Schema;

public sealed class AttributePathTests
{
    [Theory]
    [InlineData("userName", "userName")]
    [InlineData("USERNAME", "userName")]
    [InlineData("name.givenName", "name.givenName")]
    [InlineData("emails.value", "emails.value")]
    [InlineData("externalid", "externalId")]
    [InlineData("meta.lastModified", "meta.lastModified")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName", "userName")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", "name.familyName")]
    [InlineData(
        "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:DEPARTMENT",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
    )]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"
    )]
    public void A_name_is_resolved_to_the_spelling_of_the_schema(string name, string printed)
    {
        var found = Assert.IsType<PathResolution.Found>(BuiltInResourceTypes.User.Resolve(name));

        Assert.Equal(printed, found.Path.ToString());
        Assert.Equal(found, BuiltInResourceTypes.User.Resolve(printed));
    }

    [Fact]
    public void A_urn_alone_is_the_whole_schema()
    {
        var whole = Assert.IsType<PathResolution.WholeSchema>(
            BuiltInResourceTypes.User.Resolve(SchemaUrns.EnterpriseUser.ToUpperInvariant())
        );

        Assert.Equal("EnterpriseUser", whole.Schema.Name);
    }

    [Theory]
    [InlineData("shoeSize")]
    [InlineData("name.shoeSize")]
    [InlineData("userName.value")]
    [InlineData("name.givenName.first")]
    [InlineData("")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:shoeSize")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:id")]
    public void An_attribute_the_schema_lacks_is_told_apart(string name) =>
        Assert.IsType<PathResolution.NotInSchema>(BuiltInResourceTypes.User.Resolve(name));

    [Theory]
    [InlineData("urn:example:2.0:User:colour")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:Users")]
    public void A_urn_that_is_not_registered_is_told_apart(string name) =>
        Assert.IsType<PathResolution.SchemaNotRegistered>(BuiltInResourceTypes.User.Resolve(name));

    [Fact]
    public void The_registry_finds_types_and_schemas_in_any_letter_case()
    {
        var registry = SchemaRegistry.BuiltIn;

        Assert.Equal("User", registry.FindByEndpoint("/users")?.Name);
        Assert.Equal("Group", registry.FindByEndpoint("Groups")?.Name);
        Assert.Equal("Group", registry.FindByName("group")?.Name);
        Assert.Equal(SchemaUrns.NinjaOneUser, registry.FindSchema(SchemaUrns.NinjaOneUser.ToUpperInvariant())?.Id);
        Assert.Null(registry.FindByEndpoint("/Devices"));
        Assert.Equal(7, registry.Schemas.Count);
    }
}
