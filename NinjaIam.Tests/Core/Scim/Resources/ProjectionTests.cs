using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Resources;

public sealed class ProjectionTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;

    private const string Answer = $$$$"""
        {"schemas":["s"],"id":"1","userName":"a","password":"p","name":{"givenName":"g","familyName":"f"},
         "emails":[{"value":"x","type":"work"},{"value":"y"}],"groups":[{"value":"g1"}],
         "{{{{Enterprise}}}}":{"department":"d","costCenter":"c"},"meta":{"version":"W/\"1\"","resourceType":"User"}}
        """;

    [Theory]
    [InlineData("userName", null, """{"schemas":["s"],"id":"1","userName":"a"}""")]
    [InlineData("NAME.GivenName", null, """{"schemas":["s"],"id":"1","name":{"givenName":"g"}}""")]
    [InlineData("emails.type , password", null, """{"schemas":["s"],"id":"1","emails":[{"type":"work"}]}""")]
    [InlineData(Enterprise, null, $$$$"""{"schemas":["s"],"id":"1","{{{{Enterprise}}}}":{"department":"d","costCenter":"c"}}""")]
    [InlineData($"{Enterprise}:department", null, $$$$"""{"schemas":["s"],"id":"1","{{{{Enterprise}}}}":{"department":"d"}}""")]
    [InlineData("unknown", null, """{"schemas":["s"],"id":"1"}""")]
    [InlineData(
        null,
        $"name,emails.value,groups,meta,id,schemas,{Enterprise}:costCenter",
        $$$$"""{"schemas":["s"],"id":"1","userName":"a","emails":[{"type":"work"}],"{{{{Enterprise}}}}":{"department":"d"}}"""
    )]
    [InlineData(
        "",
        Enterprise,
        """{"schemas":["s"],"id":"1","userName":"a","name":{"givenName":"g","familyName":"f"},"emails":[{"value":"x","type":"work"},{"value":"y"}],"groups":[{"value":"g1"}],"meta":{"version":"W/\"1\"","resourceType":"User"}}"""
    )]
    public void An_answer_holds_what_was_asked_for(string? attributes, string? excluded, string expected)
    {
        var projection = Json.Done(Projection.Parse(attributes, excluded, BuiltInResourceTypes.User));

        Json.Equal(expected, projection.Apply(Json.Object(Answer)));
        Assert.True(projection.IsRequested);
    }

    [Fact]
    public void By_default_everything_but_the_password_is_answered()
    {
        var expected = Json.Object(Answer);
        expected.Remove("password");

        Json.Equal(expected.ToJsonString(), Projection.Default(BuiltInResourceTypes.User).Apply(Json.Object(Answer)));
    }

    [Fact]
    public void Both_parameters_together_are_refused() =>
        Assert.Equal(ScimErrorType.InvalidValue, Json.Failed(Projection.Parse("id", "members", BuiltInResourceTypes.Group)).Type);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("displayName", null, false)]
    [InlineData("members", null, true)]
    [InlineData("members.value", null, true)]
    [InlineData(null, "Members", false)]
    [InlineData(null, "members.display", true)]
    [InlineData(null, SchemaUrns.Group, false)]
    public void Whether_members_are_wanted_is_known_before_they_are_loaded(string? attributes, string? excluded, bool wanted) =>
        Assert.Equal(wanted, Json.Done(Projection.Parse(attributes, excluded, BuiltInResourceTypes.Group)).Wants("members"));
}
