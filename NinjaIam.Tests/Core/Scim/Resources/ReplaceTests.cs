using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Resources;

public sealed class ReplaceTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;

    private const string Stored =
        $$$$"""{"externalId":"e","userName":"a","title":"T","active":false,"{{{{Enterprise}}}}":{"employeeNumber":"1","department":"x"}}""";

    [Theory]
    [InlineData(
        """{"userName":"a"}""",
        $$$$"""{"userName":"a","active":false,"{{{{Enterprise}}}}":{"employeeNumber":"1","department":"x"}}"""
    )]
    [InlineData(
        """{"userName":"a","active":null}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"employeeNumber":"1","department":"x"}}"""
    )]
    [InlineData(
        """{"userName":"a","active":true}""",
        $$$$"""{"userName":"a","active":true,"{{{{Enterprise}}}}":{"employeeNumber":"1","department":"x"}}"""
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"department":"y"}}""",
        $$$$"""{"userName":"a","active":false,"{{{{Enterprise}}}}":{"department":"y"}}"""
    )]
    [InlineData($$"""{"userName":"a","{{Enterprise}}":null}""", """{"userName":"a","active":false}""")]
    public void Active_and_whole_extensions_stay_unless_the_body_mentions_them(string body, string expected)
    {
        var stored = Json.Object(Stored);

        var replacement = Json.Done(
            Json.Done(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User)).Replace(stored, BuiltInResourceTypes.User)
        );

        Json.Equal(expected, replacement.Document);
        Assert.True(replacement.Changed);
        Json.Equal(Stored, stored);
    }

    [Fact]
    public void What_is_kept_is_reported()
    {
        var reading = Json.Done(DocumentReader.Read(Json.Object("""{"userName":"a"}"""), BuiltInResourceTypes.User));

        var kept = Json.Done(reading.Replace(Json.Object(Stored), BuiltInResourceTypes.User))
            .Repairs.Where(repair => repair.Rule.Name == "kept-on-replace");

        Assert.Equal(["active", Enterprise], kept.Select(repair => repair.Target));
    }

    [Fact]
    public void What_nobody_can_read_stays_with_the_value_it_belongs_to()
    {
        var device = SampleDefinitions.Registry.FindByName("Device")!;
        var stored = Json.Object(
            """{"displayName":"d","interfaces":[{"value":"a","speed":1,"key":"k1"},{"type":"wired","key":"k2"},{"value":"c","key":"k3"}]}"""
        );
        var reading = Json.Done(
            DocumentReader.Read(
                Json.Object(
                    """{"displayName":"d","interfaces":[{"type":"wired"},{"value":"A","speed":2},{"value":"c","key":"k4"},{"value":"e"}]}"""
                ),
                device
            )
        );

        var replacement = Json.Done(reading.Replace(stored, device));

        Json.Equal(
            """
            {"displayName":"d","interfaces":[{"type":"wired","key":"k2"},{"value":"A","speed":2,"key":"k1"},{"value":"c","key":"k4"},{"value":"e"}]}
            """,
            replacement.Document
        );
    }

    [Fact]
    public void Replacing_with_the_same_changes_nothing()
    {
        var reading = Json.Done(
            DocumentReader.Read(Json.Object("""{"title":"T","userName":"a","externalId":"e","nickName":null}"""), BuiltInResourceTypes.User)
        );

        Assert.False(Json.Done(reading.Replace(Json.Object(Stored), BuiltInResourceTypes.User)).Changed);
    }
}
