using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

public sealed class GroupPatchTests
{
    private const string Group = """{"displayName":"G"}""";

    [Theory]
    [InlineData("""{"op":"Add","path":"members","value":[{"$ref":null,"value":"u1"}]}""", "Add u1")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"u1"},{"value":"u2","type":"User"}]}""", "Add u1 u2")]
    [InlineData("""{"op":"add","path":"members","value":{"value":"u1"}}""", "Add u1")]
    [InlineData("""{"op":"add","path":"members","value":["u1","U1"]}""", "Add u1")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"u1"}]}}""", "Add u1")]
    [InlineData("""{"op":"Remove","path":"members","value":[{"value":"u1"}]}""", "Remove u1")]
    [InlineData("""{"op":"Remove","path":"members","value":[{"value":"u1","type":"Group","$ref":null}]}""", "Remove u1")]
    [InlineData("""{"op":"remove","path":"members[value eq \"u1\"]"}""", "Remove u1")]
    [InlineData("""{"op":"remove","path":"members[value eq \"u1\" or value eq \"u2\" or (value eq \"u1\")]"}""", "Remove u1 u2")]
    [InlineData("""{"op":"remove","path":"members"}""", "Clear")]
    [InlineData("""{"op":"remove","path":"members","value":null}""", "Clear")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"u1"},{"value":"u2"}]}""", "Replace u1 u2")]
    [InlineData("""{"op":"replace","path":"members","value":[]}""", "Clear")]
    [InlineData("""{"op":"replace","path":"members","value":null}""", "Clear")]
    [InlineData($$$"""{"op":"replace","value":{"members":[],"id":"{{{Patch.Id}}}","displayName":"G"}}""", "Clear")]
    [InlineData(
        """{"op":"remove","path":"members[value eq \"u1\"]"},{"op":"add","path":"members","value":[{"value":"u2"}]}""",
        "Remove u1; Add u2"
    )]
    public void Members_are_changed_in_steps_that_need_no_loaded_members(string operations, string steps)
    {
        var result = Patch.Done(Group, operations, BuiltInResourceTypes.Group);

        Assert.Equal(
            steps,
            string.Join("; ", result.MemberChanges.Select(change => string.Join(' ', change.Ids.Prepend(change.Kind.ToString()))))
        );
        Json.Equal(Group, result.Document);
        Assert.False(result.DocumentChanged);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"members","value":[]}""")]
    [InlineData("""{"op":"add","path":"members","value":[]}""")]
    [InlineData("""{"op":"add","path":"members","value":null}""")]
    [InlineData("""{"op":"add","value":{"members":[]}}""")]
    public void Nothing_named_is_nothing_changed(string operation) =>
        Assert.Empty(Patch.Done(Group, operation, BuiltInResourceTypes.Group).MemberChanges);

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"g2","type":"Group"}]}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"add","path":"members","value":[{"display":"x"}]}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"add","path":"members","value":[7]}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"remove","path":"members[display eq \"x\"]"}""", ScimErrorType.InvalidFilter)]
    [InlineData("""{"op":"remove","path":"members[value ne \"x\"]"}""", ScimErrorType.InvalidFilter)]
    [InlineData("""{"op":"remove","path":"members[value eq \"x\" and value eq \"y\"]"}""", ScimErrorType.InvalidFilter)]
    [InlineData("""{"op":"replace","path":"members[value eq \"x\"]","value":{"value":"y"}}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"members[value eq \"x\"].display","value":"y"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"remove","path":"members.value"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"remove","path":"displayName"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"displayName","value":""}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","path":"emails","value":[]}""", ScimErrorType.InvalidPath)]
    [InlineData(
        """{"op":"add","path":"members","value":[{"value":"u1"}]},{"op":"remove","path":"displayName"}""",
        ScimErrorType.Mutability
    )]
    public void A_member_operation_that_cannot_be_meant_is_refused(string operation, ScimErrorType type) =>
        Assert.Equal(type, Patch.Failed(Group, operation, BuiltInResourceTypes.Group).Type);

    [Fact]
    public void Okta_renames_with_the_id_in_the_value()
    {
        var result = Patch.Done(
            Group,
            $$$"""{"op":"replace","value":{"id":"{{{Patch.Id}}}","displayName":"New"}}""",
            BuiltInResourceTypes.Group
        );

        Json.Equal("""{"displayName":"New"}""", result.Document);
        Assert.True(result.DocumentChanged);
        Assert.Empty(result.MemberChanges);
    }

    [Fact]
    public void A_remove_with_a_value_is_reported() =>
        Assert.Contains(
            "remove-with-value",
            Patch
                .Done(Group, """{"op":"remove","path":"members","value":[{"value":"u1"}]}""", BuiltInResourceTypes.Group)
                .Repairs.Select(repair => repair.Rule.Name)
        );

    [Fact]
    public void Many_members_are_read_at_once()
    {
        var members = string.Join(',', Enumerable.Range(0, 20_000).Select(number => $$"""{"value":"u{{number}}"}"""));

        var change = Assert.Single(
            Patch.Done(Group, $$"""{"op":"add","path":"members","value":[{{members}}]}""", BuiltInResourceTypes.Group).MemberChanges
        );

        Assert.Equal((MemberChangeKind.Add, 20_000), (change.Kind, change.Ids.Count));
    }
}
