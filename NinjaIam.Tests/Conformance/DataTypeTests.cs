using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Core.Scim;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7643, section 2.3, for the types and characteristics that no built-in attribute has.</summary>
public sealed class DataTypeTests
{
    private static readonly ResourceType Device = new(
        "Device",
        "/Devices",
        "A device",
        new ScimSchema(
            "urn:example:2.0:Device",
            "Device",
            "A device",
            [
                new("ports") { Type = AttributeType.Integer },
                new("weight") { Type = AttributeType.Decimal },
                new("bought") { Type = AttributeType.DateTime },
                new("serial") { Mutability = Mutability.Immutable },
            ]
        ),
        []
    );

    [Theory]
    [InlineData("""{"ports":8}""")]
    [InlineData("""{"ports":-8}""")]
    [InlineData("""{"weight":1.25}""")]
    [InlineData("""{"weight":1}""")]
    [InlineData("""{"bought":"2026-11-23T12:00:00Z"}""")]
    [InlineData("""{"bought":"2026-11-23T12:00:00.123+01:00"}""")]
    [InlineData("""{"bought":"2026-11-23T12:00:00"}""")]
    [Proves("7643-2.3.4-1", "7643-2.3.5-1")]
    public void A_value_of_its_type_is_stored_as_it_is(string body) =>
        Json.Equal(body, Json.Done(DocumentReader.Read(Json.Object(body), Device)).Document);

    [Theory]
    [InlineData("""{"ports":8.5}""")]
    [InlineData("""{"ports":8.0}""")]
    [InlineData("""{"ports":8e1}""")]
    [InlineData("""{"ports":"8"}""")]
    [InlineData("""{"weight":"1.25"}""")]
    [InlineData("""{"bought":"2026-11-23"}""")]
    [InlineData("""{"bought":"12:00:00"}""")]
    [InlineData("""{"bought":"23.11.2026 12:00"}""")]
    [InlineData("""{"bought":"2026-13-23T12:00:00Z"}""")]
    [InlineData("""{"bought":20261123}""")]
    [Proves("7643-2.3.4-1", "7643-2.3.5-1")]
    public void A_value_of_another_type_is_refused(string body) =>
        Assert.Equal(ScimErrorType.InvalidValue, Json.Failed(DocumentReader.Read(Json.Object(body), Device)).Type);

    [Fact]
    [Proves("7644-3.5.1-4", "7644-3.5.1-5", "7643-7-6")]
    public void An_immutable_attribute_takes_a_value_once()
    {
        var empty = Json.Object("{}");
        var held = Json.Object("""{"serial":"s1"}""");
        var same = Json.Done(DocumentReader.Read(Json.Object("""{"serial":"s1"}"""), Device));
        var other = Json.Done(DocumentReader.Read(Json.Object("""{"serial":"s2"}"""), Device));

        Json.Equal("""{"serial":"s1"}""", Json.Done(same.Replace(empty, Device)).Document);
        Json.Equal("""{"serial":"s1"}""", Json.Done(same.Replace(held, Device)).Document);
        Assert.Equal(ScimErrorType.Mutability, Json.Failed(other.Replace(held, Device)).Type);
        Json.Equal("""{"serial":"s2"}""", Json.Done(Patch("s2", empty.ToJsonString())).Document);
        Assert.Equal(ScimErrorType.Mutability, Json.Failed(Patch("s2", held.ToJsonString())).Type);
    }

    private static ScimOutcome<PatchResult> Patch(string serial, string document)
    {
        var body = Json.Object(
            $$"""{"schemas":["{{PatchReader.Urn}}"],"Operations":[{"op":"add","path":"serial","value":"{{serial}}"}]}"""
        );
        return PatchApplier.Apply(Json.Done(PatchReader.Read(body, Device)), Device, "1", Json.Object(document));
    }
}
